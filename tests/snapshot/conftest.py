"""The desk on a library of its own, with marks that are the same in every run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest

from store.library import Library
from store.services.relations import relations_in
from texts.languages.sentences import sentences
from texts.model import Span, Text
from tui.app import ReaderApp
from tui.home import make_first_library
from tui.session import Session
from tui.settings import Settings


@pytest.fixture(scope="session")
def marked_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the two articles, some of it marked, and the texts already compared."""
    path = tmp_path_factory.mktemp("marked") / "library.db"
    make_first_library(path, "reader")
    _mark(path)
    return path


@pytest.fixture
def app(marked_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReaderApp]:
    """The desk on a copy of it."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    path = Path(copyfile(marked_library, tmp_path / "library.db"))
    session = Session(path, "reader")  # which undoes what it finds done when it is opened
    try:
        yield ReaderApp(session, Settings(reader="reader", blink=False))
    finally:
        session.close()


def _mark(path: Path) -> None:
    """Marks, tags and links what the pictures show, and has the texts compared."""
    with Library.open(path, reader="reader") as library:
        editorial, analysis = (library.texts.get(slug) for slug in ("editorial", "analysis"))
        marks = library.highlights
        left = marks.mark(
            "editorial",
            _sentence(editorial, "Sistani"),
            tags=("actor/sistani",),
            note="Whose plea?",
            star=True,
        )
        right = marks.mark("analysis", _sentence(analysis, "Sistani"), tags=("actor/sistani",))
        marks.mark("editorial", editorial.passage(8).span, tags=("claim/cause",))
        library.codebook.set_quick(1, "actor/sistani")
        library.links.add(left.id, right.id, kind="paraphrases")
        relations_in(library, editorial, analysis)


def _sentence(text: Text, words: str) -> Span:
    passage = text.passage_at(text.body.index(words))
    assert passage is not None
    return next(span for span in sentences(text.body, passage.span) if words in text.quote(span))
