"""Words in XML: whatever they hold, a parser reads them back."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.exchange.xml import element, element_of, escaped, harmless, in_attribute, started, words_in

WORDS = st.text("ab &<>\"'\r\n\t\x00\x1f\ufffe\uffff\ud800😀", max_size=12)


@given(WORDS)
def test_words_come_back_as_they_were_but_for_what_no_xml_can_hold(words: str) -> None:
    document = element("a", words_in("b", words), said=words)
    read = fromstring(document)
    assert (read.findtext("b"), read.get("said", "")) == (harmless(words), harmless(words))
    assert harmless(harmless(words)) == harmless(words)
    assert len(harmless(words)) == len(words)


@pytest.mark.parametrize(
    ("words", "shown"),
    [("\x00", "␀"), ("\x1f", "␟"), (" ", " "), ("\t\n\r", "\t\n\r"), ("\ufffe\uffff\udfff", "\ufffd" * 3)],
)
def test_control_characters_are_their_pictures(words: str, shown: str) -> None:
    assert harmless(words) == shown


def test_what_a_parser_would_read_otherwise_is_escaped_and_nothing_else() -> None:
    assert escaped('a & b < c > d\re\nf\t"g"') == 'a &amp; b &lt; c &gt; d&#13;e\nf\t"g"'
    assert in_attribute("a & b < c > d\re\nf\t\"g\" 'h'") == (
        "a &amp; b &lt; c &gt; d&#13;e&#10;f&#09;&quot;g&quot; 'h'"
    )
    for plain in ("", "plain words", "😀"):
        assert escaped(plain) == in_attribute(plain) == plain


def test_what_is_empty_takes_no_room() -> None:
    assert element("a") == element("a", "", b="") == words_in("a", "") == "<a />"
    assert element("a", "<b />", c="1", d="", e='"') == '<a c="1" e="&quot;"><b /></a>'
    assert element_of("a", {"xml:id": "x"}) == '<a xml:id="x" />'
    assert started("a") == "<a>"
    assert started("a", b="1") == '<a b="1">'
    assert words_in("a", "<") == "<a>&lt;</a>"
