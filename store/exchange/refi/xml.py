"""XML as REFI-QDA writes it: one namespace, no character that XML 1.0 cannot hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, tostring

from store.errors import LibraryError
from texts.load.archive import parse_xml
from texts.load.document import LoadError

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
ORIGIN = "close-reading-tui"

_SCHEMA = {
    PROJECT: "http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd",
    CODEBOOK: "http://schema.qdasoftware.org/versions/Codebook/v1.0/Codebook.xsd",
}
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def root(tag: str, namespace: str) -> Element:
    """The outermost element of a document; all in it belongs to the namespace."""
    return Element(
        tag,
        {
            "xmlns": namespace,
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": f"{namespace} {_SCHEMA[namespace]}",
            "origin": ORIGIN,
        },
    )


def add(parent: Element, tag: str, **attributes: str) -> Element:
    """A new last child; attributes that are empty are left out."""
    return SubElement(
        parent, tag, {name: harmless(value) for name, value in attributes.items() if value != ""}
    )


def add_words(parent: Element, tag: str, words: str) -> Element:
    """A new last child that holds words."""
    element = SubElement(parent, tag)
    element.text = harmless(words)
    return element


def harmless(words: str) -> str:
    """Words with what XML 1.0 cannot hold replaced, one for one: control characters by their pictures."""
    return _IMPOSSIBLE.sub(_picture, words)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


def document(element: Element) -> bytes:
    """The bytes of a document: UTF-8, the same for the same element."""
    # A bare carriage return in words would be read as a newline; those in attributes are written so already.
    markup = tostring(element, encoding="unicode").replace("\r", "&#13;")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + markup.encode()


def parsed(data: bytes, name: str) -> Element:
    """The outermost element of a document, namespaces taken off all names, as programs differ in them.

    Raises LibraryError for broken XML, and for DTDs, entities and addresses, none of which is ever followed.
    """
    try:
        element = parse_xml(data, name)
    except LoadError as error:
        raise LibraryError(str(error)) from error
    for node in element.iter():
        node.tag = node.tag.rpartition("}")[2]
    return element


def words_of(element: Element, tag: str) -> str:
    """The words of the first child of that name; empty without one."""
    return element.findtext(tag) or ""


def targets(element: Element, tag: str) -> Iterator[str]:
    """What the children of that name refer to, by GUID in the one spelling."""
    for child in element.findall(tag):
        if guid := guid_of(child, "targetGUID"):
            yield guid


def guid_of(element: Element, attribute: str = "guid") -> str:
    """A GUID in lower case without braces; empty without one."""
    return element.get(attribute, "").strip().strip("{}").lower()
