"""Reads a file in a process of its own, with a limit on memory and time that no file escapes.

A page of four kilobytes can make a library take gigabytes, or keep it busy for ever, and nothing but the end of its
process stops it; nor can a parser that dies take the desk along. So every format but plain words is read so.
"""

from __future__ import annotations

import json

from texts.child.runner import MEGABYTE, ChildError, Limits, OutOfMemoryError, OutOfTimeError, answer_of
from texts.load.document import CancelCheck, Document, File, LoadError
from texts.visible import one_line, visible

LIMITS = Limits(memory=1_000 * MEGABYTE, seconds=600, silence=60)
"""What reading a file may take. A page of a PDF and a chapter of a book are signs of life."""


def read_isolated(module: str, file: File, cancelled: CancelCheck | None = None) -> Document:
    """What `texts.load.MODULE.read` gives, from a process of its own.

    Raises LoadError: the reader's, or one that says which limit the file broke; also when `cancelled` says so.
    """

    def hear(said: str) -> None:
        if file.progress is not None:
            done, _, of = said.partition(" ")
            file.progress(int(done), int(of))

    def tick() -> None:
        if cancelled is not None and cancelled():
            raise LoadError(f"{file.name} was not read: cancelled")

    asked = json.dumps([module, file.name, file.encoding, file.furniture, file.reading]).encode()
    try:
        answer = answer_of("texts.load.load_job:run", (asked, file.data), LIMITS, progress=hear, tick=tick)
    except ChildError as error:
        raise _refusal(error, file.name) from error
    said, _, body = answer.partition(b"\n")
    title, author, source, remarks = json.loads(said)
    words = visible(body.decode("utf-8", "surrogatepass"))
    return Document(words, title, author, source, tuple(map(one_line, remarks)))


def _refusal(error: ChildError, name: str) -> LoadError:
    """Why a file was not read, in one line."""
    if error.kind == LoadError.__name__:
        return LoadError(one_line(str(error)))
    if isinstance(error, OutOfMemoryError):
        most = LIMITS.memory // MEGABYTE
        return LoadError(
            f"{name} is not read: it wants more than {most:,} MB of memory; split it, or save it anew"
        )
    if isinstance(error, OutOfTimeError):
        return LoadError(f"{name} is not read: it keeps its reader busy for ever; split it, or save it anew")
    why = one_line(f"{error.kind}: {error}" if error.kind else str(error))
    return LoadError(f"{name} is damaged, or no reader is up to it: get it, or save it, once more ({why})")
