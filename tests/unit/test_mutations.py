"""What `tests.bench.mutations` changes: one thing at a time, and nothing that no test is to hold."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.bench.mutations import changed, places

SOURCE = '''"""A module."""
LIMIT: int = 3

def take(one: str = "a", *, many: bool = False) -> "str":
    """A docstring."""
    assert one, "never"
    if one == "b" and not many:
        raise ValueError("no 7")
    return f"{one} 9" + "c" * LIMIT
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
