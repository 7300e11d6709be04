"""Messages have one style: a line that stands alone has no stop, one that `See …` follows has one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ALONE = {
    "LibraryError", "LoadError", "NotFound", "QueryError", "JournalError", "ClickException", "tell", "print_status",
    "print_error",
}  # fmt: skip
BEFORE_HELP = {"UsageError", "BadParameter"}


@pytest.mark.parametrize(("calls", "has_stop"), [(ALONE, False), (BEFORE_HELP, True)])
def test_messages_end_in_one_way(calls: set[str], has_stop: bool) -> None:
    found = list(messages(calls))
    assert len(found) > 10
    assert [each for each in found if each[1].rstrip().endswith(".") is not has_stop] == []


def messages(calls: set[str]) -> Iterator[tuple[str, str]]:
    """Where a message is written, and its words, {} for what is put in."""
    for path in (path for folder in ("tui", "store", "texts") for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and name_of(node.func) in calls:
                words = words_of(node.args[0])
                if words:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", words


def name_of(function: ast.expr) -> str:
    return str(getattr(function, "attr", getattr(function, "id", "")))


def words_of(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
