"""What a library of thousands of texts costs, held against SQLite's own full-text index of the same bodies."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from operator import itemgetter
from pathlib import Path
from statistics import median

from tests.bench.command_line import surroundings
from tests.bench.large_rows import Spent, made, spent, spent_by
from tests.bench.table import Figure
from tests.support.large_library import Size, body

_TEXTS = (1_000, 5_000)
_WORDS = 1_000
_FILES, _FILE = 1_000, 900
"""Files that are added, and words of each: 6 kB."""
_LONG = 500_000
"""Words of a file of 5 MB."""

_ASK = """
import sqlite3, sys
index = sqlite3.connect(sys.argv[1])
query = "SELECT rowid, snippet(body, 0, '', '', '…', 20) FROM body WHERE body MATCH ? ORDER BY rank LIMIT 10"
print(index.execute(query, (sys.argv[2],)).fetchall())
"""
_AGAIN = """
import sys, time
from pathlib import Path
from statistics import median
from store.library import Library
from store.services.search import Way, answering, find_in_texts
from texts.search import Mode
import sqlite3
index = sqlite3.connect(sys.argv[1])
query = "SELECT rowid, snippet(body, 0, '', '', '…', 20) FROM body WHERE body MATCH ? ORDER BY rank LIMIT 10"
def theirs(library, words, way):
    index.execute(query, (words,)).fetchall()
def ours(library, words, way):
    with library.connection.pieces():
        some = answering(words, library, None, way)
        find_in_texts(words, some.sources, way, limit=10, passages=some.passages, known=some.known)
def taken(search, *asked):
    start = time.process_time()
    search(*asked)
    return time.process_time() - start
word = sys.argv[3]
with Library.open(Path(sys.argv[2])) as library:
    both = sys.argv[4] + " " + word
    for search, words, mode in (
        (theirs, word, "fuzzy"), (theirs, both, "fuzzy"),
        (ours, word, "exact"), (ours, word + "x", "fuzzy"), (ours, both, "fuzzy"),
    ):
        times = [taken(search, library, words, Way(Mode(mode))) for _ in range(8)]
        print(median(times[1:]))
"""
"""What the same searches take in a program that runs: seconds of SQLite, a word and two, then ours, a line each."""
_BUILD = """
import sqlite3, sys
from pathlib import Path
index = sqlite3.connect(sys.argv[1])
index.execute("CREATE VIRTUAL TABLE body USING fts5 (content)")
with index:
    for path in sorted(Path(sys.argv[2]).iterdir()):
        index.execute("INSERT INTO body (content) VALUES (?)", (path.read_text("utf-8"),))
"""


def searches(folder: Path, rounds: int) -> Iterator[Figure]:
    """A word in 1,000 texts and in 5,000, misspelt too and beside one that nearly all have: the best ten places."""
    libraries = {number: _library(folder, number) for number in _TEXTS}
    written = body(_WORDS, 1).split()
    word = next(word for word in written[500:] if len(word) > 8 and word.isalpha())
    frequent, _ = max(Counter(filter(str.isalpha, written)).items(), key=itemgetter(1))
    few, many = _TEXTS
    peer = _index(folder, libraries[many])
    ways = {"exact": ("--exact", word), "fuzzy": (f"{word}x",), "two words": (f"{frequent} {word}",)}
    asked = dict.fromkeys(ways, word) | {"two words": f"{frequent} {word}"}
    times: dict[tuple[str, int], list[Spent]] = {(how, number): [] for how in ways for number in _TEXTS}
    theirs: dict[str, list[Spent]] = {query: [] for query in asked.values()}
    starts = []
    for _ in range(rounds + 1):  # the first round fills caches of files, and is not counted
        for query, those in theirs.items():
            those.append(_by_sqlite(_ASK, str(peer), query))
        starts.append(spent(("--help",), libraries[many]))
        for (how, number), those in times.items():
            those.append(spent(("search", *ways[how], "--limit", "10"), libraries[number]))
    start, base = _processor(starts), _processor(theirs[word])
    yield Figure(
        "tui --help", "FTS5", "processor", start / base, note=f"{start:.2f} s, the start of any command"
    )
    inside = _inside(peer, libraries[many], word, frequent)
    for how, most in (("exact", 2), ("fuzzy", 4), ("two words", 4)):
        row, ours, base = (
            f"tui search, {how}, {many:,} texts",
            times[how, many],
            _processor(theirs[asked[how]]),
        )
        note = f"{_processor(ours):.2f} s, FTS5 {base:.3f} s"
        yield Figure(row, "FTS5", "processor", _processor(ours) / base, most, note)
        above = _processor(ours) - start
        yield Figure(f"{row}, above the start", "FTS5", "processor", above / base, note=f"{above:.2f} s")
        own, peers = inside[how], inside["FTS5, two words" if how == "two words" else "FTS5"]
        note = f"{1000 * own:.0f} ms, FTS5 {1000 * peers:.1f} ms"
        yield Figure(f"{row}, in a program that runs", "FTS5", "processor", own / peers, note=note)
        growth = _processor(ours) / _processor(times[how, few])
        yield Figure(row, f"{few:,} texts", "processor", growth, 1.2)
        yield Figure(row, "", "memory, MB", max(each.memory for each in ours), 80)


def nearest(folder: Path, rounds: int) -> Iterator[Figure]:
    """One text against 5,000 others, beside relating two; each pair for the first time."""
    library = _library(folder, _TEXTS[-1])
    with closing(sqlite3.connect(library, isolation_level=None)) as sql:
        sql.execute("DELETE FROM relation")
    commands = ("related", "compare")
    ours: dict[str, list[Spent]] = {name: [] for name in commands}
    pairs = []
    for number in range(rounds + 1):
        asked = f"text-{number:05}"
        pairs.append(spent(("related", asked, f"text-{number + 100:05}"), library))
        for place, name in enumerate(commands, 1):
            ours[name].append(spent((name, f"text-{number + 1000 * place:05}"), library))
    for name, those in ours.items():
        row, note = f"tui {name} TEXT, {_TEXTS[-1]:,} texts", f"{_processor(those):.2f} s"
        base = "related A B"
        yield Figure(row, base, "processor", _processor(those) / _processor(pairs), 3, note)
        yield Figure(row, "", "memory, MB", max(each.memory for each in those), 100)


def adding(folder: Path, rounds: int) -> Iterator[Figure]:
    """A thousand short files, and one of 5 MB."""
    short, long = folder / "short-files", folder / "long.txt"
    if not long.exists():
        short.mkdir(exist_ok=True)
        for number in range(_FILES):
            Path(short, f"{number:04}.txt").write_text(body(_FILE, number), encoding="utf-8")
        long.write_text(body(_LONG, 0), encoding="utf-8")
    ours: dict[Path, list[Spent]] = {short: [], long: []}
    theirs = []
    for _ in range(rounds + 1):
        theirs.append(_by_sqlite(_BUILD, str(_fresh(folder / "built.db")), str(short)))
        for given, those in ours.items():
            files = sorted(map(str, given.iterdir())) if given.is_dir() else [str(given)]
            those.append(spent(("add", *files), _fresh(folder / "added.db")))
    row = f"tui add, {_FILES:,} files of 6 kB"
    note = f"{_processor(ours[short]):.2f} s, FTS5 {_processor(theirs):.2f} s"
    yield Figure(row, "FTS5", "processor", _processor(ours[short]) / _processor(theirs), 6, note)
    yield Figure("tui add, a file of 5 MB", "", "seconds", _processor(ours[long]))
    yield Figure("tui add, a file of 5 MB", "", "memory, MB", max(each.memory for each in ours[long]), 100)


def _library(folder: Path, texts: int) -> Path:
    return made(folder, f"texts-{texts}", Size(highlights=0, texts=texts, words=_WORDS, tags=0))


def _index(folder: Path, library: Path) -> Path:
    """SQLite's own index of the bodies of a library, made once."""
    path = folder / f"{library.stem}-fts5.db"
    if not path.exists():
        with closing(sqlite3.connect(path)) as index, closing(sqlite3.connect(library)) as sql, index:
            index.execute("CREATE VIRTUAL TABLE body USING fts5 (content)")
            bodies = sql.execute("SELECT id, content FROM body")
            index.executemany("INSERT INTO body (rowid, content) VALUES (?, ?)", bodies)
    return path


def _inside(peer: Path, library: Path, word: str, frequent: str) -> dict[str, float]:
    """Seconds of processor time that SQLite's searches and ours take where nothing has to start."""
    program = [sys.executable, "-c", _AGAIN, str(peer), str(library), word, frequent]
    done = subprocess.run(program, env=surroundings(library), stdout=subprocess.PIPE, check=True)
    names = ("FTS5", "FTS5, two words", "exact", "fuzzy", "two words")
    return dict(zip(names, map(float, done.stdout.split()), strict=True))


def _by_sqlite(code: str, *arguments: str) -> Spent:
    program = [sys.executable, "-I", "-S", "-c", code, *arguments]
    return spent_by(program, surroundings(Path(arguments[0])))


def _fresh(path: Path) -> Path:
    """A path in a folder of its own, with nothing in it."""
    shutil.rmtree(path.parent / "fresh", ignore_errors=True)
    Path(path.parent, "fresh").mkdir()
    return path.parent / "fresh" / path.name


def _processor(those: Sequence[Spent]) -> float:
    return median(each.processor for each in (those[1:] or those))
