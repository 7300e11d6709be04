"""An archive in which each thing that a format has to write stands in more than one way.

More than `whole_library`: links to and from several, quotes across passages and longer than a line, verse, headings,
letters that formats escape, texts without a title or a highlight, notes with lists.
"""

from __future__ import annotations

from store.exchange.archive import Archive, HighlightEntry, LinkEntry, NoteEntry, TagEntry, TextEntry
from store.exchange.foreign import version_of
from store.highlight_rows import quoted
from store.records import Anchor
from texts.model import Span

_ADDED, _LATER = "2026-01-01T00:00:00Z", "2026-01-02T10:20:30Z"
MILL = """The mill at Harrow

By Ada Quill

The old mill burned to the ground on Monday, and nobody — so the mayor, Colin Moore-Hay, has told us — was hurt. \
“We shall build it again,” he said to a crowd of some two hundred people who had come down to the river in the rain.

* The wheel was carved by Tomas Reyl; it cost £3,000 & 5 % of the tithe.
* Its 4 stones came from [Aberdyfi] <in Wales>.

The tide goes out, the tide comes in,
the gulls are loud and lean;
and where the wall is thin
the water stands between.

Nobody knows why. 😀 Nobody asks_why_ now."""
FIRE = "A fire\n\nHarrow’s mill was destroyed by fire early on Monday.\n\nمرحبا بالعالم in the middle.\n\nNo one was injured."  # noqa: E501
SHORT = "One line only."
_MILL = (
    version_of(
        MILL.replace("Monday", "Tuesday"), source="https://example.org/mill", reader="ana", added=_ADDED
    ),
    version_of(MILL, source="https://example.org/mill?v=2&x", reader="Bo", added=_LATER),
)
_FIRE = version_of(FIRE, source="papers/fire.txt", reader="Bo", added=_ADDED)
_SHORT = version_of(SHORT, source="", reader="", added=_LATER)
_TEXTS = (
    TextEntry("mill", "The mill at Harrow: “burned”", "Ada Quill", "https://example.org/mill?v=2&x", _ADDED, _MILL, "en"),  # noqa: E501
    TextEntry("fire", "A fire", "", "papers/fire.txt", _ADDED, (_FIRE._replace(furniture=True, overrides=((0, True),)),)),  # noqa: E501
    TextEntry("short", "", "Nobody", "", _LATER, (_SHORT,)),
    TextEntry("unread", "Not read yet", "", "", _LATER, (version_of("Not a word of it.", added=_LATER),)),
)  # fmt: skip
_TAGS = (
    TagEntry("claim", "blue", "C", "what somebody *says* is so"),
    TagEntry("claim/doubtful", "orange", "D"),
    TagEntry("place", "green", "", "where"),
    TagEntry("place/wales & beyond", "", "W"),
    TagEntry("unused", "pink", "U"),
)


def rich_library() -> Archive:
    """The archive."""
    marked = (
        _highlight(1, "mill", "The old mill burned to the ground", tags=("claim",), note="first\n\n- one\n- two", star=True),  # noqa: E501
        _highlight(2, "mill", "burned to the ground on Monday, and nobody — so the mayor, Colin Moore-Hay, has told us",
                   tags=("claim/doubtful", "place")),
        _highlight(3, "mill", "“We shall build it again,” he said to a crowd of some two hundred people who had come down to "  # noqa: E501
                   "the river in the rain.\n\n* The wheel was carved by Tomas Reyl; it cost £3,000 & 5 % of the tithe",
                   note="a quote over two passages, with a # and a | in its note", reader="Bo"),
        _highlight(4, "mill", "[Aberdyfi] <in Wales>", tags=("place/wales & beyond",)),
        _highlight(5, "mill", "the gulls are loud and lean;\nand where", star=True),
        _highlight(6, "mill", "The tide", "the water", "Nobody", note="three parts"),
        _highlight(7, "mill", "😀 Nobody asks_why_ now.", tags=("claim", "place"), anchor=Anchor.CHANGED, confidence=71.25),  # noqa: E501
        _highlight(8, "mill", "on Tuesday", version=1, tags=("claim",), anchor=Anchor.ORPHAN, confidence=0.0, note="gone"),  # noqa: E501
        _highlight(9, "fire", "Harrow’s mill", tags=("place",), reader=""),
        _highlight(10, "fire", "مرحبا", note="=cmd()", star=True),
        _highlight(11, "fire", "No one was injured.", tags=("claim/doubtful",), reader="Bo"),
        _highlight(12, "short", SHORT, tags=("claim",), note='he said "so"; and, then\ttab'),
    )  # fmt: skip
    links = (
        LinkEntry(_uid(21), _uid(1), _uid(9), "answers", False, "because *it* does", "ana", _ADDED, _LATER),
        LinkEntry(_uid(22), _uid(9), _uid(2), "same as", True, "", "Bo", _ADDED, _LATER),
        LinkEntry(_uid(23), _uid(1), _uid(4), "explains", False, "within\none text", "", _ADDED, _ADDED),
        LinkEntry(_uid(24), _uid(11), _uid(1), "denies <it>", False, "", "ana", _LATER, _LATER),
        LinkEntry(_uid(25), _uid(8), _uid(12), "was", True, "to what is gone", "ana", _ADDED, _LATER),
    )
    notes = (
        NoteEntry(_uid(31), "mill", "# On the text\n\n> as a whole\n\n1. one\n2. two", "ana", _ADDED, _LATER),
        NoteEntry(_uid(32), "mill", "a second one", "Bo", _LATER, _LATER),
        NoteEntry(_uid(33), "short", "on the short one", "", _ADDED, _ADDED),
        NoteEntry(_uid(34), None, "on all of it & more", "Bo", _ADDED, _LATER),
    )
    return Archive(_TEXTS, _TAGS, marked, links, notes)


def _uid(number: int) -> str:
    return f"{number:08}-0000-4000-8000-000000000000"


def _highlight(
    number: int, slug: str, *words: str, version: int = 0, tags: tuple[str, ...] = (), note: str = "",
    star: bool = False, anchor: Anchor = Anchor.EXACT, confidence: float = 100.0, reader: str = "ana",
) -> HighlightEntry:  # fmt: skip
    versions = next(text for text in _TEXTS if text.slug == slug).versions
    number_of_version = version or len(versions)
    body = versions[number_of_version - 1].body
    parts = tuple(Span(body.index(each), body.index(each) + len(each)) for each in words)
    quote, before, after = quoted(body, parts)
    created = f"2026-01-03T00:00:{number:02}Z"
    return HighlightEntry(
        _uid(number), slug, number_of_version, parts, quote, before, after, tags, note, star, reader, created, _LATER,
        anchor, confidence,
    )  # fmt: skip
