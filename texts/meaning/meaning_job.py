"""The child process that relates two texts by meaning: how it is asked, and what it does.

The model runs in another one (`embed_job`): this one has the texts, numpy, and vectors that are made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from texts.meaning import DIMENSION, MeaningError
from texts.meaning.meaning_relations import MeaningRelations
from texts.meaning.pieces import KEY_BYTES, key_of, pieces_of
from texts.model import Text
from texts.relate.relate_job import Request
from texts.relate.relate_records import CancelCheck, Progress, ProgressCallback

_NICENESS = 10  # the desk comes first
_ROW = KEY_BYTES + 2 * DIMENSION
_ROWS_AT_ONCE = 256


def words_in_child(left: Text, right: Text, *, cancelled: CancelCheck | None = None) -> list[str]:
    """The words of all pieces of two texts, each once; to be called in a thread, for sentences take a while to find.

    Raises Cancelled, and MeaningError when the other process dies.
    """
    request = Request(left, right, ())
    answer = _ask("texts.meaning.meaning_job:find_words", request.pieces(), Progress(None, cancelled))
    return list(dict.fromkeys(filter(None, answer.decode().split("\n"))))


def find_words(
    question: Iterable[bytes], reply: Callable[[bytes], None], progress: Callable[[str], None]
) -> None:
    """Answers with the words of all pieces of two texts, a line each."""
    request = Request.read(iter(question))
    for text in (request.left, request.right):
        for piece in pieces_of(text):
            reply(f"{piece.words}\n".encode())


def relate_in_child_by_meaning(
    left: Text,
    right: Text,
    vectors: Mapping[str, bytes],
    *,
    aliases: Iterable[Iterable[str]] = (),
    parted: Sequence[tuple[str, str]] = (),
    progress: ProgressCallback | None = None,
    cancelled: CancelCheck | None = None,
) -> MeaningRelations:
    """The same as `texts.meaning.across.relate_by_meaning`, in another process; `vectors` are by words.

    Raises Cancelled, and MeaningError when the other process dies.
    """
    request = Request(left, right, tuple(tuple(group) for group in aliases))
    question = chain([json.dumps(list(parted)).encode()], _packed(vectors), [b""], request.pieces())
    answer = _ask("texts.meaning.meaning_job:run", question, Progress(progress, cancelled))
    return MeaningRelations.from_bytes(answer, left, right)


def run(question: Iterable[bytes], reply: Callable[[bytes], None], progress: Callable[[str], None]) -> None:
    """Answers one request with the relations as bytes; says the share of the work done."""
    from texts.meaning.across import relate_by_meaning

    pieces = iter(question)
    parted = [(str(one), str(other)) for one, other in json.loads(next(pieces))]
    vectors = dict(_unpacked(iter(lambda: next(pieces), b"")))
    request = Request.read(pieces)
    relations = relate_by_meaning(
        request.left,
        request.right,
        vectors,
        aliases=request.aliases,
        parted=parted,
        progress=lambda share: progress(f"{share:.4f}"),
    )
    reply(relations.to_bytes())


def _packed(vectors: Mapping[str, bytes]) -> Iterator[bytes]:
    """Keys and vectors in blocks."""
    rows = [key_of(words) + vector for words, vector in vectors.items()]
    for first in range(0, len(rows), _ROWS_AT_ONCE):
        yield b"".join(rows[first : first + _ROWS_AT_ONCE])


def _unpacked(blocks: Iterator[bytes]) -> Iterator[tuple[bytes, bytes]]:
    for block in blocks:
        for at in range(0, len(block), _ROW):
            yield block[at : at + KEY_BYTES], block[at + KEY_BYTES : at + _ROW]


def _ask(job: str, question: Iterable[bytes], overall: Progress) -> bytes:
    from texts.child.runner import ChildError, answer_of  # the child itself has no use for it

    share = 0.0

    def hear(said: str) -> None:
        nonlocal share
        share = float(said)

    try:
        return answer_of(job, question, niceness=_NICENESS, progress=hear, tick=lambda: overall.update(share))
    except ChildError as error:
        raise MeaningError(f"the process that relates texts by meaning ended: {error}") from error
