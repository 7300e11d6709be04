"""Words of scripts without blanks are told from what stands together in both texts."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from texts.compare import compare, read
from texts.compare.collocations import collocations
from texts.model import Text
from texts.relate import relate
from texts.segment import passages

LEFT = (
    "耶穌看見約翰。約翰說，我看見耶穌。\n\n門徒聽見耶穌，就跟從耶穌。門徒問，住在哪裡。\n\n耶穌說，你們來看。約翰的門徒去看。"
    "\n\n看見的人就作見證。見證是真的。\n\n見證人看見門徒，門徒看見約翰。"
)
RIGHT = (
    "太初有道。道與人同在。\n\n萬物都藉著道造的。生命在他裡頭。\n\n生命就是人的光。光照在黑暗裡。"
    "\n\n黑暗不接受光。生命是光。"
)


def text(body: str, slug: str) -> Text:
    return Text(slug, slug, "", "", body, passages(body, furniture=False))


def test_distinctive_words_of_chinese_are_words() -> None:
    left, right = text(LEFT, "left"), text(RIGHT, "right")
    found = compare(left, right, relate(left, right)).distinctive
    words = {use.word for use in found.left}
    assert {"耶穌", "看見", "約翰", "門徒"} <= words
    assert not words & set("耶穌約翰徒")
    assert "生命" in {use.word for use in found.right}
    for use in found.left:
        assert {LEFT[slice(*span)] for span in use.left} == {use.word}


def test_traditional_and_simplified_are_cut_alike() -> None:
    left = text(LEFT, "left")
    right = text(
        LEFT.replace("約", "约").replace("見", "见").replace("證", "证").replace("穌", "稣"), "right"
    )
    found = compare(left, right, relate(left, right)).distinctive
    assert found.left == found.right == ()
    assert {"耶穌", "耶稣"} & {use.word for use in found.shared}


def test_texts_with_blanks_between_words_have_no_collocations() -> None:
    body = "The mill burned down. The mill burned down. The mill burned down."
    assert collocations((read(text(body, "one")), read(text(body, "two"))), ()) == ()


@given(st.lists(st.text("耶穌看見的。 a\n", max_size=30), max_size=4))
def test_units_cover_the_words_in_order(bodies: list[str]) -> None:
    body = "\n\n".join(bodies)
    plain = read(text(body, "text"))
    joined = replace(plain, collocations=collocations((plain, plain), ()))
    assert "".join(word.written for word in joined.units) == "".join(word.written for word in plain.words)
    assert all(
        one.span.end <= other.span.start for one, other in zip(joined.units, joined.units[1:], strict=False)
    )
