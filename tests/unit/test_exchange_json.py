"""JSON: everything out, everything in again, to the byte; and nothing in that does not hold together."""

from __future__ import annotations

import json as standard_json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from archives import archives, unhurried
from exported import exported
from hypothesis import given, settings
from libraries import Libraries, as_json, libraries

from store.exchange import json
from store.exchange.archive import (
    Archive,
    DismissedEntry,
    HighlightEntry,
    LinkEntry,
    NameEntry,
    NoteEntry,
    TagEntry,
    TextEntry,
    VersionEntry,
)
from store.exchange.checking import check
from store.exchange.foreign import version_of
from store.library import Library, LibraryError
from store.merge import merge
from store.records import Anchor
from texts.model import Span

BODY = "The old mill at Harrow burned to the ground on Monday."
AT = "2026-01-01T00:00:00Z"


def a_highlight(uid: str, **changed: Any) -> HighlightEntry:
    return HighlightEntry(
        uid, "mill", 1, (Span(4, 12),), "old mill", "The ", " at Harrow", ("place",), "", False, "ana", AT, AT,
        Anchor.EXACT, 100.0,
    )._replace(**changed)  # fmt: skip


WHOLE = Archive(
    texts=(
        TextEntry(
            "mill",
            "The mill",
            "",
            "mill.txt",
            AT,
            (version_of(BODY, source="", reader="ana", added=AT),),
            "en",
        ),
    ),
    tags=(TagEntry("place", "sky", "P", "where", 3),),
    highlights=(
        a_highlight("one"),
        a_highlight("two", parts=(Span(0, 3), Span(47, 53)), quote="The … Monday"),
    ),
    links=(LinkEntry("tie", "one", "two", "same", True, "why", "ana", AT, AT),),
    notes=(NoteEntry("all", None, "on all", "ana", AT, AT), NoteEntry("it", "mill", "on it", "ana", AT, AT)),
    dismissed=(DismissedEntry("mill", 1, Span(0, 3), "mill", 1, Span(4, 7), "ana", AT),),
    names=(NameEntry("Harow", "Harrow", True, "ana", AT),),
)


def written(archive: Archive) -> bytes:
    return exported(json.write_archive, archive)


@pytest.fixture(scope="module")
def made() -> Iterator[Libraries]:
    with libraries() as made:
        yield made


@pytest.fixture
def library(made: Libraries) -> Iterator[Library]:
    with made.new() as library:
        yield library


def test_an_archive_with_one_of_everything_comes_back_the_same() -> None:
    assert json.read(written(WHOLE), "all.json") == WHOLE
    assert json.read(written(Archive()), "none.json") == Archive()


@unhurried
@given(archives())
def test_every_archive_comes_back_the_same(archive: Archive) -> None:
    assert json.read(written(archive), "all.json") == archive


@unhurried
@given(archives())
def test_what_is_written_is_valid_by_the_published_schema_and_harmless_on_a_terminal(
    archive: Archive,
) -> None:
    data = written(archive)
    jsonschema.Draft202012Validator(standard_json.loads(json.schema())).validate(standard_json.loads(data))
    assert not {"\x1b", "\u202e", "\x07"} & set(data.decode())


def test_the_schema_is_a_schema_and_refuses_what_the_reader_refuses() -> None:
    schema = standard_json.loads(json.schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for record in (*(record for _, record in json.SECTIONS.values()), VersionEntry):
        told = schema["$defs"][record.__name__.removesuffix("Entry").lower()]
        assert list(told["properties"]) == list(record._fields)  # type: ignore[attr-defined]  # a named tuple
        assert set(told["properties"]) - set(told["required"]) == record._field_defaults.keys()
    whole = standard_json.loads(written(WHOLE))
    validator.validate(whole)
    for damage in (
        {"version": 2}, {"texts": {}}, {"colour": 1}, {"highlights": [{**whole["highlights"][0], "star": 1}]},
        {"links": [{**whole["links"][0], "kind": ""}]}, {"codebook": [{"path": "a", "colour": "beige"}]},
    ):  # fmt: skip
        assert not validator.is_valid(whole | damage), damage
        with pytest.raises(LibraryError):
            check(json.read(standard_json.dumps(whole | damage).encode(), "all.json"))


@settings(unhurried, max_examples=20)
@given(archives())
def test_out_and_in_again_gives_the_same_bytes(archive: Archive) -> None:
    with libraries() as made, made.new(archive) as one, made.new() as other:
        data = as_json(one)
        merge(other, json.read(data, "all.json"))
        assert as_json(other) == data


def test_a_key_that_stands_twice_among_very_many_is_found_at_once() -> None:
    """Looking each of them up among all others would take hours."""
    keys = b",".join(b'"%d": 1' % number for number in range(200_000))
    with pytest.raises(LibraryError, match="“77” stands twice"):
        json.parsed(b"{" + keys + b', "77": 1}')


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "no JSON"),
        (b"{", "no JSON"),
        (b'{"format": "close-reading-tui", "version": 1, "version": 1}', "“version” stands twice"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": ' + b"9" * 5000 + b"}", "number"),
        (b"[" * 100_000, "nested too deeply"),
        (b"\xff\xfe\xff", "no JSON"),
        (b"[1]", "no JSON of ours"),
        (b'{"format": "close-reading-tui", "version": 9}', "newer version"),
        (b'{"format": "close-reading-tui"}', "version: must be 1"),
        (b'{"format": "close-reading-tui", "version": 1, "people": []}', "“people”"),
    ],
)
def test_what_is_no_json_of_ours_is_refused_in_one_line(data: bytes, complaint: str) -> None:
    with pytest.raises(LibraryError, match=complaint) as refusal:
        json.read(data, "all.json")
    assert "\n" not in str(refusal.value)


def damaged(path: str, value: object) -> bytes:
    """The whole archive with another value at a place such as `highlights.0.parts`."""
    whole = standard_json.loads(written(WHOLE))
    *way, last = path.split(".")
    place: Any = whole
    for step in way:
        place = place[int(step) if step.isdecimal() else step]
    place[int(last) if last.isdecimal() else last] = value
    return standard_json.dumps(whole).encode()


@pytest.mark.parametrize(
    ("path", "value", "complaint"),
    [
        ("highlights.1.parts.0", [3], r"highlights\[1\].parts\[0\]: must be \[start, end\]"),
        ("highlights.1.parts.0", [3, -1], r"highlights\[1\].parts\[0\]: must be a whole number"),
        ("highlights.1.parts.0", [3, 3], r"highlights\[1\].parts\[0\]: ends before it starts"),
        ("highlights.1.parts.1", [2, 9], r"highlights\[1\].parts\[1\]: starts before"),
        ("highlights.1.parts.1", [47, 55], r"highlights\[1\].parts\[1\]: ends at 55, past the end"),
        ("highlights.0.parts.0", [4, 2**53 + 1], r"highlights\[0\].parts\[0\]"),
        ("highlights.0.version", 2, r"highlights\[0\].version: there is no version 2"),
        ("highlights.0.version", 0, r"highlights\[0\].version: there is no version 0"),
        ("highlights.0.anchor", "floating", r"highlights\[0\].anchor: must be exact or changed or orphan"),
        ("highlights.0.star", "yes", r"highlights\[0\].star: must be true or false"),
        ("highlights.0.uid", "two", r"highlights\[1\].uid: highlights\[0\] has “two” already"),
        ("highlights.0.uid", "\x1b[2J", r"highlights\[0\].uid"),
        ("highlights.0.uid", "x" * 101, r"highlights\[0\].uid: has not 1 to 100"),
        ("highlights.0.confidence", 101, r"highlights\[0\].confidence"),
        ("highlights.0.tags.0", "a//b", r"highlights\[0\].tags\[0\]"),
        ("highlights.0.created", "yesterday", r"highlights\[0\].created: “yesterday” is no time"),
        ("highlights.0.updated", "2026-01-01T00:00:00+01:00", r"highlights\[0\].updated: .* is no time"),
        ("highlights.0.note", "\ud800", r"highlights\[0\].note: has a character that no file can hold"),
        ("highlights.0.who", "me", r"highlights\[0\]: has no field “who”"),
        ("highlights.0.text", "brewery", r"highlights\[0\]: the text “brewery” is neither in the file nor"),
        ("highlights.0", 12, r"highlights\[0\]: must be an object"),
        ("highlights", {}, "highlights: must be an array"),
        ("texts.0.slug", "../mill", r"texts\[0\].slug"),
        ("texts.0.language", "xx", r"texts\[0\].language: “xx” is no code of a language"),
        ("texts.0.versions.0.sha256", "0" * 64, r"texts\[0\].versions\[0\].sha256: is not that of the body"),
        ("texts.0.versions.0.body", "short", r"texts\[0\].versions\[0\].sha256: is not that of the body"),
        ("texts.0.versions.0.overrides", [[99, True]], r"texts\[0\].versions\[0\].overrides: 99 is no place"),
        ("codebook.0.colour", "beige", r"codebook\[0\].colour"),
        ("texts.0.versions.0.overrides", [[4, True], [4, False]], "“4” already"),
        ("codebook.0.path", "/place", r"codebook\[0\].path"),
        ("codebook.0.quick", 10, r"codebook\[0\].quick"),
        ("codebook.0.quick", 0, r"codebook\[0\].quick"),
        (
            "codebook",
            [
                {"path": path, "colour": "", "letter": "", "description": "", "quick": 3}
                for path in ("one", "two")
            ],
            r"codebook\[1\].quick: codebook\[0\] has 3 already",
        ),
        ("codebook.0.letter", "PP", r"codebook\[0\].letter"),
        ("links.0.left", "three", r"links\[0\].left: the highlight three is neither in the file nor"),
        ("links.0.left", "two", r"links\[0\]: links a highlight to itself"),
        ("links.0.uid", "a b", r"links\[0\].uid: has not 1 to 100"),
        ("links.0.note", "\0", r"links\[0\].note: has a character that no file can hold"),
        ("links.0.created", "now", r"links\[0\].created: “now” is no time"),
        ("links.0.kind", "x" * 61, r"links\[0\].kind"),
        ("links.0.kind", "", r"links\[0\].kind"),
        ("dismissed.0.left_span", [0, 60], r"dismissed\[0\].left.parts\[0\]: ends at 60, past the end"),
        ("notes.0.uid", "", r"notes\[0\].uid: has not 1 to 100"),
        ("notes.0.words", "\ud800", r"notes\[0\].words: has a character that no file can hold"),
        ("notes.0.updated", "now", r"notes\[0\].updated: “now” is no time"),
        ("dismissed.0.right_span", [0, 60], r"dismissed\[0\].right.parts\[0\]: ends at 60, past the end"),
        ("dismissed.0.created", "now", r"dismissed\[0\].created: “now” is no time"),
        ("names.0.created", "now", r"names\[0\].created: “now” is no time"),
        ("texts.0.title", "\0", r"texts\[0\].title: has a character that no file can hold"),
        ("texts.0.added", "now", r"texts\[0\].added: “now” is no time"),
        ("texts.0.versions.0.added", "now", r"texts\[0\].versions\[0\].added: “now” is no time"),
        ("texts.0.versions.0.reader", "\0", r"texts\[0\].versions\[0\].reader: has a character"),
        ("codebook.0.description", "\0", r"codebook\[0\].description: has a character"),
        ("notes.0.uid", "it", r"notes\[1\].uid: notes\[0\] has “it” already"),
        ("names.0.other", "Harow", r"names\[0\]: two spellings"),
        ("names.0.one", "Harzow", r"names\[0\]: two spellings"),
        ("names.0.one", " Harow", r"names\[0\].one: .* is spelt"),
    ],
)
def test_what_does_not_hold_together_is_named_and_nothing_is_written(
    library: Library, path: str, value: object, complaint: str
) -> None:
    with pytest.raises(LibraryError, match=complaint) as refusal:
        merge(library, json.read(damaged(path, value), "all.json"))
    assert "\n" not in str(refusal.value)
    assert library.texts.slugs() == []
    assert library.journal.history() == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("highlights.1.parts.1", [3, 9]),
        ("highlights.1.parts.1", [47, len(BODY)]),
        ("highlights.0.confidence", 0),
        ("highlights.0.confidence", 100),
        ("highlights.0.quote", ""),
        ("highlights.0.parts", []),
        ("highlights.0.uid", "~" * 100),
        ("highlights.0.created", "2026-01-31T12:00:00.123456789Z"),
        ("highlights.0.created", ""),
        ("highlights.0.version", 1),
        ("texts.0.slug", "a" * 100),
        ("texts.0.language", ""),
        ("texts.0.versions.0.overrides", [[0, True], [len(BODY), False]]),
        ("codebook.0.colour", ""),
        ("codebook.0.letter", "7"),
        ("codebook.0.letter", ""),
        ("codebook.0.quick", 1),
        ("codebook.0.quick", 9),
        ("links.0.kind", "x" * 60),
        ("dismissed.0.left_span", [0, len(BODY)]),
    ],
)
def test_what_just_holds_together_is_taken(path: str, value: object) -> None:
    check(json.read(damaged(path, value), "all.json"))


def test_more_than_a_library_may_hold_is_refused_and_as_much_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.exchange.checking.MOST_ENTRIES", 2)
    check(WHOLE)
    with pytest.raises(LibraryError, match="highlights: has 3 entries: 2 is the most"):
        check(WHOLE._replace(highlights=(*WHOLE.highlights, a_highlight("three"))))
    monkeypatch.setattr("store.exchange.checking.MOST_CHARACTERS", len(BODY))
    check(WHOLE)
    long = "x" * (len(BODY) + 1)
    with pytest.raises(LibraryError, match=r"notes\[0\].words: has 55 characters: 54 is the most"):
        check(WHOLE._replace(notes=(WHOLE.notes[0]._replace(words=long),)))
    without_body = WHOLE._replace(texts=(WHOLE.texts[0]._replace(versions=()),))
    too_far = a_highlight("one", parts=(Span(4, 55),))
    with pytest.raises(LibraryError, match=r"highlights\[0\].parts\[0\]: ends at 55"):
        check(without_body._replace(highlights=(too_far,)))
