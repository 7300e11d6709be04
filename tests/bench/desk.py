"""How fast the whole desk is, as ratios to an app with two empty panes measured in the same minute.

`python tests/bench/desk.py [FOLDER] [--keys N] [--starts N]`: libraries with the two articles and 1,000 highlights, and
with 600,000 words in each pane and 10,000 highlights, are made in the folder first.
"""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from store.library import Library
from store.services.relations import relations_in
from tests.bench.corpus import write
from tests.bench.pane import Action, Subject, measure
from texts.load import load
from texts.model import Span, Text
from tui.home import make_first_library

_BARE = str(Path(__file__).with_name("bare.py"))

DESK = (sys.executable, "-c", "import sys; from tui.cli import main; sys.exit(main())")
"""The command that opens the desk, started as its installed script starts it."""

ACTIONS = (
    Action("cursor: next word", b"w", b"gg"),
    Action("cursor: line down", b"j", b"gg"),
    Action("selection: next word", b"w", b"ggv"),
    Action("highlight", b"\r", b"gg", b")v"),
    Action("page down", b"\x06", b"gg"),
)


def make_library(path: Path, texts: Sequence[Text], highlights: int, seed: int = 11) -> Path:
    """A library with highlights of about a sentence each, in three tags; made only where it is not there.

    Its two texts are related already: how a key fares while they are being related is a row of its own.
    """
    if path.exists():
        return path
    chance = random.Random(seed)
    if texts:
        library = Library.open(path, reader="bench")
    else:
        make_first_library(path, "bench")
        library = Library.open(path, reader="bench")
        texts = [library.texts.get(slug) for slug in ("editorial", "analysis")]
    with library, library.act("made a library to measure on"):
        slugs = [library.texts.add(text)[0].slug for text in texts]
        for number in range(highlights):
            text, slug = texts[number % 2], slugs[number % 2]
            start = chance.randrange(max(1, len(text.body) - 80))
            tag = ("actor", "claim", "place")[number % 3]
            library.highlights.mark(slug, Span(start, start + chance.randint(4, 80)), tags=(tag,))
        library.ui_state.put("desk.pair", slugs)
        left, right = (library.texts.get(slug) for slug in slugs)
        relations_in(library, left, right)
    return path


def subjects(folder: Path) -> list[Subject]:
    """The base first, then the desk on the articles and on 600,000 words a pane."""
    paths = write(folder, "article", "long", "long-ascii")
    articles = make_library(folder / "articles.db", [], 1000)
    long = make_library(folder / "long.db", [load(paths["long"]), load(paths["long-ascii"])], 10_000)

    return [
        Subject("bare", (sys.executable, _BARE)),
        Subject("article, 1,000 marks", DESK, _copied(articles)),
        Subject("600k words, 10,000 marks", DESK, _copied(long)),
    ]


def _copied(made: Path) -> Path:
    """A copy to press keys on: what one run marks would be marked already for the next."""
    return Path(shutil.copy(made, emptied(made.with_suffix(".run"))))


def emptied(folder: Path) -> Path:
    """A folder with nothing in it: what is left there of the last run, backups too, goes."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


if __name__ == "__main__":
    measure(subjects, ACTIONS, __doc__ or "", "tui-desk")
