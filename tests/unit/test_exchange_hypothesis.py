"""Hypothesis: what its API would take, read back whole; and what its API gives."""

from __future__ import annotations

import io
import json
from uuid import UUID

import pytest
from archives import archives, scrambled, unhurried
from hypothesis import given
from hypothesis import strategies as st

from store.exchange import hypothesis
from store.exchange.archive import Archive, HighlightEntry, TextEntry
from store.exchange.checking import check
from store.exchange.foreign import version_of
from store.exchange.hypothesis.names import EXTRA, id_of, uid_of_id
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
    out = io.BytesIO()
    assert hypothesis.write_archive(archive, out) == len(archive.highlights)
    return out.getvalue()


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
    rows = json.loads(written(archive))["rows"]
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
    (row,) = json.loads(written(Archive((text,), (), (one,))))["rows"]
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
    assert (one.created, one.version, one.parts) == ("2014-01-12T18:36:15.697572Z", None, ())
    assert id_of(one.uid) == ROW["id"]


def test_an_export_of_the_client_is_read() -> None:
    whole = {"export_date": "2024-01-01", "client_version": "1", "annotations": [ROW]}
    assert hypothesis.read(json.dumps(whole).encode(), "x.json") == read(ROW)


def test_replies_and_notes_on_a_page_become_notes_on_its_text() -> None:
    page = {**ROW, "id": "a", "target": [{"source": ROW["uri"]}], "text": "all of it", "tags": ["sea"]}
    reply = {**ROW, "id": "b", "references": [ROW["id"]], "text": "No.", "tags": []}
    archive = read(page, reply)
    assert [note.words for note in archive.notes] == ["all of it\n\n#sea", "No."]
    assert {note.text for note in archive.notes} == {"moby-dick-or-the-whale"}
    assert len({note.uid for note in archive.notes}) == 2


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
    assert (one.quote, one.parts, one.version) == ("Ishmael", (), None)


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
        (json.dumps([{**ROW, "target": {}}]).encode(), r"rows\[0\]\.target: must be an array"),
        (
            json.dumps([{**ROW, "target": [{"selector": [{"type": "TextQuoteSelector"}]}]}]).encode(),
            r"rows\[0\]\.target\.selector\.exact: must be a string",
        ),
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
