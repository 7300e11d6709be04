"""What services tell a reader of imports, exports, notes and pairs, word for word, and what they leave in a library."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from store.corpus.corpus_file import Corpus
from store.corpus.corpus_folder import folder_of
from store.corpus.corpus_making import add_texts
from store.corpus.corpus_sources import text_of_record
from store.errors import LibraryError
from store.library import Library
from store.merge import MergeReport
from store.records import Draft
from store.services.exports import WrittenFile, each_written, export_to, same_names, written
from store.services.imports import import_file, summary
from store.services.note_saving import (
    HighlightNote,
    LinkNote,
    PlaceNote,
    SavedNote,
    TextNote,
    subject_of_draft,
)
from store.services.pair_judging import PairFinder, dismiss_pair, link_pair, tag_pair, take_in
from store.services.pair_texts import fetch_text, mark_in
from store.services.pair_verdicts import judged
from texts.corpus.pairs import Pair, PairSide
from texts.model import Span, Text
from texts.segment import passages

BODY = "A miller spoke of the river.\n\nA weaver answered him at length. He did not listen to a word of it."
OTHER = "Another paper.\n\nA weaver answered him at length, it is said. Nobody listened."


def a_text(slug: str, body: str = BODY, title: str | None = None) -> Text:
    return Text(slug, f"Title of {slug}" if title is None else title, "", "", body, passages(body))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", reader="ana", clock=lambda: "2026-01-01T00:00:00Z") as made:
        made.texts.add(a_text("one"))
        yield made


def report(**counts: int) -> MergeReport:
    return MergeReport(*[0] * 14, (), (), ())._replace(**counts)


@pytest.mark.parametrize(
    ("merged", "said", "would"),
    [
        (report(), "nothing new", "nothing new"),
        (report(there=2), "nothing new; 2 there already", "nothing new; 2 there already"),
        (report(texts=1), "1 text added", "1 text would be added"),
        (report(versions=2, tags=1), "2 versions and 1 tag added", "2 versions and 1 tag would be added"),
        (
            report(highlights=3, links=2, notes=1, orphans=1, there=1),
            "3 highlights, 2 links and 1 note added, 1 of the highlights without a place; 1 there already",
            "3 highlights, 2 links and 1 note would be added, 1 of the highlights without a place; 1 there already",
        ),
        (
            report(dismissed=1, names=1, furniture=1),
            "1 dismissed suggestion, 1 word on names and 1 word on furniture added",
            "1 dismissed suggestion, 1 word on names and 1 word on furniture would be added",
        ),
        (
            report(dismissed=2, names=2, furniture=2),
            "2 dismissed suggestions, 2 words on names and 2 words on furniture added",
            "2 dismissed suggestions, 2 words on names and 2 words on furniture would be added",
        ),
        (
            report(filled=1, updated=2, settled=3, there=4),
            "1 empty description or note filled in; 2 updated; 3 settled as yours; 4 there already",
            "1 empty description or note would be filled in; 2 would be updated; 3 would be settled as yours; "
            "4 there already",
        ),
        (
            report(filled=2),
            "2 empty descriptions or notes filled in",
            "2 empty descriptions or notes would be filled in",
        ),
    ],
)
def test_a_merge_in_one_line(merged: MergeReport, said: str, would: str) -> None:
    assert (summary(merged), summary(merged, dry_run=True)) == (said, would)


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ((False,), "1 file written to notes"),
        ((False, False), "2 files written to notes"),
        ((True, False), "2 files written to notes, 1 of them over one that was there"),
        ((True, True, False), "3 files written to notes, 2 of them over ones that were there"),
    ],
)
def test_several_files_in_one_line(over: tuple[bool, ...], said: str) -> None:
    assert each_written([WrittenFile(Path("a"), each) for each in over], Path("notes")) == said


def test_a_file_in_one_line() -> None:
    assert written(1, Path("a.csv")) == "1 row written to a.csv"
    assert written(2, Path("a.csv"), "links-csv") == "2 links written to a.csv"
    assert written(2, Path("a.md"), over=True).startswith("2 highlights ")


def test_tags_that_another_program_takes_for_one(library: Library) -> None:
    for path in ("a/x", "b/x", "x", "y", "c/y/z"):
        library.codebook.ensure(path)
    assert same_names(library, "csv") == []
    assert same_names(library, "qdpx") == [
        "QualCoder knows codes by their last name: it takes a/x and b/x and x for one"
    ]


def test_files_that_cannot_be_imported(library: Library, tmp_path: Path) -> None:
    csv = tmp_path / "a.csv"
    export_to(library, csv)
    for path, options, said in (
        (library.path, {"format": "csv"}, "library.db is the library itself, and no file of format csv"),
        (csv, {"format": "md"}, "md is only written: it cannot be read back"),
        (csv, {"format": "json"}, "a.csv"),
        (tmp_path / "gone.csv", {}, f"cannot read {tmp_path / 'gone.csv'}: there is no such file"),
        (csv, {"text": "gone"}, "there is no text “gone”"),
    ):
        with pytest.raises(LibraryError) as refusal:
            import_file(library, path, **options)  # type: ignore[arg-type]
        assert said in str(refusal.value)
        assert "\n" not in str(refusal.value)


def test_another_library_is_read(library: Library, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with Library.open(other, reader="bo") as made:
        made.texts.add(a_text("two", OTHER))
        made.highlights.mark("two", Span(0, 7))
    merged = import_file(library, other)
    assert (merged.texts, merged.highlights, tuple(merged.left_out)) == (1, 1, ())


# notes


def test_what_is_told_of_a_note_that_was_changed_meanwhile(library: Library) -> None:
    mark = library.highlights.mark("one", Span(0, 8), note="first")
    subject = HighlightNote(mark)
    assert (subject.key, subject.seen) == (f"highlight:{mark.id}", "first")
    table = (
        ("first", "mine", "mine", ""),
        ("mine", "mine", "mine", ""),
        (" ", "mine", "mine", ""),
        ("theirs", "first", "theirs", "the note changed elsewhere: it is as that left it"),
        ("theirs", " ", "theirs", "the note changed elsewhere: it is as that left it"),
        ("theirs\n\nmine", "mine", "theirs\n\nmine", "the note changed elsewhere: it is as that left it"),
        ("theirs", "theirs\nand mine", "theirs\nand mine", ""),
        (
            "theirs",
            "theirs and mine",
            "theirs\n\ntheirs and mine",
            "the note changed elsewhere: both are kept, yours below",
        ),
        ("theirs", "mine", "theirs\n\nmine", "the note changed elsewhere: both are kept, yours below"),
    )
    for now, mine, kept, told in table:
        library.highlights.note(mark.id, now)
        saved = subject.save(library, mine)
        assert (saved.highlight and saved.highlight.note, saved.told, saved.text, saved.apart) == (
            *(kept, told, None, False),
        )


def test_where_words_go_whose_subject_is_gone(library: Library) -> None:
    library.texts.add(a_text("two", OTHER))
    mark = library.highlights.mark("one", Span(0, 28))
    other = library.highlights.mark("two", Span(0, 7))
    link = library.links.add(mark.id, other.id, kind="answers")
    subjects = HighlightNote(mark), LinkNote(link, mark)
    assert (subjects[1].key, subjects[1].begun_with("x").seen) == (f"link:{link.id}", "x")
    library.highlights.delete([mark.id])
    assert subjects[0].save(library, " ") == SavedNote(told=f"highlight {mark.id} is gone")
    assert subjects[0].save(library, "mine") == SavedNote(
        None, f"highlight {mark.id} is gone: your words are in your note on one", "one", apart=True
    )
    assert subjects[1].save(library, "more") == SavedNote(
        None, f"link {link.id} is gone: your words are in your note on one", "one", apart=True
    )
    quoted = "> A miller spoke of the river."
    (note,) = library.notes.of("one")
    assert note.words == f"{quoted}\n\nmine\n\n{quoted}\n\nmore"
    library.texts.remove("one")
    assert TextNote("one").save(library, "last") == SavedNote(
        None, "one is no longer there: your words are in your note on the library", None, apart=True
    )
    assert PlaceNote(a_text("one"), (Span(0, 8), Span(20, 27))).save(library, "or").told == (
        "Title of one is no longer there: your words are in your note on the library"
    )
    assert library.notes.of()[0].words == "> one\n\nlast\n\n> A miller … e river\n\nor"


def test_words_on_a_place_become_a_highlight_where_it_still_is(library: Library) -> None:
    place = PlaceNote(library.texts.get("one"), (Span(2, 8), Span(20, 27)), ("act",))
    assert place.key == f"place:one:2-8,20-27:{library.texts.get('one').sha256[:16]}"
    assert (place.seen, place.begun_with("x")) == ("", place)
    saved = place.save(library, "why")
    assert saved.highlight is not None
    assert (saved.highlight.quote, saved.highlight.tags, saved.highlight.note) == (
        *("miller … e river", ("act",), "why"),
    )
    library.texts.update("one", a_text("one", "All other words by now."))
    again = PlaceNote(a_text("one"), (Span(2, 8),)).save(library, "or")
    assert again.told == "Title of one no longer has these words: your words are in your note on one"
    assert library.notes.of("one")[0].words == "> miller\n\nor"


@pytest.mark.parametrize(
    ("on", "subject"),
    [
        ("highlight:1", "HighlightNote highlight:1"),
        ("highlight:2", "TextNote library"),
        ("highlight:x", "TextNote library"),
        ("highlight:" + "0" * 17 + "1", "HighlightNote highlight:1"),
        ("highlight:" + "0" * 18 + "1", "TextNote library"),
        ("link:1", "LinkNote link:1"),
        ("link:2", "TextNote library"),
        ("text:one", "TextNote text:one"),
        ("text:gone", "TextNote library"),
        ("place:one:2-8,20-27:{digest}", "PlaceNote place:one:2-8,20-27:{digest}"),
        ("place:one:2-8:ffff", "TextNote text:one"),
        ("place:one:2:{digest}", "TextNote text:one"),
        ("place:one:a-b:{digest}", "TextNote text:one"),
        ("place:gone:2-8:{digest}", "TextNote library"),
        ("library", "TextNote library"),
    ],
)
def test_what_a_draft_was_written_on(library: Library, on: str, subject: str) -> None:
    mark = library.highlights.mark("one", Span(0, 8))
    far = library.highlights.mark("one", Span(10, 15))
    library.links.add(mark.id, far.id, kind="answers")
    library.highlights.delete([far.id]) if on == "highlight:2" else None
    digest = library.texts.get("one").sha256[:16]
    draft = Draft(on.format(digest=digest), "words", "ana", "2026-01-01T00:00:00Z", "seen")
    found = subject_of_draft(library, draft)
    assert f"{type(found).__name__} {found.key}" == subject.format(digest=digest)
    assert found.seen == ("" if isinstance(found, PlaceNote) else "seen")


# pairs


def side(text: str, body: str, quote: str, **more: object) -> PairSide:
    start = body.index(quote)
    return replace(PairSide(text, 1, start, start + len(quote), quote), **more)  # type: ignore[arg-type]


QUOTE = "A weaver answered him at length"


def test_a_text_that_the_library_lacks_comes_from_where_the_pair_says(
    library: Library, tmp_path: Path
) -> None:
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "two.txt").write_text(OTHER)
    pairs = tmp_path / "a" / "b" / "c" / "pairs.jsonl"
    found = fetch_text(side("x/two", OTHER, QUOTE, path="given/two.txt", title="A/B"), pairs, library.path)
    assert (found.slug, found.title, found.body) == ("a-b", "A/B", OTHER)
    deeper = tmp_path / "a" / "b" / "c" / "d" / "e" / "pairs.jsonl"
    for gone in (
        side("two", OTHER, QUOTE, path="given/two.txt"),
        side("two", OTHER, QUOTE, path="given/two.csv"),
    ):
        with pytest.raises(LibraryError) as refusal:
            fetch_text(gone, deeper, library.path)
        assert str(refusal.value) == (
            f"two is in no corpus and its file {gone.path} is not there: add it with `tui add`, "
            "or make a corpus of what it is from"
        )
    with pytest.raises(LibraryError, match=r"^two is in no corpus and the pair names no file: add it"):
        fetch_text(side("two", OTHER, QUOTE), deeper, library.path)
    with Corpus.create(folder_of(library.path, "papers")) as corpus:
        add_texts(corpus, iter([text_of_record({"id": "two", "text": OTHER})]))
    for corpus_name in ("papers", "", "gone"):
        found = fetch_text(side("two", OTHER, QUOTE, corpus=corpus_name), deeper, library.path)
        assert (found.slug, found.title, found.source, found.body) == ("two", "Two", "papers/two", OTHER)
    titled = side("two", OTHER, QUOTE, corpus="papers", title="2", source="there")
    found = fetch_text(titled, deeper, library.path)
    assert (found.title, found.source) == ("Two", "there")


def test_a_pair_is_judged_in_one_act_with_the_text_that_it_brings(library: Library, tmp_path: Path) -> None:
    (tmp_path / "two.txt").write_text(OTHER)
    left, right = side("one", BODY, QUOTE), side("two", OTHER, QUOTE, path=str(tmp_path / "two.txt"))
    pair = Pair(left, right, 90.0)
    finder = PairFinder(library, tmp_path / "pairs.jsonl")
    found = finder.find(pair)
    assert [text.slug for text in found.new] == ["two"]
    assert [place.span for place in found.places] == [left.span, right.span]
    assert found.placed.evidence[0] != ()
    assert list(judged(library, [pair])) == []
    tag_pair(library, found, ["echo", "act"])
    (act,) = library.journal.history(1)
    assert act.label == "tagged both passages of a pair echo, act"
    assert library.texts.slugs() == ["one", "two"]
    link_pair(library, found, "quotes")
    assert library.journal.history(1)[0].label == (
        "linked “A weaver answered him at length” to “A weaver answered him at length” (quotes)"
    )
    dismiss_pair(library, found)
    assert library.journal.history(1)[0].label == "dismissed a pair: one and two"
    assert library.highlights.count() == 2
    library.links.edit(1, note="why")
    for each in (pair, Pair(right, left, 90.0)):
        (verdict,) = (one.verdict for one in judged(library, [each]))
        assert verdict is not None
        assert (verdict.said, verdict.kind, verdict.tags, verdict.note, verdict.reader, verdict.time) == (
            *(
                ("linked", "dismissed", "tagged"),
                "quotes",
                ("echo", "act"),
                "why",
                "ana",
                "2026-01-01T00:00:00Z",
            ),
        )
    (tmp_path / "four.txt").write_text(OTHER.replace("Another", "A fourth"))
    fourth = replace(
        right, text="four", path=str(tmp_path / "four.txt"), quote="A fourth paper.", start=0, end=15
    )
    taken = take_in(library, finder.find(Pair(left, fourth, 9.0)))
    assert (taken.new, [place.text.slug for place in taken.places]) == ((), ["one", "four"])
    assert library.journal.history(1)[0].label == "added Four for a pair"
    assert take_in(library, taken) is taken
    with pytest.raises(LibraryError) as refusal:
        finder.find(
            Pair(left, replace(right, text="three", quote="There is nothing of this kind anywhere."), 9.0)
        )
    assert str(refusal.value) == (
        "three has no such passage by now: “There is nothing of this kind anywhere.”"
    )


@pytest.mark.parametrize(
    ("shared", "is_one"),
    [(Span(30, 61), True), (Span(30, 46), True), (Span(46, 90), False), (Span(61, 70), False)],
)
def test_half_of_the_shorter_span_makes_two_places_one(library: Library, shared: Span, is_one: bool) -> None:
    library.texts.add(a_text("two", OTHER))
    pair = Pair(side("one", BODY, QUOTE), side("two", OTHER, QUOTE), 90.0)
    assert pair.left.span == Span(30, 61)
    library.links.dismiss("one", shared, "two", pair.right.span or Span(0, 1))
    assert len(list(judged(library, [pair]))) == is_one


def test_what_is_marked_of_a_passage() -> None:
    whole = side("one", BODY, BODY[30:])
    span = whole.span or Span(0, 0)
    inside = Span(63, 97)
    assert mark_in(BODY, span, whole) == span
    assert mark_in(BODY, span, replace(whole, sentence=inside)) == inside
    assert mark_in(BODY, span, replace(whole, sentence=Span(30, 97))) == Span(30, 97)
    for outside in (Span(29, 40), Span(63, 63), Span(90, len(BODY) + 1)):
        assert mark_in(BODY, span, replace(whole, sentence=outside)) == span
    moved = f"Before. {BODY}"
    assert mark_in(moved, Span(38, len(moved)), replace(whole, sentence=inside)) == Span(71, 105)
