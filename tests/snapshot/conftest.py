"""The desk on a library of its own, with marks that are the same in every run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from texts.model import Span
from tui.app import ReaderApp
from tui.home import make_first_library
from tui.relating import relations_in
from tui.session import Session
from tui.settings import Settings


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReaderApp]:
    """The desk on the two articles, some of it marked, and the texts already compared."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    path = tmp_path / "library.db"
    make_first_library(path, "reader")
    session = Session(path, "reader")
    library = session.library
    editorial, analysis = (library.shelf.get(slug) for slug in ("editorial", "analysis"))

    def sentence(text, words: str) -> Span:
        from texts.segment import sentences

        passage = text.passage_at(text.body.index(words))
        return next(span for span in sentences(text.body, passage.span) if words in text.quote(span))

    left = library.highlights.mark(
        "editorial", sentence(editorial, "Sistani"), tags=("actor/sistani",), note="Whose plea?", star=True
    )
    right = library.highlights.mark("analysis", sentence(analysis, "Sistani"), tags=("actor/sistani",))
    library.highlights.mark("editorial", editorial.passage(8).span, tags=("claim/cause",))
    library.codebook.set_quick(1, "actor/sistani")
    library.links.add(left.id, right.id, kind="paraphrases")
    relations_in(library, editorial, analysis)
    try:
        yield ReaderApp(session, Settings(reader="reader"))
    finally:
        session.close()
