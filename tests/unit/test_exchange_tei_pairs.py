"""Two texts as TEI: an apparatus from which either can be read, related passages whose pointers hit their words."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import LibraryError
from store.exchange.tei.tei_pairs import RelatedPassages, apparatus, related_markup
from tests.support.archives import unhurried
from texts.load import load_bytes
from texts.model import Text
from texts.relate import relate

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
LEFT = (
    "# A headline\n\nThe first names Teheran and Iran & so on.\n\nSecond paragraph is here with many words that stay."
    "\n\nThird one about the mole of the harbour.\n\nLast words."
)
RIGHT = (
    "# A Headline\n\nThird one about the mole of the harbour, moved.\n\nThe first names Tehran and IRAN & so on.\n\n"
    "Second paragraph is with many here words that stay.\n\nNew words.\n\nLast words."
)


def text(body: str, name: str = "left.txt") -> Text:
    return load_bytes(body.encode(), name, furniture=False)


def read_by(witness: str, markup: str) -> str:
    """The words that a witness has, blanks as one."""
    body = next(fromstring(markup).iter(f"{TEI}body"))
    return " ".join("".join(_words(body, witness)).replace("\n", " ").split())


def _words(parent: Element, witness: str) -> list[str]:
    words = [parent.text or ""]
    for one in parent:
        if one.tag != f"{TEI}rdg" or one.get("wit") == f"#{witness}":
            words += _words(one, witness)
        words.append(one.tail or "")
    return words


def flat(body: str) -> str:
    return " ".join(re.sub("^#{1,6} ", "", body, flags=re.M).split())


def test_either_witness_is_read_whole_and_what_differs_is_of_a_kind() -> None:
    markup = "".join(apparatus(text(LEFT), text(RIGHT, "right.txt")))
    assert read_by("A", markup) == flat(LEFT)
    assert read_by("B", markup) == flat(RIGHT)
    root = fromstring(markup)
    kinds = [(app.get("type"), *(rdg.text for rdg in app)) for app in root.iter(f"{TEI}app")]
    assert ("spelling", "Iran ", "IRAN ") in kinds
    assert (None, "Teheran ", "Tehran ") in kinds
    assert (None, None, "New words.") in kinds
    assert [kind for kind, *_ in kinds].count("moved") == 2
    assert [one.text for one in root.iter(f"{TEI}witness")] == [
        "A headline, left.txt",
        "A Headline, right.txt",
    ]


def test_lines_of_verse_are_parted_whatever_differs_in_them_and_those_of_prose_are_not() -> None:
    verse = "The reeds bow down,\n  The heron plays,\nAnd I who rowed a thousand days\n  Row still."
    prose = (
        "It stood for a hundred years, through\nfloods and frosts, until the great flood\ncarried it away."
    )
    left, right = (
        text(f"{verse}\n\n{prose}"),
        text(f"{verse}\n\n{prose}".replace("a ", "one ").replace("down", "low")),
    )
    markup = "".join(apparatus(left, right))
    breaks = [len(list(paragraph.iter(f"{TEI}lb"))) for paragraph in fromstring(markup).iter(f"{TEI}p")]
    assert breaks[-2:] == [3, 0]


def test_what_has_little_in_common_is_no_version() -> None:
    with pytest.raises(LibraryError, match="are no versions of one text"):
        apparatus(text(LEFT), text("Entirely other matters, told at some length and in words of their own."))


WORDS = st.lists(
    st.sampled_from(["one", "two", "Three,", "four.", "&", "<five>", "seá", "6.5", "#", "\n\n>", "-"]),
    min_size=1,
    max_size=25,
)


@unhurried
@given(WORDS, WORDS)
def test_any_two_versions_can_be_read_out_again(some: list[str], others: list[str]) -> None:
    body = f"The beginning that both have, long enough to be alike and to be found. {' '.join(some)}"
    bodies = [text(body), text(f"{body[: len(body) // 2]} {' '.join(others)} {body[len(body) // 2 :]}")]
    try:
        markup = "".join(apparatus(*bodies))
    except LibraryError:
        return
    assert [read_by(witness, markup) for witness in "AB"] == [flat(each.body) for each in bodies]


def test_links_of_related_passages_point_at_their_words() -> None:
    left, right = text(LEFT), text(RIGHT, "right.txt")
    relations = relate(left, right)
    pairs = relations.pairs(0)
    found = [
        RelatedPassages(left, right, each, list(relations.evidence(each.left, each.right))) for each in pairs
    ]
    root = fromstring("".join(related_markup(found)))
    by_id = {one.get(ID): "".join(one.itertext()) for one in root.iter() if one.get(ID)}
    groups = list(root.iter(f"{TEI}linkGrp"))
    assert [group.get("n") for group in groups] == [f"{each.score:.1f}" for each in pairs]
    for group, one in zip(groups, found, strict=True):
        first, *words = list(group)
        ends = [by_id[end[1:]] for end in str(first.get("target")).split()]
        assert ends == [
            left.quote(left.passage(one.related.left).span), right.quote(right.passage(one.related.right).span),
        ]  # fmt: skip
        for link, word in zip(words, one.evidence, strict=True):
            said = re.findall(r"#string-range\((\S+?),(\d+),(\d+)\)", str(link.get("target")))
            assert [by_id[id][int(start) : int(start) + int(length)] for id, start, length in said] == [
                left.quote(word.left), right.quote(word.right),
            ]  # fmt: skip
    assert fromstring("".join(related_markup([]))).tag == f"{TEI}TEI"
