"""What the library hands out: small frozen records. Times are ISO 8601 UTC with a Z.

They are named tuples, because those are made fast (10,000 highlights before the first paint) and, unlike dataclasses,
import fast: a third faster where their annotations are types as they are read, and no strings to be compiled.
"""

from enum import StrEnum
from typing import NamedTuple

from texts.model import Span


class Anchor(StrEnum):
    """How a highlight stands in the present version of its text."""

    EXACT = "exact"
    CHANGED = "changed"
    ORPHAN = "orphan"


class Tag(NamedTuple):
    """A path in the codebook."""

    id: int
    path: str
    """Parts between slashes: `actor/maliki`."""
    colour: str
    """A name of `store.codebook.PALETTE`."""
    letter: str
    """One letter or digit that tells the tag where colour cannot."""
    description: str


class Outline(NamedTuple):
    """What is drawn of a highlight, without its words: ten thousand of them are read before the first paint."""

    id: int
    parts: tuple[Span, ...]
    """As of the highlight."""
    tag: str
    """Path of its first tag; empty without one."""
    star: bool
    noted: bool
    """Whether there is a note."""


class Highlight(NamedTuple):
    """A span of one text with what a reader made of it."""

    id: int
    uid: str
    """UUID, the same in every copy of the library."""
    text: str
    """Slug of the text."""
    parts: tuple[Span, ...]
    """Into the body of the text's present version; more than one for a highlight with gaps (a … b); for an
    orphan, where it last stood."""
    quote: str
    """The words of the parts, joined by ` … `."""
    before: str
    """Up to 32 characters before the quote."""
    after: str
    """Up to 32 characters after the quote."""
    tags: tuple[str, ...]
    """Paths, in the order in which they were put on."""
    note: str
    """Markdown."""
    star: bool
    reader: str
    created: str
    updated: str
    anchor: Anchor
    confidence: float
    """0–100: how sure the anchor is; 100 where it is exact."""

    @property
    def span(self) -> Span:
        """From the start of the first part to the end of the last."""
        return Span(self.parts[0].start, self.parts[-1].end)

    @property
    def outline(self) -> Outline:
        """What is drawn of it."""
        return Outline(
            self.id, self.parts, self.tags[0] if self.tags else "", self.star, noted=self.note != ""
        )


class Link(NamedTuple):
    """A typed connection between two highlights."""

    id: int
    uid: str
    left: int
    """Id of the highlight it starts from."""
    right: int
    """Id of the highlight it leads to."""
    kind: str
    mutual: bool
    """Whether it reads the same in both directions."""
    note: str
    reader: str
    created: str
    updated: str


class Act(NamedTuple):
    """One thing that was done, as the journal tells it."""

    id: int
    label: str
    """What it was, in the past tense of the reader: `highlighted “…” in editorial`."""
    reader: str
    at: str
    undone: bool
    kept: tuple[str, ...] = ()
    """Tags that it made and that stay although it is undone now: they are used or changed since."""


class TextSummary(NamedTuple):
    """A text of the library without its body."""

    slug: str
    title: str
    author: str
    source: str
    passages: int
    """How many are numbered: furniture is not."""
    words: int
    """Of the numbered passages."""
    sha256: str
    """Of the body of the present version."""
    added: str
    language: str = ""
    """Its code, as a reader has set or as it is detected; empty where it cannot be detected."""


class Version(NamedTuple):
    """One state of a text."""

    number: int
    """From 1, the first; the last is the present one."""
    sha256: str
    source: str
    reader: str
    """Who added it."""
    added: str


class CurrentVersion(NamedTuple):
    """A version of a text as the tables know it."""

    text_id: int
    slug: str
    title: str
    author: str
    source: str
    added: str
    version_id: int
    body_id: int
    sha256: str
    """Of the body."""
    furniture: bool
    """Whether page chrome is left out at all."""
    language: str = ""
    """Its language as a reader has set it; empty where none has."""

    @property
    def name(self) -> str:
        """What messages and the journal call the text: its title in few words, or its slug where it has none."""
        from texts.short_titles import short_title  # few of those who handle records say a name

        return short_title(self.title) or self.slug


class Reanchored(NamedTuple):
    """What became of one highlight when its text changed."""

    id: int
    old_parts: tuple[Span, ...]
    """Into the body that it stood in before."""
    old_quote: str
    parts: tuple[Span, ...] | None
    """Into the new body; None for an orphan."""
    quote: str
    """The words that it holds now; for an orphan, the old ones."""
    anchor: Anchor
    confidence: float
    """0–100."""
    lost: tuple[str, ...] = ()
    """The words of those of its parts that stand nowhere now, where others do."""


class Update(NamedTuple):
    """What a new version of a text did to the highlights on it."""

    text: str
    """Slug."""
    version: int
    """Number of the new version."""
    highlights: tuple[Reanchored, ...]
    """In the order in which they stood."""

    def how_many(self, anchor: Anchor) -> int:
        """How many highlights came out so."""
        return sum(moved.anchor is anchor for moved in self.highlights)

    @property
    def summary(self) -> str:
        """`12 exact, 2 changed, 1 orphan`."""
        return ", ".join(f"{self.how_many(anchor)} {anchor}" for anchor in Anchor)


class Count(NamedTuple):
    """How many highlights a tag marks."""

    own: int
    """Those that carry the tag itself."""
    below: int
    """Those that carry it or any tag below it, each counted once."""


class Note(NamedTuple):
    """What a reader wrote on a text, or on the library as a whole."""

    id: int
    uid: str
    text: str | None
    """Slug; None for a note on the library."""
    words: str
    """Markdown."""
    reader: str
    created: str
    updated: str


class Draft(NamedTuple):
    """A note being written, kept so that a killed terminal does not lose it."""

    key: str
    """What the note is on: `highlight:12`, `text:editorial`, `library`; with `#2` where there is another one."""
    words: str
    reader: str
    updated: str
    seen: str = ""
    """The words that the note had when this was begun."""

    @property
    def on(self) -> str:
        """The key without its number."""
        return self.key.partition("#")[0]


class Dismissed(NamedTuple):
    """Two related places that a reader does not want suggested again."""

    id: int
    left: str
    """Slug."""
    left_span: Span
    right: str
    """Slug."""
    right_span: Span
    present: bool
    """Whether both places are found in the present versions of their texts; else they are the last known."""
    reader: str
    created: str


class Annotation(NamedTuple):
    """A highlight with what a list or an export shows beside it."""

    highlight: Highlight
    title: str
    """Of the text."""
    passage: int | None
    """Number of the passage in which it starts; None on furniture."""
    colours: tuple[str, ...]
    """Of its tags, in their order."""
    links: tuple[Link, ...]
    """From it and to it."""

    @property
    def colour(self) -> str:
        """Of its first tag; empty without one."""
        return self.colours[0] if self.colours else ""
