"""Says which tests reach a line, by what coverage.py has kept of a run with a context for each test."""

from __future__ import annotations

import ast
import re
import sqlite3
from collections import Counter
from pathlib import Path

_MOST_TESTS = 150
"""As many are named of a line that more tests reach."""
_Bits = bytes
"""The lines of a file: bit n of all bytes, the lowest of each first, is line n."""


class Reaching:
    """Which tests reach which lines."""

    def __init__(self, file: Path) -> None:
        """Reads a `.coverage` of lines rather than branches, with contexts `TEST|when`, as pytest-cov names them."""
        with sqlite3.connect(file) as kept:
            tests = {
                key: test
                for key, context in kept.execute("select id, context from context")
                if (test := context.rpartition("|")[0])
            }
            rows = kept.execute(
                "select path, context_id, numbits from line_bits join file on file.id = file_id"
            ).fetchall()
        self._files: dict[str, list[tuple[str, _Bits]]] = {}
        self._all_lines: Counter[str] = Counter()
        for path, key, bits in rows:
            if key in tests:
                self._files.setdefault(path, []).append((tests[key], bits))
                self._all_lines[tests[key]] += _count(bits)

    def tests_of(self, file: Path, line: int) -> list[str]:
        """The tests that reach the statement of a line, those first that reach little else.

        For a line outside of functions, which is run once for all, those that reach anything of its file.
        """
        lines = statement_lines(file.read_text(encoding="utf-8"), line)
        found: Counter[str] = Counter()
        for path, reached in self._files.items():
            if path.endswith(f"/{file}"):
                for test, bits in reached:
                    if not lines or any(_has(bits, one) for one in lines):
                        found[test] += _count(bits)
        return sorted(found, key=lambda test: (-found[test] / self._all_lines[test], test))[:_MOST_TESTS]


def naming(file: Path) -> list[str]:
    """The files of tests that name a module: what one of them runs of it in a child, no map tells."""
    module = re.compile(rf"\b{re.escape('.'.join(file.with_suffix('').parts))}\b")
    return [
        str(test)
        for test in sorted(Path("tests").rglob("test_*.py"))
        if module.search(test.read_text("utf-8"))
    ]


def statement_lines(source: str, line: int) -> range:
    """The lines of the statement that a line of a function stands in, without its body; none outside of functions."""
    around = [
        (node.lineno, _last_line(node))
        for function in ast.walk(ast.parse(source))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if node is not function and isinstance(node, ast.stmt) and node.lineno <= line <= _last_line(node)
    ]
    first, last = max(around, default=(0, -1))
    return range(first, last + 1)


def _last_line(node: ast.stmt) -> int:
    match node:
        case ast.If() | ast.For() | ast.While() | ast.With() | ast.Try() | ast.FunctionDef() | ast.ClassDef():
            return max(node.lineno, node.body[0].lineno - 1)
        case _:
            return node.end_lineno or node.lineno


def _has(bits: _Bits, line: int) -> bool:
    return line // 8 < len(bits) and bool(bits[line // 8] >> line % 8 & 1)


def _count(bits: _Bits) -> int:
    return int.from_bytes(bits).bit_count()
