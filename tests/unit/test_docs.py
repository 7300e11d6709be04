"""README and docs speak of what is there: their links lead somewhere, and the commands they name exist."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tui.cli.root import COMMANDS

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
FILE = re.compile(r"`((?:tui|store|texts|tests|docs)/[\w/.]+)`")
MODULE = re.compile(r"`((?:tui|store|texts)\.[\w.]+)`")
COMMAND = re.compile(r"(?:^|`|\(|/)tui ([a-z][a-z-]+)", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = [unquote(link) for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_that_are_named_exist(page: Path) -> None:
    named = set(COMMAND.findall(page.read_text("utf-8")))
    assert named - COMMANDS.keys() == set()


def test_the_pages_are_listed_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [page.name for page in PAGES[1:] if f"docs/{page.name}" not in readme] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_and_modules_that_are_named_exist(page: Path) -> None:
    words = page.read_text("utf-8")
    files = [name for name in FILE.findall(words) if "FEATURE" not in name]  # which stands for any
    gone = [name for name in files if not (ROOT / name).exists()]
    assert gone + [name for name in MODULE.findall(words) if not is_there(name)] == []


def is_there(name: str) -> bool:
    """Whether a package, a module, or something in one has this dotted name."""
    path = ROOT / name.replace(".", "/")
    if path.is_dir() or path.with_suffix(".py").exists():
        return True
    module = path.parent / "__init__.py" if path.parent.is_dir() else path.parent.with_suffix(".py")
    return module.exists() and re.search(rf"\b{path.name}\b", module.read_text("utf-8")) is not None


def test_the_modules_of_the_desk_that_are_described_exist() -> None:
    page = (ROOT / "docs" / "ARCHITECTURE.md").read_text("utf-8")
    table = page.partition("| from the top |")[2].partition("\n\n")[0]
    named = {name for row in table.splitlines()[2:] for name in re.findall(r"`(\w+)`", row.split("|")[2])}
    there = {path.stem for path in (ROOT / "tui" / "desk").glob("*.py")} - {"__init__"}
    assert named == there
