"""Reads what the API of Hypothesis answers, whoever asked it, into an archive."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from store.errors import LibraryError
from store.exchange import json as everything
from store.exchange.archive import Archive, HighlightEntry, LinkEntry, NoteEntry, TextEntry
from store.exchange.checking import LONGEST_KIND
from store.exchange.foreign import (
    OddRows,
    answer,
    derived,
    is_address,
    is_slug,
    moment,
    slug_for,
    tag_of,
    title_of,
    uid_of,
)
from store.exchange.hypothesis.hypothesis_table import UNSAID, is_table, table_rows
from store.exchange.hypothesis.hypothesis_writer import EXTRA, LIBRARY, Node, uid_of_id
from store.exchange.json import JsonValue
from store.records import Anchor
from store.sanitize import one_line, words
from texts.model import Span
from texts.visible import one_line as shown


def read(data: bytes, name: str) -> Archive:
    """The archive in an answer of the API, or in an export of the client (JSON or CSV); raises LibraryError for others.

    Bodies do not travel: the texts are those of the library, or are named by their address only.
    """
    if is_table(data):
        in_table, left_out = table_rows(data)
        archive = _Reading().archive(in_table)
        return archive._replace(left_out=(*left_out, *archive.left_out), unsaid=UNSAID)
    whole = everything.parsed_rows(data)
    rows: JsonValue = whole
    if isinstance(whole, dict):
        rows = whole.get("rows", whole.get("annotations"))
        replies = whole.get("replies")  # apart from the rest where the API was asked for `_separate_replies`
        if isinstance(rows, list) and isinstance(replies, list):
            rows = rows + replies
    if not isinstance(rows, list):
        raise LibraryError(
            f"{shown(name)} is no export of Hypothesis: it has no array of “rows” or “annotations”"
        )
    return _Reading().archive(rows)


class _Reading:
    def __init__(self) -> None:
        self._texts: dict[str, TextEntry] = {}
        self._slugs: dict[str, str] = {}
        self._highlights: dict[str, HighlightEntry] = {}
        self._links: list[LinkEntry] = []
        self._notes: dict[str, NoteEntry] = {}
        self._replies: dict[str, list[Node]] = defaultdict(list)
        """What answers a row, by its uid."""
        self._answerable: set[str] = set()
        """The uids of rows that an answer can lead to."""

    def archive(self, rows: Sequence[JsonValue]) -> Archive:
        odd = OddRows(of=len(rows))
        answers: list[tuple[str, Node]] = []
        for number, row in enumerate(rows):
            place = f"rows[{number}]"
            with odd.named():
                if not isinstance(row, dict):
                    raise LibraryError(f"{place}: must be an object")
                if row.get("references"):
                    answers.append((place, row))
                else:
                    self._read(place, row)
        answering = {_uid(place, row) for place, row in answers if isinstance(row.get("id", ""), str)}
        self._answerable = answering | self._highlights.keys() | self._notes.keys()
        for place, row in answers:
            with odd.named():
                self._answer(place, row)
        return Archive(
            texts=tuple(self._texts.values()),
            highlights=tuple(
                one._replace(note=self._with_replies(uid, one.note)) for uid, one in self._highlights.items()
            ),
            links=tuple(self._links),
            notes=tuple(
                one._replace(words=self._with_replies(uid, one.words)) for uid, one in self._notes.items()
            ),
            left_out=tuple(odd.left_out),
            counted_elsewhere=True,
        )

    def _read(self, place: str, row: Node) -> None:
        """A row of its own: a highlight, or a note on a text."""
        uid, ours = _uid(place, row), _ours(row)
        text, tags = words(_string(place, row, "text", "")), _tags(place, row)
        reader, created, updated = _by(row)
        quote = _quote(row)
        if quote is None:
            self._add_note(place, row, uid, text, tags)
            return
        before, exact, after, part = quote
        entry = HighlightEntry(
            uid=uid,
            text=self._slug(place, row, ours),
            version=None,
            parts=() if part is None else (part,),
            quote=exact,
            before=before,
            after=after,
            tags=tags,
            note=text,
            star=ours.get("star") is True,
            reader=reader,
            created=created,
            updated=updated,
            anchor=Anchor.EXACT,
            confidence=100.0,
        )
        self._highlights[uid] = _as_written(entry, ours)

    def _answer(self, place: str, row: Node) -> None:
        """A row that answers another one: a link of ours, else words below those that it answers."""
        uid, ours = _uid(place, row), _ours(row)
        text = words(_string(place, row, "text", ""))
        references = row.get("references")
        above = [uid_of_id(str(each)) for each in references] if isinstance(references, list) else []
        if above and isinstance(right := ours.get("link"), str):
            kind = one_line(str(ours.get("kind") or "linked"))[:LONGEST_KIND] or "linked"
            self._links.append(
                LinkEntry(uid, above[0], uid_of(right), kind, ours.get("mutual") is True, text, *_by(row))
            )
        elif any(each in self._highlights or each in self._notes for each in above):
            self._replies[next(uid for uid in reversed(above) if uid in self._answerable)].append(row)
        else:
            self._add_note(place, row, uid, text, _tags(place, row))

    def _add_note(self, place: str, row: Node, uid: str, text: str, tags: Sequence[str]) -> None:
        if note := _with_hashtags(text, tags):
            on_text = row.get("uri") != LIBRARY
            slug = self._slug(place, row, _ours(row)) if on_text else None
            self._notes[uid] = NoteEntry(uid, slug, note, *_by(row))

    def _with_replies(self, uid: str, said: str) -> str:
        """Words with what answers them below, each answer quoted as deep as it lies."""
        return "\n\n".join(filter(None, (said, *self._thread(uid, 1))))

    def _thread(self, uid: str, depth: int) -> Iterator[str]:
        for row in self._replies.pop(uid, ()):
            tags = _tags("", row) if isinstance(row.get("tags"), list) else ()
            told = _with_hashtags(words(str(row.get("text") or "")), tags)
            reader, created, _ = _by(row)
            yield answer(told, reader, created, depth)
            yield from self._thread(_uid("", row), depth + 1)

    def _slug(self, place: str, row: Node, ours: Node) -> str:
        """The text of a row, which is named here where it has an address."""
        uri = words(_string(place, row, "uri"))
        said = ours.get("text")
        key = f"{uri}\n{said}"
        if key in self._slugs:
            return self._slugs[key]
        title = _title(row) or title_of(uri)
        known = isinstance(said, str) and is_slug(said) and said not in self._texts
        slug = self._slugs[key] = str(said) if known else slug_for(title, self._texts)
        self._texts[slug] = TextEntry(slug, title, "", uri if is_address(uri) else "", "", ())
        return slug


def _as_written(entry: HighlightEntry, ours: Node) -> HighlightEntry:
    """A highlight with what we wrote of it beside what Hypothesis knows; as it is where that does not hold."""
    version, parts, quote = ours.get("version"), ours.get("parts"), ours.get("quote")
    before, after = ours.get("before"), ours.get("after")
    anchor, confidence = ours.get("anchor"), ours.get("confidence")
    spans = _spans(parts) if isinstance(parts, list) else None
    if not isinstance(quote, str) or spans is None or anchor not in tuple(Anchor):
        return entry
    if not isinstance(confidence, int | float) or not 0 <= confidence <= 100:
        return entry
    return entry._replace(
        version=version if isinstance(version, int) and version > 0 else None,
        parts=spans,
        quote=words(quote),
        before=words(before) if isinstance(before, str) else entry.before,
        after=words(after) if isinstance(after, str) else entry.after,
        anchor=Anchor(str(anchor)),
        confidence=float(confidence),
    )


def _spans(parts: Iterable[JsonValue]) -> tuple[Span, ...] | None:
    spans: list[Span] = []
    for part in parts:
        match part:
            case [int(start), int(end)] if 0 <= start < end:
                spans.append(Span(start, end))
            case _:
                return None
    return tuple(spans)


def _quote(row: Node) -> tuple[str, str, str, Span | None] | None:
    """What stands before, the words, what stands after, and the place in the page; None for a row on a whole text.

    Old annotations have selectors whose words and places are null: they are on the whole text.
    """
    targets = row.get("target")
    for target in targets if isinstance(targets, list) else ():
        selectors = target.get("selector") if isinstance(target, dict) else None
        of_kind = {
            str(selector.get("type")): selector
            for selector in (selectors if isinstance(selectors, list) else ())
            if isinstance(selector, dict)
        }
        selector = of_kind.get("TextQuoteSelector", {})
        before, exact, after = (
            words(said) if isinstance(said := selector.get(key), str) else ""
            for key in ("prefix", "exact", "suffix")
        )
        if exact:
            position = of_kind.get("TextPositionSelector", {})
            spans = _spans([[position.get("start"), position.get("end")]])
            return before, exact, after, spans[0] if spans else None
    return None


def _uid(place: str, row: Node) -> str:
    identifier = _string(place, row, "id", "")
    return uid_of_id(identifier) if identifier else derived(json.dumps(row, sort_keys=True))


def _ours(row: Node) -> Node:
    """What we wrote beside what Hypothesis knows; empty in rows of others."""
    extra = row.get(EXTRA)
    return extra if isinstance(extra, dict) else {}


def _with_hashtags(text: str, tags: Iterable[str]) -> str:
    return "\n\n".join(filter(None, (text, " ".join(f"#{tag}" for tag in tags))))


def _tags(place: str, row: Node) -> tuple[str, ...]:
    tags = row.get("tags") or []
    if not isinstance(tags, list):
        raise LibraryError(f"{place}.tags: must be an array of strings")
    return tuple(
        dict.fromkeys(tag_of(tag.split("/")) for tag in tags if isinstance(tag, str) and tag.strip())
    )


def _title(row: Node) -> str:
    document = row.get("document")
    titles = document.get("title") if isinstance(document, dict) else None
    title = titles[0] if isinstance(titles, list) and titles else titles
    return one_line(title) if isinstance(title, str) else ""


def _by(row: Node) -> tuple[str, str, str]:
    """Reader, and times of making and of the last change."""
    info, user = row.get("user_info"), row.get("user")
    name = info.get("display_name") if isinstance(info, dict) else None
    if not isinstance(name, str) and isinstance(user, str):
        name = user.removeprefix("acct:").partition("@")[0]
    created = moment(row.get("created"))
    return one_line(name) if isinstance(name, str) else "", created, moment(row.get("updated")) or created


def _string(place: str, node: Node, key: str, default: str | None = None) -> str:
    value = node.get(key)
    if value is None and default is not None:
        return default
    if not isinstance(value, str):
        raise LibraryError(f"{place}.{key}: must be a string")
    return value
