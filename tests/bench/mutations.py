"""Says how much tests hold: changes a condition, an operator or a constant of a package at a time, and runs them.

    python -m tests.bench.mutations texts/search tests/unit/test_search*.py [--places 10] [--seed 1]
    python -m tests.bench.mutations tui --map .coverage

Places are drawn by the seed. Each is changed by itself in a copy of the tree, from which children read as well. A
change that nothing fails for is a missing test, code that can go, or one that nobody outside can see. It exits with 1
when fewer than nine in ten are found.

A map says which tests reach a line; `pytest --cov --cov-context=test` makes one, with pytest-cov (MIT), which nothing
else here needs. The tests that reach a line are asked the most particular first, and of very many only these. What runs
in a child alone is reached by no test of a map: for that, the files of tests that name its module are asked.

Left alone is what no test is to hold: docstrings, annotations, decorators, assertions, messages of errors, f-strings,
strings outside of functions, `strict=`, and what only a type checker reads.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from tests.bench.reaching import Reaching, naming

_OTHERS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.BitXor: ast.BitAnd,
    ast.LShift: ast.RShift, ast.RShift: ast.LShift,
}  # fmt: skip
"""What stands in the place of each operator."""
_DOUBLED = 100
"""From here on a number is doubled; a smaller one becomes the next."""
_MOST_SECONDS = 600
_ROOT = Path(__file__).parents[2]
_NOT_COPIED = (".git", ".venv", ".*_cache", "__pycache__", "snapshot_report.html")
_QUICKLY = ("-q", "-x", "-n", "0")


class Place(NamedTuple):
    """Something in a file that can be changed."""

    path: str
    number: int
    """Which of its file, from 0."""
    line: int
    change: str


def places(path: str) -> list[Place]:
    """All places of a file, in its order."""
    tree = ast.parse(Path(path).read_text(encoding="utf-8"))
    return [Place(path, number, line, change) for number, (line, change, _) in enumerate(_changes(tree))]


def changed(path: str, number: int) -> ast.Module:
    """The module in a file, changed at one of its places."""
    tree = ast.parse(Path(path).read_text(encoding="utf-8"))
    _, _, change = list(_changes(tree))[number]
    change()
    return ast.fix_missing_locations(tree)


def _changes(tree: ast.Module) -> Iterator[tuple[int, str, Callable[[], None]]]:
    """The line of each place, what changes there, and what changes it."""
    for node, in_function in _inside(tree, in_function=False):
        for change, field, value in _changes_of(node, in_function):
            yield getattr(node, "lineno", 0), change, partial(setattr, node, field, value)


def _inside(node: ast.AST, *, in_function: bool) -> Iterator[tuple[ast.AST, bool]]:
    """The parts of a node that may be changed, each with whether it stands in a function."""
    is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        for part in value if isinstance(value, list) else (value,):
            if isinstance(part, ast.AST) and not _is_left_alone(part):
                inner = in_function or (is_function and name == "body")
                yield part, inner
                yield from _inside(part, in_function=inner)


def _is_left_alone(node: ast.AST) -> bool:
    is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    is_strict = isinstance(node, ast.keyword) and node.arg == "strict"
    is_for_types = any(_names_type_checking(part) for part in ast.iter_child_nodes(node))
    return (
        is_docstring or is_strict or is_for_types or isinstance(node, ast.Assert | ast.Raise | ast.JoinedStr)
    )


def _names_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "TYPE_CHECKING"


def _changes_of(node: ast.AST, in_function: bool) -> Iterator[tuple[str, str, Any]]:
    """What can be changed of a node itself: in words, its field, and what comes to stand there."""
    if isinstance(node, ast.Compare):
        for nth, operator in enumerate(node.ops):
            other = _OTHERS[type(operator)]()
            yield type(operator).__name__, "ops", [*node.ops[:nth], other, *node.ops[nth + 1 :]]
    elif isinstance(node, ast.BoolOp | ast.BinOp | ast.AugAssign) and type(node.op) in _OTHERS:
        yield type(node.op).__name__, "op", _OTHERS[type(node.op)]()
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        yield "not", "test", ast.UnaryOp(ast.Not(), node.test)
    elif isinstance(node, ast.comprehension):
        for nth, test in enumerate(node.ifs):
            yield "not", "ifs", [*node.ifs[:nth], ast.UnaryOp(ast.Not(), test), *node.ifs[nth + 1 :]]
    elif isinstance(node, ast.Constant):
        value: object = node.value
        if isinstance(value, bool):
            yield repr(value), "value", not value
        elif isinstance(value, int | float):
            yield repr(value), "value", 2 * value if value >= _DOUBLED else value + 1
        elif isinstance(value, str) and value and in_function:
            yield repr(value), "value", ""


class Tree:
    """A copy of the tree in which one thing is changed at a time."""

    def __init__(self, folder: Path) -> None:
        self._root = folder / "tree"
        shutil.copytree(_ROOT, self._root, symlinks=True, ignore=shutil.ignore_patterns(*_NOT_COPIED))

    def failing(self, place: Place | None, tests: Sequence[str]) -> list[str]:
        """The test that fails for a change, or without one; all of them where none could be run, or one hangs."""
        asked, kept = self._root.parent / "tests.txt", self._root.parent / "kept"
        asked.write_text("\n".join(tests), encoding="utf-8")
        shutil.rmtree(kept, ignore_errors=True)
        file = self._root / (place.path if place else "README.md")
        true = file.read_bytes()
        if place is not None:
            file.write_text(ast.unparse(changed(str(file), place.number)), encoding="utf-8")
        try:
            done = subprocess.run(
                [sys.executable, "-m", "pytest", *_QUICKLY, "-o", f"cache_dir={kept}", f"@{asked}"],
                cwd=self._root,
                env={**os.environ, "PYTHONPATH": str(self._root), "PYTHONDONTWRITEBYTECODE": "1"},
                capture_output=True,
                check=False,
                timeout=_MOST_SECONDS,
            )
        except subprocess.TimeoutExpired:
            return list(tests)
        finally:
            file.write_bytes(true)
        last = kept / "v/cache/lastfailed"
        if done.returncode == 1 and last.exists():
            return list(json.loads(last.read_text(encoding="utf-8")))
        return list(tests) if done.returncode else []


def main() -> int:
    """Draws places, changes each, and says which changes survive; 1 where these are more than one in ten."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.mutations")
    parser.add_argument("package", type=Path, help="a folder, or one module")
    parser.add_argument("tests", nargs="*", help="what pytest runs")
    parser.add_argument(
        "--map", type=Path, help="in their place, those that this file of coverage.py names for a line"
    )
    parser.add_argument("--places", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if bool(asked.tests) == bool(asked.map):
        parser.error("name tests, or a map")
    files = [asked.package] if asked.package.is_file() else sorted(asked.package.rglob("*.py"))
    every = [place for file in files for place in places(str(file))]
    drawn = random.Random(asked.seed).sample(every, min(asked.places, len(every)))
    reached = Reaching(asked.map) if asked.map else None
    alive = 0
    with tempfile.TemporaryDirectory() as folder:
        tree = Tree(Path(folder))
        if reached is None and tree.failing(None, asked.tests):
            parser.error("the tests fail as it is")
        for place in drawn:
            file = Path(place.path)
            tests = asked.tests if reached is None else reached.tests_of(file, place.line) or naming(file)
            found = tree.failing(place, tests) if tests else []
            if not found:
                alive += 1
                print(f"{place.path}:{place.line}: {place.change} ({len(tests)} tests)", flush=True)
            elif reached is not None and tree.failing(None, found):
                parser.error(f"{found[0]} fails without the change in {place.path}:{place.line}, too")
    print(f"{len(drawn) - alive} of {len(drawn)} found, of {len(every):,} places")
    return int(alive * 10 > len(drawn))


if __name__ == "__main__":
    sys.exit(main())
