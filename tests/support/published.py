"""What the published schemas say against a file; `tests/unit/data` tells where each is from."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator, FormatChecker
from lxml import etree
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

_DATA = Path(__file__).parents[1] / "unit" / "data"
_ANNOTATIONS = _DATA / "web-annotation" / "annotation-model"
_PROJECT, _CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
_XSD = "{http://www.w3.org/2001/XMLSchema}"


def project_faults(markup: str) -> list[str]:
    """What QDA-XML says against a project."""
    return _faults(_project(), markup)


def codebook_faults(markup: str) -> list[str]:
    """What QDA-XML says against a codebook."""
    return _faults(_codebook(), markup)


def annotation_faults(whole: Mapping[str, Any]) -> list[str]:
    """The assertions of the W3C's tests that a collection fails: all that it and what is in it MUST be.

    A page is looked at inside its collection, as its test allows, and an annotation with the context that it
    inherits, which its test takes to stand in it.
    """
    documents = [("collections/collectionMusts", whole)]
    page = whole.get("first")
    if page is not None:
        documents.append(("collections/pages/pageMusts", whole))
    items = page.get("items") if isinstance(page, dict) else None
    # In JSON-LD an empty list says what a missing one says; the schemas of the tests do not know that.
    items = [
        {key: value for key, value in item.items() if (key, value) != ("body", [])}
        if isinstance(item, dict)
        else item
        for item in (items if isinstance(items, list) else [])
    ]
    context = {"@context": whole["@context"]} if "@context" in whole else {}
    for item in items:
        documents.append(("annotations/annotationMusts", context | item if isinstance(item, dict) else item))
    failed = (name for test, document in documents for name in _failed(test, json.dumps(document)))
    return list(dict.fromkeys(failed))


# REFI-QDA


def _faults(schema: etree.XMLSchema, markup: str) -> list[str]:
    schema.validate(etree.fromstring(markup.encode()))
    return [re.sub(r"\{urn:[^}]*\}", "", error.message) for error in schema.error_log]


@cache
def _project() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(_DATA / "refi-qda" / "Project.xsd"))


@cache
def _codebook() -> etree.XMLSchema:
    """The codebook that Project.xsd defines inside a project, as a document of its own.

    That is another namespace and another outermost element, which says its origin as a project does; and a code
    carries no notes, as there are none for it to refer to. Sets, of which we write none, are left out.
    """
    markup = (_DATA / "refi-qda" / "Project.xsd").read_bytes()
    schema = etree.fromstring(markup.replace(_PROJECT.encode(), _CODEBOOK.encode()))
    schema.find(f"{_XSD}element").attrib.update({"name": "CodeBook", "type": "CodeBookType"})
    types = {kind.get("name"): kind for kind in schema.iter(f"{_XSD}complexType")}
    types["CodeBookType"].append(types["ProjectType"].find(f"{_XSD}attribute[@name='origin']"))
    note = types["CodeType"].find(f".//{_XSD}element[@name='NoteRef']")
    note.getparent().remove(note)
    return etree.XMLSchema(schema)


# Web Annotations


@cache
def _failed(test: str, document: str) -> list[str]:
    """The assertions that a document fails: kept, as damaged files differ in one annotation only."""
    value = json.loads(document)
    return [name for name, assertion in _assertions(test).items() if not assertion.is_valid(value)]


@cache
def _assertions(test: str) -> Mapping[str, Draft4Validator]:
    """The assertions of a test, by name."""
    named = json.loads((_ANNOTATIONS / f"{test}.test").read_text("utf-8"))["assertions"]
    return {
        Path(name).stem: Draft4Validator(_schema(name), registry=_definitions(), format_checker=_FORMATS)
        for name in named
    }


@cache
def _definitions() -> Registry[Any]:
    """What the assertions refer to, by the name of its file."""
    files = sorted((_ANNOTATIONS / "definitions").iterdir())
    return Registry().with_resources(
        (file.name, Resource(_schema(f"definitions/{file.name}"), DRAFT4)) for file in files
    )


def _schema(name: str) -> Any:
    return json.loads((_ANNOTATIONS / name).read_text("utf-8"))


_FORMATS = FormatChecker(formats=())
"""The two formats that the assertions ask for: jsonschema checks neither without further packages."""


@_FORMATS.checks("uri")
def _is_address(value: object) -> bool:
    return not isinstance(value, str) or re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]*", value) is not None


@_FORMATS.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None
