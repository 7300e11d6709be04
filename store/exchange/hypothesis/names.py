"""What Hypothesis and this program call the same things: ids, addresses, and the room for what is ours."""

from __future__ import annotations

import base64
import re
from typing import TypeAlias
from uuid import UUID

from store.exchange.foreign import derived, uid_of
from store.exchange.json import Json

EXTRA = "close-reading-tui"
"""The key under which a row keeps what Hypothesis has no word for."""
TEXT = "urn:close-reading-tui:text:"
"""With its slug, the address of a text that has none on the web."""
LIBRARY = "urn:close-reading-tui:library"

Node: TypeAlias = dict[str, Json]
"""A JSON object."""

_HYPOTHESIS_ID = re.compile(r"[A-Za-z0-9_-]{22}")


def id_of(uid: str) -> str:
    """A uid as Hypothesis writes ids: 22 characters."""
    return base64.urlsafe_b64encode(UUID(uid_of(uid)).bytes).rstrip(b"=").decode()


def uid_of_id(identifier: str) -> str:
    """The uid of an id of Hypothesis."""
    if not _HYPOTHESIS_ID.fullmatch(identifier):
        return uid_of(identifier)
    uid = str(UUID(bytes=base64.urlsafe_b64decode(f"{identifier}==")))
    return uid if id_of(uid) == identifier else derived(identifier)
