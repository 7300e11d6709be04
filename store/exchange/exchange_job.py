"""The job of the child process that reads a record; only `store.exchange.isolated` has it run."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from importlib import import_module

PIECE = 1 << 26
"""Bytes of a piece of the answer."""


def run(question: Iterable[bytes], reply: Callable[[bytes], None], progress: object) -> None:
    """Reads one file: replies with its archive, pickled."""
    asked, data = question
    module, _, name = asked.decode("utf-8", "surrogateescape").partition("\n")
    archive = import_module(f"store.exchange.{module}").read(data, name)
    pieces = pickle.dumps(archive, pickle.HIGHEST_PROTOCOL)
    for start in range(0, len(pieces), PIECE):
        reply(pieces[start : start + PIECE])
