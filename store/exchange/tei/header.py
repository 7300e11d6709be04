"""The header of an edition: title, author, source, readers, notes, and the taxonomies that `ana` refers to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from store.exchange.archive import TagEntry
from store.exchange.foreign import kept_apart
from store.exchange.xml import element, element_of, escaped, words_in
from texts.lazy_pattern import lazy_pattern

NAMESPACE = "http://www.tei-c.org/ns/1.0"
DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
STARRED = "starred"
"""Id of the category of what has a star."""

_NOT_IN_ID = lazy_pattern(r"[^A-Za-z0-9_.-]+")


class Names(NamedTuple):
    """The ids of what is said once and referred to."""

    tags: Mapping[str, str]
    """By path."""
    readers: Mapping[str, str]
    """By name; the empty name has none."""
    kinds: Mapping[str, str]
    """Of links."""

    @classmethod
    def of(cls, tags: Iterable[str], readers: Iterable[str], kinds: Iterable[str]) -> Names:
        """Ids for these, the same whenever these are the same."""
        named = {reader: f"reader-{number}" for number, reader in enumerate(sorted(filter(None, readers)), 1)}
        return cls(
            kept_apart(tags, lambda path: _id("tag", path.replace("/", "."))),
            named,
            kept_apart(kinds, lambda kind: _id("kind", kind)),
        )

    def pointers(self, tags: Iterable[str], *, star: bool) -> str:
        """What `ana` refers to."""
        ids = self.tags
        return " ".join([*[f"#{ids[path]}" for path in tags], *[f"#{STARRED}"] * star])

    def reader(self, name: str) -> str:
        """What `resp` refers to; empty for nobody."""
        return f"#{self.readers[name]}" if name in self.readers else ""


class TeiNote(NamedTuple):
    """A note, and who it is by."""

    words: str
    reader: str


def id_of(kind: str, uid: str) -> str:
    """The id of what has a uid: letters, digits, points and hyphens only, so that any other uid is hashed."""
    is_id = _NOT_IN_ID.search(uid) is None
    return f"{kind}-{uid if is_id else hashlib.sha256(uid.encode()).hexdigest()}"


def _id(kind: str, name: str) -> str:
    return f"{kind}-{_NOT_IN_ID.sub('-', name).strip('-.') or 'x'}"


def header(
    title: str,
    names: Names,
    *,
    author: str = "",
    source: str = "",
    notes: Sequence[TeiNote] = (),
    witnesses: str = "",
    declared: str | None = None,
) -> str:
    """A header; only that of the whole document names the readers, and says what is `declared` of its encoding."""
    readers = {} if declared is None else names.readers
    return element(
        "teiHeader",
        element(
            "fileDesc",
            element(
                "titleStmt",
                words_in("title", title),
                words_in("author", author) if author else "",
                *(_responsible(id, reader) for reader, id in readers.items()),
            ),
            element("publicationStmt", words_in("p", "Exported by close-reading-tui.")),
            element("notesStmt", *(note(each, names) for each in notes)) if notes else "",
            element(
                "sourceDesc",
                witnesses or words_in("p", source or "A text of a library of close-reading-tui."),
            ),
        ),
        declared or "",
    )


def note(said: TeiNote, names: Names) -> str:
    """A note with who it is by, a paragraph for each of its own."""
    paragraphs = [part for part in said.words.split("\n\n") if part.strip()]
    inside = [words_in("p", part) for part in paragraphs] if len(paragraphs) > 1 else [escaped(said.words)]
    return element_of("note", {"resp": names.reader(said.reader)}, *inside)


def _responsible(id: str, reader: str) -> str:
    return element_of("respStmt", {"xml:id": id}, words_in("resp", "annotated by"), words_in("name", reader))


def taxonomies(tags: Mapping[str, TagEntry], names: Names, *, starred: bool) -> str:
    """What `encodingDesc` declares: the codebook as a tree of categories, stars, kinds of links; empty for none."""
    declared = [
        _taxonomy("codebook", "Tags", _categories(tags, names)) if tags else "",
        _taxonomy("stars", "Stars", [_category(STARRED, "", "starred", "")]) if starred else "",
        _taxonomy(
            "kinds", "Kinds of links", [_category(id, "", kind, "") for kind, id in names.kinds.items()]
        )
        if names.kinds
        else "",
    ]
    return element("encodingDesc", element("classDecl", *declared)) if any(declared) else ""


def _taxonomy(id: str, title: str, inside: Iterable[str]) -> str:
    return element_of("taxonomy", {"xml:id": id}, element("bibl", words_in("title", title)), *inside)


def _categories(tags: Mapping[str, TagEntry], names: Names) -> Iterator[str]:
    """The tags as categories, each inside the one that it lies below."""
    above: list[str] = []
    for path in sorted(tags, key=lambda path: path.split("/")):
        while above and not path.startswith(f"{above[-1]}/"):
            above.pop()
            yield "</category>"
        name = path.removeprefix(f"{above[-1]}/") if above else path
        whole = _category(names.tags[path], path, name, tags[path].description, tags[path].colour)
        yield whole.removesuffix("</category>")
        above.append(path)
    yield "</category>" * len(above)


def _category(id: str, path: str, name: str, description: str, colour: str = "") -> str:
    return element_of(
        "category",
        {"xml:id": id, "n": path, "rend": colour},
        element("catDesc", words_in("term", name), words_in("gloss", description) if description else ""),
    )
