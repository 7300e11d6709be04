"""Two passages or versions word against word, on the terminal and as plain records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from texts.compare.collate import ChangeKind, CollatedPiece
from texts.excerpt import first_words, last_words
from tui.cli.flow import Styled, flowed
from tui.cli.tabular import side_by_side
from tui.cli.terminal import cells, paint

if TYPE_CHECKING:
    from texts.compare.versions import VersionUnit
    from texts.model import Span, Text

LEGEND = "[-only left-]  {+only right+}  <~moved~>"
_BETWEEN = "  │  "
_NARROWEST = 24
_AROUND = 40
"""Characters of what is the same that are shown before and after a change."""


class _Mark(NamedTuple):
    before: str
    after: str
    styles: tuple[str, ...]


_PLAIN = _Mark("", "", ())
_MOVED = _Mark("<~", "~>", ("cyan",))
_LEFT = _Mark("[-", "-]", ("red",))
_RIGHT = _Mark("{+", "+}", ("green",))
_MARKS = {
    ChangeKind.SAME: (_PLAIN, _PLAIN),
    ChangeKind.RESPELLED: (_PLAIN, _PLAIN),
    ChangeKind.MOVED: (_MOVED, _MOVED),
    ChangeKind.CHANGED: (_LEFT, _RIGHT),
    ChangeKind.REMOVED: (_LEFT, _LEFT),
    ChangeKind.ADDED: (_RIGHT, _RIGHT),
}
"""How the words of a piece are marked on the left and on the right; without colours too."""
_ALIKE = (ChangeKind.SAME, ChangeKind.RESPELLED)


class _Run(NamedTuple):
    """Words with one mark."""

    words: str
    mark: _Mark = _PLAIN
    is_glued: bool = False
    """Whether no blank stands before them."""

    @classmethod
    def of(cls, text: Text, span: Span, mark: _Mark) -> _Run:
        """The words of a span."""
        before = text.body[max(0, span.start - 1) : span.start]
        return cls(text.quote(span), mark, bool(before) and not before.isspace())


def record(piece: CollatedPiece, left: Text, right: Text) -> dict[str, object]:
    """A piece as JSON gives it."""
    return {
        "fate": str(piece.fate),
        "left": None if piece.left is None else _place(piece.left, left),
        "right": None if piece.right is None else _place(piece.right, right),
    }


def collation_lines(pieces: Sequence[CollatedPiece], left: Text, right: Text, columns: int) -> Iterator[str]:
    """Both sides next to each other in so many columns of the terminal; one after the other where it is narrow."""
    sides = [
        [_Run.of(text, span, _MARKS[piece.fate][side]) for piece, span in _on_side(pieces, side)]
        for side, text in enumerate((left, right))
    ]
    half = (columns - cells(_BETWEEN)) // 2
    if half < _NARROWEST:
        for runs in sides:
            yield from _flowed(runs, columns)
            yield ""
        return
    mine, its = (list(_flowed(runs, half)) for runs in sides)
    yield from side_by_side(mine, its, half, _BETWEEN)


def differences(units: Iterable[VersionUnit], left: Text, right: Text, columns: int) -> Iterator[str]:
    """What differs between two versions, paragraph by paragraph in the order of the left; a blank line between."""
    for unit in units:
        if unit.left is not None and unit.right is not None and not unit.moved:
            yield from _hunked(unit.pieces, unit.left.start, left, right, columns)
            continue
        yield paint(_headed(unit, left, right), "cyan")
        runs = [
            run._replace(words=_abridged(run.words)) if piece.fate is ChangeKind.MOVED else run
            for piece in unit.pieces
            for run in _runs(piece, left, right, 0, 0)
        ]
        yield from (words.rstrip() for words in _flowed(runs, columns))
        yield ""


def _headed(unit: VersionUnit, left: Text, right: Text) -> str:
    """`¶4 moved to ¶5`, `¶4 removed`, `¶5 added`: numbers of the left, then of the right."""
    here = _number(left, unit.left.start) if unit.left else ""
    there = _number(right, unit.right.start) if unit.right else ""
    if not here:
        return f"{there} added"
    if not there:
        return f"{here} removed"
    return f"{here} moved" if here == there else f"{here} moved to {there}"


def _number(text: Text, offset: int) -> str:
    passage = text.passage_at(offset)
    return f"¶{passage.number}" if passage and passage.number else "page furniture"


def _hunked(
    pieces: Sequence[CollatedPiece], start: int, left: Text, right: Text, columns: int
) -> Iterator[str]:
    """The changes inside a paragraph that starts here on the left, with a little of what is the same around them."""
    for hunk in _hunks(pieces):
        changed = next(number for number, piece in enumerate(hunk) if piece.fate not in _ALIKE)
        yield paint(_number(left, _place_of(hunk, changed, start)), "cyan")
        runs = [
            run for place, piece in enumerate(hunk) for run in _runs(piece, left, right, place, len(hunk))
        ]
        yield from (words.rstrip() for words in _flowed(runs, columns))
        yield ""


def _place_of(hunk: Sequence[CollatedPiece], number: int, start: int) -> int:
    """Where a piece stands on the left; what is not there, where the piece before it ends, or the paragraph starts."""
    before = [piece.left.end for piece in hunk[:number] if piece.left]
    own = hunk[number].left
    return own.start if own else before[-1] - 1 if before else start


def _hunks(pieces: Sequence[CollatedPiece]) -> Iterator[list[CollatedPiece]]:
    """Changes that stand together, with what is the same before, between and after."""
    hunk: list[CollatedPiece] = []
    changed = False
    for piece in pieces:
        hunk.append(piece)
        is_same = piece.fate in _ALIKE
        changed = changed or not is_same
        if is_same and piece.left and piece.left.end - piece.left.start > 2 * _AROUND:
            if changed:
                yield hunk
            hunk, changed = [piece], False
    if changed:
        yield hunk


def _runs(piece: CollatedPiece, left: Text, right: Text, place: int, of: int) -> Iterator[_Run]:
    """The words of a piece of a hunk: those on the left, then those in their place."""
    mine, its = _MARKS[piece.fate]
    if piece.left:
        run = _Run.of(left, piece.left, mine)
        if mine is _PLAIN:
            run = run._replace(words=_shortened(run.words, is_first=place == 0, is_last=place == of - 1))
        yield run
    if piece.right and piece.fate in (ChangeKind.CHANGED, ChangeKind.ADDED):
        yield _Run.of(right, piece.right, its)


def _shortened(words: str, *, is_first: bool, is_last: bool) -> str:
    """What is the same at the beginning or the end of a hunk: only what stands next to the change."""
    if is_first and len(words) > _AROUND:
        return f"… {last_words(words, _AROUND)}"
    if is_last and len(words) > _AROUND:
        return f"{first_words(words, _AROUND)} …"
    return words


def _abridged(words: str) -> str:
    """The beginning and the end of what has moved: it is the same there as here."""
    if len(words) <= 3 * _AROUND:
        return words
    return f"{first_words(words, _AROUND)} … {last_words(words, _AROUND)}"


def _on_side(pieces: Sequence[CollatedPiece], side: int) -> list[tuple[CollatedPiece, Span]]:
    """The pieces that stand on the left (0) or the right (1), in its order."""
    found = [(piece, span) for piece in pieces if (span := (piece.left, piece.right)[side])]
    return sorted(found, key=lambda pair: pair[1])


def _flowed(runs: Iterable[_Run], columns: int) -> list[str]:
    """The runs in lines of so many columns, filled up with blanks."""
    return flowed(_styled(runs), columns)


def _styled(runs: Iterable[_Run]) -> Iterator[Styled]:
    """The words of the runs; the signs of a mark stand round its first and last word."""
    for run in runs:
        if not run.is_glued:
            yield Styled(" ")
        if words := run.words.strip():
            yield Styled(words, run.mark.styles, run.mark.before, run.mark.after)


def _place(span: Span, text: Text) -> dict[str, object]:
    return {"start": span.start, "end": span.end, "quote": text.quote(span)}
