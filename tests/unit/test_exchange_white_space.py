"""Texts that come back with other white space than the library has: to the text that they are, at the same words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store.exchange.snapshot import HighlightFilter
from store.library import Library
from store.merge.white_space import WhiteSpaceMap
from store.records import Anchor
from store.services.exports import export_to
from store.services.imports import import_file
from tests.support.archives import unhurried
from texts.load import Document, load_bytes, text_of
from texts.model import Span

FORMATS = ("docx", "odt")
WRAPPED = """A letter

The  mole was built in the year of the
flood, and nobody   knows by whom. It was
long, and it stood\tfor a hundred years.

Then it fell,
and was not built again."""
OTHER = "Another letter\n\nThe quay stands\nwhere the mole was."


def added(library: Library, body: str, slug: str) -> str:
    """Adds a text with just this body."""
    text = text_of(Document(body, slug, ""), slug)._replace(slug=slug)
    return library.texts.add(text)[0].body


def places(library: Library) -> list[tuple[str, tuple[Span, ...], str, str, Anchor]]:
    found = library.highlights.find()
    return sorted((one.text, one.parts, one.quote, one.note, one.anchor) for one in found)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("quote", ["the\nflood", "mole", "The  mole", "stood\tfor", "fell,\nand", "again."])
def test_a_text_with_line_breaks_in_its_paragraphs_comes_home(tmp_path: Path, name: str, quote: str) -> None:
    path = tmp_path / f"home.{name}"
    with Library.open(tmp_path / "l.db", reader="ann") as library:
        body = added(library, WRAPPED, "letter")
        start = body.index(quote)
        library.highlights.mark("letter", Span(start, start + len(quote)), note="why?", tags=["claim"])
        export_to(library, path, HighlightFilter(("letter",)))
        before = places(library)
        report = import_file(library, path)
        assert not report.changes, report
        assert report.conflicts == report.left_out == ()
        assert places(library) == before
        assert [text.slug for text in library.texts.list()] == ["letter"]


@pytest.mark.parametrize("name", FORMATS)
def test_what_was_commented_elsewhere_stands_at_the_same_words_here(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"sent.{name}"
    with Library.open(tmp_path / "theirs.db", reader="bo") as theirs:
        body = added(theirs, WRAPPED, "from-bo")
        for quote in ("year of the\nflood", "hundred years"):
            start = body.index(quote)
            theirs.highlights.mark("from-bo", Span(start, start + len(quote)), note=f"on {quote}")
        export_to(theirs, path, HighlightFilter(("from-bo",)))
    with Library.open(tmp_path / "ours.db", reader="ann") as ours:
        body = added(ours, " \n".join(WRAPPED.split(" ")), "letter")
        added(ours, OTHER, "other")
        report = import_file(ours, path)
        assert (report.texts, report.versions, report.highlights, report.orphans) == (0, 0, 2, 0)
        assert ours.texts.get("letter").body == body
        for one in ours.highlights.find():
            assert (one.text, one.anchor) == ("letter", Anchor.EXACT)
            assert one.quote == body[one.span.start : one.span.end]
            assert one.quote.split() == one.note.removeprefix("on ").split()


@pytest.mark.parametrize("name", FORMATS)
def test_several_come_home_each_to_its_own(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"home.{name}"
    with Library.open(tmp_path / "l.db", reader="ann") as library:
        for slug, body in (("letter", WRAPPED), ("other", OTHER)):
            start = added(library, body, slug).index("mole")
            library.highlights.mark(slug, Span(start, start + 4), note=f"in {slug}")
        export_to(library, path, HighlightFilter(("letter", "other")))
        report = import_file(library, path)
        assert not report.changes, report


@pytest.mark.parametrize("name", FORMATS)
def test_words_in_another_order_are_another_text(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"sent.{name}"
    with Library.open(tmp_path / "theirs.db", reader="bo") as theirs:
        added(theirs, WRAPPED.replace("The  mole", "mole The"), "letter")
        theirs.highlights.mark("letter", Span(0, 8), note="of whom?")
        export_to(theirs, path, HighlightFilter(("letter",)))
    with Library.open(tmp_path / "ours.db", reader="ann") as ours:
        added(ours, WRAPPED, "letter")
        assert import_file(ours, path).texts == 1


@pytest.mark.parametrize("name", FORMATS)
def test_of_two_alike_the_one_of_that_name_is_meant_and_none_where_neither_has_it(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / f"sent.{name}"
    with Library.open(tmp_path / "theirs.db", reader="bo") as theirs:
        added(theirs, WRAPPED, "letter")
        theirs.highlights.mark("letter", Span(0, 8), note="of whom?")
        export_to(theirs, path, HighlightFilter(("letter",)))
    for slugs, expected in ((("letter", "copy"), "letter"), (("copy", "draft"), None)):
        with Library.open(tmp_path / f"{slugs[0]}.db", reader="ann") as ours:
            for gap, slug in enumerate(slugs, start=2):
                added(ours, WRAPPED.replace("\n\n", f"{' ' * gap}\n\n"), slug)
                ours.texts.edit(slug, title=slug)
            report = import_file(ours, path)
            (one,) = ours.highlights.find()
            assert report.texts == (0 if expected else 1)
            assert one.text == expected or (expected is None and one.text not in slugs)


@pytest.mark.parametrize("name", FORMATS)
def test_an_earlier_version_counts_too(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"home.{name}"
    with Library.open(tmp_path / "l.db", reader="ann") as library:
        start = added(library, WRAPPED, "letter").index("mole")
        library.highlights.mark("letter", Span(start, start + 4), note="why?")
        export_to(library, path, HighlightFilter(("letter",)))
        body = library.texts.get("letter").body
        library.texts.update("letter", load_bytes(f"Once more.\n\n{body}".encode(), "letter.txt"))
        report = import_file(library, path)
        assert (report.texts, report.versions, report.highlights) == (0, 0, 0), report


def with_orphans(library: Library) -> tuple[str, str]:
    """Adds two texts, of which one has a highlight in place, two whose words are gone, and one of white space."""
    body = added(library, WRAPPED, "letter")
    added(library, OTHER, "other")
    for quote, tags in (
        ("The  mole", ()),
        ("and nobody   knows", ("claim",)),
        ("by whom", ()),
        ("\n\n", ("gap",)),
    ):
        start = body.index(quote)
        note = " ".join(("on", *quote.split()))
        library.highlights.mark("letter", Span(start, start + len(quote)), note=note, tags=tags)
    update = body.replace(", and nobody   knows by whom", "").encode()
    library.texts.update("letter", load_bytes(update, "letter.txt"))
    assert [one[4] for one in places(library)].count(Anchor.ORPHAN) == 2
    return "letter", "other"


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("several", [False, True])
def test_what_stands_on_no_words_comes_home_as_it_was(tmp_path: Path, name: str, *, several: bool) -> None:
    path = tmp_path / f"home.{name}"
    with Library.open(tmp_path / "l.db", reader="ann") as library:
        slugs = with_orphans(library) if several else with_orphans(library)[:1]
        export_to(library, path, HighlightFilter(slugs))
        before, body = places(library), library.texts.get("letter").body
        report = import_file(library, path)
        assert not report.changes, report
        assert (report.there, report.left_out, report.conflicts) == (4, (), ())
        assert places(library) == before
        assert [text.slug for text in library.texts.list()] == ["letter", "other"]
        assert library.texts.get("letter").body == body


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("several", [False, True])
def test_what_stands_on_no_words_is_an_orphan_elsewhere(tmp_path: Path, name: str, *, several: bool) -> None:
    path = tmp_path / f"letter.{name}"
    with Library.open(tmp_path / "ours.db", reader="ann") as ours:
        slugs = with_orphans(ours) if several else with_orphans(ours)[:1]
        export_to(ours, path, HighlightFilter(slugs))
    with Library.open(tmp_path / "theirs.db", reader="bo") as theirs:
        report = import_file(theirs, path)
        assert (report.texts, report.highlights) == (len(slugs), 4)
        assert "Not in the text" not in theirs.texts.get("letter").body
        assert theirs.texts.get("letter").body.endswith("and was not built again.")
        found = {one.note: one for one in theirs.highlights.find()}
        assert {note: one.anchor is Anchor.ORPHAN for note, one in found.items()} == {
            "on The mole": False, "on and nobody knows": True, "on by whom": True, "on": True,
        }  # fmt: skip
        assert found["on and nobody knows"].quote == "and nobody knows"
        assert found["on and nobody knows"].tags == ("claim",)
        assert found["on by whom"].reader == "ann"
        assert not import_file(theirs, path).changes


GAPS = st.text(" \n\t\u00a0\u2003", min_size=1, max_size=4)
WORDS = st.lists(st.text("ab,’é", min_size=1, max_size=4), min_size=1, max_size=8)


@st.composite
def respaced(draw: st.DrawFn) -> tuple[str, str, Span]:
    """A body, one of the same words with other white space, and a span of the first."""
    words = draw(WORDS)

    def body() -> str:
        edges = st.text(" \n", max_size=3)
        return draw(edges) + "".join(word + draw(GAPS) for word in words[:-1]) + words[-1] + draw(edges)

    theirs, ours = body(), body()
    start = draw(st.integers(0, len(theirs) - 1))
    return theirs, ours, Span(start, draw(st.integers(start + 1, len(theirs))))


@unhurried
@given(respaced())
@example((" a b", "a  b", Span(0, 1)))
@example(("a  b", "a b", Span(2, 3)))
def test_a_span_in_other_white_space_has_the_same_words(bodies: tuple[str, str, Span]) -> None:
    theirs, ours, span = bodies
    words = theirs[span.start : span.end]
    found = WhiteSpaceMap(theirs, ours).span(span)
    if found is None:
        assert not words.strip()
        return
    assert 0 <= found.start < found.end <= len(ours)
    held = ours[found.start : found.end]
    assert held.split() == words.split()
    assert ours[: found.start].split() == theirs[: span.start].split()
    assert len(held) - len(held.lstrip()) <= max(1, len(words) - len(words.lstrip())) or not words.strip()


@unhurried
@given(respaced())
def test_the_same_body_leaves_every_span_where_it_is(bodies: tuple[str, str, Span]) -> None:
    theirs, _, span = bodies
    assert WhiteSpaceMap(theirs, theirs).span(span) == span


BODIES = st.lists(
    st.lists(st.text("abcdeé ,.\n", min_size=1, max_size=30).filter(str.strip), min_size=1, max_size=3),
    min_size=1,
    max_size=3,
)


@settings(unhurried, max_examples=30)
@given(BODIES, st.data())
@pytest.mark.parametrize("name", FORMATS)
def test_any_text_comes_home(
    tmp_path_factory: pytest.TempPathFactory, name: str, paragraphs: list[list[str]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("home")
    body = "\n\n".join("\n".join(line.strip() for line in lines) for lines in paragraphs)
    with Library.open(folder / "l.db", reader="ann") as library:
        words = added(library, f"The letter\n\n{body}", "letter")
        start = data.draw(st.integers(0, len(words) - 1))
        span = Span(start, data.draw(st.integers(start + 1, len(words))))
        library.highlights.mark("letter", span, note="why?")
        export_to(library, folder / f"home.{name}", HighlightFilter(("letter",)))
        before = places(library)
        report = import_file(library, folder / f"home.{name}")
        assert [text.slug for text in library.texts.list()] == ["letter"], report
        assert set(before) <= set(places(library))
