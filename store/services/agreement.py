"""Two readers of a library held against each other: how far they agree on what to mark, and where they do not."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from store.errors import LibraryError, NotFound
from store.records import Anchor
from store.sanitize import one_line, tag_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from store.library import Library
    from store.records import Highlight
    from texts.agreement import Agreement, Codes, Disagreement, MarkedSpan

NO_TAG = "no tag"
"""What a highlight without a tag is shown to be marked with."""
NOTHING = "–"
"""What a reader is shown to say of words that they have not marked."""


class AgreementReport(NamedTuple):
    """What two readers have in common."""

    one: str
    """Name of a reader."""
    other: str
    texts: tuple[str, ...]
    """Slugs of the texts that were looked at, in the order of the alphabet."""
    agreement: Agreement
    only_one: Mapping[str, str]
    """Slugs of texts that were left out, because only the reader named has marked anything in them."""
    orphans: int
    """Highlights of the two in these texts that take no part, because they have lost their place."""

    @property
    def told(self) -> bool:
        """Whether either reader has marked anything that counts."""
        highlights = self.agreement.marked.highlights
        return bool(highlights.one or highlights.other)


def readers_in(library: Library) -> dict[str, int]:
    """The names of all who have marked something, in the order of the alphabet, and how many highlights each has."""
    return dict(sorted(Counter(one_line(each.reader) for each in library.highlights.find()).items()))


def two_readers(library: Library, one: str | None = None, other: str | None = None) -> tuple[str, str]:
    """The two readers who are meant: those that are named, or the only two there are.

    Raises NotFound for who has marked nothing, and LibraryError where it is not plain who is meant; either says which
    readers there are.
    """
    readers = readers_in(library)
    for name in (one, other):
        if name is not None and name not in readers:
            raise NotFound(f"{name} has marked nothing in this library; {_who(readers)}")
    if one is not None and one == other:
        raise LibraryError(f"{one} cannot be compared with themselves; {_who(readers)}")
    if one is not None and other is not None:
        return one, other
    if one is not None:
        raise LibraryError(f"name two readers, or none where the library has two; {_who(readers)}")
    if len(readers) < 2:
        raise LibraryError(f"there are no two readers to compare; {_who(readers)}")
    if len(readers) > 2:
        raise LibraryError(f"there are more than two readers: name two of them; {_who(readers)}")
    first, second = readers
    return first, second


def _who(readers: Mapping[str, int]) -> str:
    """Which readers there are, as the end of a refusal."""
    if len(readers) < 2:
        have = f"only {next(iter(readers))} has highlights" if readers else "nobody has highlights here"
        return f"{have}: `tui import OTHER.db` brings in another reader's"
    return "highlights are by " + ", ".join(f"{name} ({number})" for name, number in readers.items())


def compare_readers(
    library: Library, one: str, other: str, *, text: str | None = None, tag: str | None = None
) -> AgreementReport:
    """How far two readers agree, in one text or in all in which both have marked something; raises NotFound.

    With a tag only highlights with it, or a tag below it, count, and only such tags. Orphans take no part.
    """
    from texts.agreement import Read, agreement  # which the desk loads this module without

    path = None if tag is None else tag_path(tag)
    with library.reading():
        ones, others = (
            _MarksByText(library.highlights.find(text=text, reader=reader)) for reader in (one, other)
        )
        both = [text] if text is not None else sorted(ones.marked.keys() & others.marked.keys())
        found = agreement(
            Read(library.texts.get(slug), *(_under(path, laid.marked[slug]) for laid in (ones, others)))
            for slug in both
        )
    alone = {
        slug: reader
        for reader, laid in ((one, ones), (other, others))
        for slug in sorted(laid.marked.keys() - set(both))
    }
    return AgreementReport(
        one, other, tuple(both), found, alone, sum(ones.orphans[s] + others.orphans[s] for s in both)
    )


class _MarksByText:
    """What one reader has marked, by text."""

    def __init__(self, highlights: Iterable[Highlight]) -> None:
        from texts.agreement import MarkedSpan

        self.marked: defaultdict[str, list[MarkedSpan]] = defaultdict(list)
        self.orphans: Counter[str] = Counter()
        for each in highlights:
            if each.anchor is Anchor.ORPHAN:
                self.orphans[each.text] += 1
            else:
                self.marked[each.text].append(MarkedSpan(each.parts, each.tags))


def _under(tag: str | None, marked: Iterable[MarkedSpan]) -> list[MarkedSpan]:
    """What is marked with a tag or one below it, without other tags; all where no tag is meant."""
    if tag is None:
        return list(marked)
    return [
        each._replace(tags=tags)
        for each in marked
        if (tags := tuple(path for path in each.tags if path == tag or path.startswith(f"{tag}/")))
    ]


def in_words(codes: Codes) -> str:
    """What a reader says of some words: the tags, or that there is none, or that nothing is marked."""
    return ", ".join(path or NO_TAG for path in sorted(codes)) or NOTHING


def difference(place: Disagreement, agreed: AgreementReport) -> str:
    """What two readers say of a place: `ana: claim · ben: –`."""
    if place.one == place.other:
        return f"both: {in_words(place.one)}, not on the same words"
    return f"{agreed.one}: {in_words(place.one)} · {agreed.other}: {in_words(place.other)}"
