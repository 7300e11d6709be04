"""Characters of symbol fonts, which DOCX and RTF name by their places in the font, as Unicode that looks like them."""

from __future__ import annotations

UNKNOWN = "□"
"""Stands for a sign of a font whose places are not known."""

_SYMBOL = {
    0x21: "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    0xA0: "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪",
    0xF1: "〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
}
"""Runs of the Symbol font by the place where each starts (Adobe, Symbol Encoding to Unicode)."""
_WINGDINGS = {
    0x21: "✏✂✁👓🔔📖🕯☎✆✉", 0x36: "⌛⌨🖰🖲🖳🖴🖫🖬✇✍🖎✌👌👍👎☜☞☝☟🖐☺😐☹💣☠", 0x54: "❄🕆✞🕈✠✡☪☯ॐ☸♈♉♊♋♌♍♎♏♐♑♒♓",
    0x6C: "●❍■□🞐❑❒⬧⧫◆❖⬥⌧⮹⌘", 0x80: "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿", 0x9F: "•", 0xA7: "▪◻", 0xD8: "⮚",
    0xDF: "←→↑↓↖↗↙↘", 0xEF: "⇦⇨⇧⇩⬄⇳", 0xFB: "✗✓☒☑",
}  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_PRIVATE = 0xF000  # where Word puts the places of symbol fonts


def symbol(font: str, place: int) -> str:
    """The character at a place of a font; `UNKNOWN` where the font has signs of its own that are not known here."""
    table = _FONTS.get(font.casefold().strip())
    if table is None:
        if _PRIVATE <= place <= _PRIVATE + 0xFF:
            return UNKNOWN
        return chr(place) if 0x20 <= place < 0xD800 or 0xE000 <= place < 0x110000 else UNKNOWN
    place -= _PRIVATE if place >= _PRIVATE else 0
    for start, characters in table.items():
        if start <= place < start + len(characters):
            return characters[place - start]
    return " " if place == 0x20 else UNKNOWN


def in_font(words: str, font: str) -> str:
    """Words that are set in a symbol font, whose private characters are places of it."""
    if font.casefold().strip() not in _FONTS:
        return words
    return "".join(symbol(font, ord(c)) if _PRIVATE <= ord(c) <= _PRIVATE + 0xFF else c for c in words)


def set_in_font(words: str, font: str) -> str:
    """The same where every character is a place of the font, as in programs that know no Unicode."""
    if font.casefold().strip() not in _FONTS:
        return words
    return "".join(c if c.isspace() else symbol(font, ord(c)) for c in words)
