"""Two texts in one TEI file: versions as an apparatus, or texts with what is related in them.

An apparatus is by parallel segmentation: where two versions of one text differ it has both readings.

Read by one witness, each paragraph is what that witness has, blanks apart. Where only the spelling differs (`Iran` and
`IRAN`) the entry says so; what moved is left out at one place and put in at the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import NamedTuple

from store.errors import LibraryError
from store.exchange.tei.header import DECLARATION, NAMESPACE, Names, header
from store.exchange.xml import element, element_of, escaped, started, words_in
from texts.compare import collate_versions
from texts.compare.collate import ChangeKind, CollatedPiece
from texts.compare.versions import VersionUnit
from texts.lazy_pattern import lazy_pattern
from texts.model import Span, Text
from texts.prose import keeps_lines
from texts.relate.relate_records import Evidence, Related

SIGLA = ("A", "B")
_ALIKE = 0.3
"""Share of the letters of the shorter one that both must have, for the two to be versions of one text."""
_HEADING = lazy_pattern(r"#{1,6} (?=\S)")


class _Place(NamedTuple):
    """Where something stands in the two: in both, or, if it has moved, in one of them."""

    left: Span | None
    right: Span | None
    number: int
    """Of what stands there."""


def apparatus(left: Text, right: Text, *, versions: tuple[int, int] | None = None) -> Iterator[str]:
    """The document, piece by piece; `versions` are their numbers, where both are of one text of a library.

    Raises LibraryError where the two are no versions of one text.
    """
    units = collate_versions(left.body, right.body)
    shorter = min(len("".join(text.body.split())) for text in (left, right))
    if _shared(units) < _ALIKE * shorter:
        raise LibraryError(
            f"{left.slug} and {right.slug} are no versions of one text: they have too few words in common for an "
            "apparatus"
        )
    return _document(left, right, versions or (0, 0), units)


def _shared(units: Iterable[VersionUnit]) -> int:
    """How many characters stand in both."""
    kinds = (ChangeKind.SAME, ChangeKind.RESPELLED, ChangeKind.MOVED)
    spans = (piece.left for unit in units for piece in unit.pieces if piece.fate in kinds)
    return sum(span.end - span.start for span in spans if span)


def _document(
    left: Text, right: Text, versions: tuple[int, int], units: Sequence[VersionUnit]
) -> Iterator[str]:
    yield DECLARATION
    yield started("TEI", xmlns=NAMESPACE)
    witnesses = [
        element_of("witness", {"xml:id": siglum}, escaped(_witness(text, version)))
        for siglum, text, version in zip(SIGLA, (left, right), versions, strict=True)
    ]
    encoding = element("variantEncoding", method="parallel-segmentation", location="internal")
    yield header(
        left.title or left.slug,
        Names({}, {}, {}),
        author=left.author,
        witnesses=element("listWit", *witnesses),
        declared=element("encodingDesc", encoding),
    )
    yield "\n<text><body>"
    yield from _paragraphs(left, right, units)
    yield "\n</body></text>\n</TEI>\n"


def _witness(text: Text, version: int) -> str:
    number = f"version {version}" if version else ""
    return ", ".join(filter(None, (text.author, text.title or text.slug, number, text.source)))


def _places(found: Sequence[tuple[Span | None, Span | None, bool]]) -> Iterator[_Place]:
    """Places in an order in which those of either side rise; of each its left, its right, whether it has moved."""
    coming = sorted(
        (right, number) for number, (left, right, moved) in enumerate(found) if right and (moved or not left)
    )
    coming.reverse()
    for number, (left, right, moved) in enumerate(found):
        if left is None:
            continue
        if right is None or moved:
            yield _Place(left, None, number)
            continue
        while coming and coming[-1][0] < right:
            yield _Place(None, *coming.pop())
        yield _Place(left, right, number)
    yield from (_Place(None, *each) for each in reversed(coming))


def _paragraphs(left: Text, right: Text, units: Sequence[VersionUnit]) -> Iterator[str]:
    for place in _places([(unit.left, unit.right, unit.moved) for unit in units]):
        if place.left and place.right:
            yield _paragraph(left, right, place.left, place.right, units[place.number].pieces)
            continue
        kind = "moved" if units[place.number].moved else ""
        is_heading = any(
            span is not None and _HEADING.match(text.body, span.start)
            for text, span in ((left, place.left), (right, place.right))
        )
        ours, theirs = (
            _shown(text, span, lines=_keeps_lines(text, span))
            for text, span in ((left, place.left), (right, place.right))
        )
        whole = _app(ours, theirs, kind)
        yield _as_paragraph(whole, is_heading=is_heading)


def _paragraph(left: Text, right: Text, here: Span, there: Span, pieces: Sequence[CollatedPiece]) -> str:
    ours = _up_to_next(here, [piece.left for piece in pieces])
    theirs = _up_to_next(there, [piece.right for piece in pieces])
    our_lines, their_lines = _keeps_lines(left, here), _keeps_lines(right, there)
    inside = []
    for place in _places([(piece.left, piece.right, piece.fate is ChangeKind.MOVED) for piece in pieces]):
        fate = pieces[place.number].fate
        one = _shown(left, ours.get(place.left), lines=our_lines) if place.left else ""
        other = _shown(right, theirs.get(place.right), lines=their_lines) if place.right else ""
        if fate is ChangeKind.SAME and place.left and place.right:
            inside.append(one)
        else:
            kinds = {ChangeKind.RESPELLED: "spelling", ChangeKind.MOVED: "moved"}
            inside.append(_app(one, other, kinds.get(fate, "")))
    return _as_paragraph("".join(inside), is_heading=_HEADING.match(left.body, here.start) is not None)


def _up_to_next(whole: Span, spans: Sequence[Span | None]) -> dict[Span, Span]:
    """Each span with the blanks up to the next one; the first without the sign of a heading."""
    standing = sorted(filter(None, spans))
    ends = [*(span.start for span in standing[1:]), whole.end]
    return {span: Span(span.start, end) for span, end in zip(standing, ends, strict=True)}


def _keeps_lines(text: Text, paragraph: Span | None) -> bool:
    return paragraph is not None and keeps_lines(text.body[slice(*paragraph)], text.wrapped_at)


def _shown(text: Text, span: Span | None, *, lines: bool) -> str:
    """Words as they stand in an element; with `lines` those of a paragraph whose lines stay, which are parted."""
    if span is None:
        return ""
    words = text.body[slice(*span)]
    begins_line = span.start == 0 or text.body[span.start - 1] == "\n"
    if begins_line and (sign := _HEADING.match(words)):
        words = words[sign.end() :]
    return escaped(words).replace("\n", "<lb />\n") if lines else escaped(words)


def _app(left: str, right: str, kind: str) -> str:
    """What each of the two has."""
    readings = (
        element("rdg", words, wit=f"#{siglum}") for siglum, words in zip(SIGLA, (left, right), strict=True)
    )
    return element("app", *readings, type=kind)


def _as_paragraph(inside: str, *, is_heading: bool) -> str:
    return "\n" + element("p", inside, rend="heading" if is_heading else "")


_NOBODY = Names({}, {}, {})


class RelatedPassages(NamedTuple):
    """A passage of one text, one of another, and by which words they are related."""

    left: Text
    right: Text
    related: Related
    evidence: Sequence[Evidence]


def related_markup(found: Iterable[RelatedPassages]) -> Iterator[str]:
    """A document with a `linkGrp` for each pair, in the order given, and each text with the passages that occur.

    Its first link is of the two passages; the others are of words, as `string-range(PASSAGE,OFFSET,LENGTH)` counts
    them. The score of a pair is its `n`.
    """
    shown = _Shown()
    groups = [_group(one, shown) for one in found]
    yield DECLARATION
    yield started("TEI", xmlns=NAMESPACE)
    yield header("Related passages", _NOBODY)
    if groups:
        yield f"\n<standOff>{''.join(groups)}\n</standOff>"
        yield f"\n<text><group>{''.join(shown.markup())}\n</group></text>"
    else:
        yield "<text><body><p /></body></text>"
    yield "\n</TEI>\n"


class _Shown:
    """The passages that occur, by text."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._texts: dict[int, tuple[Text, int, set[int]]] = {}

    def id_of(self, text: Text, passage: int) -> str:
        """The id of a passage, which is shown from now on."""
        if id(text) not in self._texts:
            self._texts[id(text)] = (text, next(self._numbers), set())
        _, number, passages = self._texts[id(text)]
        passages.add(passage)
        return f"t{number}.{passage}"

    def markup(self) -> Iterator[str]:
        """A `text` for each."""
        for text, number, passages in self._texts.values():
            inside = (
                "\n"
                + element_of(
                    "p",
                    {"xml:id": f"t{number}.{passage}", "n": str(passage)},
                    escaped(text.quote(text.passage(passage).span)),
                )
                for passage in sorted(passages)
            )
            head = words_in("head", text.title or text.slug)
            yield "\n" + element("text", element("body", head, *inside), n=text.slug)


def _group(one: RelatedPassages, shown: _Shown) -> str:
    sides = ((one.left, one.related.left), (one.right, one.related.right))
    ids = [shown.id_of(text, passage) for text, passage in sides]
    links = [("passages", f"{one.related.score:.1f}", [f"#{id}" for id in ids])]
    for word in one.evidence:
        spans = (word.left, word.right)
        ends = [_range(id, span, *side) for id, span, side in zip(ids, spans, sides, strict=True)]
        links.append(("words", f"{word.score:.1f}", ends))
    inside = (element("link", type=kind, n=score, target=" ".join(ends)) for kind, score, ends in links)
    return "\n" + element("linkGrp", *(f"\n{link}" for link in inside), type="related", n=links[0][1])


def _range(id: str, span: Span, text: Text, passage: int) -> str:
    """A pointer to words inside a passage."""
    start, end = span
    return f"#string-range({id},{start - text.passage(passage).span.start},{end - start})"
