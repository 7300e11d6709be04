"""What the nodes of a Web Annotation say, in the shapes that the recommendation and its forerunners have for it."""

from __future__ import annotations

from typing import Any

import pytest

from store.exchange.w3c.nodes import (
    AnnotationBody,
    bodies_of,
    counts_utf_16,
    in_new_names,
    made_by,
    motives_of,
    targets_of,
)
from texts.model import Span

ADDRESS = "https://example.org/a"


def body(purpose: str = "", words: str = "", address: str = "") -> AnnotationBody:
    return AnnotationBody(purpose, words, address)


@pytest.mark.parametrize(
    ("value", "made"),
    [
        (ADDRESS, [body(address=ADDRESS)]),
        ({"value": "said"}, [body(words="said")]),
        ({"chars": "said of old"}, [body(words="said of old")]),
        ({"value": "new", "chars": "old"}, [body(words="new")]),
        ({"value": "a", "purpose": "oa:tagging"}, [body("tagging", "a")]),
        ({"value": "a", "purpose": ["commenting", "tagging"]}, [body("commenting", "a")]),
        ({"value": "<p>a</p>", "format": "text/html"}, [body(words="a")]),
        ({"value": "<p>a</p>", "format": "text/plain"}, [body(words="<p>a</p>")]),
        ({"value": "", "source": ADDRESS}, [body()]),
        ({"source": ADDRESS, "purpose": "linking"}, [body("linking", address=ADDRESS)]),
        ({"source": {"id": ADDRESS}}, [body(address=ADDRESS)]),
        ({"id": ADDRESS}, [body(address=ADDRESS)]),
        ({"@id": ADDRESS}, [body(address=ADDRESS)]),
        ({"purpose": "linking"}, []),
        ({"type": "Choice", "items": ["one", {"value": "two"}]}, [body(address="one"), body(words="two")]),
        ({"type": "List", "items": [{"items": ["deep"]}], "value": "beside"}, [body(address="deep")]),
        ({"items": "no list", "value": "said"}, [body(words="said")]),
        (17, []),
    ],
)
def test_bodies(value: Any, made: list[AnnotationBody]) -> None:
    assert list(bodies_of(value)) == made


@pytest.mark.parametrize(
    ("value", "sources"),
    [
        (ADDRESS, [ADDRESS]),
        ({"source": ADDRESS}, [ADDRESS]),
        ({"source": {"@id": ADDRESS}}, [ADDRESS]),
        ({"id": ADDRESS}, [ADDRESS]),
        ({"items": [ADDRESS, {"source": "urn:b"}]}, [ADDRESS, "urn:b"]),
        ({"items": 3, "source": ADDRESS}, [ADDRESS]),
        ({"selector": []}, []),
        (None, []),
    ],
)
def test_targets(value: Any, sources: list[str]) -> None:
    assert [target.source for target in targets_of("items[0]", value)] == sources


@pytest.mark.parametrize(("said", "version"), [(1, 1), (2, 2), (0, None), (-1, None), ("1", None)])
def test_a_target_of_ours_says_its_version_and_what_stands_around(said: object, version: int | None) -> None:
    selectors: Any = [
        {"type": "TextQuoteSelector", "exact": "mill", "prefix": "the ", "suffix": " burned"},
        {"type": "TextPositionSelector", "start": 4, "end": 8},
    ]
    (plain,) = targets_of("", {"source": ADDRESS, "selector": selectors, "tui:version": said})  # type: ignore[dict-item]
    assert (plain.selected, plain.quote, plain.part, plain.version) == (True, "mill", Span(4, 8), version)
    assert (plain.before, plain.after) == ("the ", " burned")
    ours: Any = {"source": ADDRESS, "selector": selectors, "tui:before": "all the ", "tui:after": ""}
    (longer,) = targets_of("", ours)
    assert (longer.before, longer.after) == ("all the ", "")
    (place,) = targets_of("", {"source": ADDRESS, "selector": selectors[1]})
    (quote,) = targets_of("", {"source": ADDRESS, "selector": selectors[0]})
    (whole,) = targets_of("", {"source": ADDRESS})
    assert (place.selected, quote.selected, whole.selected) == (True, True, False)


@pytest.mark.parametrize(
    ("generator", "does"),
    [
        ("https://hypothes.is", True),
        ({"name": "RecogitoJS", "homepage": ADDRESS}, True),
        ([{"id": ADDRESS}, {"homepage": "https://www.annotorious.com"}], True),
        ("Apache Annotator", True),
        ("https://annotator.apache.org", True),
        ("AnnotatorJS", True),
        ("Hypothesis", True),
        ("Somebody", False),
        (None, False),
    ],
)
def test_what_runs_in_a_browser_counts_as_it_does(generator: Any, does: bool) -> None:
    assert counts_utf_16({"generator": generator}) is does


@pytest.mark.parametrize(
    ("creator", "reader"),
    [
        ("ana", "ana"),
        ({"name": "Ana", "id": ADDRESS}, "Ana"),
        ({"nickname": "an", "@id": ADDRESS}, "an"),
        ({"name": "", "id": ADDRESS}, ADDRESS),
        ({"@id": ADDRESS}, ADDRESS),
        ([{"name": ["Bo", "Cy"]}, "ana"], "Bo"),
        ({"name": 3}, ""),
        (None, ""),
    ],
)
def test_who_made_it(creator: Any, reader: str) -> None:
    assert made_by({"creator": creator}) == (reader, "", "")


def test_when_it_was_made_and_changed() -> None:
    first, then = "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"
    assert made_by({"created": first}) == ("", first, first)
    assert made_by({"created": first, "modified": then}) == ("", first, then)
    assert made_by({"modified": then}) == ("", "", then)


def test_what_it_was_made_for() -> None:
    assert motives_of({"motivation": ["oa:tagging", "commenting"]}) == ["tagging", "commenting"]
    assert motives_of({}) == []


def test_names_of_rdf_and_of_open_annotation() -> None:
    old: Any = {
        "oa:hasBody": [{"http://www.w3.org/2011/content#chars": [{"@value": "said", "@language": "en"}]}],
        "oa:hasTarget": ["one", "two"],
        "hasTarget2": ["kept"],
        "oa:motivatedBy": "oa:tagging",
        "https://example.org/hasBody": 1,
    }
    assert in_new_names(old) == {
        "body": {"value": "said"},
        "target": ["one", "two"],
        "hasTarget2": ["kept"],
        "motivation": "oa:tagging",
        "https://example.org/hasBody": 1,
    }
