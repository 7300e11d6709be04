"""Merging: two libraries become one, nothing is doubled or written over, and one undo takes it all back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from archives import archives, unhurried
from hypothesis import assume, given, settings
from libraries import Libraries, as_json, libraries

from store.backups import check as health
from store.exchange.archive import Archive, HighlightEntry, TagEntry, TextEntry
from store.exchange.gather import Choice, gather
from store.exchange.merging import merge
from store.library import Library, LibraryError, NotFound
from store.records import Anchor
from texts.model import Span, Text
from texts.segment import passages

few = settings(unhurried, max_examples=20)

LONG = (
    "It had stood beside the river for two hundred years, and its wheel was the largest in the county by far."
)
OLD = f"The old mill at Harrow burned to the ground on Monday.\n\n{LONG}\n\nThe insurers have asked for patience."
NEW = f"The old mill at Harrow burned down on Monday.\n\nNobody was hurt.\n\n{LONG}\n\nThe insurers ask for patience."
OTHER = "Of another mill, in another county, nobody has ever written a word until this very day in the year."


@pytest.fixture(scope="module")
def made() -> Iterator[Libraries]:
    with libraries() as made:
        yield made


@pytest.fixture
def ours(made: Libraries) -> Iterator[Library]:
    with made.new(reader="ana") as library:
        library.shelf.add(a_text(OLD))
        yield library


@pytest.fixture
def theirs(made: Libraries) -> Iterator[Library]:
    with made.new(reader="bo") as library:
        library.shelf.add(a_text(OLD))
        yield library


def a_text(body: str, slug: str = "mill", title: str = "The mill") -> Text:
    return Text(slug, title, "", "", body, passages(body))


def where(words: str, body: str = OLD) -> Span:
    start = body.index(words)
    return Span(start, start + len(words))


def quotes(library: Library) -> list[tuple[str, str, str]]:
    return [(each.text, each.quote, each.anchor) for each in library.highlights.find()]


@few
@given(archives())
def test_a_second_import_changes_nothing_and_says_so(archive: Archive) -> None:
    with libraries() as made, made.new(archive) as library:
        before = as_json(library)
        assert merge(library, gather(library)).changes is False
        again = merge(library, archive)
        assert (again.changes, again.conflicts) == (False, ())
        assert again.there == len(archive.highlights) + len(archive.links) + len(archive.notes)
        assert as_json(library) == before
        assert len(library.journal.history()) == 1


@few
@given(archives(), archives())
def test_two_libraries_become_one_that_is_sound_and_undone_in_one_step(one: Archive, other: Archive) -> None:
    uids = {each.uid for each in (*one.highlights, *one.links, *one.notes)}
    assume(uids.isdisjoint(each.uid for each in (*other.highlights, *other.links, *other.notes)))
    with libraries() as made, made.new(one) as library:
        before = as_json(library)
        told = merge(library, other, dry_run=True)
        assert as_json(library) == before
        assert merge(library, other) == told
        merged = gather(library)
        assert health(library.path).ok
        assert {each.uid for each in one.highlights} <= {each.uid for each in merged.highlights}
        assert {each.note for each in other.highlights} <= {each.note for each in merged.highlights}
        assert merge(library, other).changes is False
        if told.changes:
            library.journal.undo()
        assert as_json(library) == before
        if told.changes:
            library.journal.redo()
        assert gather(library) == merged


def test_two_readers_of_the_same_text_are_joined(ours: Library, theirs: Library) -> None:
    mine = ours.highlights.mark("mill", where("burned"), tags=["event"])
    yours = theirs.highlights.mark("mill", where("insurers"), tags=["actor/insurers", "event"], note="who?")
    also = theirs.highlights.mark("mill", where("Harrow"), star=True)
    theirs.links.add(yours.id, also.id, kind="answers", note="why")
    theirs.notes.write("a note on it", "mill")
    merged = merge(ours, gather(theirs))
    assert (merged.texts, merged.tags, merged.highlights, merged.links, merged.notes) == (0, 1, 2, 1, 1)
    assert [(each.reader, each.quote, each.tags, each.star) for each in ours.highlights.of("mill")] == [
        ("bo", "Harrow", (), True), ("ana", "burned", ("event",), False),
        ("bo", "insurers", ("actor/insurers", "event"), False),
    ]  # fmt: skip
    assert [(link.kind, link.note, link.reader) for link in ours.links.list()] == [("answers", "why", "bo")]
    assert [note.reader for note in ours.notes.of("mill")] == ["bo"]
    assert ours.highlights.get(mine.id) == mine


def test_a_text_is_known_by_its_body_whatever_it_is_called(made: Libraries, ours: Library) -> None:
    with made.new() as theirs:
        theirs.shelf.add(a_text(OLD, "fire", "A fire"))
        theirs.highlights.mark("fire", where("burned"))
        merged = merge(ours, gather(theirs))
    assert (merged.texts, ours.shelf.slugs(), quotes(ours)) == (0, ["mill"], [("mill", "burned", "exact")])
    assert merged.conflicts == ("mill is called “The mill” here and “A fire” there: yours stays",)


def test_another_text_of_the_same_name_gets_a_name_of_its_own(made: Libraries, ours: Library) -> None:
    with made.new() as theirs:
        theirs.shelf.add(a_text(OTHER))
        theirs.highlights.mark("mill", where("county", OTHER))
        archive = gather(theirs)
    merged = merge(ours, archive)
    assert merged.conflicts == ("another text is called mill: the one that comes is now mill-2",)
    assert (ours.shelf.slugs(), quotes(ours)) == (["mill", "mill-2"], [("mill-2", "county", "exact")])
    again = merge(ours, archive)
    assert (again.changes, again.conflicts) == (False, ())


def test_a_newer_version_there_becomes_the_present_one_here(ours: Library, theirs: Library) -> None:
    ours.highlights.mark("mill", where("its wheel was the largest"))
    ours.highlights.mark("mill", where("have asked for patience"))
    ours.shelf.set_furniture("mill", where(LONG).start, True)
    theirs.shelf.update("mill", a_text(NEW))
    theirs.highlights.mark("mill", where("Nobody was hurt", NEW))
    merged = merge(ours, gather(theirs))
    assert (merged.versions, merged.conflicts) == (1, ())
    assert ours.shelf.get("mill").body == NEW
    assert [version.reader for version in ours.shelf.versions("mill")] == ["ana", "bo"]
    assert quotes(ours) == [
        ("mill", "Nobody was hurt", "exact"), ("mill", "its wheel was the largest", "exact"),
        ("mill", "for patience", "changed"),
    ]  # fmt: skip
    furniture = [each.span for each in ours.shelf.get("mill").passages if each.is_furniture]
    assert where(LONG, NEW) in furniture
    ours.journal.undo()
    assert (ours.shelf.get("mill").body, len(ours.shelf.versions("mill"))) == (OLD, 1)


def test_highlights_of_an_older_version_are_found_again_in_the_present_one(
    ours: Library, theirs: Library
) -> None:
    theirs.highlights.mark("mill", where("its wheel was the largest"))
    theirs.highlights.mark("mill", where("to the ground"), note="gone")
    ours.shelf.update("mill", a_text(NEW))
    merged = merge(ours, gather(theirs))
    assert (merged.versions, merged.highlights, merged.orphans) == (0, 2, 1)
    assert {(quote, anchor) for _, quote, anchor in quotes(ours)} == {
        ("its wheel was the largest", "exact"), ("to the ground", "orphan"),
    }  # fmt: skip
    assert merge(ours, gather(theirs)).changes is False
    assert health(ours.path).ok


def test_where_both_have_changed_a_text_ours_stays_and_theirs_is_kept(ours: Library, theirs: Library) -> None:
    ours.shelf.update("mill", a_text(NEW))
    mine = ours.highlights.mark("mill", where("Nobody was hurt", NEW), tags=["event"])
    their_body = OLD.replace("Monday", "Tuesday")
    theirs.shelf.update("mill", a_text(their_body))
    theirs.highlights.mark("mill", where("Tuesday", their_body))
    theirs.highlights.mark("mill", where("its wheel", their_body))
    archive = gather(theirs)
    merged = merge(ours, archive)
    assert ours.shelf.get("mill").body == NEW
    assert {version.sha256 for version in ours.shelf.versions("mill")} == {
        version.sha256 for version in (*gather(theirs).texts[0].versions, *ours.shelf.versions("mill"))
    }
    (said,) = merged.conflicts
    assert said.startswith("mill was changed here and there")
    assert ("mill", "its wheel", "exact") in quotes(ours)
    assert len(quotes(ours)) == 3
    assert ours.highlights.get(mine.id).quote == "Nobody was hurt"
    again = merge(ours, archive)
    assert (again.changes, again.conflicts) == (False, ())


def test_a_text_that_is_only_spoken_of_is_known_by_its_address(made: Libraries) -> None:
    page = "https://example.org/news/7"
    spoken = HighlightEntry(
        "u", "news-7", None, (), "burned", "", "", (), "", False, "bo", "", "", Anchor.EXACT, 100.0
    )
    archive = Archive(texts=(TextEntry("news-7", "7", "", page, "", ()),), highlights=(spoken,))
    with made.new() as library:
        library.shelf.add(a_text(OLD)._replace(source=page))
        merge(library, archive)
        assert quotes(library) == [("mill", "burned", "exact")]
        library.shelf.add(a_text(f"{OLD} Twice.", slug="copy")._replace(source=page))
        with pytest.raises(LibraryError, match="is neither in the file nor in the library"):
            merge(library, archive)


def test_the_same_highlight_that_says_something_else_is_kept_twice(ours: Library) -> None:
    highlight = ours.highlights.mark("mill", where("burned"), tags=["event"], note="mine")
    other = ours.highlights.mark("mill", where("Harrow"))
    ours.links.add(highlight.id, other.id, kind="answers")
    archive = gather(ours)
    changed = archive.highlights[0]._replace(note="theirs", tags=("fire",))
    theirs = archive._replace(highlights=(changed, *archive.highlights[1:]))
    merged = merge(ours, theirs)
    assert (merged.highlights, merged.tags) == (1, 1)
    assert merged.conflicts == (
        "the highlight “burned” in mill differs in tags and note here: both are kept",
    )
    assert {(each.quote, each.note, each.tags) for each in ours.highlights.of("mill")} == {
        ("burned", "mine", ("event",)), ("burned", "theirs", ("fire",)), ("Harrow", "", ()),
    }  # fmt: skip
    again = merge(ours, theirs)
    assert (again.changes, again.conflicts) == (False, ())


def test_without_the_same_uid_a_highlight_is_known_by_body_place_reader_and_time(ours: Library) -> None:
    ours.highlights.mark("mill", where("burned"), note="mine")
    archive = gather(ours)
    (entry,) = archive.highlights
    assert merge(ours, archive._replace(highlights=(entry._replace(uid="x"),))).there == 1
    for other in ({"reader": "bo"}, {"created": "2025-01-01T00:00:00Z"}):
        uid = f"y{len(ours.highlights.find())}"
        merged = merge(ours, archive._replace(highlights=(entry._replace(uid=uid, **other),)))
        assert (merged.highlights, merged.conflicts) == (1, ())


def test_tags_are_one_by_their_path_and_ours_keep_their_looks(ours: Library) -> None:
    ours.codebook.ensure("event")
    ours.codebook.describe("event", "what happened")
    ours.codebook.set_quick(1, "event")
    ours.codebook.ensure("place")
    merged = merge(
        ours,
        Archive(
            tags=(
                TagEntry("event", "grey", "X", "something else"),
                TagEntry("place", "", "", "where it is"),
                TagEntry("time", "pink", "T", "when", 1),
            )
        ),
    )
    assert (merged.tags, merged.filled) == (1, 1)
    assert merged.conflicts == (
        "the tag event is orange here and grey there: yours stays",
        "the tag event is described otherwise there: yours stays",
        "the digit 1 stands for event here and time there: yours stays",
    )
    assert [(tag.path, tag.colour, tag.description) for tag in ours.codebook.list()] == [
        ("event", "orange", "what happened"), ("place", "sky", "where it is"), ("time", "pink", "when"),
    ]  # fmt: skip


def test_what_readers_say_of_names_comes_along(ours: Library, theirs: Library) -> None:
    ours.naming.join("Sistani", "Systani")
    theirs.naming.part("Systani", "Sistani")
    theirs.naming.join("Harow", "Harrow")
    merged = merge(ours, gather(theirs))
    assert merged.names == 1
    assert merged.conflicts == ("“Sistani” and “Systani” are one name here and two names there: yours stays",)
    assert [(each.one, each.other, each.same) for each in ours.naming.list()] == [
        ("Sistani", "Systani", True), ("Harow", "Harrow", True),
    ]  # fmt: skip


def test_dismissals_come_along_once(ours: Library, theirs: Library) -> None:
    for library in (ours, theirs):
        library.shelf.add(a_text(OTHER, "other", "Another"))
        library.links.dismiss("mill", where("burned"), "other", Span(0, 10))
    theirs.links.dismiss("other", Span(20, 30), "mill", where(LONG))
    theirs.shelf.update("mill", a_text(NEW))
    assert merge(ours, gather(theirs)).dismissed == 1
    assert [(one.left_span, one.right_span, one.present) for one in ours.links.dismissed("mill", "other")] == [
        (where("burned", NEW), Span(0, 10), True), (where(LONG, NEW), Span(20, 30), True),
    ]  # fmt: skip
    assert merge(ours, gather(theirs)).changes is False


def a_quote(quote: str, **said: object) -> Archive:
    """What a format gives that knows no places."""
    entry = HighlightEntry(
        "q", "mill", None, (), quote, "", "", (), "", False, "", "", "", Anchor.EXACT, 100.0
    )
    return Archive(
        texts=(TextEntry("mill", "The mill", "", "", "", ()),), highlights=(entry._replace(**said),)
    )  # type: ignore[arg-type]


def test_a_highlight_without_a_place_is_looked_for_and_never_dropped(ours: Library) -> None:
    merge(ours, a_quote("burned to the ground", uid="a"))
    merge(ours, a_quote("The old mill … on Monday", uid="b"))
    merged = merge(ours, a_quote("a sentence about something else that nobody wrote", uid="c", note="lost"))
    assert merged.orphans == 1
    found = ours.highlights.of("mill")
    assert {(each.quote, each.anchor) for each in found} == {
        ("burned to the ground", Anchor.EXACT), ("The old mill … on Monday", Anchor.EXACT),
        ("a sentence about something else that nobody wrote", Anchor.ORPHAN),
    }  # fmt: skip
    assert [(each.reader, each.created) for each in found] == [("ana", "2026-02-02T00:00:00Z")] * 3
    assert health(ours.path).ok
    assert merge(ours, a_quote("burned to the ground", uid="a")).changes is False


def test_an_orphan_that_never_had_a_place_is_found_once_its_words_are_there(ours: Library) -> None:
    merge(ours, a_quote("Nobody was hurt"))
    ours.shelf.update("mill", a_text(NEW))
    assert quotes(ours) == [("mill", "Nobody was hurt", "exact")]


def test_a_text_that_is_not_carried_is_known_by_slug_title_or_digest_or_asked_for(ours: Library) -> None:
    sha256 = ours.shelf.get("mill").sha256
    version = gather(ours).texts[0].versions[0]._replace(body="")
    for number, text in enumerate(
        (
            TextEntry("x", "The mill", "", "", "", ()),
            TextEntry("y", "", "", "", "", (version,)),
        )
    ):
        archive = a_quote(("burned", "Harrow")[number], uid=f"u{number}", text=text.slug)
        assert merge(ours, archive._replace(texts=(text,))).highlights == 1
    assert version.sha256 == sha256
    with pytest.raises(
        LibraryError, match=r"texts\[0\]: the text “A brewery” \(brewery\) is neither in the file"
    ):
        merge(ours, Archive(texts=(TextEntry("brewery", "A brewery", "", "", "", ()),)))


def test_a_choice_takes_along_what_it_needs_and_no_more(ours: Library, theirs: Library) -> None:
    ours.shelf.add(a_text(OTHER, "other", "Another"))
    one = ours.highlights.mark("mill", where("burned"), tags=["event/fire"], star=True)
    two = ours.highlights.mark("other", Span(0, 8), tags=["place"])
    three = ours.highlights.mark("mill", where("Harrow"), tags=["place"])
    ours.codebook.ensure("event")
    ours.links.add(one.id, two.id)
    ours.links.add(one.id, three.id)
    for text in (None, "mill", "other"):
        ours.notes.write("a note", text)
    assert gather(ours, Choice(star=True)).highlights[0].uid == one.uid
    starred = gather(ours, Choice(star=True))
    assert [text.slug for text in starred.texts] == ["mill"]
    assert [tag.path for tag in starred.tags] == ["event", "event/fire"]
    assert (starred.links, [note.text for note in starred.notes]) == ((), ["mill"])
    mill = gather(ours, Choice(texts=("mill",)))
    assert [each.uid for each in mill.highlights] == [one.uid, three.uid]
    assert [(link.left, link.right) for link in mill.links] == [(one.uid, three.uid)]
    both = gather(ours, Choice(texts=("other", "mill"), reader="ana"))
    assert len(both.highlights) == 3
    assert gather(ours, Choice(reader="bo")) == Archive()
    with pytest.raises(NotFound):
        gather(ours, Choice(texts=("brewery",)))


def test_progress_is_told_to_the_end(ours: Library) -> None:
    ours.highlights.mark("mill", where("burned"))
    told: list[tuple[int, int]] = []
    gather(ours, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (1, 1)
