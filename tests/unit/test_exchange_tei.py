"""TEI that is written: the words as they are, `seg`s that annotations point at, all that is referred to there."""

from __future__ import annotations

import os
from collections import Counter
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from entries import AT, highlight_entry
from exported import exported
from hypothesis import given
from lxml import etree

from store.exchange import tei
from store.exchange.archive import Archive, HighlightEntry, TagEntry, TextEntry
from store.exchange.foreign import version_of
from store.exchange.render_model import ArchiveReading
from store.exchange.xml import harmless
from store.records import Anchor
from tests.support.archives import archives, unhurried
from tests.support.whole_library import whole_library
from texts.load import load_bytes

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
BODY = "\n\n".join(
    (
        "# A headline",
        "The first names Tehran, and goes on\nin a second line that is as wide as\nthe one above it.",
        "## Below",
        "Shall I compare thee\nTo a summer's day?",
        "- one\n- two & <three>",
        "> Somebody said so.",
        "a | b\nc | d",
    )
)


def written(archive: Archive) -> str:
    return exported(tei.write_archive, archive).decode()


def archive(*highlights: HighlightEntry, body: str = BODY, tags: tuple[TagEntry, ...] = ()) -> Archive:
    text = TextEntry("left", "Left", "A. Author", "https://example.org/", AT, (version_of(body),))
    return Archive((text,), tags, highlights)


def highlight(number: int, *parts: tuple[int, int], **changes: object) -> HighlightEntry:
    return highlight_entry(f"uid-{number}", "left", BODY, *parts, **changes)


def of_words(words: str) -> tuple[int, int]:
    return BODY.index(words), BODY.index(words) + len(words)


def targets(root: Element) -> dict[str, str]:
    """What each annotation covers, by its id."""
    by_id = {one.get(ID): one for one in root.iter() if one.get(ID)}
    return {
        str(each.get(ID)): "".join(
            "".join(by_id[target[1:]].itertext()) for target in str(each.get("target")).split()
        )
        for each in root.iter(f"{TEI}annotation")
    }


def test_the_shape_of_a_text_is_that_of_an_edition_and_comes_back_as_the_same_body() -> None:
    markup = written(archive())
    root = fromstring(markup)
    kinds = [one.tag.removeprefix(TEI) for one in root.iter() if one.get("n")]
    assert kinds == ["head", "p", "head", "lg", "list", "item", "item", "quote", "p"]
    assert [one.text for one in root.iter(f"{TEI}l")] == ["Shall I compare thee", "To a summer's day?"]
    text = load_bytes(markup.encode(), "left.xml", furniture=False)
    assert (text.title, text.author) == ("Left", "A. Author")
    there = BODY.replace("on\nin", "on in").replace("as\nthe", "as the")
    assert text.body == there.replace("a | b\nc | d", "a | b c | d")


def test_overlapping_and_gapped_highlights_are_pieced_together() -> None:
    one = highlight(
        1, of_words("first names Tehran"), tags=("actor/iran", "claim"), note="a *note*\n\nin two", star=True
    )
    two = highlight(2, of_words("goes on\nin"))
    gaps = highlight(3, of_words("Shall"), of_words("summer's"), reader="Bo")
    tags = (TagEntry("actor", "blue"), TagEntry("actor/iran", "green", description="who"), TagEntry("claim"))
    root = fromstring(written(archive(one, two, gaps, tags=tags)))
    assert targets(root) == {
        "h-uid-1": "first names Tehran", "h-uid-2": "goes on\nin", "h-uid-3": "Shallsummer's",
    }  # fmt: skip
    (noted,) = [each for each in root.iter(f"{TEI}annotation") if each.get(ID) == "h-uid-1"]
    assert noted.get("ana") == "#tag-actor.iran #tag-claim #starred"
    assert [p.text for p in noted.iter(f"{TEI}p")] == ["a *note*", "in two"]
    (category,) = [each for each in root.iter(f"{TEI}category") if each.get(ID) == "tag-actor.iran"]
    assert "".join(category.itertext()) == "iranwho"
    readers = {f"#{each.get(ID)}": each.findtext(f"{TEI}name") for each in root.iter(f"{TEI}respStmt")}
    assert [readers[str(each.get("resp"))] for each in root.iter(f"{TEI}annotation")] == ["ana", "ana", "Bo"]


def test_what_has_no_words_in_the_text_carries_them() -> None:
    blank = highlight(1, (12, 14))
    lost = highlight(2, (0, 3), anchor=Anchor.ORPHAN, quote="gone & away")
    root = fromstring(written(archive(blank, lost)))
    found = [(each.get("target"), each.findtext(f"{TEI}note")) for each in root.iter(f"{TEI}annotation")]
    assert found == [("#text-1", "\n\n"), ("#text-1", "gone & away")]


def test_several_texts_are_a_corpus_with_links_between_them() -> None:
    root = fromstring(written(whole_library()))
    assert root.tag == f"{TEI}teiCorpus"
    covered = targets(root)
    links = [
        tuple(covered[end[1:]] for end in str(link.get("target")).split()) for link in root.iter(f"{TEI}link")
    ]
    assert links == [("Tehran wrote", "Maliki"), ("Sistani", "TehranBaghdad😀")]
    assert [link.get("type") for link in root.iter(f"{TEI}link")] == ["directed", "mutual"]
    notes = ["".join(note.itertext()) for note in root.iter(f"{TEI}note")]
    assert {"on the library", "on the text", "because", "gaps ]]> & <b>"} <= set(notes)


@unhurried
@given(archives())
def test_any_library_gives_words_as_they_are_and_no_pointer_to_nowhere(some: Archive) -> None:
    root = etree.fromstring(written(some).encode())  # refuses an id that occurs twice
    ids = {one.get(ID) for one in root.iter() if one.get(ID)}
    uids = {one.uid for one in some.highlights}
    for one in root.iter():
        for name in ("target", "ana", "resp"):
            for pointer in str(one.get(name, "")).split():
                is_outside = one.tag == f"{TEI}link" and len(uids) < len(some.highlights)
                assert pointer[1:] in ids or is_outside, pointer
    bodies = [one for one in root.iter(f"{TEI}body") if some.texts]
    for text, body in zip(ArchiveReading(some).texts(), bodies, strict=True):
        shown = Counter("".join("".join(body.itertext()).split()))
        there = Counter("".join(harmless(text.text.body).split()))
        assert not shown - there
        assert not {sign for sign in there - shown if sign not in "#>-*+•.)0123456789"}


@unhurried
@given(archives())
def test_any_library_is_valid(some: Archive) -> None:
    """By the schema of the TEI, which is too large to keep here: `TEI_SCHEMA=tei_all.rng` says where it is."""
    if not os.environ.get("TEI_SCHEMA"):
        pytest.skip("no TEI_SCHEMA is named")
    schema = tei_all(Path(os.environ["TEI_SCHEMA"]))
    assert schema.validate(etree.fromstring(written(some).encode())), schema.error_log


@cache
def tei_all(path: Path) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(path))
