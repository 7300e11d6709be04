"""How a quote that was reworded is shown: what is gone struck through, what is new underlined, never by colour alone.

Apart from `versions`, because it brings the comparing of words along, which the first paint does without.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

from texts.diff import Kind
from texts.visible import one_line, visible
from tui.reading.rewording import Piece, reworded, shortened

_STYLES = {Kind.SAME: "", Kind.DELETED: "strike $error", Kind.INSERTED: "bold underline $success"}


def in_one_line(old: str, new: str) -> Content:
    """What became of a quote, long unchanged stretches left out; an old quote that is empty is not known."""
    return _styled(shortened(reworded(old or new, new)), one_line)


def in_full(old: str, new: str) -> Content:
    """The same with all the words."""
    return _styled(reworded(old or new, new), visible)


def _styled(pieces: Sequence[Piece], harmless: Callable[[str], str]) -> Content:
    parts: list[tuple[str, str]] = []
    for piece in pieces:
        if piece.kind is Kind.INSERTED and parts and not parts[-1][0][-1:].isspace():
            parts.append((" ", ""))  # what is struck through must not run into what came in its place
        parts.append((harmless(piece.words), _STYLES[piece.kind]))
    return Content.assemble(*parts)
