"""Relates two texts in a child process: how it is asked, and what it does.

No key of the desk waits for it, and what it takes of memory (numpy alone 10 MB) goes with it when it is done.
"""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from texts.model import Passage, Span, Text
from texts.relate import relate
from texts.relate.relate_records import CancelCheck, Progress, ProgressCallback
from texts.relate.relations import Relations

if TYPE_CHECKING:
    from texts.child.runner import Child

_LONG = 200_000
"""Characters of both texts from which on relating gives way to the desk; for less a reader may well be waiting."""
_NICENESS = 10
_NICENESS_AHEAD = 5
_PIECE = 1 << 16


class RelatingError(Exception):
    """The process that related two texts ended without an answer."""


def start_child(*, ahead: bool = False) -> Child:
    """A child for `relate_in_child`, which loads numpy before it is asked. To be closed where it is not asked.

    One that is started `ahead` gives way a little to the desk that is being loaded, where both share a processor.
    """
    from texts.child.runner import Child  # the child itself has no use for it

    return Child("texts.relate.relate_job:run", niceness=_NICENESS_AHEAD if ahead else 0)


def relate_in_child(
    left: Text,
    right: Text,
    *,
    aliases: Iterable[Iterable[str]] = (),
    progress: ProgressCallback | None = None,
    cancelled: CancelCheck | None = None,
    child: Child | None = None,
) -> Relations:
    """The same as `texts.relate.relate`, in another process; to be called in a thread.

    `child` is one that `start_child` has started ahead, else one is started now; it is closed in the end. Raises
    Cancelled, and RelatingError when the other process dies.
    """
    from texts.child.runner import ChildError

    request = Request(left, right, tuple(tuple(group) for group in aliases))
    overall, share = Progress(progress, cancelled), 0.0

    def hear(said: str) -> None:
        nonlocal share
        share = float(said)

    try:
        with child or start_child() as asked:
            answer = b"".join(asked.ask(request.pieces(), progress=hear, tick=lambda: overall.update(share)))
    except ChildError as error:
        raise RelatingError(f"the process that relates texts ended without an answer: {error}") from error
    overall.update(1.0)
    return Relations.from_bytes(answer, left, right)


def run(question: Iterable[bytes], reply: Callable[[bytes], None], progress: Callable[[str], None]) -> None:
    """Answers one request with the relations as bytes; says the share of the work done."""
    import texts.relate.relating  # noqa: F401 (numpy, while the question is on its way)

    request = Request.read(iter(question))
    if len(request.left.body) + len(request.right.body) > _LONG and hasattr(os, "nice"):
        os.nice(_NICENESS)
    relations = relate(
        request.left,
        request.right,
        aliases=request.aliases,
        progress=lambda share: progress(f"{share:.4f}"),
    )
    reply(relations.to_bytes())


@dataclass(frozen=True)
class Request:
    """What the child is asked: two texts as pieces of bytes.

    Only what relating needs: the bodies, what readers have set as their languages, and where the passages of the
    articles stand. Bodies are cut in pieces, so that the process that shows them never holds a long one twice.
    """

    left: Text
    right: Text
    aliases: tuple[tuple[str, ...], ...]

    def pieces(self) -> Iterator[bytes]:
        """The request: aliases as JSON; a text as its language, its places, its body, an empty piece."""
        yield json.dumps(self.aliases).encode()
        for text in (self.left, self.right):
            yield text.language.encode()
            yield array("I", (place for passage in text.numbered for place in passage.span)).tobytes()
            for start in range(0, len(text.body), _PIECE):
                yield text.body[start : start + _PIECE].encode()
            yield b""

    @classmethod
    def read(cls, pieces: Iterator[bytes]) -> Request:
        """The request that `pieces` made; takes all of them. Raises ValueError on anything else."""
        try:
            aliases = tuple(tuple(str(word) for word in group) for group in json.loads(next(pieces)))
            request = cls(_read_text(pieces), _read_text(pieces), aliases)
        except (TypeError, StopIteration) as error:
            raise ValueError(f"not a request to relate two texts: {error}") from error
        if any(True for _ in pieces):
            raise ValueError("a request to relate two texts goes on after its end")
        return request


def _read_text(pieces: Iterator[bytes]) -> Text:
    language = next(pieces).decode()
    places = array("I")
    places.frombytes(next(pieces))
    body = "".join(piece.decode() for piece in _body_pieces(pieces))
    spans = map(Span, places[::2], places[1::2])
    numbered = tuple(Passage(span, number) for number, span in enumerate(spans, 1))
    return Text("", "", "", "", body, numbered, language)


def _body_pieces(pieces: Iterator[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        if not piece:
            return
        yield piece
    raise ValueError("a request to relate two texts ends too soon")
