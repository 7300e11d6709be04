"""Merging: two libraries become one, nothing is doubled or written over, and one undo takes it all back."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

import pytest
from archives import archives, unhurried
from entries import highlight_entry
from hypothesis import assume, given, settings
from libraries import Libraries, as_json, libraries
from sample_texts import span_of

from store.exchange.archive import Archive, HighlightEntry, LinkEntry, NoteEntry, TagEntry, TextEntry
from store.exchange.snapshot import HighlightFilter, snapshot_in_memory
from store.library import Library, LibraryError, NotFound
from store.merge import Resolve, merge
from store.records import Anchor
from store.repair import check as health
from store.services.imports import import_bytes
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
        library.texts.add(a_text(OLD))
        yield library


@pytest.fixture
def theirs(made: Libraries) -> Iterator[Library]:
    with made.new(reader="bo") as library:
        library.texts.add(a_text(OLD))
        yield library


def a_text(body: str, slug: str = "mill", title: str = "The mill") -> Text:
    return Text(slug, title, "", "", body, passages(body))


def where(words: str, body: str = OLD) -> Span:
    return span_of(words, body)


def quotes(library: Library) -> list[tuple[str, str, str]]:
    return [(each.text, each.quote, each.anchor) for each in library.highlights.find()]


@few
@given(archives())
def test_a_second_import_changes_nothing_and_says_so(archive: Archive) -> None:
    with libraries() as made, made.new(archive) as library:
        before = as_json(library)
        assert merge(library, snapshot_in_memory(library)).changes is False
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
        merged = snapshot_in_memory(library)
        assert health(library.path).ok
        assert {each.uid for each in one.highlights} <= {each.uid for each in merged.highlights}
        notes = [each.note for each in merged.highlights]
        assert all(any(each.note in note for note in notes) for each in other.highlights)
        assert merge(library, other).changes is False
        if told.changes:
            library.journal.undo()
        assert as_json(library) == before
        if told.changes:
            library.journal.redo()
        assert snapshot_in_memory(library) == merged


def test_two_readers_of_the_same_text_are_joined(ours: Library, theirs: Library) -> None:
    mine = ours.highlights.mark("mill", where("burned"), tags=["event"])
    yours = theirs.highlights.mark("mill", where("insurers"), tags=["actor/insurers", "event"], note="who?")
    also = theirs.highlights.mark("mill", where("Harrow"), star=True)
    theirs.links.add(yours.id, also.id, kind="answers", note="why")
    theirs.notes.write("a note on it", "mill")
    merged = merge(ours, snapshot_in_memory(theirs))
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
        theirs.texts.add(a_text(OLD, "fire", "A fire"))
        theirs.highlights.mark("fire", where("burned"))
        merged = merge(ours, snapshot_in_memory(theirs))
    assert (merged.texts, ours.texts.slugs(), quotes(ours)) == (0, ["mill"], [("mill", "burned", "exact")])
    assert merged.conflicts == ("mill is called “The mill” here and “A fire” there: yours stays",)


def test_another_text_of_the_same_name_gets_a_name_of_its_own(made: Libraries, ours: Library) -> None:
    with made.new() as theirs:
        theirs.texts.add(a_text(OTHER))
        theirs.highlights.mark("mill", where("county", OTHER))
        archive = snapshot_in_memory(theirs)
    merged = merge(ours, archive)
    assert merged.conflicts == ("another text is called mill: the one that comes is now mill-2",)
    assert (ours.texts.slugs(), quotes(ours)) == (["mill", "mill-2"], [("mill-2", "county", "exact")])
    again = merge(ours, archive)
    assert (again.changes, again.conflicts) == (False, ())


def test_a_newer_version_there_becomes_the_present_one_here(ours: Library, theirs: Library) -> None:
    ours.highlights.mark("mill", where("its wheel was the largest"))
    ours.highlights.mark("mill", where("have asked for patience"))
    ours.texts.set_furniture("mill", where(LONG).start, True)
    theirs.texts.update("mill", a_text(NEW))
    theirs.highlights.mark("mill", where("Nobody was hurt", NEW))
    merged = merge(ours, snapshot_in_memory(theirs))
    assert (merged.versions, merged.conflicts) == (1, ())
    assert ours.texts.get("mill").body == NEW
    assert [version.reader for version in ours.texts.versions("mill")] == ["ana", "bo"]
    assert quotes(ours) == [
        ("mill", "Nobody was hurt", "exact"), ("mill", "its wheel was the largest", "exact"),
        ("mill", "for patience", "changed"),
    ]  # fmt: skip
    furniture = [each.span for each in ours.texts.get("mill").passages if each.is_furniture]
    assert where(LONG, NEW) in furniture
    ours.journal.undo()
    assert (ours.texts.get("mill").body, len(ours.texts.versions("mill"))) == (OLD, 1)


def test_highlights_of_an_older_version_are_found_again_in_the_present_one(
    ours: Library, theirs: Library
) -> None:
    theirs.highlights.mark("mill", where("its wheel was the largest"))
    theirs.highlights.mark("mill", where("to the ground"), note="gone")
    ours.texts.update("mill", a_text(NEW))
    merged = merge(ours, snapshot_in_memory(theirs))
    assert (merged.versions, merged.highlights, merged.orphans) == (0, 2, 1)
    assert {(quote, anchor) for _, quote, anchor in quotes(ours)} == {
        ("its wheel was the largest", "exact"), ("to the ground", "orphan"),
    }  # fmt: skip
    assert merge(ours, snapshot_in_memory(theirs)).changes is False
    assert health(ours.path).ok


def test_where_both_have_changed_a_text_ours_stays_and_theirs_is_kept(ours: Library, theirs: Library) -> None:
    ours.texts.update("mill", a_text(NEW))
    mine = ours.highlights.mark("mill", where("Nobody was hurt", NEW), tags=["event"])
    their_body = OLD.replace("Monday", "Tuesday")
    theirs.texts.update("mill", a_text(their_body))
    theirs.highlights.mark("mill", where("Tuesday", their_body))
    theirs.highlights.mark("mill", where("its wheel", their_body))
    archive = snapshot_in_memory(theirs)
    merged = merge(ours, archive)
    assert ours.texts.get("mill").body == NEW
    assert {version.sha256 for version in ours.texts.versions("mill")} == {
        version.sha256
        for version in (*snapshot_in_memory(theirs).texts[0].versions, *ours.texts.versions("mill"))
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
        library.texts.add(a_text(OLD)._replace(source=page))
        merge(library, archive)
        assert quotes(library) == [("mill", "burned", "exact")]
        library.texts.add(a_text(f"{OLD} Twice.", slug="copy")._replace(source=page))
        with pytest.raises(LibraryError, match="is neither in the file nor in the library"):
            merge(library, archive)


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("http://www.example.org/news/7/", True),
        ("https://example.org/news/7#comments", True),
        ("https://EXAMPLE.org/news/7?utm_source=mail&fbclid=x", True),
        ("https://example.org/news/7?page=2", False),
        ("https://example.org/news/70", False),
    ],
)
def test_an_address_is_one_however_it_is_written(made: Libraries, said: str, *, same: bool) -> None:
    spoken = HighlightEntry(
        "u", "other", None, (), "burned", "", "", (), "", False, "bo", "", "", Anchor.EXACT, 100.0
    )
    archive = Archive(texts=(TextEntry("other", "", "", said, "", ()),), highlights=(spoken,))
    with made.new() as library:
        library.texts.add(a_text(OLD)._replace(source="https://example.org/news/7"))
        if same:
            merge(library, archive)
        else:
            with pytest.raises(LibraryError, match="is neither in the file nor in the library"):
                merge(library, archive)
        assert bool(quotes(library)) is same


def test_what_stands_in_a_text_that_is_nowhere_is_counted_by_kind(made: Libraries) -> None:
    texts = tuple(TextEntry(name, "", "", "", "", ()) for name in ("mill", "lost"))
    notes = tuple(NoteEntry(f"u{n}", "lost", "words", "bo", "", "") for n in range(2))
    with made.new() as library:
        library.texts.add(a_text(OLD))
        assert merge(library, Archive(texts=texts, notes=notes)).left_out == (
            "2 notes in “lost”: the text is neither in the file nor in the library",
        )


def test_a_highlight_of_ours_that_says_something_else_there_stays_and_is_told(ours: Library) -> None:
    highlight = ours.highlights.mark("mill", where("burned"), tags=["event"], note="mine")
    other = ours.highlights.mark("mill", where("Harrow"))
    ours.links.add(highlight.id, other.id, kind="answers")
    archive = snapshot_in_memory(ours)
    changed = archive.highlights[0]._replace(note="theirs", tags=("fire",))
    theirs = archive._replace(highlights=(changed, *archive.highlights[1:]))
    merged = merge(ours, theirs)
    assert (merged.changes, merged.there) == (False, 3)
    assert merged.conflicts == (
        "“burned” in mill: note “mine” here, “theirs” there; tags event here, fire there: yours stays "
        "(--theirs, --both or --ours settles it)",
    )
    assert ours.highlights.get(highlight.id) == highlight
    for resolve, note, tags in (
        (Resolve.OURS, "mine", ("event",)),
        (Resolve.THEIRS, "theirs", ("fire",)),
        (Resolve.BOTH, "mine\n\ntheirs", ("event", "fire")),
    ):
        settled = merge(ours, theirs, resolve=resolve)
        assert (settled.conflicts, settled.highlights) == ((), 0)
        now = ours.highlights.get(highlight.id)
        assert (now.note, now.tags) == (note, tags)
        again = merge(ours, theirs)
        assert (again.changes, again.conflicts) == (False, ())
        ours.journal.undo()
        assert ours.highlights.get(highlight.id) == highlight


def test_without_the_same_uid_a_highlight_is_known_by_body_place_reader_and_time(ours: Library) -> None:
    ours.highlights.mark("mill", where("burned"), note="mine")
    archive = snapshot_in_memory(ours)
    (entry,) = archive.highlights
    assert merge(ours, archive._replace(highlights=(entry._replace(uid="x"),))).there == 1
    later = entry._replace(uid="y", created="2025-01-01T00:00:00Z")
    assert merge(ours, archive._replace(highlights=(later,))).there == 1, "the same mark, made twice"
    for number, other in enumerate(({"reader": "bo"}, {"tags": ("fire",)})):
        merged = merge(ours, archive._replace(highlights=(later._replace(uid=f"z{number}", **other),)))
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
    ours.name_rules.join("Sistani", "Systani")
    theirs.name_rules.part("Systani", "Sistani")
    theirs.name_rules.join("Harow", "Harrow")
    merged = merge(ours, snapshot_in_memory(theirs))
    assert merged.names == 1
    assert merged.conflicts == ("“Sistani” and “Systani” are one name here and two names there: yours stays",)
    assert [(each.one, each.other, each.same) for each in ours.name_rules.list()] == [
        ("Sistani", "Systani", True), ("Harow", "Harrow", True),
    ]  # fmt: skip


def test_what_readers_say_of_languages_comes_along_and_ours_stays(ours: Library, theirs: Library) -> None:
    theirs.texts.set_language("mill", "nl")
    merged = merge(ours, snapshot_in_memory(theirs))
    assert (merged.filled, merged.conflicts, ours.texts.get("mill").language) == (1, (), "nl")
    assert merge(ours, snapshot_in_memory(theirs)).changes is False
    ours.journal.undo()
    assert ours.texts.get("mill").language == ""
    ours.texts.set_language("mill", "de")
    merged = merge(ours, snapshot_in_memory(theirs))
    assert merged.conflicts == ("mill is taken as German here and as Dutch there: yours stays",)
    assert (merged.changes, ours.texts.get("mill").language) == (False, "de")


def test_a_text_that_is_new_here_has_the_language_that_readers_said_there(
    made: Libraries, theirs: Library
) -> None:
    theirs.texts.set_language("mill", "nl")
    with made.new(reader="ana") as library:
        assert merge(library, snapshot_in_memory(theirs)).filled == 0
        assert library.texts.get("mill").language == "nl"


def test_two_ends_of_links_at_one_highlight_are_that_one(ours: Library) -> None:
    burned, harrow = (ours.highlights.mark("mill", where(words)) for words in ("burned", "Harrow"))
    one, again, other = (
        highlight_entry(uid, "mill", OLD, where(words), version=None, created="")
        for uid, words in (("one", "burned"), ("again", "burned"), ("other", "Harrow"))
    )
    links = tuple(
        LinkEntry(kind, end.uid, "other", kind, False, "", "ana", "", "")
        for kind, end in (("answers", one), ("repeats", again))
    )
    merge(ours, Archive(mentioned=(one, again, other), links=links, unsaid=frozenset({"uid"})))
    assert [(link.left, link.right, link.kind) for link in ours.links.list()] == [
        (burned.id, harrow.id, "answers"), (burned.id, harrow.id, "repeats"),
    ]  # fmt: skip


def test_a_dismissal_of_words_that_are_gone_stays_in_the_version_that_had_them(
    ours: Library, theirs: Library
) -> None:
    for library in (ours, theirs):
        library.texts.add(a_text(OTHER, "other", "Other"))
    theirs.links.dismiss("mill", where(LONG), "other", Span(0, 10))
    ours.texts.update("mill", a_text("All of it is new. Not a word has stayed."))
    merge(ours, snapshot_in_memory(theirs))
    (one,) = snapshot_in_memory(ours).dismissed
    assert (one.left, one.left_version, one.left_span) == ("mill", 1, where(LONG))


def test_dismissals_come_along_once(ours: Library, theirs: Library) -> None:
    for library in (ours, theirs):
        library.texts.add(a_text(OTHER, "other", "Another"))
        library.links.dismiss("mill", where("burned"), "other", Span(0, 10))
    theirs.links.dismiss("other", Span(20, 30), "mill", where(LONG))
    theirs.texts.update("mill", a_text(NEW))
    assert merge(ours, snapshot_in_memory(theirs)).dismissed == 1
    assert [(one.left_span, one.right_span, one.present) for one in ours.links.dismissed("mill", "other")] == [
        (where("burned", NEW), Span(0, 10), True), (where(LONG, NEW), Span(20, 30), True),
    ]  # fmt: skip
    assert merge(ours, snapshot_in_memory(theirs)).changes is False


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
    ours.texts.update("mill", a_text(NEW))
    assert quotes(ours) == [("mill", "Nobody was hurt", "exact")]


def test_a_text_that_is_not_carried_is_known_by_slug_title_or_digest_or_asked_for(ours: Library) -> None:
    sha256 = ours.texts.get("mill").sha256
    version = snapshot_in_memory(ours).texts[0].versions[0]._replace(body="")
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
    ours.texts.add(a_text(OTHER, "other", "Another"))
    one = ours.highlights.mark("mill", where("burned"), tags=["event/fire"], star=True)
    two = ours.highlights.mark("other", Span(0, 8), tags=["place"])
    three = ours.highlights.mark("mill", where("Harrow"), tags=["place"])
    ours.codebook.ensure("event")
    ours.links.add(one.id, two.id)
    ours.links.add(one.id, three.id)
    for text in (None, "mill", "other"):
        ours.notes.write("a note", text)
    assert snapshot_in_memory(ours, HighlightFilter(star=True)).highlights[0].uid == one.uid
    starred = snapshot_in_memory(ours, HighlightFilter(star=True))
    assert [text.slug for text in starred.texts] == ["mill"]
    assert [tag.path for tag in starred.tags] == ["event", "event/fire"]
    assert (starred.links, [note.text for note in starred.notes]) == ((), ["mill"])
    mill = snapshot_in_memory(ours, HighlightFilter(texts=("mill",)))
    assert [each.uid for each in mill.highlights] == [one.uid, three.uid]
    assert [(link.left, link.right) for link in mill.links] == [(one.uid, three.uid)]
    both = snapshot_in_memory(ours, HighlightFilter(texts=("other", "mill"), reader="ana"))
    assert len(both.highlights) == 3
    assert snapshot_in_memory(ours, HighlightFilter(reader="bo")) == Archive()
    with pytest.raises(NotFound):
        snapshot_in_memory(ours, HighlightFilter(texts=("brewery",)))


def test_merging_says_how_many_highlights_are_to_come(ours: Library, theirs: Library) -> None:
    for words in ("burned", "Harrow"):
        theirs.highlights.mark("mill", where(words))
    told: list[tuple[int, int]] = []
    merge(ours, snapshot_in_memory(theirs), progress=lambda done, of: told.append((done, of)))
    assert told == [(0, 2)]


def test_progress_is_told_to_the_end(ours: Library) -> None:
    ours.highlights.mark("mill", where("burned"))
    told: list[tuple[int, int]] = []
    snapshot_in_memory(ours, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (1, 1)


# a second merge, after one of the two has gone on working


def merged_once(ours: Library, theirs: Library) -> None:
    """Two highlights by bo, that have come over."""
    theirs.highlights.mark("mill", where("burned"), tags=["fire"], note="first thought")
    theirs.highlights.mark("mill", where("Harrow"), tags=["fire"])
    assert merge(ours, snapshot_in_memory(theirs)).highlights == 2


def said(library: Library) -> list[tuple[str, tuple[str, ...], str]]:
    return [(each.quote, each.tags, each.note) for each in library.highlights.of("mill")]


def test_what_was_changed_there_and_not_here_is_taken_over_and_told_by_name(
    ours: Library, theirs: Library
) -> None:
    merged_once(ours, theirs)
    before = as_json(ours)
    theirs.codebook.rename("fire", "blaze")
    burned = theirs.highlights.find(text="mill", noted=True)[0]
    theirs.highlights.note(burned.id, "second thought")
    theirs.highlights.star(burned.id, star=True)
    merged = merge(ours, snapshot_in_memory(theirs))
    assert (merged.highlights, merged.updated, merged.conflicts) == (0, 2, ())
    assert merged.updates == (
        "“burned” in mill: note “first thought” → “second thought”; star no → yes; tags fire → blaze",
        "“Harrow” in mill: tags fire → blaze",
        "the tag fire is gone: nothing carries it any more",
    )
    assert said(ours) == [("Harrow", ("blaze",), ""), ("burned", ("blaze",), "second thought")]
    assert [tag.path for tag in ours.codebook.list()] == ["blaze"]
    again = merge(ours, snapshot_in_memory(theirs))
    assert (again.changes, again.updates, again.conflicts) == (False, (), ())
    ours.journal.undo()
    assert as_json(ours) == before
    assert merge(ours, snapshot_in_memory(theirs)).updates == merged.updates


def test_what_was_changed_here_and_not_there_stays_without_a_word(ours: Library, theirs: Library) -> None:
    merged_once(ours, theirs)
    ours.codebook.rename("fire", "blaze")
    ours.highlights.note(ours.highlights.find(noted=True)[0].id, "what I make of it")
    for resolve in Resolve:
        merged = merge(ours, snapshot_in_memory(theirs), resolve=resolve)
        assert (merged.changes, merged.conflicts) == (False, ())
    assert said(ours) == [("Harrow", ("blaze",), ""), ("burned", ("blaze",), "what I make of it")]
    assert [tag.path for tag in ours.codebook.list()] == ["blaze"]


@pytest.mark.parametrize(
    ("resolve", "note"),
    [
        (Resolve.TELL, "mine"), (Resolve.OURS, "mine"), (Resolve.THEIRS, "theirs"), (Resolve.BOTH, "mine\n\ntheirs"),
    ],
)  # fmt: skip
def test_what_both_have_changed_stays_until_the_reader_settles_it_and_the_rest_is_taken_over(
    ours: Library, theirs: Library, resolve: Resolve, note: str
) -> None:
    merged_once(ours, theirs)
    ours.highlights.note(ours.highlights.find(noted=True)[0].id, "mine")
    theirs.highlights.note(theirs.highlights.find(noted=True)[0].id, "theirs")
    theirs.codebook.rename("fire", "blaze")
    merged = merge(ours, snapshot_in_memory(theirs), resolve=resolve)
    assert said(ours) == [("Harrow", ("blaze",), ""), ("burned", ("blaze",), note)]
    told = "“burned” in mill: note “mine” here, “theirs” there: yours stays (--theirs, --both or --ours settles it)"
    assert merged.conflicts == ((told,) if resolve is Resolve.TELL else ())
    again = merge(ours, snapshot_in_memory(theirs))
    assert (again.changes, again.conflicts) == (False, merged.conflicts)
    theirs.highlights.note(theirs.highlights.find(noted=True)[0].id, "theirs, once more")
    assert len(merge(ours, snapshot_in_memory(theirs)).conflicts) == (0 if resolve is Resolve.THEIRS else 1)


def test_a_copy_from_before_the_last_one_takes_nothing_back(made: Libraries, ours: Library) -> None:
    clock = ["2026-01-01T00:00:00Z"]
    with made.new(reader="bo") as theirs:
        theirs.journal.now = lambda: clock[0]
        theirs.texts.add(a_text(OLD))
        merged_once(ours, theirs)
        old = snapshot_in_memory(theirs)
        clock[0] = "2026-01-02T00:00:00Z"
        theirs.highlights.note(theirs.highlights.find(noted=True)[0].id, "second thought")
        merge(ours, snapshot_in_memory(theirs))
        for resolve in (Resolve.TELL, Resolve.OURS):
            merged = merge(ours, old, resolve=resolve)
            assert (merged.changes, merged.conflicts, merged.settled) == (False, (), 0)
        assert ("burned", ("fire",), "second thought") in said(ours)


def test_where_a_format_has_no_uids_the_same_mark_is_the_same_whatever_it_says(ours: Library) -> None:
    highlight = ours.highlights.mark("mill", where("burned"), tags=["event"])
    archive = snapshot_in_memory(ours)
    (entry,) = archive.highlights
    coming = archive._replace(highlights=(entry._replace(uid="x", tags=("fire",)),))
    merged = merge(ours, coming._replace(unsaid=frozenset({"uid"})))
    assert (merged.highlights, len(merged.conflicts)) == (0, 1)
    assert ours.highlights.get(highlight.id) == highlight
    assert merge(ours, coming).highlights == 1, "where it has them, it is another one"


RESHAPED: dict[str, tuple[Callable[[Library], object], tuple[str, ...]]] = {
    "renamed": (lambda library: library.codebook.rename("boat", "ship"), ("ship",)),
    "merged": (lambda library: library.codebook.merge("boat", "vessel"), ("vessel",)),
    "deleted": (lambda library: library.codebook.delete("boat"), ()),
}
reshaped = pytest.mark.parametrize(("reshape", "left"), RESHAPED.values(), ids=RESHAPED)


def seen_equal(*all_of_them: Library) -> None:
    """The first one's mark has come to the others, and back from each of them without anything new."""
    first, *others = all_of_them
    first.highlights.mark("mill", where("burned"), tags=["boat"])
    first.highlights.mark("mill", where("Harrow"), tags=["vessel"])
    for other in others:
        assert merge(other, snapshot_in_memory(first)).highlights == 2
    for one in all_of_them:
        for other in all_of_them:
            acts, before = one.journal.history(), as_json(one)
            merged = merge(one, snapshot_in_memory(other))
            assert (merged.changes, merged.updates, merged.conflicts) == (False, (), ())
            assert (one.journal.history(), as_json(one)) == (acts, before)


def says(library: Library, *tags: str) -> None:
    """Holds what the library says of the mark, and that it has no tag that nothing carries."""
    assert said(library) == [("Harrow", ("vessel",), ""), ("burned", tags, "")]
    assert {tag.path for tag in library.codebook.list()} == {"vessel", *tags}


def silent_from(here: Library, there: Library) -> None:
    for resolve in Resolve:
        merged = merge(here, snapshot_in_memory(there), resolve=resolve)
        assert (merged.changes, merged.updates, merged.conflicts) == (False, (), ())


@reshaped
def test_a_tag_reshaped_here_since_the_two_were_equal_stays_so_in_every_round(
    ours: Library, theirs: Library, reshape: Callable[[Library], object], left: tuple[str, ...]
) -> None:
    seen_equal(ours, theirs)
    reshape(ours)
    for _ in range(3):
        silent_from(ours, theirs)
        says(ours, *left)
    assert merge(theirs, snapshot_in_memory(ours)).conflicts == ()
    for _ in range(3):
        silent_from(ours, theirs)
        silent_from(theirs, ours)
        says(ours, *left)
        says(theirs, *left)


@reshaped
def test_a_tag_reshaped_there_since_the_two_were_equal_is_reshaped_here(
    ours: Library, theirs: Library, reshape: Callable[[Library], object], left: tuple[str, ...]
) -> None:
    seen_equal(ours, theirs)
    reshape(theirs)
    merged = merge(ours, snapshot_in_memory(theirs))
    assert (merged.updated, merged.conflicts) == (1, ())
    for _ in range(3):
        silent_from(ours, theirs)
        silent_from(theirs, ours)
        says(ours, *left)
        says(theirs, *left)


FORMER = "the tag iran was renamed or deleted here and stays so: --theirs brings it back"


@pytest.mark.parametrize(
    "reshape",
    [
        lambda library: library.codebook.rename("iran", "persia"),
        lambda library: library.codebook.merge("iran", "persia"),
    ],
)
def test_a_tag_reshaped_here_does_not_come_back_empty_with_an_older_export_of_the_same_library(
    ours: Library, reshape: Callable[[Library], object]
) -> None:
    ours.highlights.mark("mill", where("burned"), tags=["iran"])
    older = snapshot_in_memory(ours)
    reshape(ours)
    after = as_json(ours)
    report = merge(ours, older)
    assert (report.tags, as_json(ours)) == (0, after)
    assert FORMER in report.conflicts
    theirs = merge(ours, older, resolve=Resolve.THEIRS)
    assert FORMER not in theirs.conflicts
    assert [tag.path for tag in ours.codebook.list() if tag.path == "iran"] == ["iran"]


def test_a_tag_that_nothing_carried_and_that_was_deleted_here_stays_so(ours: Library) -> None:
    ours.highlights.mark("mill", where("burned"), tags=["fire"])
    ours.codebook.ensure("iran")
    older = snapshot_in_memory(ours)
    ours.codebook.delete("iran")
    report = merge(ours, older)
    assert (report.changes, report.conflicts) == (False, (FORMER,))


def test_a_tag_that_is_here_again_or_only_was_undone_or_comes_as_a_codebook_is_none_that_was_renamed(
    ours: Library,
) -> None:
    ours.highlights.mark("mill", where("burned"), tags=["fire"])
    ours.codebook.ensure("iran")
    older = snapshot_in_memory(ours)
    ours.codebook.rename("iran", "persia")
    for _ in ("renamed", "made"):
        ours.journal.undo()
    assert merge(ours, older).tags == 1
    ours.codebook.rename("iran", "persia")
    ours.journal.undo()
    assert merge(ours, older).conflicts == ()
    ours.codebook.rename("iran", "persia")
    assert merge(ours, Archive(tags=older.tags)).conflicts == ()


@reshaped
def test_in_a_ring_of_three_a_reshaped_tag_goes_round_once_and_the_old_one_never_returns(
    made: Libraries,
    ours: Library,
    theirs: Library,
    reshape: Callable[[Library], object],
    left: tuple[str, ...],
) -> None:
    with made.new(reader="cy") as third:
        third.texts.add(a_text(OLD))
        seen_equal(ours, theirs, third)
        reshape(ours)
        for _ in range(3):
            for here, there in ((ours, theirs), (theirs, third), (third, ours)):
                assert merge(here, snapshot_in_memory(there)).conflicts == ()
                says(ours, *left)
        for library in (theirs, third):
            says(library, *left)
        for here, there in ((ours, third), (theirs, ours), (third, theirs)):
            silent_from(here, there)


def test_what_a_third_library_still_says_takes_nothing_back(
    made: Libraries, ours: Library, theirs: Library
) -> None:
    with made.new(reader="cy") as third:
        third.texts.add(a_text(OLD))
        seen_equal(ours, theirs, third)
        ours.codebook.rename("boat", "ship")
        merge(theirs, snapshot_in_memory(ours))
        for _ in range(2):
            silent_from(ours, theirs)
            silent_from(ours, third)
        ours.codebook.rename("ship", "ferry")
        silent_from(ours, theirs)
        silent_from(ours, third)
        assert said(ours)[-1] == ("burned", ("ferry",), "")


def test_what_both_say_alike_is_the_base_of_links_and_notes_too(ours: Library, theirs: Library) -> None:
    one = ours.highlights.mark("mill", where("burned"))
    other = ours.highlights.mark("mill", where("Harrow"))
    link = ours.links.add(one.id, other.id, kind="answers", note="why")
    ours.notes.write("a note on it", "mill")
    merge(theirs, snapshot_in_memory(ours))
    silent_from(ours, theirs)
    ours.links.edit(link.id, note="why not")
    ours.notes.write("another note", "mill")
    silent_from(ours, theirs)
    assert merge(theirs, snapshot_in_memory(ours)).updated == 2
    silent_from(ours, theirs)


def test_what_is_taken_back_there_after_both_said_it_is_taken_back_here(
    made: Libraries, ours: Library
) -> None:
    clock = ["2026-01-01T00:00:00Z"]
    with made.new(reader="bo") as theirs:
        ours.journal.now = theirs.journal.now = lambda: clock[0]
        theirs.texts.add(a_text(OLD))
        seen_equal(ours, theirs)
        burned = ours.highlights.find(tag="boat")[0].id
        for star, one, other in ((True, ours, theirs), (False, theirs, ours), (True, ours, theirs)):
            clock[0] = f"{int(clock[0][:4]) + 1}-01-01T00:00:00Z"
            one.highlights.star(one.highlights.find(tag="boat")[0].id, star=star)
            assert merge(other, snapshot_in_memory(one)).updated == 1
            silent_from(one, other)
        assert ours.highlights.get(burned).star
        assert theirs.highlights.find(tag="boat")[0].star


def test_what_was_seen_to_be_equal_since_an_import_is_no_bar_to_undoing_it(
    ours: Library, theirs: Library
) -> None:
    before = as_json(ours)
    merged_once(ours, theirs)
    for library in (ours, theirs):
        library.codebook.rename("fire", "blaze")
    silent_from(ours, theirs)
    renamed = as_json(ours)
    ours.journal.undo()
    ours.journal.undo()
    assert as_json(ours) == before
    ours.journal.redo()
    ours.journal.redo()
    assert as_json(ours) == renamed
    silent_from(ours, theirs)
    ours.journal.undo()
    ours.journal.undo()
    assert merge(ours, snapshot_in_memory(theirs)).highlights == 2


def test_an_edge_that_was_moved_there_moves_here(ours: Library, theirs: Library) -> None:
    merged_once(ours, theirs)
    theirs.highlights.move(theirs.highlights.find(noted=True)[0].id, where("burned to the ground"))
    merged = merge(ours, snapshot_in_memory(theirs))
    assert merged.updates == ("“burned to the ground” in mill: quote “burned” → “burned to the ground”",)
    assert ("mill", "burned to the ground", "exact") in quotes(ours)
    assert health(ours.path).ok
    assert merge(ours, snapshot_in_memory(theirs)).changes is False


def test_what_was_deleted_here_stays_deleted_unless_asked_for(ours: Library, theirs: Library) -> None:
    merged_once(ours, theirs)
    gone = ours.highlights.find(noted=True)[0]
    theirs.links.add(*(each.id for each in theirs.highlights.find()))
    ours.highlights.delete(gone.id)
    merged = merge(ours, snapshot_in_memory(theirs))
    assert (merged.changes, merged.conflicts) == (
        False,
        ("“burned” was deleted here and stays so: --theirs brings it back",),
    )
    assert merge(ours, snapshot_in_memory(theirs), resolve=Resolve.THEIRS).highlights == 1
    assert ("burned", ("fire",), "first thought") in said(ours)
    assert len(ours.links.list()) == 1


@pytest.mark.parametrize("begun", ["made here", "as a copy"])
def test_what_was_deleted_stays_so_wherever_it_was_made(
    ours: Library, theirs: Library, made: Libraries, begun: str
) -> None:
    """Also where nothing of it was ever received: they have it from here, or this library began as a copy of theirs."""
    ours.highlights.mark("mill", where("burned"), tags=["fire"])
    far, other = (ours.highlights.mark("mill", where(words)) for words in ("Harrow", "insurers"))
    link = ours.links.add(far.id, other.id, kind="explains")
    ours.notes.write("of the mill", "mill")
    if begun == "made here":
        merge(theirs, snapshot_in_memory(ours))
    else:
        theirs = made.new(reader="bo")
        merge(theirs, snapshot_in_memory(ours))
        theirs.connection.execute("DELETE FROM received")
        ours, theirs = theirs, ours
    ours.highlights.delete([one.id for one in ours.highlights.find() if one.tags])
    ours.links.delete(ours.links.list()[0].id)
    ours.notes.delete(ours.notes.list()[0].id)
    merged = merge(ours, snapshot_in_memory(theirs))
    assert (merged.changes, set(merged.conflicts)) == (
        False,
        {
            "“burned” was deleted here and stays so: --theirs brings it back",
            "a link (explains) was deleted here and stays so: --theirs brings it back",
            "the note of ana on mill was deleted here and stays so: --theirs brings it back",
        },
    )
    back = merge(ours, snapshot_in_memory(theirs), resolve=Resolve.THEIRS)
    assert (back.highlights, back.links, back.notes, back.conflicts) == (1, 1, 1, ())
    assert {one.uid for one in ours.highlights.find()} == {one.uid for one in theirs.highlights.find()}
    assert [one.uid for one in ours.links.list()] == [link.uid]
    assert merge(ours, snapshot_in_memory(theirs)).changes is False


def test_a_deletion_that_is_undone_is_forgotten(ours: Library, theirs: Library) -> None:
    one = ours.highlights.mark("mill", where("burned"))
    merge(theirs, snapshot_in_memory(ours))
    ours.highlights.delete(one.id)
    ours.journal.undo()
    assert ours.connection.rows("SELECT uid FROM received") == []
    assert merge(ours, snapshot_in_memory(theirs)).conflicts == ()


def test_what_went_with_a_text_comes_back_with_it(ours: Library, theirs: Library) -> None:
    theirs.links.add(
        *(theirs.highlights.mark("mill", where(words)).id for words in ("Harrow", "burned")), kind="explains"
    )
    theirs.notes.write("of the mill", "mill")
    merge(ours, snapshot_in_memory(theirs))
    ours.texts.remove("mill")
    back = merge(ours, snapshot_in_memory(theirs))
    assert (back.texts, back.highlights, back.links, back.notes, back.conflicts) == (1, 2, 1, 1, ())


def test_what_went_with_a_text_comes_back_into_the_same_text_added_again(
    ours: Library, theirs: Library
) -> None:
    seen_equal(ours, theirs)
    ours.notes.write("of the mill", "mill")
    merge(theirs, snapshot_in_memory(ours))
    silent_from(ours, theirs)
    ours.texts.remove("mill")
    ours.texts.add(a_text(OLD))
    back = merge(ours, snapshot_in_memory(theirs))
    assert (back.highlights, back.notes, back.conflicts) == (2, 1, ())


def test_what_was_joined_here_is_not_doubled_by_what_it_was_made_of(ours: Library, theirs: Library) -> None:
    theirs.highlights.mark("mill", where("burned"), tags=["a"], note="why")
    theirs.highlights.mark("mill", where("burned"), tags=["b"], note="who")
    far = theirs.highlights.mark("mill", where("Harrow"))
    for one in theirs.highlights.find(noted=True):
        theirs.links.add(one.id, far.id)
    merge(ours, snapshot_in_memory(theirs))
    ours.codebook.merge("b", "a")
    assert said(ours) == [("Harrow", (), ""), ("burned", ("a",), "why\n\nwho")]
    for _ in range(2):
        merged = merge(ours, snapshot_in_memory(theirs))
        assert (merged.changes, merged.conflicts) == (False, ())
    assert len(ours.links.list()) == 1


def test_the_same_mark_made_on_two_machines_is_one_with_both_notes(made: Libraries, ours: Library) -> None:
    ours.highlights.mark("mill", where("burned"), tags=["fire"], note="at home")
    with made.new(reader="ana") as laptop:
        laptop.texts.add(a_text(OLD))
        laptop.journal.now = lambda: "2026-03-03T00:00:00Z"
        one = laptop.highlights.mark("mill", where("burned"), tags=["fire"], note="on the train")
        two = laptop.highlights.mark("mill", where("Harrow"))
        laptop.links.add(one.id, two.id)
        merged = merge(ours, snapshot_in_memory(laptop))
        assert (merged.highlights, merged.updated, merged.links) == (1, 1, 1)
        assert said(ours) == [("Harrow", (), ""), ("burned", ("fire",), "at home\n\non the train")]
        assert merge(ours, snapshot_in_memory(laptop)).changes is False


def test_notes_and_links_that_were_reworded_there_are_reworded_here(ours: Library, theirs: Library) -> None:
    merged_once(ours, theirs)
    theirs.notes.write("on the whole", "mill")
    one, two = theirs.highlights.find()
    link = theirs.links.add(one.id, two.id, kind="same", note="why")
    merge(ours, snapshot_in_memory(theirs))
    theirs.notes.write("on the whole, again", "mill")
    theirs.links.edit(link.id, kind="answers", note="because")
    merged = merge(ours, snapshot_in_memory(theirs))
    assert (merged.links, merged.notes, merged.updated) == (0, 0, 2)
    assert [note.words for note in ours.notes.of("mill")] == ["on the whole, again"]
    assert [(link.kind, link.note) for link in ours.links.list()] == [("answers", "because")]
    assert merge(ours, snapshot_in_memory(theirs)).changes is False


@few
@given(archives())
def test_whatever_was_changed_there_is_here_after_the_next_merge_and_nothing_is_doubled(
    archive: Archive,
) -> None:
    with libraries() as made, made.new(archive, reader="bo") as theirs, made.new(archive) as library:
        for number, highlight in enumerate(theirs.highlights.find()):
            theirs.highlights.note(highlight.id, f"{highlight.note} {number}")
        for name in {tag.path.partition("/")[0] for tag in theirs.codebook.list()}:
            theirs.codebook.rename(name, f"new/{name}")
        merged = merge(library, snapshot_in_memory(theirs))
        assert (merged.highlights, merged.links, merged.notes, merged.conflicts) == (0, 0, 0, ())
        here, there = (
            {each.uid: (set(each.tags), each.note) for each in snapshot_in_memory(one).highlights}
            for one in (library, theirs)
        )
        assert here == there
        assert merge(library, snapshot_in_memory(theirs)).changes is False
        assert health(library.path).ok


# what other programs write: places that count in a page, quotes in the order of the text


def foreign(*entries: HighlightEntry, **said: object) -> Archive:
    return Archive(texts=(TextEntry("mill", "The mill", "", "", "", ()),), highlights=entries, **said)  # type: ignore[arg-type]


def a_foreign(quote: str, *parts: Span, number: int = 0) -> HighlightEntry:
    return HighlightEntry(
        f"f{number}", "mill", None, parts, quote, "", "", (), "", False, "", "", "", Anchor.EXACT, 100.0
    )


def test_words_of_a_highlight_with_gaps_that_stand_nowhere_are_told(ours: Library) -> None:
    merged = merge(ours, foreign(a_foreign("burned … nowhere to be seen … patience")))
    assert quotes(ours) == [("mill", "burned … patience", "changed")]
    assert merged.left_out == (
        "“nowhere to be seen” beside “burned … patience” in mill: it stands nowhere there",
    )


def test_words_that_are_found_though_they_differ_are_not_told_to_stand_nowhere(ours: Library) -> None:
    merged = merge(
        ours, foreign(a_foreign("burned to the grounds on Monday … nowhere to be seen … for patience"))
    )
    assert quotes(ours) == [("mill", "burned to the ground on Monday … for patience", "changed")]
    assert [line.split(" beside ")[0] for line in merged.left_out] == ["“nowhere to be seen”"]


@pytest.mark.parametrize("wide", ["", "😀 ", "𝔘𝔫𝔦 "])
def test_a_place_of_another_program_is_believed_where_the_quote_stands_there(
    made: Libraries, wide: str
) -> None:
    body = f"{wide}Maliki came, Maliki saw, and Maliki went."
    start = body.index("Maliki saw")
    units = len(body[:start].encode("utf-16-le")) // 2
    for at in (start, units):
        with made.new() as library:
            library.texts.add(a_text(body))
            merge(library, foreign(a_foreign("Maliki", Span(at, at + 6)), counted_elsewhere=True))
            assert [each.span for each in library.highlights.of("mill")] == [Span(start, start + 6)]


@pytest.mark.parametrize(
    "counted",
    [
        lambda words: len(unicodedata.normalize("NFD", words)),
        lambda words: len(words.encode()),
        lambda words: len(words.replace("\n", "\r\n")),
        lambda words: len(words) + 1,  # behind a byte order mark
        lambda words: len(("\ufeff" + words.replace("\n", "\r\n")).encode("utf-16-le")) // 2,
    ],
)
def test_places_may_count_another_form_of_the_text(made: Libraries, counted: Callable[[str], int]) -> None:
    body = "Le général 😀 vit Genève.\n\nGenève dormait.\n\nGenève, à Genève."
    starts = [start for start in range(len(body)) if body.startswith("Genève", start)]
    places = [Span(counted(body[:start]), counted(body[: start + 6])) for start in starts]
    entries = [a_foreign("Genève", place, number=number) for number, place in enumerate(places)]
    bare = a_foreign("", Span(counted(body[:34]), counted(body[:41])), number=9)
    with made.new() as library:
        library.texts.add(a_text(body))
        merge(library, foreign(*entries, bare, counted_elsewhere=True))
        found = [(each.span.start, each.quote) for each in library.highlights.of("mill")]
        assert found == sorted([*((start, "Genève") for start in starts), (34, body[34:41])])


def test_places_that_hold_a_short_quote_by_chance_tell_nothing(ours: Library) -> None:
    merge(
        ours,
        foreign(a_foreign("the", Span(where("the").start + 1, where("the").end + 1)), counted_elsewhere=True),
    )
    assert quotes(ours) == [("mill", "the", "orphan")]


def test_a_place_of_another_program_that_holds_something_else_is_no_hint(ours: Library) -> None:
    at = where("patience").start
    merge(ours, foreign(a_foreign("burned", Span(at, at + 6)), counted_elsewhere=True))
    assert quotes(ours) == [("mill", "burned", "exact")]


def test_repeated_words_are_placed_by_the_order_in_which_they_are_listed(made: Libraries) -> None:
    body = "Iran waits. Iran speaks, and then Iran sleeps; Iran wakes."
    with made.new() as library:
        library.texts.add(a_text(body))
        listed = ("Iran", "waits", "Iran", "speaks", "Iran", "Iran")
        merge(
            library,
            foreign(*(a_foreign(quote, number=k) for k, quote in enumerate(listed)), in_text_order=True),
        )
        assert [(each.span.start, each.quote) for each in library.highlights.of("mill")] == [
            (0, "Iran"), (5, "waits"), (12, "Iran"), (17, "speaks"), (34, "Iran"), (47, "Iran"),
        ]  # fmt: skip


def test_words_whose_place_is_not_told_are_a_highlight_that_says_the_same(ours: Library) -> None:
    assert OLD.count("the") > 1
    start = OLD.rindex("the")
    ours.highlights.mark("mill", Span(start, start + 3), tags=["event"])
    before = quotes(ours)
    table = b"id,document,tag,content\n1,mill,event,the\n"
    merged = import_bytes(ours, table, "t.csv", format="taguette")
    assert (merged.changes, merged.there, quotes(ours)) == (False, 1, before)
    table += b"2,mill,event,the\n3,mill,fire,the\n"
    merged = import_bytes(ours, table, "t.csv", format="taguette")
    assert (merged.highlights, merged.orphans) == (2, 2)


def test_a_highlight_that_was_never_exchanged_and_stands_on_a_word_less_there_stays_as_it_is(
    ours: Library,
) -> None:
    ours.highlights.mark("mill", Span(0, 12), note="why?")
    archive = snapshot_in_memory(ours)
    (entry,) = archive.highlights
    shorter = entry._replace(parts=(Span(0, 8),), quote=OLD[:8], after=OLD[8:40])
    report = merge(ours, archive._replace(highlights=(shorter,)))
    assert not report.changes, report
    assert (report.there, report.conflicts) == (1, ())
    assert [one.span for one in ours.highlights.find()] == [Span(0, 12)]
