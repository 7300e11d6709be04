"""Patterns that are compiled when they are first used: all of them compile, and each is what `re` would give."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from texts.lazy_pattern import lazy_pattern

ROOT = Path(__file__).parents[2]
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for package in ("tui", "store", "texts")
    for path in (ROOT / package).rglob("*.py")
    if "= lazy_pattern(" in path.read_text(encoding="utf-8") and path.name != "lazy_pattern.py"
)


def test_nothing_is_compiled_before_it_is_used() -> None:
    broken = lazy_pattern("(")
    with pytest.raises(re.error, match="missing \\)"):
        broken.search("words")


def test_it_does_what_the_compiled_expression_does() -> None:
    pattern = lazy_pattern("(?P<first>b)(C)", re.IGNORECASE)
    assert [match.span() for match in pattern.finditer("abc ABC")] == [(1, 3), (5, 7)]
    assert pattern.sub(r"\2\1", "abc") == "acb"
    assert (pattern.pattern, pattern.groups, dict(pattern.groupindex)) == ("(?P<first>b)(C)", 2, {"first": 1})
    with pytest.raises(AttributeError):
        pattern.seek  # type: ignore[attr-defined]  # noqa: B018


def test_modules_are_found() -> None:
    assert len(MODULES) > 50


@pytest.mark.parametrize("name", MODULES)
def test_every_pattern_of_the_program_compiles(name: str) -> None:
    module = import_module(name)
    lazy = [value for value in vars(module).values() if type(value) is type(lazy_pattern(""))]
    assert [pattern.search(pattern.pattern[:0]) for pattern in lazy if pattern.pattern]
