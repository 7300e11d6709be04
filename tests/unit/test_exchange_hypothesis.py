"""Hypothesis: what its API would take, read back whole; and what its API gives."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from archives import archives, scrambled, unhurried
from exported import exported
from hypothesis import given
from hypothesis import strategies as st

from store.exchange import hypothesis
from store.exchange.archive import Archive, HighlightEntry, TextEntry
from store.exchange.checking import check
from store.exchange.foreign import version_of
from store.exchange.hypothesis.hypothesis_writer import EXTRA, id_of, uid_of_id
from store.library import LibraryError
from store.records import Anchor
from texts.model import Span

ROW = {
    "id": "LGVKq4E4SKKro1dBBEMwsA",
    "created": "2014-01-12T18:36:15.697572+00:00",
    "updated": "2014-01-12T18:36:15.697572+00:00",
    "user": "acct:judy@hypothes.is",
    "uri": "http://example.org/docs/moby-dick.xhtml",
    "text": "a whale",
    "tags": ["actor/whale", "sea"],
    "group": "__world__",
    "permissions": {"read": ["group:__world__"]},
    "target": [
        {
            "source": "http://example.org/docs/moby-dick.xhtml",
            "selector": [
                {"type": "RangeSelector", "startContainer": "/p[1]"},
                {"type": "TextPositionSelector", "start": 3, "end": 10},
                {"type": "TextQuoteSelector", "exact": "Ishmael", "prefix": "Call me ", "suffix": ". Some"},
            ],
        }
    ],
    "document": {"title": ["Moby-Dick; or, The Whale"]},
    "flagged": False,
    "hidden": False,
}


def written(archive: Archive) -> bytes:
    return exported(hypothesis.write_archive, archive)


def read(*rows: object) -> Archive:
    archive = hypothesis.read(json.dumps({"total": len(rows), "rows": rows}).encode(), "x.json")
    check(archive)
    return archive


@unhurried
@given(archives())
def test_highlights_links_and_notes_come_back(archive: Archive) -> None:
    data = written(archive)
    back = hypothesis.read(data, "x.json")
    check(back)
    assert back.highlights == archive.highlights
    assert back.links == archive.links
    assert back.notes == archive.notes
    named = {text.slug: text for text in archive.texts}
    assert all(text.title == named[text.slug].title and text.versions == () for text in back.texts)
    again = archive._replace(texts=back.texts, highlights=back.highlights)
    assert hypothesis.read(written(again), "x.json").highlights == archive.highlights


@unhurried
@given(archives())
def test_a_row_has_what_the_api_wants(archive: Archive) -> None:
    rows = json.loads(written(archive))["annotations"]
    assert len(rows) == len(archive.highlights) + len(archive.links) + len(archive.notes)
    for row in rows:
        assert row["user"].startswith("acct:")
        assert row["permissions"]["read"] == [row["user"]]  # nobody else's, until its reader says so
        assert len(row["id"]) == 22
        assert len(row["target"]) == 1
        assert row["target"][0]["source"] == row["uri"]
        assert all(isinstance(tag, str) for tag in row["tags"])


def test_positions_are_written_as_a_browser_counts_them() -> None:
    text = TextEntry("one", "One", "", "", "", (version_of("😀 Tehran 𝔘 and Baghdad"),))
    one = HighlightEntry(
        "00000000-0000-4000-8000-000000000001", "one", 1, (Span(2, 8), Span(9, 10)), "Tehran … 𝔘", "😀 ", " and", (),
        "", False, "ana", "", "", Anchor.EXACT, 100.0,
    )  # fmt: skip
    (row,) = json.loads(written(Archive((text,), (), (one,))))["annotations"]
    assert row["target"][0]["selector"] == [
        {"type": "TextPositionSelector", "start": 3, "end": 12},
        {"type": "TextQuoteSelector", "exact": "Tehran 𝔘", "prefix": "😀 ", "suffix": " and"},
    ]


def test_a_row_of_the_api_is_read() -> None:
    archive = read(ROW)
    assert archive.texts == (
        TextEntry("moby-dick-or-the-whale", "Moby-Dick; or, The Whale", "", str(ROW["uri"]), "", ()),
    )
    (one,) = archive.highlights
    assert (one.quote, one.before, one.after) == ("Ishmael", "Call me ", ". Some")
    assert (one.tags, one.note, one.reader) == (("actor/whale", "sea"), "a whale", "judy")
    assert (one.created, one.version, one.parts) == ("2014-01-12T18:36:15.697572Z", None, (Span(3, 10),))
    assert archive.counted_elsewhere, "its places count in the page"
    assert id_of(one.uid) == ROW["id"]


def test_an_export_of_the_client_is_read() -> None:
    whole = {"export_date": "2024-01-01", "client_version": "1", "annotations": [ROW]}
    assert hypothesis.read(json.dumps(whole).encode(), "x.json") == read(ROW)


PAGE = {**ROW, "id": "a", "target": [{"source": ROW["uri"]}], "text": "all of it", "tags": ["sea"]}


def test_a_table_of_the_client_is_read() -> None:
    table = (
        "Creation Date,URL,Group,Annotation/Reply Type,Quote,User,Body,Tags,Page\n"
        '2024-03-01 10:00,https://example.org/mill,Public,Annotation,"the mill, burned",Ada,why?,"event,place/mill",2\n'
        "2024-03-01 10:05,https://example.org/mill,Public,Reply,,Ben,wind,,\n"
    )
    archive = hypothesis.read(table.encode(), "x.csv")
    check(archive)
    (entry,) = archive.highlights
    assert (entry.quote, entry.note, entry.reader) == ("the mill, burned", "why?", "Ada")
    assert (entry.tags, entry.created) == (("event", "place/mill"), "2024-03-01T10:00:00Z")
    assert [(note.words, note.reader, note.text) for note in archive.notes] == [("wind", "Ben", entry.text)]
    assert archive.texts[0].source == "https://example.org/mill"
    assert hypothesis.read(table.encode(), "x.csv") == archive


def a_reply(identifier: str, *above: object, **said: object) -> dict[str, object]:
    return {**ROW, "id": identifier, "references": list(above), "tags": [], "target": [], **said}


def test_notes_on_a_page_become_notes_on_its_text() -> None:
    lost = a_reply("b", "deleted", text="No.")
    archive = read(PAGE, lost)
    assert [note.words for note in archive.notes] == ["all of it\n\n#sea", "No."]
    assert {note.text for note in archive.notes} == {"moby-dick-or-the-whale"}
    assert len({note.uid for note in archive.notes}) == 2


def test_what_answers_a_highlight_or_a_note_stands_below_its_words_as_deep_as_it_lies() -> None:
    rows = [
        a_reply("r2", ROW["id"], "r1", text="Fair point.", user="acct:ana@x"),
        ROW,
        a_reply("r1", ROW["id"], text="I disagree:\nread on.", user="acct:ben@x", tags=["doubt"]),
        a_reply("r3", ROW["id"], text="So do I.", user="acct:cy@x", created=None),
        PAGE,
        a_reply("r4", "a", text="And more."),
    ]
    archive = read(*rows)
    (one,), (note,) = archive.highlights, archive.notes
    assert one.note == (
        "a whale\n\n"
        "> **ben, 2014-01-12**: I disagree:\n> read on.\n>\n> #doubt\n\n"
        "> > **ana, 2014-01-12**: Fair point.\n\n"
        "> **cy**: So do I."
    )
    assert note.words == "all of it\n\n#sea\n\n> **judy, 2014-01-12**: And more."


def test_an_answer_to_an_answer_that_is_gone_stands_below_the_highlight() -> None:
    (one,) = read(ROW, a_reply("r2", ROW["id"], "gone", text="Still here.")).highlights
    assert one.note == "a whale\n\n> **judy, 2014-01-12**: Still here."


def test_an_answer_whose_thread_began_elsewhere_stands_below_what_is_there() -> None:
    (one,) = read(ROW, a_reply("r2", "gone", ROW["id"], text="Still here.")).highlights
    assert one.note == "a whale\n\n> **judy, 2014-01-12**: Still here."


def test_answers_that_the_api_gives_apart_are_read() -> None:
    answer = {"total": 1, "rows": [ROW], "replies": [a_reply("r1", ROW["id"], text="Apart.")]}
    (one,) = hypothesis.read(json.dumps(answer).encode(), "a.json").highlights
    assert one.note == "a whale\n\n> **judy, 2014-01-12**: Apart."


@pytest.mark.parametrize(
    "selectors",
    [
        [{"type": "TextQuoteSelector", "exact": None, "prefix": None}, {"type": "TextPositionSelector", "start": None}],
        [{"type": "TextQuoteSelector"}], [None, 3, "x"], None, [],
    ],
)  # fmt: skip
def test_a_row_with_empty_selectors_is_a_note_on_the_text(selectors: object) -> None:
    archive = read(
        ROW, {**ROW, "id": "old", "target": [{"selector": selectors}], "text": "an old one", "tags": []}
    )
    assert (len(archive.highlights), [note.words for note in archive.notes]) == (1, ["an old one"])


def test_one_odd_row_is_named_and_does_not_refuse_the_rest() -> None:
    archive = read(3, ROW, {**ROW, "id": "x", "text": 1}, {**ROW, "id": "y", "uri": None})
    assert len(archive.highlights) == 1
    assert archive.left_out == (
        "rows[0]: must be an object", "rows[2].text: must be a string", "rows[3].uri: must be a string",
    )  # fmt: skip


@given(st.uuids())
def test_ids_are_uids_in_another_spelling(uid: UUID) -> None:
    assert uid_of_id(id_of(str(uid))) == str(uid)


@given(st.text(max_size=24))
def test_any_id_makes_a_uid(identifier: str) -> None:
    assert str(UUID(uid_of_id(identifier))) == uid_of_id(identifier)


@pytest.mark.parametrize(
    "forged",
    [
        {"parts": [[9, 2]]},
        {"parts": [[-1, 2]]},
        {"parts": "x"},
        {"parts": [[1, 2, 3]]},
        {"quote": 7},
        {"anchor": "lost"},
        {"confidence": 1e9},
        {"confidence": "all"},
    ],
)
def test_what_is_forged_in_our_words_is_not_believed(forged: dict[str, object]) -> None:
    ours = {
        "text": "one",
        "version": 1,
        "parts": [[0, 3]],
        "quote": "x",
        "anchor": "exact",
        "confidence": 100,
    }
    (one,) = read({**ROW, EXTRA: {**ours, **forged}}).highlights
    assert (one.quote, one.parts, one.version) == ("Ishmael", (Span(3, 10),), None)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no JSON"),
        (b'{"total": 0}', "x.json is no export of Hypothesis"),
        (b'{"rows": {}}', "x.json is no export of Hypothesis"),
        (b'{"rows": [1]}', r"rows\[0\]: must be an object"),
        (json.dumps([{**ROW, "uri": None}]).encode(), r"rows\[0\]\.uri: must be a string"),
        (json.dumps([{**ROW, "text": 1}]).encode(), r"rows\[0\]\.text: must be a string"),
        (json.dumps([{**ROW, "tags": "sea"}]).encode(), r"rows\[0\]\.tags: must be an array"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_broken_file_is_refused_in_one_line_that_names_the_place(data: bytes, said: str) -> None:
    with pytest.raises(LibraryError, match=said) as refused:
        hypothesis.read(data, "x.json")
    assert "\n" not in str(refused.value)


@unhurried
@given(scrambled([ROW, {**ROW, "references": ["x"], EXTRA: {"link": "y", "kind": "k", "parts": [[1, 2]]}}]))
def test_whatever_is_wrong_is_told_in_one_line(rows: object) -> None:
    try:
        hypothesis.read(json.dumps({"rows": rows}).encode(), "x.json")
    except LibraryError as error:
        assert "\n" not in str(error)  # noqa: PT017  # most are refused, but some can still be read


@pytest.mark.parametrize(
    ("changes", "is_ours"),
    [
        ({}, True),
        ({"parts": []}, True),
        ({"parts": [[0, 1]]}, True),
        ({"confidence": 0}, True),
        ({"confidence": 100}, True),
        ({"parts": [[3, 3]]}, False),
        ({"parts": [[-1, 3]]}, False),
        ({"parts": [[0, 1], [4]]}, False),
        ({"parts": None}, False),
        ({"quote": None}, False),
        ({"anchor": "floating"}, False),
        ({"confidence": 100.5}, False),
        ({"confidence": -1}, False),
        ({"confidence": "100"}, False),
    ],
)
def test_what_we_wrote_beside_an_annotation_is_taken_where_all_of_it_holds(
    changes: dict[str, object], is_ours: bool
) -> None:
    ours = {
        "text": "whale", "version": 2, "parts": [[1, 2], [5, 9]], "quote": "I … mael", "before": "b", "after": "a",
        "anchor": "changed", "confidence": 71,
    }  # fmt: skip
    (entry,) = read({**ROW, EXTRA: {**ours, **changes}}).highlights
    known = (entry.version, entry.quote, entry.before, entry.after, entry.anchor, entry.confidence)
    if is_ours:
        said = {**ours, **changes}
        assert known == (2, "I … mael", "b", "a", Anchor.CHANGED, said["confidence"])
        assert [list(part) for part in entry.parts] == said["parts"]
    else:
        assert known == (None, "Ishmael", "Call me ", ". Some", Anchor.EXACT, 100.0)
        assert entry.parts == (Span(3, 10),)


@pytest.mark.parametrize(("version", "read_as"), [(1, 1), (0, None), (-1, None), ("1", None), (None, None)])
def test_a_version_is_a_number_from_one(version: object, read_as: int | None) -> None:
    ours = {
        "text": "whale",
        "version": version,
        "parts": [[1, 2]],
        "quote": "s",
        "anchor": "exact",
        "confidence": 100,
    }
    (entry,) = read({**ROW, EXTRA: ours}).highlights
    assert (entry.version, entry.quote, entry.before, entry.after) == (read_as, "s", "Call me ", ". Some")
