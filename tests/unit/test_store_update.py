"""A text changes: every highlight is found again or named as an orphan, in one act that can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_texts import THREE_PARAGRAPHS, a_text, span_of

from store.library import Library, LibraryError, NotFound
from store.records import Anchor
from store.repair import check
from texts.model import Span
from texts.segment import passages

FIRST, SECOND, THIRD = THREE_PARAGRAPHS
BODY = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", reader="ana") as library:
        library.texts.add(a_text(BODY, source="first"))
        yield library


NEW = (
    f"An editor's word, which was not there before.\n\n{SECOND.replace('wants', 'really wanted')}\n\n{FIRST}"
)


def test_each_highlight_comes_out_exact_changed_or_orphan(library: Library) -> None:
    mark = library.highlights.mark
    exact = mark("one", span_of("names Nouri Maliki", BODY), tags=["actor"], note="n")
    changed = mark("one", span_of("about what Tehran wants, and how", BODY))
    lost = mark("one", span_of("wheat, ports, and the price of a barrel", BODY))
    before = library.highlights.of("one")
    report = library.texts.update("one", a_text(NEW, source="second"))
    assert {moved.id: moved.anchor for moved in report.highlights} == {
        exact.id: Anchor.EXACT, changed.id: Anchor.CHANGED, lost.id: Anchor.ORPHAN,
    }  # fmt: skip
    assert report.summary == "1 exact, 1 changed, 1 orphan"
    assert [(moved.old_quote, moved.old_parts) for moved in report.highlights] == [
        (h.quote, h.parts) for h in (exact, changed, lost)
    ]
    new_exact = library.highlights.get(exact.id)
    assert new_exact.span == span_of("names Nouri Maliki", NEW)
    assert (new_exact.note, new_exact.tags, new_exact.confidence) == ("n", ("actor",), 100)
    new_changed = library.highlights.get(changed.id)
    assert NEW[slice(*new_changed.span)] == new_changed.quote == "about what Tehran really wanted, and how"
    orphan = library.highlights.get(lost.id)
    assert (orphan.quote, orphan.span, orphan.before) == (lost.quote, lost.span, lost.before)
    assert library.highlights.find(anchor=Anchor.ORPHAN, words="wheat") == [orphan]
    library.journal.undo()
    assert library.highlights.of("one") == before
    assert library.texts.get("one").body == BODY
    library.journal.redo()
    assert library.highlights.get(lost.id) == orphan
    assert library.texts.get("one").body == NEW
    assert check(library.path).ok


def test_a_dry_run_says_the_same_and_writes_nothing(library: Library) -> None:
    library.highlights.mark("one", span_of("what Tehran wants", BODY))
    before = library.highlights.of("one"), library.journal.history()
    dry = library.texts.update("one", a_text(NEW), dry_run=True)
    assert (library.highlights.of("one"), library.journal.history()) == before
    assert library.texts.update("one", a_text(NEW)) == dry


def test_versions_are_kept_and_can_be_read(library: Library) -> None:
    library.texts.update("one", a_text(NEW, source="second"))
    assert [(version.number, version.source, version.reader) for version in library.texts.versions("one")] == [
        (1, "first", "ana"), (2, "second", "ana"),
    ]  # fmt: skip
    assert library.texts.version("one", 1).body == BODY
    assert library.texts.version("one", 1).passages == passages(BODY)
    assert library.texts.version("one", 2) == library.texts.get("one")._replace(source="second")
    digests = [kept.sha256 for kept in library.texts.versions("one")]
    assert [library.texts.version("one", number).sha256 for number in (1, 2)] == digests
    assert library.texts.get("one").sha256 == library.texts.version("one", 2).sha256
    for number in (0, 3, -1):
        with pytest.raises(NotFound):
            library.texts.version("one", number)


def test_the_same_body_is_no_update(library: Library) -> None:
    with pytest.raises(LibraryError, match="not changed"):
        library.texts.update("one", a_text(BODY))


def test_a_change_stays_unconfirmed_through_further_updates(library: Library) -> None:
    number = library.highlights.mark("one", span_of("what Tehran wants, and how", BODY)).id
    library.texts.update("one", a_text(NEW))
    library.texts.update("one", a_text(f"{NEW}\n\nMore."))
    assert library.highlights.get(number).anchor is Anchor.CHANGED
    (confirmed,) = library.highlights.confirm(number)
    assert (confirmed.anchor, confirmed.confidence) == (Anchor.EXACT, 100)
    library.texts.update("one", a_text(f"{NEW}\n\nMuch more."))
    assert library.highlights.get(number).anchor is Anchor.EXACT


def test_an_orphan_comes_back_when_its_words_do(library: Library) -> None:
    lost = library.highlights.mark("one", span_of("wheat, ports, and the price of a barrel", BODY))
    library.texts.update("one", a_text(NEW))
    library.texts.update("one", a_text(f"{NEW}\n\nMore."))
    assert library.highlights.get(lost.id).anchor is Anchor.ORPHAN
    back = f"{NEW}\n\n{THIRD}"
    library.texts.update("one", a_text(back))
    found = library.highlights.get(lost.id)
    assert (found.anchor, found.confidence, found.span) == (Anchor.EXACT, 100, span_of(lost.quote, back))


def test_an_orphan_whose_words_come_back_otherwise_is_to_be_confirmed(library: Library) -> None:
    lost = library.highlights.mark("one", span_of("wheat, ports, and the price of a barrel", BODY))
    library.texts.update("one", a_text(NEW))
    library.texts.update("one", a_text(f"{NEW}\n\n{THIRD.replace('price', 'high price')}"))
    assert library.highlights.get(lost.id).anchor is Anchor.CHANGED


def test_an_orphan_is_put_back_by_hand(library: Library) -> None:
    lost = library.highlights.mark("one", span_of("wheat, ports, and the price of a barrel", BODY))
    library.texts.update("one", a_text(NEW))
    placed = library.highlights.move(lost.id, span_of("An editor's word", NEW))
    assert (placed.anchor, placed.quote) == (Anchor.EXACT, "An editor's word")
    library.journal.undo()
    assert library.highlights.get(lost.id).anchor is Anchor.ORPHAN


def test_a_highlight_with_gaps_keeps_the_parts_that_are_left(library: Library) -> None:
    number = library.highlights.mark(
        "one", [span_of("Nouri Maliki", BODY), span_of("wheat, ports, and the price of a", BODY)]
    ).id
    library.texts.update("one", a_text(NEW))
    highlight = library.highlights.get(number)
    assert highlight.parts == (span_of("Nouri Maliki", NEW),)
    assert highlight.anchor is Anchor.CHANGED
    assert highlight.confidence <= 50


def test_the_word_on_furniture_and_dismissals_go_with_their_paragraphs(library: Library) -> None:
    library.texts.add(a_text(f"{BODY} Two.", "two"))
    library.texts.set_furniture("one", span_of(SECOND, BODY).start, True)
    kept = library.links.dismiss("one", span_of(FIRST, BODY), "two", Span(0, 9))
    gone = library.links.dismiss("one", span_of(THIRD, BODY), "two", Span(0, 9))
    before = library.texts.get("one"), library.links.dismissed()
    library.texts.update("one", a_text(NEW))
    text = library.texts.get("one")
    assert [passage.is_furniture for passage in text.passages] == [False, True, False]
    after = {one.id: one for one in library.links.dismissed()}
    assert (after[kept.id].present, after[kept.id].left_span) == (True, span_of(FIRST, NEW))
    assert not after[gone.id].present
    library.journal.undo()
    assert (library.texts.get("one"), library.links.dismissed()) == before
