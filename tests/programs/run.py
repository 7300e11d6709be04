"""Takes a library through the real programs of the field and home again, and prints what each kept, lost and got wrong.

    python tests/programs/run.py [--only NAME] [--qualcoder FOLDER]

It needs the network, pip and npm; programs are installed into a temporary folder that goes afterwards. LibreOffice must
be there already, and of QualCoder, which is on no package index, a checkout. No part of CI.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from texts.articles import articles

HERE = Path(__file__).parent
TUI = [sys.executable, "-m", "tui"]


class Outcome(NamedTuple):
    """A line of the table."""

    program: str
    way: str
    kept: str
    lost: str
    wrong: str


class Bench:
    """A folder with a library, and programs beside it."""

    def __init__(self, folder: Path, qualcoder: Path | None = None) -> None:
        self.folder = folder
        self.qualcoder = qualcoder
        self.environment = {**os.environ, "TUI_LIBRARY": str(folder / "library.db"), "HOME": str(folder)}

    def tui(self, *arguments: str, library: Path | None = None) -> str:
        """What `tui` prints."""
        environment = {**self.environment, **({"TUI_LIBRARY": str(library)} if library else {})}
        return _run([*TUI, *arguments], environment)

    def annotations(self, library: Path | None = None) -> list[dict[str, object]]:
        """All highlights, as JSON says them."""
        found: list[dict[str, object]] = json.loads(self.tui("annotations", "--json", library=library))
        return found

    def python(self, *packages: str) -> Path:
        """A Python that has packages of its own."""
        place = self.folder / ("venv-" + "-".join(packages))
        if not place.exists():
            venv.create(place, with_pip=True)
            _run([str(place / "bin/python"), "-m", "pip", "install", "--quiet", *packages], self.environment)
        return place / "bin/python"

    def named(self, python: Path, *packages: str) -> str:
        """Packages that a Python has, with their versions: `pandas 3.0, polars 1.0`."""
        script = "import sys; from importlib.metadata import version as v; print(*map(v, sys.argv[1:]))"
        versions = _run([str(python), "-c", script, *packages], self.environment).split()
        return ", ".join(map(" ".join, zip(packages, versions, strict=True)))

    def of_node(self, package: str) -> str:
        """A package that is installed for node, with its version."""
        said = json.loads((self.folder / "node" / "node_modules" / package / "package.json").read_text())
        return f"{package} {said['version']}"

    def node(self, script: str, *arguments: str, packages: Sequence[str]) -> str:
        """What a script of ours prints that needs packages of npm."""
        place = self.folder / "node"
        place.mkdir(exist_ok=True)
        (place / "package.json").write_text('{"type": "module"}')
        _run(["npm", "install", "--silent", "--prefix", str(place), *packages], self.environment)
        (place / script).write_text((HERE / script).read_text())
        return _run(["node", str(place / script), *arguments], self.environment)


def _run(command: Sequence[str], environment: dict[str, str], folder: Path | None = None) -> str:
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode not in ((0, 1) if list(command[:3]) == TUI else (0,)):
        raise RuntimeError(f"{' '.join(map(str, command))}: {done.stderr[-2000:]}")
    return done.stdout


def prepare(bench: Bench) -> None:
    """Texts with highlights of several kinds: repeated names, behind an emoji, with notes and tags, linked."""
    signs = bench.folder / "signs.txt"
    signs.write_text(
        "The first 😀 smiling reader spoke.\n\nA second one, 𝔣𝔯𝔞𝔨𝔱𝔲𝔯, said ‘no’. Iran, and Iran again.\n"
    )
    bench.tui("add", str(signs), "--source", "https://paper.example/signs")
    for article in articles():
        file = bench.folder / f"{article.slug}.txt"
        file.write_text(article.body)
        bench.tui("add", str(file))
    bench.tui("mark", "editorial", "Iran", "--all", "--tag", "actor/iran")
    bench.tui("mark", "signs", "smiling reader", "--tag", "mood", "--note", "why *smiling*?", "--star")
    bench.tui("mark", "signs", "said ‘no’", "--tag", "claim", "--tag", "mood")
    bench.tui("mark", "signs", "A second one", "--note", "untagged")
    bench.tui("mark", "analysis", "Tehran", "--passage", "2", "--tag", "actor/iran")
    bench.tui("link", "1", "2", "--kind", "same", "--note", "one country")


def home(bench: Bench, file: Path, *options: str) -> str:
    """What our import says of a file that comes home, in a copy of the library."""
    copy = bench.folder / f"home-{file.parent.name}-{file.name}.db"
    bench.tui("backup", str(copy))
    return bench.tui("import", str(file), *options, library=copy).strip().splitlines()[-1]


def qc(bench: Bench) -> Outcome:
    """qualitative-coding: a project in and out again."""
    python = bench.python("qualitative-coding")
    place = bench.folder / "empty" / "qc"
    place.mkdir(parents=True)
    ours = bench.folder / "ours.qdpx"
    bench.tui("export", "-o", str(ours))
    environment = {**bench.environment, "PYTHONBREAKPOINT": "0"}
    command = str(python.parent / "qc")
    _run([command, "init", "--import", str(ours)], environment, place)
    codes = _run([command, "codes", "stats"], environment, place)
    theirs = bench.folder / "qc.qdpx"
    _run([command, "export", str(theirs)], environment, place)
    came = home(bench, theirs)
    kept = f"{codes.split()[-1]} lines with the last code"
    return Outcome(
        bench.named(python, "qualitative-coding"),
        "QDPX there and home",
        kept,
        "spans (it codes lines), notes, links",
        came,
    )


def taguette(bench: Bench) -> Outcome:
    """Taguette: our codebook in; a project that its own modules made, home."""
    python = bench.python("taguette", "setuptools<81")
    book = bench.folder / "codebook.csv"
    bench.tui("export", "--format", "taguette-codebook", "-o", str(book))
    project = bench.folder / "project.sqlite3"
    said = json.loads(
        _run([str(python), str(HERE / "taguette_project.py"), str(book), str(project)], bench.environment)
    )
    library = bench.folder / "taguette.db"
    bench.tui("import", str(project), library=library)
    found = {str(each["quote"]) for each in bench.annotations(library)}
    missing = [quote for quote in said["quotes"] if quote not in found]
    again = bench.tui("import", str(project), library=library).strip()
    kept = f"{said['tags']} tags there; {len(said['quotes']) - len(missing)} of {len(said['quotes'])} highlights home"
    return Outcome(
        bench.named(python, "taguette"), "codebook there, project.sqlite3 home", kept, "–", f"again: {again}"
    )


def qualcoder(bench: Bench) -> Outcome:
    """QualCoder: our project through its own import and export, and home."""
    if bench.qualcoder is None:
        raise RuntimeError("name a checkout with --qualcoder")
    ours, theirs = bench.folder / "ours.qdpx", bench.folder / "theirs.qdpx"
    bench.tui("export", "-o", str(ours))
    script = [
        sys.executable,
        str(HERE / "qualcoder_project.py"),
        str(bench.qualcoder),
        str(ours),
        str(theirs),
    ]
    said = json.loads(_run(script, bench.environment))
    kept = f"{said['codes']} codes, {said['standing']} of {said['codings']} codings in place, {said['memos']} memos"
    version = re.search(
        r'version = "(QualCoder [^"]+)"', (bench.qualcoder / "src/qualcoder/app.py").read_text()
    )
    return Outcome(
        version[1] if version else "QualCoder",
        "QDPX there and home",
        f"{kept}, {said['annotations']} annotations",
        "links",
        home(bench, theirs),
    )


def libreoffice(bench: Bench) -> Outcome:
    """LibreOffice: a document with comments opened and saved in either format, and home."""
    came = []
    for name in ("docx", "odt"):
        ours = bench.folder / f"signs.{name}"
        bench.tui("export", "--text", "signs", "-o", str(ours))
        for ending in ("docx", "odt"):
            filter = {"docx": "MS Word 2007 XML", "odt": "writer8"}[ending]
            saved = bench.folder / f"from-{name}"
            _run(
                [
                    "soffice",
                    "--headless",
                    "--convert-to",
                    f"{ending}:{filter}",
                    "--outdir",
                    str(saved),
                    str(ours),
                ],
                bench.environment,
            )
            came.append(f"{name} → {ending}: {home(bench, saved / f'signs.{ending}')}")
    version = _run(["soffice", "--version"], bench.environment).split()[1]
    told = "; ".join(sorted({each.partition(": ")[2] for each in came}))
    return Outcome(
        f"LibreOffice {version}",
        "DOCX and ODT there, saved as either, home",
        f"{len(came)} of 4 ways",
        "links, highlights without a comment",
        told,
    )


def anki(bench: Bench) -> Outcome:
    """Anki: our cards imported twice by its own modules."""
    python = bench.python("anki")
    cards = bench.folder / "cards.tsv"
    bench.tui("export", "-o", str(cards))
    said = json.loads(
        _run(
            [str(python), str(HERE / "anki_cards.py"), str(cards), str(bench.folder / "c.anki2")],
            bench.environment,
        )
    )
    kept = f"{said['counts'][0]} of {len(bench.annotations())} notes, {len(said['tags'])} tags"
    wrong = "–" if said["counts"][0] == said["counts"][1] else f"{said['counts'][1]} after a second import"
    return Outcome(bench.named(python, "anki"), "cards there, twice", kept, "places", wrong)


def hypothesis(bench: Bench) -> Outcome:
    """The client of Hypothesis: its own reader of exports, and home."""
    ours = bench.folder / "hypothesis.json"
    bench.tui("export", "--format", "hypothesis", "-o", str(ours))
    said = json.loads(bench.node("hypothesis_client.mjs", str(ours), packages=["hypothesis", "esbuild"]))
    return Outcome(
        f"Hypothesis client ({bench.of_node('hypothesis')})",
        "its import reads ours",
        f"{said['annotations']} annotations",
        "–",
        home(bench, ours),
    )


def recogito(bench: Bench) -> Outcome:
    """Recogito: its reader of Web Annotations."""
    ours = bench.folder / "ours.jsonld"
    bench.tui("export", "-o", str(ours))
    packages = ["@recogito/text-annotator", "jsdom"]
    said = json.loads(bench.node("recogito_annotator.mjs", str(ours), packages=packages))
    kept = f"{said['parsed']} of {said['given']} highlights parsed"
    return Outcome(
        bench.of_node("@recogito/text-annotator"),
        "W3C there",
        kept,
        "links, notes on texts",
        said["failed"] or "–",
    )


def tables(bench: Bench) -> Outcome:
    """pandas and DuckDB: the CSV of annotations, with every quote where its offsets say."""
    python = bench.python("pandas", "polars", "duckdb")
    ours = bench.folder / "annotations.csv"
    bench.tui("export", "-o", str(ours))
    said = json.loads(_run([str(python), str(HERE / "csv_tables.py"), str(ours)], bench.environment))
    kept = f"{said['pandas']}, {said['polars']} and {said['duckdb']} rows of {len(bench.annotations())}"
    return Outcome(
        bench.named(python, "pandas", "polars", "duckdb"),
        "CSV there",
        kept,
        "–",
        "–" if said["same"] else "they differ",
    )


def datasette(bench: Bench) -> Outcome:
    """Datasette: the library itself."""
    python = bench.python("datasette")
    address = "/library/annotation.json?_shape=array&_size=max"
    command = [str(python.parent / "datasette"), str(bench.folder / "library.db"), "--get", address]
    rows = json.loads(_run(command, bench.environment))
    kept = f"{len(rows)} of {len(bench.annotations())} highlights"
    return Outcome(bench.named(python, "datasette"), "the library opened", kept, "–", "–")


PROGRAMS: dict[str, Callable[[Bench], Outcome]] = {
    each.__name__: each
    for each in (qualcoder, qc, taguette, hypothesis, recogito, libreoffice, anki, tables, datasette)
}


def main() -> int:
    """Print the table; 1 where a program could not be run."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--only", choices=list(PROGRAMS))
    options.add_argument("--qualcoder", type=Path, help="a checkout of QualCoder")
    given = options.parse_args()
    failed = 0
    with TemporaryDirectory(prefix="tui-programs-") as folder:
        bench = Bench(Path(folder), given.qualcoder)
        prepare(bench)
        print("| program | way | kept | lost | wrong, or what home said |\n|---|---|---|---|---|")
        for name, through in PROGRAMS.items():
            if given.only in (None, name):
                try:
                    print("| " + " | ".join(through(bench)) + " |", flush=True)
                except (RuntimeError, ValueError, OSError, KeyError) as error:
                    failed = 1
                    print(f"| {name} | could not be run | {str(error)[-300:]} | | |", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
