"""What `tests.bench.mutations` changes: one thing at a time, and nothing that no test is to hold."""

from __future__ import annotations

import ast
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.bench.mutations import changed, places
from tests.bench.reaching import Reaching, naming

SOURCE = '''"""A module."""
LIMIT: int = 3

def take(one: str = "a", *, many: bool = False) -> "str":
    """A docstring."""
    assert one, "never"
    if one == "b" and not many:
        raise ValueError("no 7")
    return f"{one} 9" + "c" * LIMIT

TYPE_CHECKING = False
if TYPE_CHECKING:
    WIDTH = 7
'''


def changes(source: str, folder: Path) -> list[str]:
    """The source after each of its changes."""
    path = folder / "module.py"
    path.write_text(source)
    return [ast.unparse(changed(str(path), place.number)) for place in places(str(path))]


@pytest.mark.parametrize(
    ("was", "comes"),
    [
        ("LIMIT: int = 3", "LIMIT: int = 4"),
        ("many: bool=False", "many: bool=True"),
        ("== 'b'", "!= 'b'"),
        ("== 'b'", "== ''"),
        (" and ", " or "),
        ("if one == 'b' and (not many)", "if not (one == 'b' and (not many))"),
        ("' + 'c'", "' - 'c'"),
        ("'c' * LIMIT", "'c' / LIMIT"),
        ("'c'", "''"),
    ],
)
def test_one_thing_is_changed_at_a_time(was: str, comes: str, tmp_path: Path) -> None:
    plain = ast.unparse(ast.parse(SOURCE))
    assert ast.unparse(ast.parse(plain.replace(was, comes))) in changes(SOURCE, tmp_path)


def test_what_no_test_is_to_hold_is_left_alone(tmp_path: Path) -> None:
    found = changes(SOURCE, tmp_path)
    assert len(found) == len(set(found)) == 9
    assert all("never" in one and "no 7" in one and " 9" in one and "docstring" in one for one in found)


def bits(lines: Iterable[int]) -> bytes:
    """Lines as coverage.py keeps them."""
    return sum(1 << line for line in lines).to_bytes(4, "little")


@pytest.mark.parametrize(
    ("line", "tests"),
    [
        (2, ["test_of_little", "test_b[x|y]", "test_of_much"]),
        (7, ["test_of_little", "test_of_much"]),
        (8, ["test_b[x|y]"]),
        (9, ["test_of_little"]),
    ],
)
def test_a_map_names_the_tests_that_reach_a_line_the_most_particular_first(
    line: int, tests: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("module.py").write_text(SOURCE)
    contexts = {
        1: "",
        2: "test_b[x|y]|run",
        3: "test_of_much|run",
        4: "test_of_little|setup",
        5: "test_of_little|run",
    }
    reached = [
        (1, 1, range(32)),
        (1, 2, [4, 8]),
        (2, 2, [1]),
        (1, 3, [7]),
        (2, 3, range(30)),
        (1, 4, [7]),
        (1, 5, [9]),
        (3, 2, [9]),
    ]
    with sqlite3.connect(".coverage") as kept:
        kept.execute("create table file (id, path)")
        kept.execute("create table context (id, context)")
        kept.execute("create table line_bits (file_id, context_id, numbits)")
        kept.executemany(
            "insert into file values (?, ?)", [(1, "/x/module.py"), (2, "/x/a.py"), (3, "/x/no_module.py")]
        )
        kept.executemany("insert into context values (?, ?)", contexts.items())
        kept.executemany(
            "insert into line_bits values (?, ?, ?)", [(f, c, bits(lines)) for f, c, lines in reached]
        )
    assert Reaching(Path(".coverage")).tests_of(Path("module.py"), line) == tests


def test_what_no_map_reaches_is_asked_of_the_tests_that_name_its_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("tests").mkdir()
    for name, words in {
        "test_here.py": "from a.b import c",
        "test_child.py": 'PROGRAM = "import a.b"',
        "test_other.py": "import a.bc",
        "helper.py": "import a.b",
    }.items():
        Path("tests", name).write_text(words)
    assert naming(Path("a/b.py")) == ["tests/test_child.py", "tests/test_here.py"]
