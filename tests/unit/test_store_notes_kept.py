"""Notes saved while other programs are at work: what was typed is kept, and so is what another program wrote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_texts import a_text

from store.library import Library
from store.records import Highlight
from store.services.note_saving import (
    HighlightNote,
    LinkNote,
    NoteSubject,
    PlaceNote,
    TextNote,
    subject_of_draft,
)
from texts.model import Span

BODY = "The first paragraph names Nouri Maliki.\n\nThe second is about what Tehran wants."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", reader="ana") as library:
        library.texts.add(a_text(BODY))
        yield library


@pytest.fixture
def highlight(library: Library) -> Highlight:
    return library.highlights.mark("one", Span(26, 38), note="first words")


def everything(library: Library) -> str:
    """All notes of the library."""
    notes = [note.words for note in library.notes.list()]
    return "\n".join([*notes, *(each.note for each in library.highlights.find())])


def test_a_note_that_nobody_touched_is_as_it_was_typed(library: Library, highlight: Highlight) -> None:
    saved = HighlightNote(highlight).save(library, "other words")
    assert (saved.told, saved.apart) == ("", False)
    assert library.highlights.get(highlight.id).note == "other words"
    assert HighlightNote(library.highlights.get(highlight.id)).save(library, "").told == ""
    assert library.highlights.get(highlight.id).note == ""


SUBJECTS = ["highlight", "text", "library", "link"]


def subject(library: Library, kind: str) -> NoteSubject:
    """A note with the words `first words`."""
    one = library.highlights.mark("one", Span(26, 38), note="first words")
    if kind == "highlight":
        return HighlightNote(one)
    if kind == "link":
        other = library.highlights.mark("one", Span(0, 9))
        return LinkNote(library.links.add(one.id, other.id, note="first words"), one)
    slug = "one" if kind == "text" else None
    library.notes.write("first words", slug)
    return TextNote(slug, "first words")


def now(library: Library, on: NoteSubject) -> str:
    """What the note says by now."""
    if isinstance(on, HighlightNote):
        return library.highlights.get(on.highlight.id).note
    if isinstance(on, LinkNote):
        return library.links.get(on.link.id).note
    assert isinstance(on, TextNote)
    note = library.notes.mine(on.text)
    return note.words if note else ""


@pytest.mark.promise("a note that another program changed meanwhile: both are kept, and it is told", tries=4)
@pytest.mark.parametrize("kind", SUBJECTS)
def test_a_note_that_changed_meanwhile_keeps_both(library: Library, kind: str) -> None:
    begun = subject(library, kind)
    begun.save(library, "another's words")
    saved = begun.save(library, "first words and mine")
    assert now(library, begun) == "another's words\n\nfirst words and mine"
    assert "both are kept" in saved.told
    assert begun.save(library, "first words and mine").told != "", (
        "what is there already is not put there again"
    )
    assert now(library, begun) == "another's words\n\nfirst words and mine"
    assert "changed elsewhere" in begun.save(library, "").told
    assert now(library, begun) == "another's words\n\nfirst words and mine", "none is taken away unseen"


@pytest.mark.promise("a note whose highlight, link or text is gone: its words are in another note", tries=5)
@pytest.mark.parametrize("undone", [False, True])
def test_words_on_a_highlight_that_is_gone_are_in_the_note_on_its_text(
    library: Library, highlight: Highlight, undone: bool
) -> None:
    library.notes.write("On one.", "one")
    if undone:
        library.journal.undo()
        library.journal.undo()
        library.notes.write("On one.", "one")
    else:
        library.highlights.delete(highlight.id)
    saved = HighlightNote(highlight).save(library, "words\nof an hour")
    assert (saved.apart, saved.text) == (True, "one")
    assert f"highlight {highlight.id} is gone" in saved.told
    note = library.notes.mine("one")
    assert note is not None
    assert note.words == "On one.\n\n> Nouri Maliki\n\nwords\nof an hour"


def test_words_on_a_link_or_a_text_that_is_gone(library: Library, highlight: Highlight) -> None:
    other = library.highlights.mark("one", Span(0, 9))
    link = library.links.add(highlight.id, other.id)
    library.links.delete(link.id)
    assert LinkNote(link, highlight).save(library, "on a link").text == "one"
    assert "on a link" in everything(library)
    library.texts.remove("one")
    assert TextNote("one").save(library, "on a text").text is None
    assert HighlightNote(highlight).save(library, "on a highlight").text is None
    assert "on a text" in everything(library)
    assert "on a highlight" in everything(library)
    assert HighlightNote(highlight).save(library, " ").apart is False


def test_a_note_on_words_that_an_update_took_away(library: Library) -> None:
    place = PlaceNote(library.texts.get("one"), (Span(26, 38),), ("actor",))
    library.texts.update("one", a_text(f"Before.\n\n{BODY}"))
    saved = place.save(library, "who he is")
    assert saved.highlight is not None
    assert (saved.highlight.quote, saved.highlight.note, saved.highlight.tags) == (
        "Nouri Maliki",
        "who he is",
        ("actor",),
    )
    library.texts.update("one", a_text("Words of another kind, and nothing else at all."))
    again = place.save(library, "who he was")
    assert again.apart
    assert "no longer has these words" in again.told
    assert "> Nouri Maliki\n\nwho he was" in everything(library)


WORDS = st.text(st.sampled_from("ab \n"), min_size=1, max_size=6).map(str.strip).filter(bool)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, min_size=1, max_size=4), WORDS)
def test_no_words_are_lost_whoever_saves_first(library: Library, theirs: list[str], mine: str) -> None:
    """Several editors are open on one note; each saves other words than it was begun with."""
    library.notes.write("", "one")
    for words in [*theirs, mine]:
        TextNote("one", "").save(library, words)
    note = library.notes.mine("one")
    kept = note.words if note else ""
    for words in [*theirs, mine]:
        assert f"\n{words}\n" in f"\n{kept}\n", "whole lines, not letters that happen to be there"


# drafts


def test_drafts_of_two_programs_on_one_note_do_not_replace_each_other(library: Library) -> None:
    with Library.open(library.path, reader="ben") as other:
        library.drafts.keep("highlight:3", "mine")
        other.drafts.keep("highlight:3", "theirs")
        library.drafts.keep("highlight:3", "mine, longer")
        other.drafts.keep("highlight:3", "theirs, longer")
        assert {draft.words: draft.key for draft in library.drafts.of("highlight:3")} == {
            "mine, longer": "highlight:3",
            "theirs, longer": "highlight:3#2",
        }
        other.drafts.drop("highlight:3")
        assert [draft.words for draft in library.drafts.list()] == ["mine, longer"]
    assert {draft.on for draft in library.drafts.list()} == {"highlight:3"}
    assert library.drafts.of("highlight") == []


def test_a_draft_that_is_taken_up_goes_on_under_its_key(library: Library) -> None:
    library.drafts.keep("text:one", "half a thou", seen="a note")
    with Library.open(library.path, reader="ana") as again:
        again.drafts.keep("text:one", "half a thought", seen="a note", taken_up="half a thou")
        (draft,) = again.drafts.list()
        assert (draft.key, draft.words, draft.seen) == ("text:one", "half a thought", "a note")
        again.drafts.drop("text:one", taken_up="half a thou")
    assert library.drafts.list() == []


def test_what_a_draft_was_on_is_found_again(library: Library, highlight: Highlight) -> None:
    place = PlaceNote(library.texts.get("one"), (Span(0, 9), Span(26, 38)))
    subjects: list[NoteSubject] = [HighlightNote(highlight), place, TextNote("one"), TextNote(None)]
    for each in subjects:
        library.drafts.keep(each.key, "words", seen=each.seen)
    library.texts.update("one", a_text(f"Before.\n\n{BODY}"))
    assert [subject_of_draft(library, draft).key for draft in library.drafts.list()] == [
        draft.key for draft in library.drafts.list()
    ]
    library.texts.remove("one")
    assert {subject_of_draft(library, draft).key for draft in library.drafts.list()} == {"library"}
    for strange in ("place:one", "place:one:x:y", "highlight:" + "9" * 40, "link:1", "?"):
        library.drafts.keep(strange, "words")
    assert {subject_of_draft(library, draft).key for draft in library.drafts.list()} == {"library"}


def test_the_number_of_a_draft_is_one_of_its_own_kind(library: Library, highlight: Highlight) -> None:
    other = library.highlights.mark("one", Span(0, 9))
    link = library.links.add(highlight.id, other.id, kind="same", note="why")
    numbered = library.texts.add(a_text(BODY.replace("Tehran", "Baghdad"), str(highlight.id)))[0].slug
    assert numbered == str(link.id) == str(highlight.id), "else this proves nothing"
    found = {}
    for on in (f"highlight:{highlight.id}", f"link:{link.id}", f"text:{numbered}"):
        library.drafts.keep(on, "words")
        draft = library.drafts.get(on)
        assert draft is not None
        found[on] = subject_of_draft(library, draft)
    assert [type(each) for each in found.values()] == [HighlightNote, LinkNote, TextNote]
    assert [each.key for each in found.values()] == list(found)
