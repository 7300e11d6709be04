"""Reads the comments of a document as highlights of their authors, with the document as the text that they stand in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple

from store.errors import LibraryError
from store.exchange.archive import Archive, HighlightEntry, NoteEntry, TextEntry
from store.exchange.foreign import answer, derived, moment, slug_for, tag_of, version_of
from store.exchange.office.document import BLANK, GAPPED, LINK, ON_LIBRARY, ON_TEXT, OURS, STAR, TAGS
from store.highlight_rows import quoted
from store.records import Anchor
from store.sanitize import one_line, truncate, words
from texts.joined_cells import parted
from texts.load import archive as zips
from texts.load import text_of
from texts.load.comments import ORPHAN, ORPHANS, TEXT_NAME, TEXT_TITLE, Comment, Commented
from texts.load.document import Document, File, LoadError
from texts.model import Span, Text


def archive_of(read: Callable[[File], Commented], data: bytes, name: str, properties: str) -> Archive:
    """The text of a document and its comments; of one that we wrote, its texts.

    `properties` is the member of the package with the keywords. Raises LibraryError where it is damaged, and where
    nobody has commented.
    """
    try:
        commented = read(File(data, one_line(name)))
        package = zips.ZipArchive(data, one_line(name))
        is_ours = properties in package and OURS.encode() in package.read(properties)
    except LoadError as error:
        raise LibraryError(str(error)) from error
    if not commented.comments:
        raise LibraryError("nobody has commented on it: `tui add` reads its words")
    return _Reader(commented, name, is_ours=is_ours).archive()


class _Said(NamedTuple):
    """What a comment says."""

    note: str
    tags: tuple[str, ...] = ()
    star: bool = False
    has_gaps: bool = False
    on: str = ""
    """`ON_TEXT` or `ON_LIBRARY` where it is on more than its words."""


class _Part(NamedTuple):
    """One of the texts of a document."""

    text: Text
    begins: int
    """Where it does in the body of the document."""
    kept: tuple[Span, ...]
    """What of that body is its own, in order."""

    def span(self, whole: Span) -> Span | None:
        """A span of the document in the text; None for one on what is none of its own words."""
        start, end = (self._offset(offset) for offset in whole)
        return Span(start, end) if start < end else None

    def _offset(self, offset: int) -> int:
        before = sum(max(0, min(span.end, offset) - span.start) for span in self.kept if span.start < offset)
        return min(before, len(self.text.body))


def _parts_of(commented: Commented, name: str, *, is_ours: bool) -> list[_Part]:
    """The texts of a document: one, unless we wrote several into it, each below its title or its name."""
    whole = Span(0, len(commented.body))
    heads = [span for span, style in commented.parts if style in (TEXT_TITLE, TEXT_NAME)] if is_ours else []
    if not heads:
        orphans = [span for span, style in commented.parts if style in (ORPHANS, ORPHAN)] if is_ours else []
        kept = tuple(_without(commented.body, whole, orphans)) if orphans else (whole,)
        body = "".join(commented.body[span.start : span.end] for span in kept)
        return [_Part(text_of(Document(body, commented.title, commented.author), name), 0, kept)]
    parts: list[_Part] = []
    starts = [
        commented.body.rfind("\n", 0, head.start) + 1 for head in heads
    ]  # before the sign of a heading, too
    for head, inside in zip(heads, map(Span, starts, [*starts[1:], whole.end]), strict=True):
        others = [span for span, style in commented.parts if style != TEXT_TITLE and span.overlaps(inside)]
        kept = tuple(_without(commented.body, inside, others))
        title = commented.body[head.start : head.end]
        body = "".join(commented.body[span.start : span.end] for span in kept)
        text = text_of(Document(body, title, ""), title)
        slug = slug_for(text.slug, {part.text.slug for part in parts})  # two texts may have one title
        parts.append(_Part(text._replace(slug=slug), inside.start, kept))
    return parts


def _without(body: str, whole: Span, others: Iterable[Span]) -> list[Span]:
    """What of a span is left without the paragraphs of others and the blank lines behind them, nor those at its end."""
    kept: list[Span] = []
    at = whole.start
    for other in others:
        start = body.rfind("\n", 0, other.start) + 1  # before the sign of a heading, too
        if at < start:
            kept.append(Span(at, start))
        at = other.end
        while at < whole.end and body[at] == "\n":
            at += 1
    kept.append(Span(at, whole.end))
    while kept:
        last = kept.pop()
        end = last.start + len(body[last.start : last.end].rstrip())
        if end > last.start:
            return [*kept, Span(last.start, end)]
    return []


class _Reader:
    def __init__(self, commented: Commented, name: str, *, is_ours: bool) -> None:
        self._commented = commented
        self._parts = _parts_of(commented, name, is_ours=is_ours)
        self._said = _said_by_us if is_ours else _said
        self._unsaid = frozenset({"uid"} if is_ours else {"uid", "star", "tags"})
        self._orphans = [span for span, style in commented.parts if style == ORPHAN] if is_ours else []
        self._answers = _threads(commented.comments)
        self._highlights: dict[tuple[str, str, Span], HighlightEntry] = {}
        self._orphaned: list[HighlightEntry] = []
        self._uids: set[str] = set()
        self._notes: dict[tuple[str | None, str], NoteEntry] = {}
        self._left_out: list[str] = []

    def archive(self) -> Archive:
        """All of it."""
        for comment in self._answers[""]:
            self._add(comment)
        return Archive(
            texts=tuple(map(_entry, self._parts)),
            highlights=(*self._highlights.values(), *self._orphaned),
            notes=tuple(self._notes.values()),
            left_out=tuple(self._left_out),
            unsaid=self._unsaid,
            counted_elsewhere=True,
            respaced=True,
        )

    def _add(self, comment: Comment) -> None:
        said = self._said(comment)
        said = said._replace(note="\n\n".join(filter(None, (said.note, *self._replies(comment, 1)))))
        there = self._commented.spans.get(comment.id)
        part = self._part_at(0 if there is None else there.start)
        orphan = next(
            (span for span in self._orphans if there and span.start <= there.start < span.end), None
        )
        if orphan is not None and not said.on:
            self._add_orphan(comment, part.text, self._commented.body[orphan.start : orphan.end], said)
            return
        span = None if there is None else part.span(there)
        if span is None or said.on:
            self._add_note(comment, said.note, None if said.on == ON_LIBRARY else part.text.slug)
        elif said.has_gaps:
            quote = truncate(part.text.quote(span))
            self._left_out.append(
                f"the comment on “{quote}”: its highlight has gaps, which a comment cannot say"
            )
        else:
            self._add_highlight(comment, part.text, span, said)

    def _part_at(self, offset: int) -> _Part:
        return next((part for part in reversed(self._parts) if part.begins <= offset), self._parts[0])

    def _add_highlight(self, comment: Comment, text: Text, span: Span, said: _Said) -> None:
        reader, created = _by(comment)
        key = (text.slug, reader, span)
        there = self._highlights.get(key)
        if there is not None:
            note = "\n\n".join(filter(None, (there.note, said.note)))
            tags = tuple(dict.fromkeys((*there.tags, *said.tags)))
            merged = there._replace(note=note, tags=tags, star=there.star or said.star)
            self._highlights[key] = merged
            return
        quote, before, after = quoted(text.body, (span,))
        uid = derived("comment", reader, created, quote, before)
        if uid in self._uids:  # said at once of the same words in another place
            uid = derived(
                "comment", reader, created, quote, before, text.slug, str(span.start), str(span.end)
            )
        self._uids.add(uid)
        self._highlights[key] = HighlightEntry(
            uid, text.slug, 1, (span,), quote, before, after, said.tags, said.note, said.star, reader, created,
            created, Anchor.EXACT, 100.0,
        )  # fmt: skip

    def _add_orphan(self, comment: Comment, text: Text, quote: str, said: _Said) -> None:
        """A comment on words that are not the text's, which a highlight was made of."""
        reader, created = _by(comment)
        quote = " " if quote == BLANK else quote
        said_of = ("orphan", reader, created, quote, text.slug)
        uid = next(
            uid
            for number in count(1)
            if (uid := derived(*said_of, *([str(number)] if number > 1 else []))) not in self._uids
        )
        self._uids.add(uid)
        self._orphaned.append(
            HighlightEntry(
                uid, text.slug, None, (), quote, "", "", said.tags, said.note, said.star, reader, created, created,
                Anchor.ORPHAN, 0.0,
            )
        )  # fmt: skip

    def _add_note(self, comment: Comment, note: str, slug: str | None) -> None:
        """A comment on no words is a note on the text; all of one reader are one."""
        reader, created = _by(comment)
        there = self._notes.get((slug, reader))
        if there is not None:
            self._notes[slug, reader] = there._replace(words=f"{there.words}\n\n{note}")
        elif note:
            uid = derived("comment", reader, created, slug or "")
            self._notes[slug, reader] = NoteEntry(uid, slug, note, reader, created, created)

    def _replies(self, comment: Comment, depth: int) -> Iterator[str]:
        for each in self._answers.pop(comment.id, ()):
            yield answer(_said(each).note, *_by(each), depth)
            yield from self._replies(each, depth + 1)


def _entry(part: _Part) -> TextEntry:
    text = part.text
    version = version_of(text.body, source=text.source)._replace(furniture=True)
    return TextEntry(text.slug, text.title, text.author, text.source, "", (version,))


def _threads(comments: Sequence[Comment]) -> dict[str, list[Comment]]:
    """The comments by the one that they answer; those by themselves, and those that answer in a circle, by nothing."""
    above: Mapping[str, str] = {comment.id: comment.answers for comment in comments}
    threads: dict[str, list[Comment]] = defaultdict(list)
    for comment in comments:
        seen = {comment.id}
        id = comment.answers
        while id in above and id not in seen:
            seen.add(id)
            id = above[id]
        is_answer = comment.answers in above and id not in seen
        threads[comment.answers if is_answer else ""].append(comment)
    return threads


def _said(comment: Comment) -> _Said:
    return _Said(words("\n".join(comment.paragraphs)).strip("\n"))


def _said_by_us(comment: Comment) -> _Said:
    """The same of a comment that we wrote: tags, links and a word about gaps stand below the note."""
    lines = list(comment.paragraphs)
    on = next((each for each in (ON_TEXT, ON_LIBRARY) if lines and lines[0].startswith(each)), "")
    if on:
        return _Said(words("\n".join(lines)).removeprefix(on).strip("\n"), on=on)
    has_gaps = bool(lines) and lines[-1] == GAPPED
    if has_gaps:
        lines.pop()
    while lines and lines[-1].startswith(LINK):
        lines.pop()
    tags = parted(lines.pop().removeprefix(TAGS)) if lines and lines[-1].startswith(TAGS) else []
    paths = dict.fromkeys(tag_of(tag.split("/")) for tag in tags if tag.strip() and tag != STAR)
    note = words("\n".join(lines)).strip("\n")
    return _Said(note, tuple(paths), STAR in tags, has_gaps)


def _by(comment: Comment) -> tuple[str, str]:
    """Who wrote it, and when."""
    return one_line(comment.author).strip(), moment(comment.date)
