"""No module imports itself by way of others, no two of a layer have the same name, and no two classes at all.

Whoever reads one can read what it stands on before it, and find it by its name.

Every import counts, wherever it is written: at the top of a file, under `TYPE_CHECKING`, inside a function, and
`import_module` on a name that is written out.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("tui", "store", "texts")


def modules() -> dict[str, Path]:
    """Path of each module by its dotted name; a package goes by the name of its folder."""
    files = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in files
    }


def imported(tree: ast.Module, known: frozenset[str]) -> Iterator[str]:
    """Dotted names of the modules that a module imports, of those that are known."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                found = [alias.name for alias in names]
            case ast.ImportFrom(module=str(module), names=names):
                submodules = [f"{module}.{alias.name}" for alias in names]
                others = not all(name in known for name in submodules)
                found = [*submodules, *([module] if others else [])]
            case ast.Call(func=ast.Name(id="import_module"), args=[ast.Constant(value=str(name))]):
                found = [name]
            case _:
                continue
        yield from (name for name in found if name in known)


def graph() -> dict[str, set[str]]:
    """For each module those that it imports."""
    paths = modules()
    known = frozenset(paths)
    return {
        name: set(imported(ast.parse(path.read_text(encoding="utf-8")), known)) - {name}
        for name, path in paths.items()
    }


def circles(edges: dict[str, set[str]]) -> set[frozenset[str]]:
    """The sets of modules of which each imports each other, directly or not; Tarjan's algorithm (1972)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    found: set[frozenset[str]] = set()

    def visit(name: str) -> None:
        order[name] = low[name] = len(order)
        path.append(name)
        for other in edges[name]:
            if other not in order:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in path:
                low[name] = min(low[name], order[other])
        if low[name] == order[name]:
            members = frozenset(path[path.index(name) :])
            del path[path.index(name) :]
            if len(members) > 1:
                found.add(members)

    for name in edges:
        if name not in order:
            visit(name)
    return found


def told(found: set[frozenset[str]]) -> str:
    """Circles in words, a line each."""
    return "\n".join(" ".join(sorted(circle)) for circle in sorted(found, key=sorted))


def test_no_module_imports_itself_by_way_of_others() -> None:
    found = circles(graph())
    assert not found, f"circles of imports:\n{told(found)}"


def test_a_command_of_the_desk_knows_nothing_of_another() -> None:
    commands = tuple(f"tui.desk.{folder}." for folder in ("commands", "lists"))
    known = {name: {each for each in found if each.startswith(commands)} for name, found in graph().items()}
    assert {name: found for name, found in known.items() if name.startswith(commands) and found} == {}
    assert any(found for found in known.values()), "somebody lists them"


@pytest.mark.parametrize("layer", PACKAGES)
def test_no_two_modules_of_a_layer_have_the_same_name(layer: str) -> None:
    """So that a name says which module is meant: in a traceback, in a search for a file, in the docs."""
    named: dict[str, list[str]] = defaultdict(list)
    for name, path in modules().items():
        if name.startswith(f"{layer}.") and not path.stem.startswith("__"):
            named[path.stem].append(name)
    assert {stem: found for stem, found in named.items() if len(found) > 1} == {}


@pytest.mark.parametrize(("folder", "ending"), [("commands", "_commands"), ("lists", "_list")])
def test_what_keys_do_and_lists_are_named_alike(folder: str, ending: str) -> None:
    names = [path.stem for path in (ROOT / "tui" / "desk" / folder).glob("*.py") if path.stem != "__init__"]
    assert names
    assert [name for name in names if not name.endswith(ending)] == []


def test_every_way_to_import_counts() -> None:
    tree = ast.parse(
        "import a\n"
        "from b import thing\n"
        "from c import d\n"
        "if TYPE_CHECKING:\n    from e import thing\n"
        "def later():\n    from f import thing\n    import_module('g')\n"
    )
    assert set(imported(tree, frozenset(["a", "b", "c", "c.d", "e", "f", "g", "h"]))) == {
        "a",
        "b",
        "c.d",
        "e",
        "f",
        "g",
    }


def test_circles_are_found_whatever_their_length() -> None:
    edges = {"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": {"e"}, "e": {"d"}, "f": {"a"}}
    assert circles(edges) == {frozenset("abc"), frozenset("de")}


def defined(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Public classes and type aliases of a module: the name, and for an alias what it stands for.

    A type variable means something only in its own module.
    """
    for node in tree.body:
        match node:
            case ast.ClassDef(name=name):
                meaning = ""
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Subscript() | ast.BinOp() as value):
                meaning = ast.unparse(value)
            case ast.AnnAssign(
                target=ast.Name(id=name), annotation=ast.Name(id="TypeAlias"), value=ast.expr() as value
            ):
                meaning = ast.unparse(value)
            case _:
                continue
        if name[0].isupper() and not name.isupper():
            yield name, meaning


def test_no_two_modules_mean_different_things_by_a_name() -> None:
    """Whoever meets the name of a class anywhere knows which it is; an alias may stand twice for the same."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for module, path in modules().items():
        for name, meaning in defined(ast.parse(path.read_text(encoding="utf-8"))):
            found[name].add((meaning, "" if meaning else module))
    assert {name: meanings for name, meanings in found.items() if len(meanings) > 1} == {}


def test_classes_and_aliases_have_meanings_and_type_variables_have_not() -> None:
    tree = ast.parse(
        "class Thing: ...\n"
        "class _Own: ...\n"
        "Key = tuple[int, int]\n"
        "Value = str | int\n"
        "Word: TypeAlias = 'str'\n"
        "T = TypeVar('T')\n"
        "NAMES = frozenset[str]()\n"
    )
    assert set(defined(tree)) == {
        ("Thing", ""),
        ("Key", "tuple[int, int]"),
        ("Value", "str | int"),
        ("Word", "'str'"),
    }
