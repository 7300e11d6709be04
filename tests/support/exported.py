"""What a format writes of an archive."""

from __future__ import annotations

import io
from collections.abc import Callable

from store.exchange.archive import Archive


def exported(write_archive: Callable[..., int], archive: Archive, *args: object, **options: object) -> bytes:
    """The bytes of a file; the writer counts the highlights."""
    out = io.BytesIO()
    assert write_archive(archive, out, *args, **options) == len(archive.highlights)
    return out.getvalue()
