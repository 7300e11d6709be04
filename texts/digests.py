"""Digests of words, as long as a name or as a book."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from hashlib import _Hash

_PIECE = 1 << 16
"""Code points turned into bytes at once: a whole body would be held twice."""
_LONG = 500_000
"""Code points from which on OpenSSL pays: it is eight times as fast, and takes 4 ms and 4 MB to load."""
_OWN = ("_sha2", "_sha256")
"""Where Python has a SHA-256 of its own, since 3.12 and before. Some systems leave it out."""


def digest_of(words: str) -> str:
    """Hex digest of a string in UTF-8 (SHA-256)."""
    digest = _sha256(len(words) < _LONG)()
    for start in range(0, len(words), _PIECE):
        digest.update(words[start : start + _PIECE].encode())
    return digest.hexdigest()


@cache
def _sha256(is_short: bool) -> Callable[[], _Hash]:
    """What digests words soonest, short ones or long ones."""
    for name in _OWN if is_short else ():
        try:
            own: Callable[[], _Hash] = import_module(name).sha256
        except ImportError:
            continue
        return own
    import hashlib

    return hashlib.sha256
