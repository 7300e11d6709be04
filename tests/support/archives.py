"""Archives for the tests of formats, such as a library gives: with overlaps, gaps, orphans, stars and links."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from store.codebook import PALETTE
from store.exchange.archive import (
    Archive,
    HighlightEntry,
    LinkEntry,
    NoteEntry,
    TagEntry,
    TextEntry,
    VersionEntry,
)
from store.exchange.foreign import version_of
from store.highlight_rows import quoted
from store.records import Anchor
from texts.load.decode import normalized
from texts.model import Span, united

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=40)
"""An archive takes a while to make, and the machine may be busy."""

READERS = ("ana", "Bo, the “2nd”", "=cmd", "Ṣāliḥ 😀")
PATHS = ("actor", "actor/maliki", "actor/sistani", '=1+1; "x"\\', "a  b/😀", "Zeit/für/𝔘")
KINDS = ("supports", "same", "answers; “x”")
HARD_WORDS = (
    "=HYPERLINK(1)", '"quoted", and, commas', "two\nlines\r\nand\rmore", "😀 𝔘nicode ẖ", "]]> <b> & \x1b[2J \ufffe",
    "'", "# heading", "tab\tand\x0bfeed", "\u2028\u202e", "﻿bom",
)  # fmt: skip

bodies = (
    st.text(st.sampled_from("ab é😀𝔘“”’\n\n.,&<]>'\"=;\\\u0301\t"), min_size=4, max_size=60)
    .map(lambda body: normalized(f"Tehran {body} Maliki"))
    .filter(str.strip)
)
note_words = st.sampled_from(("", *HARD_WORDS)) | st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20
)


def time(second: int) -> str:
    """A time in order."""
    return f"2026-01-01T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"


@st.composite
def versions(draw: st.DrawFn) -> tuple[VersionEntry, ...]:
    """One version of a text, or two."""
    found = draw(st.lists(bodies, min_size=1, max_size=2, unique=True))
    return tuple(
        version_of(body, source=f"{number}.txt", reader="ana", added=time(number))._replace(
            furniture=draw(st.booleans()),
            overrides=((0, draw(st.booleans())),) if draw(st.booleans()) else (),
        )
        for number, body in enumerate(found)
    )


@st.composite
def texts(draw: st.DrawFn) -> tuple[TextEntry, ...]:
    """One text or two."""
    return tuple(
        TextEntry(
            slug,
            title,
            draw(st.sampled_from(("", "Ana & Co"))),
            source,
            time(0),
            draw(versions()),
            draw(st.sampled_from(("", "de", "la"))),
        )
        for slug, title, source in (
            ("one", "One: “a” & <b>", "https://example.org/one.html"),
            ("two-2", "Two 😀", "two.txt"),
        )[: draw(st.integers(1, 2))]
    )


@st.composite
def highlights(draw: st.DrawFn, texts: tuple[TextEntry, ...], uid: str, second: int) -> HighlightEntry:
    """A highlight on one of the texts, an orphan where it stands in an earlier version."""
    text = draw(st.sampled_from(texts))
    number = draw(st.integers(1, len(text.versions)))
    body = text.versions[number - 1].body
    places = st.integers(0, len(body) - 2)
    starts = draw(st.lists(places, min_size=1, max_size=3))
    parts = united(Span(start, draw(st.integers(start + 1, len(body)))) for start in starts)
    quote, before, after = quoted(body, parts)
    present = number == len(text.versions)
    anchor = draw(st.sampled_from((Anchor.EXACT, Anchor.CHANGED))) if present else Anchor.ORPHAN
    return HighlightEntry(
        uid=uid,
        text=text.slug,
        version=number,
        parts=parts,
        quote=quote,
        before=before,
        after=after,
        tags=tuple(draw(st.lists(st.sampled_from(PATHS), max_size=3, unique=True))),
        note=draw(note_words),
        star=draw(st.booleans()),
        reader=draw(st.sampled_from(READERS)),
        created=time(second),
        updated=time(second + 100),
        anchor=anchor,
        confidence=100.0 if anchor is Anchor.EXACT else draw(st.integers(0, 1000)) / 10,
    )


@st.composite
def archives(draw: st.DrawFn) -> Archive:
    """A whole library."""
    some_texts = draw(texts())
    uids = iter(
        [str(uid) for uid in draw(st.lists(st.uuids(version=4), min_size=12, max_size=12, unique=True))]
    )
    marked = tuple(
        draw(highlights(some_texts, next(uids), second)) for second in range(draw(st.integers(0, 5)))
    )
    pairs = [(one.uid, other.uid) for one in marked for other in marked if one.uid != other.uid]
    linked = draw(st.lists(st.sampled_from(pairs), max_size=3, unique=True)) if pairs else []
    links = tuple(
        LinkEntry(
            next(uids),
            left,
            right,
            draw(st.sampled_from(KINDS)),
            draw(st.booleans()),
            draw(note_words),
            draw(st.sampled_from(READERS)),
            time(900 + number),
            time(950 + number),
        )
        for number, (left, right) in enumerate(linked)
    )
    slugs = (None, *(text.slug for text in some_texts))
    notes = tuple(
        NoteEntry(
            next(uids),
            draw(st.sampled_from(slugs)),
            draw(note_words.filter(str.strip)),
            draw(st.sampled_from(READERS)),
            time(800 + number),
            time(850 + number),
        )
        for number in range(draw(st.integers(0, 2)))
    )
    used = {path for highlight in marked for path in highlight.tags}
    tags = tuple(
        TagEntry(path, draw(st.sampled_from(tuple(PALETTE))), "A", draw(note_words), None)
        for path in sorted({*used, "unused/tag"}, key=lambda path: path.split("/"))
    )
    return Archive(some_texts, tags, marked, links, notes)


def scrambled(whole: object) -> st.SearchStrategy[object]:
    """JSON with some of its values replaced by others that JSON can hold, deep ones and keys that vanish included."""
    others = st.sampled_from(
        (
            None,
            True,
            -1,
            0,
            7,
            1e9,
            2**60,
            "",
            "x",
            "http://[",
            "urn:uuid:",
            [],
            {},
            [[]],
            [{}],
            {"id": 1},
            {"items": []},
        )
    )

    def change(value: object) -> st.SearchStrategy[object]:
        if isinstance(value, dict):
            kept: st.SearchStrategy[object] = st.fixed_dictionaries(
                {}, optional={key: change(item) for key, item in value.items()}
            )
        elif isinstance(value, list):
            kept = st.tuples(*map(change, value)).map(list)
        else:
            kept = st.just(value)
        return st.integers(0, 12).flatmap(lambda chance: others if chance == 0 else kept)

    return change(whole)
