"""What a command loads: the heavy libraries only where they are needed. Each command runs in a Python of its own."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from store.library import Library

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"textual", "rich", "numpy", "sqlite_utils", "sentencex"}
PROGRAM = """
import sys
from tui.cli.run import run
code = run(sys.argv[1:])
sys.stdout.flush()
print(repr([int(code), sorted({name.partition(".")[0] for name in sys.modules} | {
    name for name in sys.modules if name.startswith(("tui.", "store.", "texts."))})]), file=sys.stderr)
"""


def loaded(library: Path, *arguments: str) -> set[str]:
    """The modules that a command has loaded by its end; it must have found or done something."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TUI_LIBRARY": str(library)}
    said = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    code, modules = ast.literal_eval(said.stderr.splitlines()[-1])
    assert code == 0, said.stderr
    return set(modules)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with something of everything."""
    folder = tmp_path_factory.mktemp("library")
    text = folder / "mill.txt"
    text.write_text(
        "The old mill at Harrow burned to the ground on Monday.\n\nIt will be built again.\n\nShare this"
    )
    path = folder / "library.db"
    loaded(path, "add", str(text))
    loaded(path, "mark", "mill", "Harrow", "--tag", "place")
    loaded(path, "mark", "mill", "burned")
    loaded(path, "link", "1", "2")
    loaded(path, "note", "burned down", "--text", "mill", "--reader", "ada")
    loaded(path, "dismiss", "mill", "1", "mill", "2")
    loaded(path, "furniture", "mill", "--passage", "3")
    loaded(path, "search", "mill")
    with Library.open(path) as opened:
        opened.drafts.keep("library", "half a thought")
    return path


@pytest.mark.parametrize(
    "arguments",
    [
        "--help",
        "--version",
        "search --help",
        "texts",
        "texts --json",
        "search mill",
        "search mill --json",
        "search mill --exact",
        "search --regex m.ll",
        "search Harow --scope texts,notes,tags --tag place -C 1",
        "annotations",
        "annotations --json",
        "tags list",
        "links",
        "links --json",
        "notes",
        "notes --json",
        "drafts",
        "drafts --json",
        "note --text mill",
        "dismissed",
        "dismissed --json",
        "furniture mill",
        "furniture mill --json",
        "export",
        "export --format json",
        "export --schema",
        "history",
        "check",
        "keys",
    ],
)
def test_a_command_that_only_reads_loads_nothing_heavy(library: Path, arguments: str) -> None:
    assert not HEAVY & loaded(library, *arguments.split())


def test_help_loads_no_database(library: Path) -> None:
    assert not {"sqlite3", "store", "texts.model"} & loaded(library, "--help")


@pytest.mark.parametrize(
    "arguments",
    ["mark mill Monday", "change 1 --star", "note words", "tags quick place 1", "undo", "add {}"],
)
def test_a_command_that_writes_to_a_library_that_is_up_to_date_does_not_either(
    library: Path, tmp_path: Path, arguments: str
) -> None:
    (tmp_path / "new.txt").write_text("A new text.")
    assert not HEAVY & loaded(library, *arguments.format(tmp_path / "new.txt").split())


def test_a_search_makes_no_records(library: Path) -> None:
    assert not {"store.records", "store.highlights"} & loaded(library, "search", "mill", "--exact")


@pytest.mark.parametrize("arguments", ["search mill --exact", "links", "annotations", "dismissed"])
def test_what_makes_no_ids_loads_none_of_what_makes_them(library: Path, arguments: str) -> None:
    assert "platform" not in loaded(library, *arguments.split()), "`uuid` loads it"


def test_importing_loads_nothing_heavy(library: Path, tmp_path: Path) -> None:
    everything = tmp_path / "everything.json"
    loaded(library, "export", "-o", str(everything))
    assert not HEAVY & loaded(library, "import", "--dry-run", str(everything))
    assert not HEAVY & loaded(library, "import", str(everything))


def test_help_loads_no_command_and_nothing_of_texts_and_store(library: Path) -> None:
    modules = loaded(library, "--help")
    assert {name for name in modules if name.startswith("tui.cli.")} <= {
        "tui.cli.codes",
        "tui.cli.invocation",
        "tui.cli.options",
        "tui.cli.root",
        "tui.cli.run",
        "tui.cli.terminal",
    }
    late = {"texts", "texts.late_modules"}
    assert {name for name in modules if name.startswith(("texts", "store"))} <= late


def test_a_format_is_loaded_when_it_is_asked_for(library: Path) -> None:
    assert not {"json", "csv"} & loaded(library, "--help")
    assert "csv" not in loaded(library, "search", "mill", "--json")
    assert {
        name
        for name in loaded(library, "export", "--format", "codebook-csv")
        if name.startswith("store.exchange.")
    }.isdisjoint({"store.exchange.json", "store.exchange.csv", "store.exchange.w3c", "store.merge"})


def test_an_exact_search_loads_neither_rapidfuzz_nor_the_stemmer(library: Path) -> None:
    assert not {"rapidfuzz", "Stemmer"} & loaded(library, "search", "mill", "--exact")


@pytest.mark.parametrize("arguments", ["search mill --exact", "texts", "links"])
def test_of_what_click_imports_only_that_is_run_which_it_uses(library: Path, arguments: str) -> None:
    """`ast`, `dis` and `tokenize` come with `inspect`, `locale` with the first translation."""
    assert not {"ast", "dis", "tokenize", "locale"} & loaded(library, *arguments.split())


def test_every_option_is_declared_so_that_inspect_is_not_needed() -> None:
    sources = (path for path in (ROOT / "tui" / "cli").glob("*.py") if path.name != "options.py")
    assert [path.name for path in sources if "click.option(" in path.read_text(encoding="utf-8")] == []


def test_a_library_that_is_named_needs_no_platformdirs(library: Path) -> None:
    assert "platformdirs" not in loaded(library, "search", "mill")
