"""MHTML: a page as Chrome, Edge and mail programs save it in a single file; read as the page that it is."""

from __future__ import annotations

import codecs
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

from texts.load import html
from texts.load.document import Document, File, LoadError

_MOST_PARTS = 10_000


def read(file: File) -> Document:
    """The document in a saved page; raises LoadError, also where there is no page in it."""
    message = message_from_bytes(file.data, policy=policy.default)
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            break
        if part.get_content_type() == "text/html":
            data = part.get_payload(decode=True)
            if isinstance(data, bytes):
                return _page(file, message, part, data)
    raise LoadError(f"{file.name} holds no page: save it once more, as HTML")


def _page(file: File, message: EmailMessage, part: EmailMessage, data: bytes) -> Document:
    encoding = file.encoding or _charset(part)
    found = html.read(replace(file, data=data, encoding=encoding))
    address = str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or "")
    source = found.source or (address if address.startswith(("http://", "https://")) else "")
    return replace(found, title=found.title or str(message.get("Subject") or ""), source=source)


def _charset(part: EmailMessage) -> str | None:
    """The encoding that the part names, where it is one; the page itself may name it too."""
    said = part.get_content_charset()
    try:
        return codecs.lookup(said).name if said else None
    except (LookupError, ValueError):
        return None
