"""What it costs to make a corpus of thousands of texts and to search it, beside SQLite's own full-text index."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median

from store.corpus.corpus_file import Corpus
from store.corpus.corpus_folder import folder_of, has_corpus
from tests.bench.command_line import surroundings
from tests.bench.large_rows import Spent, spent, spent_by
from tests.bench.planted_corpus import write_corpus
from tests.bench.table import Figure

_SEARCHED = 200_000
"""Passages that are searched: 10 million words."""
_MADE = 20_000
"""Passages that a corpus is made of: a million words, and so more than one shard."""
_ASK = """
import sqlite3, sys
index = sqlite3.connect(sys.argv[1])
query = "SELECT rowid, snippet(body, 0, '', '', '…', 20) FROM body WHERE body MATCH ? ORDER BY rank LIMIT 10"
print(index.execute(query, (sys.argv[2],)).fetchall())
"""


def searching(folder: Path, rounds: int) -> Iterator[Figure]:
    """The ten best places of a word, of a misspelt one and of two words, in 10 million words made at the first run."""
    library, name, given = planted_corpus(folder, _SEARCHED)
    peer = folder / f"planted-{_SEARCHED}-fts5.db"
    if not peer.exists():
        _index(folder_of(library, name), peer)
    one, other = _words(given)
    asked = {
        "exact": (("--exact", one), one),
        "fuzzy": ((one[:-2] + one[-1] + one[-2],), one),
        "two words": ((f"{one} {other}",), f"{one} {other}"),
    }
    for way, (arguments, query) in asked.items():
        ours, theirs = [], []
        for _ in range(rounds + 1):  # the first round fills caches of files, and is not counted
            theirs.append(
                spent_by([sys.executable, "-I", "-S", "-c", _ASK, str(peer), query], surroundings(peer))
            )
            ours.append(spent(("corpus", "search", name, *arguments, "--limit", "10"), library))
        row, note = f"tui corpus search, {way}", f"{_processor(ours):.2f} s, FTS5 {_processor(theirs):.3f} s"
        yield Figure(row, "FTS5", "processor", _processor(ours) / _processor(theirs), 3, note)
        yield Figure(row, "", "memory, MB", max(each.memory for each in ours), 120)


def _words(path: Path) -> tuple[str, str]:
    """Two words of eight letters that stand in one passage of the first text."""
    with path.open("rb") as lines:
        text = json.loads(next(lines))["text"]
    for passage in text.split("\n\n"):
        words = [word for word in passage.split() if len(word) == 8 and word.isalpha() and word.islower()]
        if len(words) > 1:
            return words[0], words[1]
    raise SystemExit("no passage has two words of eight letters")


def planted_corpus(folder: Path, passages: int) -> tuple[Path, str, Path]:
    """The library and the name of a corpus of so many passages, and the file it is of; made where it is not there."""
    library, name, given = folder / "library.db", f"planted-{passages}", _planted(folder, passages)
    if not has_corpus(library, name):
        _make(library, name, given)
    return library, name, given


def _planted(folder: Path, passages: int) -> Path:
    path = folder / f"planted-{passages}.jsonl"
    if not path.exists():
        part = path.with_suffix(".part")
        write_corpus(part, passages)
        part.rename(path)
    return path


def _make(library: Path, name: str, *given: Path) -> Spent:
    return spent(("corpus", "make", name, *map(str, given)), library)


def _index(corpus_folder: Path, peer: Path) -> None:
    """SQLite's own index of the passages of a corpus."""
    part = peer.with_suffix(".part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part)) as index, Corpus.open(corpus_folder) as corpus, index:
        index.execute("CREATE VIRTUAL TABLE body USING fts5 (content)")
        for section in corpus.section_words():
            text = corpus.section(section.id)
            rows = ((text.body[slice(*piece.span)],) for piece in text.pieces)
            index.executemany("INSERT INTO body (content) VALUES (?)", rows)
    part.rename(peer)


def _processor(those: Sequence[Spent]) -> float:
    return median(each.processor for each in (those[1:] or those))
