"""PDFs: lines joined to paragraphs, verse kept, broken words whole, running heads gone."""

from __future__ import annotations

import sys

import pytest

from texts.load import LoadError, load_bytes
from texts.load.layout import LayoutLine
from texts.load.reflow import paragraphs

LINES = ("The harbour was full of boats by the first light of day", "and nobody could say whose they were.")


def page(*rows: str, left: float = 70, top: float = 700, width: float = 300) -> list[LayoutLine]:
    """Lines below each other; those that end in a dot or comma are short, others fill the column."""
    return [
        LayoutLine(words, left, left + (width / 2 if words[-1] in ".," else width), y, y + 10, 10)
        for words, y in zip(rows, range(int(top), 0, -12), strict=False)
    ]


def bodies(*pages: list[LayoutLine], furniture: bool = True) -> list[str]:
    return ["\n".join(block.lines) for block in paragraphs(pages, furniture=furniture)]


def test_lines_become_paragraphs() -> None:
    assert bodies(page(*LINES, *LINES)) == [" ".join(LINES)] * 2


def test_runs_on_one_height_are_one_line_from_left_to_right() -> None:
    first, second = page(*LINES)
    begun = LayoutLine("The", 70, 90, first.bottom, first.top, 10)
    rest = LayoutLine(LINES[0].removeprefix("The "), 95, 370, first.bottom + 0.4, first.top + 0.4, 10)
    assert bodies([begun, rest, second]) == bodies([rest, begun, second]) == [" ".join(LINES)]


def test_verse_keeps_its_lines() -> None:
    verse = ("The sea is,", "the boats are,", "nobody counts,", "the fish.")
    assert bodies([*page(*LINES), *page(*verse, top=650)]) == [" ".join(LINES), "\n".join(verse)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("a US-", "led force."), "a US-led force."),
        (("the harbour and the har-", "bour again."), "the harbour and the harbour again."),
        (("the al-", "Qaeda."), "the al-Qaeda."),
        (("in Syria –", "where it is."), "in Syria – where it is."),
    ],
)
def test_hyphens_at_the_ends_of_lines(rows: tuple[str, ...], expected: str) -> None:
    assert bodies(page(*rows)) == [expected]


def test_running_heads_and_page_numbers_go_unless_every_paragraph_is_wanted() -> None:
    prose = [f"Words of page {word} which go on to the very end" for word in ("one", "two", "three")]
    pages = [page("THE QUAY", words, words, words, "and end.", str(n)) for n, words in enumerate(prose, 7)]
    assert not {"THE QUAY", "7", "8"} & set(" ".join(bodies(*pages)).split("\n"))
    assert "THE QUAY" not in " ".join(bodies(*pages))
    assert "THE QUAY" in " ".join(bodies(*pages, furniture=False))


def test_columns_are_read_one_after_the_other() -> None:
    first, second = (
        [f"left {n} is a line of a column" for n in range(6)],
        [f"right {n} is a line too yes" for n in range(6)],
    )
    mixed = [
        line
        for pair in zip(page(*first, width=200), page(*second, left=300, width=200), strict=True)
        for line in pair
    ]
    assert bodies(mixed) == [" ".join(first + second)]


def test_what_is_no_pdf_and_a_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(
        LoadError, match=r"^reading PDF wants one more package, .*'close-reading-tui\[pdf\]'$"
    ):
        load_bytes(b"%PDF-1.4", "x")
    monkeypatch.undo()
    with pytest.raises(LoadError, match="is no PDF"):
        load_bytes(b"words", "x.pdf")


def test_three_columns_below_a_headline_are_read_one_after_the_other() -> None:
    columns = [[f"{name} {n} is a line of its column" for n in range(9)] for name in ("one", "two", "three")]
    pages = [page(*lines, left=40 + 180 * at, width=160, top=680) for at, lines in enumerate(columns)]
    headline = LayoutLine("A headline across the page", 40, 560, 700, 716, 16)
    mixed = [headline, *(line for row in zip(*pages, strict=True) for line in row)]
    assert bodies(mixed) == [headline.words, " ".join(line for lines in columns for line in lines)]


def test_verse_alone_on_a_page_keeps_its_lines_and_stanzas() -> None:
    first = (
        "Shall I compare thee to a day?",
        "Thou art more lovely and mild",
        "Rough winds do shake the buds",
    )
    second = ("So long as men can breathe", "So long lives this, and gives", "And nothing more is said of it")
    assert bodies([*page(*first), *page(*second, top=650)]) == ["\n".join(first), "\n".join(second)]
