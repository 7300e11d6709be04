"""Two texts as bytes, for a process of its own that relates them.

Only what relating needs: the bodies and where the passages of the articles stand. Bodies are written in pieces, so that
the process that shows them never holds a long one twice.
"""

from __future__ import annotations

import json
import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from texts.model import Passage, Span, Text

_PIECE = 1 << 16
_LENGTH = struct.Struct("<I")


@dataclass(frozen=True)
class Request:
    """What the other process is asked."""

    left: Text
    right: Text
    aliases: tuple[tuple[str, ...], ...]

    def write(self, out: IO[bytes]) -> None:
        """Writes the request: aliases as JSON, then the two texts, all in pieces that say how long they are."""
        _write_piece(out, json.dumps(self.aliases).encode())
        for text in (self.left, self.right):
            places = array("I", (place for passage in text.numbered for place in passage.span))
            _write_piece(out, places.tobytes())
            for start in range(0, len(text.body), _PIECE):
                _write_piece(out, text.body[start : start + _PIECE].encode())
            _write_piece(out, b"")

    @classmethod
    def read(cls, source: IO[bytes]) -> Request:
        """The request that `write` wrote; raises ValueError on anything else."""
        try:
            aliases = tuple(tuple(str(word) for word in group) for group in json.loads(_read_piece(source)))
            return cls(_read_text(source), _read_text(source), aliases)
        except TypeError as error:
            raise ValueError(f"not a request to relate two texts: {error}") from error


def _write_piece(out: IO[bytes], piece: bytes) -> None:
    out.write(_LENGTH.pack(len(piece)))
    out.write(piece)


def _read_piece(source: IO[bytes]) -> bytes:
    head = source.read(_LENGTH.size)
    piece = source.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else b""
    if len(head) < _LENGTH.size or len(piece) < _LENGTH.unpack(head)[0]:
        raise ValueError("a request to relate two texts ends too soon")
    return piece


def _read_text(source: IO[bytes]) -> Text:
    places = array("I")
    places.frombytes(_read_piece(source))
    body = "".join(piece.decode() for piece in _body_pieces(source))
    spans = map(Span, places[::2], places[1::2])
    return Text("", "", "", "", body, tuple(Passage(span, number) for number, span in enumerate(spans, 1)))


def _body_pieces(source: IO[bytes]) -> Iterator[bytes]:
    while piece := _read_piece(source):
        yield piece
