"""Frames: how parent and child talk through a pipe. Each says its kind and its length before its bytes."""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` would take as long to import as a small job takes
if TYPE_CHECKING:
    from typing import IO

PART = b"+"
"""A piece of the question or of the answer."""
END = b"."
"""The question, or the answer, is complete."""
PROGRESS = b"%"
"""How far the work is: what the job says, and a sign of life."""
ERROR = b"!"
"""The job ended with an error: its class and message in UTF-8, on two lines."""


OUT_OF_MEMORY = 81
"""Exit code of a child that has more memory than it may."""

_LENGTH = 4


def write_frame(out: IO[bytes], kind: bytes, payload: bytes = b"") -> None:
    """Writes one frame."""
    out.write(kind + len(payload).to_bytes(_LENGTH, "little"))
    out.write(payload)


def read_frame(source: IO[bytes], most: int = 0xFFFFFFFF) -> tuple[bytes, bytes]:
    """The next frame: its kind and its bytes. Raises EOFError where it is cut short, or longer than `most` bytes."""
    head = source.read(1 + _LENGTH)
    if len(head) < 1 + _LENGTH:
        raise EOFError
    kind, size = head[:1], int.from_bytes(head[1:], "little")
    payload = source.read(size) if size <= most else b""
    if len(payload) < size:
        raise EOFError
    return kind, payload
