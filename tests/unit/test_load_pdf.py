"""PDFs: lines joined to paragraphs, verse kept, broken words whole, running heads gone."""

from __future__ import annotations

import sys

import pytest
from formats import pdf_of_objects

from texts.load import LoadError, load_bytes, pdf
from texts.load.blocks import BlockKind
from texts.load.document import File
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


Row = tuple[str, float, float]
FULL = ("and the boats of the harbour went out to sea again", 70.0, 370.0)
LAST = ("and came back in the evening with all of their fish.", 70.0, 370.0)
OUT = ("and so it went on for the rest of the whole long year", 60.0, 370.0)


def laid(*rows: Row, step: float = 12, size: float = 10) -> list[str]:
    """The paragraphs that lines make: their words, and where they begin and end."""
    lines = [
        LayoutLine(words, left, right, 700 - step * place, 700 - step * place + size, size)
        for place, (words, left, right) in enumerate(rows)
    ]
    return bodies(lines)


def indented(row: Row, by: float) -> Row:
    return row[0], row[1] + by, row[2]


def short(row: Row) -> Row:
    return row[0], row[1], row[2] - 100


def words_of(*rows: Row) -> str:
    return " ".join(words for words, _, _ in rows)


@pytest.mark.parametrize(
    ("rows", "first"),
    [
        ([FULL, LAST, indented(FULL, 12), LAST], 2),  # after a sentence
        ([FULL, LAST, indented(FULL, 7), LAST], 2),
        ([FULL, LAST, indented(FULL, 5), LAST], 0),  # hardly indented
        ([FULL, FULL, indented(FULL, 12), FULL], 2),  # the next line returns to the edge
        ([FULL, FULL, indented(FULL, 12), indented(FULL, 12)], 0),  # none returns, no sentence ends
        ([FULL, LAST, indented(FULL, 12), indented(FULL, 12)], 2),
        ([FULL, short(FULL), FULL, OUT], 2),  # what hangs out
        ([FULL, FULL, FULL, OUT], 0),
        ([FULL, short(LAST), FULL, LAST], 2),  # a short line ends a paragraph with a sentence
        ([FULL, short(FULL), FULL, LAST], 0),
        ([FULL, LAST, FULL, LAST], 0),
        ([FULL, (LAST[0], 70, 335), FULL, LAST], 0),  # not short enough
        ([FULL, short(LAST), indented(FULL, 12), indented(FULL, 12)], 2),
    ],
)
def test_a_paragraph_begins_where_the_edges_of_lines_say_so(rows: list[Row], first: int) -> None:
    if not first:
        assert laid(*rows) == [words_of(*rows)]
    else:
        assert laid(*rows) == [words_of(*rows[:first]), words_of(*rows[first:])]


@pytest.mark.parametrize(
    ("gap", "size", "parts"),
    [(12, 10, 1), (16, 10, 1), (17, 10, 2), (12, 10.8, 1), (12, 10.95, 2), (12, 9.1, 2), (12, 9.3, 1)],
)
def test_a_gap_and_letters_of_another_size_end_a_paragraph(gap: float, size: float, parts: int) -> None:
    tops = [710.0, 698.0, 686.0]
    lines = [LayoutLine(FULL[0], 70, 370, top - 10, top, 10) for top in tops]
    for top in (686 - gap, 686 - gap - 12, 686 - gap - 24):
        lines.append(LayoutLine(FULL[0], 70, 370, top - size, top, size))
    assert len(bodies(lines)) == parts


@pytest.mark.parametrize(
    ("before", "item", "is_one"),
    [
        (FULL, "• the first of them", True),  # a round bullet is nothing else
        (FULL, "– the first of them", False),
        (short(FULL), "– the first of them", True),
        (LAST, "– the first of them", True),
        (LAST, "1. the first of them", True),
        (LAST, "(a) the first of them", True),
        (LAST, "10) the first of them", True),
        (FULL, "a. m. the first", False),
    ],
)
def test_an_item_of_a_list_begins_after_a_sentence_or_a_short_line(
    before: Row, item: str, is_one: bool
) -> None:
    found = paragraphs(
        [
            [
                LayoutLine(words, left, right, 700 - 12 * n, 710 - 12 * n, 10)
                for n, (words, left, right) in enumerate([FULL, before, (item, 70, 370), LAST])
            ]
        ]
    )
    assert (found[-1].kind is BlockKind.ITEM) is is_one
    assert len(found) == 1 + is_one


def columns(first: Row, second: Row, size: float = 10) -> list[str]:
    """What the last line of a page and the first one of the next make."""
    pages = [[LayoutLine(*first, 100, 110, 10)], [LayoutLine(*second, 700, 700 + size, size)]]
    full = [LayoutLine(*FULL, 112, 122, 10)]
    return bodies([*full, *pages[0]], pages[1], furniture=False)


@pytest.mark.parametrize(
    ("first", "second", "size", "goes_on"),
    [
        (FULL, FULL, 10, True),
        (FULL, ("Then went", 70, 370), 10, True),  # a full line goes on whatever comes
        (short(FULL), ("then went", 70, 370), 10, True),
        (short(FULL), ("Then went", 70, 370), 10, False),
        (LAST, FULL, 10, False),
        (FULL, FULL, 11, False),
        (FULL, ("1. the first", 70, 370), 10, False),
        (("the harbour and the har-", 70, 200), ("Bour", 70, 370), 10, True),
    ],
)
def test_a_paragraph_goes_on_on_the_next_page(first: Row, second: Row, size: float, goes_on: bool) -> None:
    assert (len(columns(first, second, size)) == 1) is goes_on


@pytest.mark.parametrize(
    ("sizes", "levels"),
    [
        ([24.0, 18.0, 15.0, 13.0, 11.3], [1, 2, 3, 3, 3]),
        ([24.0, 11.1], [1]),  # hardly larger than the rest
        ([11.2, 9.0], []),
    ],
)
def test_larger_letters_are_headings_by_their_size(sizes: list[float], levels: list[int]) -> None:
    top = 900.0
    lines = []
    for size in sizes:
        lines.append(LayoutLine(f"A line of {size}", 70, 200, top - size, top, size))
        top -= 3 * size
    lines += [LayoutLine(FULL[0], 70, 370, top - 12 * n, top - 12 * n + 10, 10) for n in range(4)]
    found = {
        block.lines[0]: block.level
        for block in paragraphs([lines], furniture=False)
        if block.kind is BlockKind.HEADING
    }
    assert found == {f"A line of {size}": level for size, level in zip(sizes, levels, strict=False)}


def test_two_hundred_characters_are_a_heading_at_most() -> None:
    prose = [LayoutLine(FULL[0], 70, 370, 900 - 12 * n, 910 - 12 * n, 10) for n in range(9)]
    for length, kind in ((200, BlockKind.HEADING), (201, BlockKind.PARAGRAPH)):
        line = LayoutLine("x" * length, 70, 370, 980, 1000, 20)
        assert paragraphs([[line, *prose]], furniture=False)[0].kind is kind


def printed(*pages: str) -> bytes:
    """A PDF with a page for each of these contents."""
    numbers = range(len(pages))
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in numbers)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n, words in zip(numbers, pages, strict=True):
        content = f"BT /F 10 Tf 40 700 Td {words} ET"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {5 + 2 * n} 0 R"
            " /Resources << /Font << /F 3 0 R >> >> >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    return pdf_of_objects(*objects)


def test_fewer_than_ten_letters_a_page_are_a_stamp_on_a_picture() -> None:
    assert load_bytes(printed("(ten letter) Tj"), "x.pdf").body == "ten letter"
    assert load_bytes(printed("(twenty letters, and.) Tj", ""), "x.pdf").body == "twenty letters, and."
    for pages in (["(ten lette) Tj"], ["(twenty letters and.) Tj", ""], [""]):
        with pytest.raises(LoadError, match="holds pictures of pages and no words"):
            load_bytes(printed(*pages), "x.pdf")


def test_pages_are_told_as_progress() -> None:
    seen: list[tuple[int, int]] = []
    load_bytes(
        printed("(a line of words) Tj", "(more of them) Tj"),
        "x.pdf",
        progress=lambda done, of: seen.append((done, of)),
    )
    assert seen == [(0, 2), (1, 2)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("(one two) Tj 0 -14 Td (three four) Tj", "one two three four"),
        ("(one) Tj 60 0 Td (two three) Tj", "one two three"),
        ("(one two thr) Tj 4 Ts (ee four) Tj", "one two three four"),
        ("(one   two) Tj ( ) Tj (three) Tj", "one two three"),
        ("60 0 Td (three) Tj -60 0 Td (one two) Tj", "one two three"),  # as they stand, not as they come
        ("(one) Tj 0 5 Td (two three) Tj 0 -5 Td", "one two three"),  # raised
    ],
)
def test_letters_of_a_line_are_read_together(content: str, words: str) -> None:
    assert load_bytes(printed(content), "x.pdf").body == words


def test_columns_whose_lines_come_by_turns_are_read_one_after_the_other() -> None:
    sides = [[f"{side} line {number} of its column" for number in range(5)] for side in ("left", "right")]
    rows = (f"({left}) Tj 260 0 Td ({right}) Tj -260 -14 Td" for left, right in zip(*sides, strict=True))
    found = load_bytes(printed(" ".join(rows)), "x.pdf").body
    assert " ".join(found.split()) == " ".join((*sides[0], *sides[1]))


class Standing:
    """Stands for the pages of a PDF: so many pages, each with so many letters."""

    def __init__(self, letters: list[int], title: str = "", author: str = "") -> None:
        self._letters, self.title, self.author = letters, title, author

    def __call__(self, data: bytes, name: str) -> Standing:
        return self

    def __enter__(self) -> Standing:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""

    def __len__(self) -> int:
        return len(self._letters)

    def lines(self, number: int) -> list[LayoutLine]:
        return [LayoutLine("x" * self._letters[number], 70, 370, 690, 700, 10)]


@pytest.mark.parametrize(
    ("letters", "why"),
    [
        ([10], None),
        ([9], "x.pdf holds pictures of pages and no words: run it through OCR first"),
        ([25, 5], None),
        ([14, 5], "x.pdf holds pictures of pages and no words: run it through OCR first"),
        ([], "x.pdf holds pictures of pages and no words: run it through OCR first"),
        ([60, 40], None),
        ([60, 41], "x.pdf holds far more than a text does: it is not read"),
        ([20, 20, 20], None),
        ([20, 20, 20, 20], "x.pdf has 4 pages, more than a text may have: split it"),
    ],
)
def test_how_much_a_pdf_may_hold(
    letters: list[int], why: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 3)
    monkeypatch.setattr(pdf, "MOST_LETTERS", 100)
    monkeypatch.setattr(pdf, "Pages", Standing(letters))
    told: list[tuple[int, int]] = []
    file = File(b"%PDF-1.4", "x.pdf", furniture=False, progress=lambda done, of: told.append((done, of)))
    if why is None:
        assert pdf.read(file).body.count("x") == sum(letters)
        assert told == [(number, len(letters)) for number in range(len(letters))]
    else:
        with pytest.raises(LoadError) as raised:
            pdf.read(file)
        assert str(raised.value) == why


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("The harbour", "The harbour"),
        ("Microsoft Word - harbour", ""),
        ("UNTITLED 2", ""),
        ("harbour.DOCX", ""),
        ("harbour.tex", ""),
        ("harbour.html", "harbour.html"),
    ],
)
def test_what_a_program_called_a_file_is_no_title(
    said: str, title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "Pages", Standing([30], said, "Ann Ash"))
    found = pdf.read(File(b"%PDF-1.4", "x.pdf"))
    assert (found.title, found.author) == (title, "Ann Ash")


def test_what_only_its_name_calls_a_pdf_is_none() -> None:
    with pytest.raises(LoadError, match=r"^x\.pdf is no PDF, whatever its name says$"):
        pdf.read(File(b"PDF", "x.pdf"))


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("(one) Tj 5 Ts (two) Tj", ["onetwo"]),
        ("(one) Tj 6.1 Ts (two) Tj", ["one", "two"]),
        ("(one) Tj -5.9 Ts (two) Tj", ["onetwo"]),  # by less than six tenths of a letter
        ("(one) Tj -6.1 Ts (two) Tj", ["one", "two"]),
    ],
)
def test_a_letter_far_above_or_below_a_line_is_on_another_one(content: str, lines: list[str]) -> None:
    with pdf.Pages(printed(content), "x.pdf") as pages:
        assert [line.words for line in pages.lines(0)] == lines
