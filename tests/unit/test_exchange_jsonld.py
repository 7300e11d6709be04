"""W3C Web Annotations: as the Recommendation wants them, read back whole, and read from anybody."""

from __future__ import annotations

import json

import pytest
from archives import archives, scrambled, unhurried
from damage import ANNOTATIONS, damaged
from exported import exported
from hypothesis import given, settings
from libraries import libraries
from published import annotation_faults
from whole_library import whole_library

from store.exchange import format_in, w3c
from store.exchange.archive import Archive, HighlightEntry, LinkEntry, NoteEntry, TextEntry
from store.exchange.checking import check
from store.exchange.foreign import version_of
from store.exchange.w3c.w3c_writer import CONTEXT
from store.library import LibraryError
from store.merge import merge
from store.records import Anchor
from texts.model import Span

ONE = "http://example.org/anno1"


def written(archive: Archive, *, bodies: bool = True) -> bytes:
    return exported(w3c.write_archive, archive, bodies=bodies)


def items_of(data: bytes) -> list[dict[str, object]]:
    """The annotations of a collection, each with the context that it inherits."""
    whole = json.loads(data)
    return [{"@context": whole["@context"], **item} for item in whole.get("first", {"items": []})["items"]]


def read(whole: object) -> Archive:
    archive = w3c.read(json.dumps(whole).encode(), "x.jsonld")
    check(archive)
    return archive


def annotation(**more: object) -> dict[str, object]:
    return {"@context": CONTEXT, "id": ONE, "type": "Annotation", **more}


def quote(exact: str, **more: str) -> dict[str, str]:
    return {"type": "TextQuoteSelector", "exact": exact, **more}


@settings(unhurried, max_examples=15)  # there are eighty assertions
@given(archives())
def test_what_is_written_is_valid(archive: Archive) -> None:
    assert annotation_faults(json.loads(written(archive))) == []


@unhurried
@given(archives())
def test_what_is_written_comes_back(archive: Archive) -> None:
    data = written(archive)
    back = w3c.read(data, "library.jsonld")
    check(back)
    assert back == archive
    assert written(back) == data


@unhurried
@given(archives())
def test_without_bodies_all_but_the_bodies_comes_back(archive: Archive) -> None:
    back = w3c.read(written(archive, bodies=False), "library.jsonld")
    assert back == archive._replace(texts=tuple(text._replace(versions=()) for text in archive.texts))


def marked() -> Archive:
    """A highlight with a gap on a text from the web, and another one, with a link."""
    body = version_of("Tehran 😀 and Baghdad", added="2026-01-01T00:00:00Z")
    text = TextEntry("one", "One", "", "https://example.org/one", "2026-01-01T00:00:00Z", (body,))
    first = HighlightEntry(
        "00000000-0000-4000-8000-000000000001", "one", 1, (Span(0, 6), Span(7, 8)), "Tehran … 😀", "", " and Baghdad",
        ("a",), "a *note*", True, "ana", "2026-01-01T00:00:01Z", "2026-01-01T00:00:02Z", Anchor.EXACT, 100.0,
    )  # fmt: skip
    second = first._replace(
        uid="00000000-0000-4000-8000-000000000002", parts=(Span(13, 20),), quote="Baghdad"
    )
    link = LinkEntry(
        "00000000-0000-4000-8000-000000000003", first.uid, second.uid, "same", True, "", "", "", ""
    )
    return Archive((text,), (), (first, second), (link,))


def test_an_annotation_says_in_the_words_of_the_standard_what_it_can() -> None:
    node = items_of(written(marked()))[0]
    assert node["id"] == "urn:uuid:00000000-0000-4000-8000-000000000001"
    assert node["motivation"] == ["highlighting", "tagging", "commenting", "bookmarking"]
    assert node["body"] == [
        {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": "a"},
        {"type": "TextualBody", "purpose": "commenting", "format": "text/markdown", "value": "a *note*"},
    ]
    assert node["target"] == [
        {
            "source": "https://example.org/one",
            "selector": [quote("Tehran", prefix=""), {"type": "TextPositionSelector", "start": 0, "end": 6}],
            "state": {"type": "TimeState", "sourceDate": "2026-01-01T00:00:00Z"},
            "tui:version": 1,
        },
        {
            "source": "https://example.org/one",
            "selector": [
                quote("😀", suffix=" and Baghdad"),
                {"type": "TextPositionSelector", "start": 7, "end": 8},
            ],
            "state": {"type": "TimeState", "sourceDate": "2026-01-01T00:00:00Z"},
            "tui:version": 1,
        },
    ]


def test_the_words_of_a_part_may_look_like_a_gap() -> None:
    archive = marked()
    body = version_of("so … he said, and … went")
    one = archive.highlights[0]._replace(parts=(Span(0, 7), Span(14, 24)), quote="so … he … and … went")
    archive = Archive((archive.texts[0]._replace(versions=(body,)),), (), (one,))
    (node,) = items_of(written(archive))
    exact = [target["selector"][0]["exact"] for target in node["target"]]  # type: ignore[index]
    assert exact == ["so … he", "and … went"]
    assert w3c.read(written(archive), "x.jsonld").highlights == (one,)


def test_a_whole_library_is_valid() -> None:
    assert annotation_faults(json.loads(written(whole_library()))) == []


@pytest.mark.parametrize(("what", "by", "said"), ANNOTATIONS.values(), ids=ANNOTATIONS)
def test_a_damaged_document_is_refused_by_name(what: str, by: str, said: str) -> None:
    assert said in annotation_faults(json.loads(damaged(written(whole_library()).decode(), what, by)))


def test_an_annotation_of_another_program_is_read() -> None:
    archive = read(
        annotation(
            creator={"id": "acct:ana", "nickname": "ana"},
            created="2020-01-01T01:00:00+01:00",
            body=[
                {"type": "TextualBody", "value": "first"},
                {"type": "TextualBody", "purpose": "tagging", "value": "a/b"},
                {"source": "http://example.org/tag", "purpose": "classifying"},
            ],
            target={
                "source": "http://example.org/docs/My%20page.html#top",
                "selector": {
                    "type": "FragmentSelector",
                    "value": "p3",
                    "refinedBy": quote("Tehran", prefix="in ", suffix=" and"),
                },
            },
        )
    )
    (text,) = archive.texts
    assert (text.slug, text.title, text.source) == (
        "my-page",
        "My page",
        "http://example.org/docs/My%20page.html#top",
    )
    (highlight,) = archive.highlights
    assert highlight.note == "first\n\n<http://example.org/tag>"
    assert (highlight.quote, highlight.before, highlight.after) == ("Tehran", "in ", " and")
    assert (highlight.tags, highlight.reader, highlight.created) == (("a/b",), "ana", "2020-01-01T00:00:00Z")
    assert (highlight.text, highlight.version, highlight.parts) == ("my-page", None, ())


def test_positions_of_others_are_read_and_said_to_count_elsewhere() -> None:
    position = {"type": "TextPositionSelector", "start": 3, "end": 9}
    both = annotation(target={"source": "http://example.org/a", "selector": [position, quote("Tehran")]})
    alone = annotation(target={"source": "http://example.org/a", "selector": position})
    assert read(both).highlights[0].parts == read(alone).highlights[0].parts == (Span(3, 9),)
    assert read(both).counted_elsewhere


@pytest.mark.parametrize(
    "selector",
    [
        {"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc5147", "value": "char=3,9"},
        {
            "type": "RangeSelector",
            "startSelector": {"type": "TextPositionSelector", "start": 3, "end": 4},
            "endSelector": {"type": "TextPositionSelector", "start": 9, "end": 12},
        },
    ],
)
def test_a_place_may_be_said_in_other_ways(selector: dict[str, object]) -> None:
    node = annotation(target={"source": "http://example.org/a", "selector": selector})
    assert [one.parts for one in read(node).highlights] == [(Span(3, 9),)]


@pytest.mark.parametrize(
    ("start", "end", "held"),
    [
        ("old mill", "on Monday", "old mill burned"),
        ("old", "mill", "old"),
        ("on Monday", "old mill", None),  # the wrong way round
        ("The", "nowhere", None),
        ("wheel", "Monday", None),  # there are two
    ],
)
def test_a_range_goes_from_words_to_words(start: str, end: str, held: str | None) -> None:
    body = "The old mill burned on Monday. A wheel, and one more wheel, fell."
    address = "http://example.org/a"
    mill = TextEntry(
        "mill",
        "The Mill",
        "",
        address,
        "2026-01-01T00:00:00Z",
        (version_of(body, added="2026-01-01T00:00:00Z"),),
    )
    selector = {"type": "RangeSelector", "startSelector": quote(start), "endSelector": quote(end)}
    came = read(annotation(target={"source": address, "selector": selector}))
    with libraries() as made, made.new(Archive(texts=(mill,))) as library:
        merge(library, came)
        (one,) = library.highlights.find()
        stands = None if one.anchor is Anchor.ORPHAN else body[slice(*one.span)]
        assert (stands, one.quote) == (held, held or f"{start} … {end}")
        assert not merge(library, came).changes


@pytest.mark.parametrize(
    ("other", "end", "held", "anchor"),
    [
        ("fell", "on Monday", "old mill burned … fell", Anchor.EXACT),
        ("nowhere", "on Monday", "old mill burned", Anchor.CHANGED),
        ("wheel", "on Monday", "old mill burned", Anchor.CHANGED),  # there are two
        ("Smith &amp; Sons", "on Monday", "old mill burned … Smith & Sons", Anchor.EXACT),
        ("fell", "nowhere", "fell", Anchor.CHANGED),
        ("nowhere", "wheel", "old mill … wheel … nowhere", Anchor.ORPHAN),
    ],
)
def test_a_range_may_be_one_of_several_targets(other: str, end: str, held: str, anchor: Anchor) -> None:
    address = "http://example.org/a"
    words = "The old mill burned on Monday. A wheel, and one more wheel, fell at Smith & Sons."
    body = version_of(words, added="2026-01-01T00:00:00Z")
    mill = TextEntry("mill", "The Mill", "", address, "2026-01-01T00:00:00Z", (body,))
    between = {"type": "RangeSelector", "startSelector": quote("old mill"), "endSelector": quote(end)}
    targets = [{"source": address, "selector": selector} for selector in (between, quote(other))]
    came = read(annotation(target=targets))
    with libraries() as made, made.new(Archive(texts=(mill,))) as library:
        merge(library, came)
        (one,) = library.highlights.find()
        assert (one.quote, one.anchor) == (held, anchor)
        if anchor is not Anchor.ORPHAN:
            assert " … ".join(words[slice(*part)] for part in one.parts) == held
        assert not merge(library, came).changes


@pytest.mark.parametrize(
    "ids",
    [
        ({"id": "http://example.org/1"}, {"id": "http://example.org/2"}),
        ({"id": "http://example.org/1"}, {"id": "http://example.org/2", "created": "2026-01-02T00:00:00Z"}),
    ],
)
def test_annotations_whose_words_stand_nowhere_are_known_by_their_ids(
    ids: tuple[dict[str, str], ...],
) -> None:
    address = "http://example.org/a"
    body = version_of("The old mill burned.", added="2026-01-01T00:00:00Z")
    mill = TextEntry("mill", "The Mill", "", address, "2026-01-01T00:00:00Z", (body,))
    target = {"source": address, "selector": quote("nowhere")}
    came = [read(annotation(target=target, **said)) for said in ids]
    with libraries() as made, made.new(Archive(texts=(mill,))) as library:
        assert [merge(library, one).highlights for one in (*came, *came)] == [1, 1, 0, 0]
        assert [one.anchor for one in library.highlights.find()] == [Anchor.ORPHAN] * 2


def test_words_or_a_place_beside_or_inside_a_range_of_words_go_before_it() -> None:
    between = {"type": "RangeSelector", "startSelector": quote("The"), "endSelector": quote("on")}
    for selectors, found in (
        ([between, quote("old mill")], ("old mill", ())),
        ([between, POSITION], ("", (Span(3, 9),))),
        ([between | {"refinedBy": quote("mill")}], ("mill", ())),
    ):
        archive = read(annotation(target={"source": "http://example.org/a", "selector": selectors}))
        assert [(one.quote, one.parts, one.anchor) for one in archive.highlights] == [(*found, Anchor.EXACT)]
        assert archive.ranges == ()


POSITION = {"type": "TextPositionSelector", "start": 3, "end": 9}
XPATH = {"type": "XPathSelector", "value": "/html/body/p[2]"}


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        (XPATH | {"refinedBy": quote("Iran", prefix="a ")}, ("Iran", "a ", "", ())),
        (XPATH | {"refinedBy": [POSITION, quote("Iran")]}, ("Iran", "", "", ())),
        (POSITION | {"refinedBy": {"type": "TextPositionSelector", "start": 1, "end": 4}}, ("", "", "", (Span(4, 7),))),
        (quote("a, b and c", suffix=".") | {"refinedBy": quote("b")}, ("b", "a, ", " and c.", ())),
        (quote("a, b and c", prefix="(") | {"refinedBy": {"type": "TextPositionSelector", "start": 3, "end": 4}},
         ("b", "(a, ", " and c", ())),
        (quote("a, b and b") | {"refinedBy": quote("b")}, ("b", "", "", ())),
        (POSITION | {"refinedBy": quote("a mill")}, ("a mill", "", "", (Span(3, 9),))),
        (POSITION | {"refinedBy": quote("mill")}, ("mill", "", "", ())),
        (quote("a, b") | {"refinedBy": {"type": "CssSelector", "value": "em"}}, ("a, b", "", "", ())),
    ],
)  # fmt: skip
def test_what_refines_a_selector_counts_inside_it(
    selector: dict[str, object], found: tuple[str, str, str, tuple[Span, ...]]
) -> None:
    (one,) = read(annotation(target={"source": "http://example.org/a", "selector": selector})).highlights
    assert (one.quote, one.before, one.after, one.parts) == found


def test_a_place_inside_what_is_not_understood_is_none() -> None:
    start = {"startSelector": XPATH | {"refinedBy": POSITION}, "endSelector": XPATH | {"refinedBy": POSITION}}
    for selector in (XPATH | {"refinedBy": POSITION}, {"type": "RangeSelector"} | start):
        node = annotation(target={"source": "http://example.org/a", "selector": selector}, bodyValue="why?")
        archive = read(node)
        assert archive.highlights == ()
        assert archive.left_out[0].startswith(f"items[0]: its place, which only {selector['type']} says")


@pytest.mark.parametrize(
    ("fragment", "found"),
    [
        (":~:text=old%20mill", ("old mill", "", "", ())),
        ("top:~:text=the-,old%20mill,-burned", ("old mill", "the ", " burned", ())),
        ("char=3,9", ("", "", "", (Span(3, 9),))),
    ],
)
def test_the_end_of_an_address_may_say_the_place(
    fragment: str, found: tuple[str, str, str, tuple[Span, ...]]
) -> None:
    address = "http://example.org/a"
    selector = {"type": "FragmentSelector", "value": fragment}
    for target in (f"{address}#{fragment}", {"source": address, "selector": selector}):
        archive = read(annotation(target=target))
        (one,) = archive.highlights
        assert (one.quote, one.before, one.after, one.parts) == found
        assert archive.texts[0].source == address


@pytest.mark.parametrize("fragment", ["top", ":~:text=from,to", "char=9,3"])
def test_any_other_end_of_an_address_says_none(fragment: str) -> None:
    archive = read(annotation(target=f"http://example.org/a#{fragment}", bodyValue="why?"))
    assert (len(archive.highlights), len(archive.notes)) == (0, 1)


def test_the_names_of_open_annotation_and_of_rdf_are_read() -> None:
    said = {
        "@id": ONE,
        "@type": "oa:Annotation",
        "oa:hasTarget": {
            "hasSource": "http://example.org/a",
            "hasSelector": {"@type": "oa:TextQuoteSelector", "oa:exact": "Iran", "prefix": "a "},
        },
        "hasBody": {"@type": ["cnt:ContentAsText"], "chars": "why?"},
        "annotatedAt": "2014-01-02T00:00:00Z",
        "annotatedBy": {"@type": "foaf:Person", "foaf:name": "ana"},
    }
    oa = "http://www.w3.org/ns/oa#"
    selector = {
        "@type": [f"{oa}TextQuoteSelector"],
        f"{oa}exact": [{"@value": "Iran"}],
        f"{oa}prefix": [{"@value": "a "}],
    }
    expanded = {
        "@id": ONE,
        "@type": [f"{oa}Annotation"],
        f"{oa}hasTarget": [
            {f"{oa}hasSource": [{"@id": "http://example.org/a"}], f"{oa}hasSelector": [selector]}
        ],
        f"{oa}hasBody": [
            {"http://www.w3.org/1999/02/22-rdf-syntax-ns#value": [{"@value": "why?", "@language": "en"}]}
        ],
        "http://purl.org/dc/terms/created": [
            {"@value": "2014-01-02T00:00:00Z", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"}
        ],
        "http://purl.org/dc/terms/creator": [{"http://xmlns.com/foaf/0.1/name": [{"@value": "ana"}]}],
    }
    for node in (said, [expanded]):
        (one,) = read(node).highlights
        assert (one.quote, one.before, one.note, one.reader, one.created) == (
            "Iran", "a ", "why?", "ana", "2014-01-02T00:00:00Z",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("more", "told"), [({"bodyValue": "why?"}, ": what it says is a note on the text"), ({}, "")]
)
def test_a_place_that_cannot_be_read_is_named(more: dict[str, str], told: str) -> None:
    selector = {"type": "XPathSelector", "value": "/html/body/p[2]"}
    archive = read(annotation(target={"source": "http://example.org/a", "selector": selector}, **more))
    assert archive.left_out == (f"items[0]: its place, which only XPathSelector says{told}",)
    assert [note.words for note in archive.notes] == list(more.values())


@pytest.mark.parametrize(
    ("selectors", "told"),
    [
        ([quote("old"), POSITION], "items[0]: one of its targets, which only a position says beside words"),
        ([quote("old"), XPATH], "items[0]: one of its targets, which only XPathSelector says"),
        ([quote("old"), [quote("mill"), POSITION]], ""),
        ([POSITION, POSITION | {"start": 10, "end": 12}], ""),
    ],
)
def test_a_target_that_is_not_taken_beside_others_is_named(selectors: list[object], told: str) -> None:
    targets = [{"source": "http://example.org/a", "selector": selector} for selector in selectors]
    archive = read(annotation(target=targets))
    assert archive.left_out == ((told,) if told else ())
    assert len(archive.highlights) == 1


@pytest.mark.parametrize(
    ("targets", "held"),
    [
        ([("mill", 8), ("The", 0)], "The … mill"),
        ([("", 8), ("", 0)], "The … mill"),
        ([("", 4), ("", 6)], "old mi"),
        ([("old mill", 4), ("mill burned", 8)], "old mill burned"),
    ],
)
def test_targets_may_come_in_any_order_and_overlap(targets: list[tuple[str, int]], held: str) -> None:
    address = "http://example.org/a"
    body = version_of("The old mill burned.", added="2026-01-01T00:00:00Z")
    mill = TextEntry("mill", "The Mill", "", address, "2026-01-01T00:00:00Z", (body,))
    said = []
    for words, start in targets:
        end = start + (len(words) or (4 if start else 3))
        place = {"type": "TextPositionSelector", "start": start, "end": end}
        said.append({"source": address, "selector": [place, *([quote(words)] if words else [])]})
    came = read(annotation(target=said))
    with libraries() as made, made.new(Archive(texts=(mill,))) as library:
        merge(library, came)
        (one,) = library.highlights.find()
        assert (one.quote, one.anchor) == (held, Anchor.EXACT)
        assert not merge(library, came).changes


def test_a_note_in_html_is_its_words() -> None:
    body = {
        "type": "TextualBody",
        "format": "text/html",
        "value": "<p>Who <b>burned</b> it?</p><p>A &amp; B</p>",
    }
    target = {"source": "http://example.org/a", "selector": quote("mill")}
    assert read(annotation(body=body, target=target)).highlights[0].note == "Who burned it?\n\nA & B"


def test_it_is_known_by_what_stands_in_it_where_its_ending_is_json() -> None:
    page = {"@context": CONTEXT, "type": "AnnotationPage", "items": []}
    assert format_in("page.json", json.dumps(page).encode()) == "jsonld"
    plain = {"type": "Annotation", "target": "http://example.org/a"}
    assert format_in("one.json", json.dumps([plain]).encode()) == "jsonld"


@pytest.mark.parametrize(
    ("state", "confidence", "anchor"),
    [
        ("changed", 0, (Anchor.CHANGED, 0.0)),
        ("changed", 62.5, (Anchor.CHANGED, 62.5)),
        ("orphan", 100, (Anchor.ORPHAN, 100.0)),
        ("changed", 100.5, (Anchor.EXACT, 100.0)),
        ("changed", -1, (Anchor.EXACT, 100.0)),
        ("changed", "62", (Anchor.EXACT, 100.0)),
        ("floating", 62, (Anchor.EXACT, 100.0)),
        ("changed", None, (Anchor.EXACT, 100.0)),
    ],
)
def test_how_a_highlight_stands_is_read_where_it_can_be(
    state: str, confidence: object, anchor: tuple[Anchor, float]
) -> None:
    target = {"source": "http://example.org/1", "selector": quote("words")}
    node = annotation(target=target, **{"tui:anchor": state, "tui:confidence": confidence})
    (one,) = read(node).highlights
    assert (one.anchor, one.confidence) == anchor


def test_offsets_in_quotes_are_offsets() -> None:
    position = {"type": "TextPositionSelector", "start": "3", "end": "9"}
    archive = read(annotation(target={"source": "http://example.org/a", "selector": position}))
    assert archive.highlights[0].parts == (Span(3, 9),)
    with pytest.raises(LibraryError, match="must be a whole number"):
        read(annotation(target={"source": "http://example.org/a", "selector": {**position, "end": "IX"}}))


def test_a_graph_whose_nodes_stand_side_by_side_is_put_together() -> None:
    """As programs write it that keep annotations as RDF."""
    archive = read(
        {
            "@context": CONTEXT,
            "@graph": [
                {"id": "_:b0", "source": "http://example.org/a", "selector": ["_:b1", {"id": "_:b2"}]},
                {"id": "_:b1", "type": "TextPositionSelector", "start": "3", "end": "9"},
                {"id": "_:b2", **quote("Tehran", prefix="in ")},
                annotation(target="_:b0", body="_:b3", creator="_:b4"),
                {"id": "_:b3", "type": "TextualBody", "value": "which?"},
                {"id": "_:b4", "type": "Person", "name": "ana"},
                {"id": "_:b5", "type": "Person", "selector": "_:b5"},
                {**annotation(target=ONE, bodyValue="an answer"), "id": "http://example.org/anno2"},
            ],
        }
    )
    (highlight,) = archive.highlights
    assert (highlight.quote, highlight.before, highlight.parts) == ("Tehran", "in ", (Span(3, 9),))
    assert (highlight.note, highlight.reader) == ("which?", "ana")
    assert [note.words for note in archive.notes] == ["an answer"]
    assert archive.left_out == ("items[1]: must be an object of the type Annotation",)


def test_nodes_that_multiply_are_refused() -> None:
    nodes = [{"id": f"_:b{number}", "selector": [f"_:b{number + 1}"] * 4} for number in range(30)]
    with pytest.raises(LibraryError, match="refer to each other"):
        read({"@context": CONTEXT, "@graph": [annotation(target="_:b0"), *nodes]})


def test_one_odd_item_is_named_and_does_not_refuse_the_rest() -> None:
    good = annotation(target={"source": "http://example.org/a", "selector": quote("Tehran")})
    archive = read([good, {"type": "Person"}, annotation(target=[]), 7])
    assert [one.quote for one in archive.highlights] == ["Tehran"]
    assert archive.left_out == (
        "items[1]: must be an object of the type Annotation",
        "items[3]: must be an object of the type Annotation",
        "items[2].target: must be an address or an object with a source",
    )


@pytest.mark.parametrize(
    "whole",
    [
        lambda node: node,
        lambda node: [node],
        lambda node: {"@context": CONTEXT, "@graph": [node]},
        lambda node: {"type": "AnnotationPage", "items": [node]},
        lambda node: {"type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": [node]}},
        lambda node: {**node, "type": ["Annotation", "schema:Comment"]},
        lambda node: {
            **{key: value for key, value in node.items() if key != "type"},
            "@type": "oa:Annotation",
        },
    ],
)
def test_annotations_are_found_wherever_the_standard_lets_them_stand(whole: object) -> None:
    node = annotation(target={"source": "http://example.org/a", "selector": quote("Tehran")})
    assert [one.quote for one in read(whole(node)).highlights] == ["Tehran"]  # type: ignore[operator]


def test_targets_in_two_texts_make_two_highlights_and_a_whole_text_takes_a_note() -> None:
    targets = [{"source": f"http://example.org/{name}", "selector": quote(name)} for name in ("a", "b", "a")]
    archive = read(annotation(target={"type": "Composite", "items": targets}))
    assert [(one.text, one.quote) for one in archive.highlights] == [("a", "a … a"), ("b", "b")]
    archive = read(annotation(bodyValue="all of it", target="http://example.org/a"))
    assert [(note.text, note.words) for note in archive.notes] == [("a", "all of it")]


def test_an_answer_to_an_annotation_is_a_note_and_one_that_leads_to_another_a_link() -> None:
    target = {"source": "http://example.org/a", "selector": quote("Tehran")}
    first, second = annotation(target=target), annotation(target=target) | {"id": "http://example.org/anno2"}
    answer = annotation(bodyValue="No.", target=ONE) | {"id": "http://example.org/anno3"}
    link = annotation(body=ONE, target="http://example.org/anno2") | {"id": "http://example.org/anno4"}
    archive = read([first, second, answer, link])
    assert [(note.text, note.words) for note in archive.notes] == [(None, "No.")]
    uids = [highlight.uid for highlight in archive.highlights]
    assert [(one.left, one.right, one.kind) for one in archive.links] == [(uids[1], uids[0], "linked")]


def test_a_link_whose_ends_are_not_in_the_file_stays_a_link() -> None:
    alone = marked()._replace(highlights=(), texts=())
    assert w3c.read(written(alone), "x.jsonld").links == alone.links


def test_notes_keep_their_place() -> None:
    notes = (
        NoteEntry("00000000-0000-4000-8000-000000000008", "one", "on the text", "ana", "", ""),
        NoteEntry("00000000-0000-4000-8000-000000000009", None, "on all", "ana", "", ""),
    )
    assert w3c.read(written(marked()._replace(notes=notes)), "x.jsonld").notes == notes


DEEP = b"[" * 100_000 + b"]" * 100_000
NESTED = json.dumps(annotation(target=None)).replace("null", '{"items": [' * 300 + "1" + "]}" * 300).encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no JSON"),
        (b"\xff", "no UTF-8"),
        (DEEP, "nested too deep"),
        (b'{"type": "Annotation", "type": "Annotation"}', "stands twice"),
        (b'{"a": NaN}', "NaN"),
        (b"{}", "x.jsonld holds no Web Annotations"),
        (b'{"type": "AnnotationPage"}', "items: must be an array"),
        (b'{"type": "AnnotationCollection", "first": "http://example.org/1"}', "only says where"),
        (
            b'{"type": "AnnotationPage", "items": ["http://example.org/1"]}',
            r"items\[0\]: must be an object of the type",
        ),
        (b'{"type": "Annotation", "id": "a:b"}', r"items\[0\]\.target: must be"),
        (NESTED, r"items\[0\]\.target: must be"),
        (
            json.dumps(
                annotation(target={"source": "a:b", "selector": {"type": "TextQuoteSelector"}})
            ).encode(),
            "exact",
        ),
        (
            json.dumps(
                annotation(
                    target={
                        "source": "a:b",
                        "selector": {"type": "TextPositionSelector", "start": 9, "end": 2},
                    }
                )
            ).encode(),
            "ends at 2, before it starts",
        ),
        (
            json.dumps(
                annotation(
                    target={"source": "a:b", "selector": {"type": "TextPositionSelector", "start": True}}
                )
            ).encode(),
            "start: must be a whole number",
        ),
        (b'{"type": "AnnotationCollection", "tui:archive": {"format": "x"}}', "no JSON of ours"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_broken_file_is_refused_in_one_line_that_names_the_place(data: bytes, said: str) -> None:
    with pytest.raises(LibraryError, match=said) as refused:
        w3c.read(data, "x.jsonld")
    assert "\n" not in str(refused.value)


@unhurried
@given(scrambled(json.loads(written(marked()))))
def test_whatever_is_wrong_is_told_in_one_line(whole: object) -> None:
    try:
        w3c.read(json.dumps(whole).encode(), "x.jsonld")
    except LibraryError as error:
        assert "\n" not in str(error)  # noqa: PT017  # most are refused, but some can still be read
