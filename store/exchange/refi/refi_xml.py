"""XML as REFI-QDA writes it: one namespace, names that programs spell in several ways."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from store.errors import LibraryError
from store.exchange.xml import attributes_of
from texts.load.archive import parse_xml
from texts.load.document import LoadError

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
ORIGIN = "close-reading-tui"

_SCHEMA = {
    PROJECT: "http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd",
    CODEBOOK: "http://schema.qdasoftware.org/versions/Codebook/v1.0/Codebook.xsd",
}


def opening(tag: str, namespace: str, **attributes: str) -> str:
    """The start of the outermost element of a document; all in it belongs to the namespace."""
    whole = {
        "xmlns": namespace,
        "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
        "xsi:schemaLocation": f"{namespace} {_SCHEMA[namespace]}",
        "origin": ORIGIN,
        **attributes,
    }
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{tag}{attributes_of(whole)}>'


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
