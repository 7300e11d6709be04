"""What is published holds what it should, installs where nothing is, and brings no licence that binds a reader."""

from __future__ import annotations

import glob
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

import pytest
from children import ROOT

PACKAGES = ("tui", "store", "texts")
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_BINDING = re.compile(r"\bA?GPL|GNU (?:Affero )?General Public", re.IGNORECASE)
_LESSER = re.compile(r"LGPL|Lesser", re.IGNORECASE)


def sources() -> set[str]:
    """The files of the three packages, those that are written by running them left out."""
    return {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Wheel and sdist, built without asking anybody for anything."""
    if find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed, and nothing is fetched for a test")
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return wheel, sdist


@pytest.mark.promise("wheel and sdist hold what they should, the wheel no test", tries=2)
def test_what_is_published(built: tuple[Path, Path]) -> None:
    wheel, sdist = built
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        about = {Path(name).name for name in archive.namelist() if ".dist-info/" in name}
    assert sources() <= names
    assert {name.partition("/")[0] for name in names} == set(PACKAGES)
    assert {"LICENSE", "entry_points.txt", "METADATA"} <= about
    with tarfile.open(sdist) as packed:
        inside = {name.partition("/")[2] for name in packed.getnames()}
    assert sources() <= inside
    assert {"README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml", ".ci/run"} <= inside
    assert any(name.startswith("tests/") for name in inside)


def pythons() -> list[str]:
    """Every Python at hand that the project supports, one of each minor version."""
    found: dict[tuple[int, int], str] = {}
    asked = glob.glob(str(Path.home() / ".pyenv/versions/*/bin/python")) + glob.glob(
        "/usr/bin/python3.[0-9]*"
    )
    for python in [sys.executable, *asked]:
        said = subprocess.run(
            [python, "-c", "import sys; print(*sys.version_info[:2])"],
            capture_output=True,
            text=True,
            check=False,
        ).stdout.split()
        if len(said) == 2 and (version := (int(said[0]), int(said[1]))) >= (3, 11):
            found.setdefault(version, python)
    return list(found.values())


@pytest.mark.long
@pytest.mark.promise("it installs into a clean environment and runs there")
@pytest.mark.parametrize("python", pythons(), ids=lambda python: Path(python).as_posix())
def test_it_installs_and_runs(built: tuple[Path, Path], tmp_path: Path, python: str) -> None:
    venv = tmp_path / "venv"
    subprocess.run([python, "-m", "venv", str(venv)], check=True)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    surroundings = {**environment, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    installed = subprocess.run(
        [venv / "bin/pip", "install", "-q", str(built[0])],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if installed.returncode and "No matching distribution" in installed.stderr:
        pytest.skip(
            f"a dependency is not to be had for this Python here: {installed.stderr.splitlines()[-1]}"
        )
    assert installed.returncode == 0, installed.stderr

    def tui(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [venv / "bin/tui", *arguments],
            env=surroundings,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    assert tui("--version").stdout.startswith("tui")
    found = tui("search", "Sistani")
    assert found.returncode == 0, found.stderr
    assert "Sistani" in found.stdout


def runtime() -> dict[str, str]:
    """Every distribution that the program brings along, however far down, with its licence."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = [
        *project["dependencies"],
        *project["optional-dependencies"]["html"],
        *project["optional-dependencies"]["pdf"],
    ]
    known: dict[str, str] = {}
    while waiting:
        requirement = waiting.pop()
        match = _NAME.match(requirement)
        if match is None or "extra ==" in requirement or match[0].lower() in known:
            continue
        try:
            about = distribution(match[0])
        except PackageNotFoundError:
            continue  # for another platform or Python
        licences = [
            about.metadata.get("License-Expression") or "",
            *(about.metadata.get_all("Classifier") or []),
        ]
        told = [
            each.rpartition(" :: ")[2]
            for each in licences
            if each and (each == licences[0] or "License ::" in each)
        ]
        known[match[0].lower()] = (
            "; ".join(told) or (about.metadata.get("License") or "").strip().split("\n")[0]
        )
        waiting += about.requires or []
    return known


@pytest.mark.promise("no dependency has a licence that would bind a reader (GPL, AGPL)", tries=1)
def test_licences() -> None:
    licences = runtime()
    assert len(licences) >= 9
    assert [name for name, licence in licences.items() if not licence] == [], "each says its licence"
    bound = [
        name
        for name, licence in licences.items()
        if _BINDING.search(_LESSER.sub("", licence)) and not re.search("MIT|BSD|Apache|MPL", licence)
    ]
    assert bound == []


def test_every_dependency_is_bounded() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for requirement in (*project["dependencies"], *project["optional-dependencies"]["pdf"]):
        assert ">=" in requirement, requirement
        assert "<" in requirement, requirement
