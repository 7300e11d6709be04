"""Lines on a page: columns one after the other, cells of a row together, and what runs along on every page is gone."""

from __future__ import annotations

import pytest

from texts.load.layout import LayoutLine, regions, without_running


def at(words: str, left: float, right: float, row: int, *, raised: float = 0, size: float = 10) -> LayoutLine:
    bottom = 700 - 12 * row + raised
    return LayoutLine(words, left, right, bottom, bottom + size, size)


def column(name: str, left: float, right: float, rows: range) -> list[LayoutLine]:
    return [at(f"{name} line number {row}", left, right, row) for row in rows]


def read(page: list[LayoutLine]) -> list[list[str]]:
    return [[line.words for line in region.lines] for region in regions(page)]


def names(page: list[LayoutLine]) -> list[str]:
    """By which names the regions of a page begin."""
    return [lines[0].split()[0] for lines in read(page)]


@pytest.mark.parametrize(("count", "are_columns"), [(3, False), (4, True), (9, True)])
def test_two_columns_have_four_lines_each(count: int, are_columns: bool) -> None:
    page = column("left", 70, 200, range(count)) + column("right", 220, 350, range(count))
    assert names(page) == (["left", "right"] if are_columns else ["left"])


@pytest.mark.parametrize(("gutter", "are_columns"), [(8, False), (8.1, True)])
def test_a_gutter_is_wider_than_most_of_a_letter(gutter: float, are_columns: bool) -> None:
    page = column("left", 70, 200, range(5)) + column("right", 200 + gutter, 350, range(5))
    assert (len(names(page)) == 2) is are_columns


def test_the_widest_gutter_parts_first() -> None:
    page = (
        column("one", 70, 200, range(5))
        + column("two", 215, 345, range(5))
        + column("three", 400, 530, range(5))
    )
    assert names(page) == ["one", "two", "three"]


@pytest.mark.parametrize(("right", "are_columns"), [(298, False), (299, True)])
def test_cells_of_a_table_do_not_fill_a_column(right: float, are_columns: bool) -> None:
    """Most lines of a column are longer than three fifths of it; one of five is as long as it is."""
    cells = [at("a cell of a table", 220, right, row) for row in range(4)] + [
        at("a whole line of it", 220, 350, 4)
    ]
    page = column("left", 70, 200, range(5)) + cells
    assert (len(names(page)) == 2) is are_columns


@pytest.mark.parametrize(("words", "are_columns"), [("fourteen chars", False), ("fifteen letters", True)])
def test_a_column_has_words_and_not_numbers(words: str, are_columns: bool) -> None:
    page = column("left", 70, 200, range(5)) + [at(words, 220, 350, row) for row in range(5)]
    assert (len(names(page)) == 2) is are_columns


def test_a_headline_above_columns_and_a_line_below_them_stand_for_themselves() -> None:
    columns = column("left", 70, 200, range(2, 8)) + column("right", 220, 350, range(2, 8))
    head, foot = at("head across both columns", 70, 350, 0), at("foot across both columns", 70, 350, 10)
    assert names([foot, *columns, head]) == ["head", "left", "right", "foot"]


def test_a_region_is_as_wide_as_the_column_that_it_is_in() -> None:
    columns = column("left", 70, 200, range(5)) + column("right", 220, 350, range(5))
    assert [(region.left, region.right) for region in regions(columns)] == [(70, 200), (220, 350)]
    assert regions([]) == []


def test_what_stands_on_one_height_is_one_line() -> None:
    page = [at("b", 100, 110, 0, raised=4.9), at("a", 70, 98, 0), at("c", 112, 120, 0, size=12)]
    (region,) = regions(page)
    (line,) = region.lines
    assert line == LayoutLine("a b c", 70, 120, 700, 714.9, 12)
    assert [len(read([at("a", 70, 98, 0), at("b", 100, 110, 0, raised=by)])[0]) for by in (4.9, 5)] == [1, 2]


def test_what_overlaps_another_on_its_height_is_no_more_of_the_line() -> None:
    assert read([at("a", 70, 100, 0), at("b", 97.5, 120, 0)]) == [["a b"]]
    assert read([at("a", 70, 100, 0), at("b", 97.4, 120, 0)]) == [["a", "b"]]


@pytest.mark.parametrize(
    ("lines", "is_verse"),
    [
        (["The", "And", "“So", "(Then", "'Nor"], True),
        (["The", "And", "So", "Then"], False),
        (["The", "And", "so", "Then", "Nor"], False),
        (["The", "And", "So", "Then", "Nor", "Yet", "But", "Now", "Ah", "o"], True),
        (["The", "And", "So", "Then", "Nor", "Yet", "But", "Now", "a", "o"], False),
    ],
)
def test_lines_that_nearly_all_begin_with_capitals_are_verse(lines: list[str], is_verse: bool) -> None:
    (region,) = regions([at(f"{words} it went on", 70, 200, row) for row, words in enumerate(lines)])
    assert region.is_verse is is_verse


def test_the_leading_is_the_usual_step_and_of_one_line_a_little_more_than_its_size() -> None:
    (region,) = regions([at("a", 70, 200, row) for row in (0, 1, 2, 5)])
    assert region.leading == 12
    assert regions([at("a", 70, 200, 0)])[0].leading == 12
    assert regions([at("a", 70, 200, 0, size=20)])[0].leading == 24


def paged(*heads: tuple[str, ...], foot: str = "") -> list[list[LayoutLine]]:
    """Pages with these lines at their heads, some of their own, and a line at the foot."""
    return [
        [
            *(at(words, 70, 200, row) for row, words in enumerate(head)),
            *(at(f"{'own' * (number + 1)} {row}", 70, 200, row) for row in range(len(head), 12)),
            *([at(foot.replace("N", str(number + 7)), 70, 200, 12)] if foot else []),
        ]
        for number, head in enumerate(heads)
    ]


def running(pages: list[list[LayoutLine]]) -> set[str]:
    kept = {line for page in without_running(pages) for line in page}
    return {line.words for page in pages for line in page if line not in kept}


def test_heads_of_two_pages_of_three_run_along_and_of_more_three() -> None:
    assert running(paged(("THE QUAY",), ("The Quay",), ("Other",))) == {"THE QUAY", "The Quay"}
    assert running(paged(("THE QUAY",), ("Other",), ("More",))) == set()
    assert running(paged(("THE QUAY",), ("THE QUAY",), ("Other",), ("More",))) == set()
    assert running(paged(("THE QUAY",), ("THE QUAY",), ("THE QUAY",), ("More",))) == {"THE QUAY"}


def test_two_lines_at_the_head_may_run_along_and_not_a_third() -> None:
    heads = ("THE QUAY", "A novel", "Chapter one")
    assert running(paged(heads, heads)) == {"THE QUAY", "A novel"}
    upside_down = [
        [LayoutLine(line.words, line.left, line.right, -line.top, -line.bottom, line.size) for line in page]
        for page in paged(heads, heads)
    ]
    assert running(upside_down) == {"THE QUAY", "A novel"}  # at the foot


@pytest.mark.parametrize("foot", ["N", "- N -", "Page N of 90", "[N]", "N/90", "S. N von 90", "стр. N"])
def test_numbers_of_pages_run_along_on_two_of_many(foot: str) -> None:
    pages = paged(*[("a",), ("b",), ("c",), ("d",), ("e",)])
    with_feet = paged(("a",), ("b",), foot=foot) + pages[2:]
    assert running(with_feet) == {foot.replace("N", str(number)) for number in (7, 8)}


def test_a_line_that_says_chapter_and_a_number_runs_along_as_others_do() -> None:
    pages = paged(("a",), ("b",), foot="Chapter N") + paged(("c",), ("d",), ("e",))
    assert running(pages) == set()


def test_of_a_page_of_two_lines_both_are_at_its_edge() -> None:
    short = [[at("THE QUAY", 70, 200, 0), at("same words", 70, 200, 1)] for _ in range(2)]
    assert running(short) == {"THE QUAY", "same words"}


@pytest.mark.parametrize(
    ("words", "row", "is_number"),
    [
        ("Page 1", 14, True),
        ("page 3 of 12", 14, True),
        ("– 17 –", 14, True),
        ("17", 14, True),
        ("Seite 3", 14, True),
        ("Seite 3 von 12", 14, True),
        ("Página 3 de 12", -2, True),
        ("第 3 页 / 共 12 页", 14, True),
        ("第 3 页，共 12 页", 14, True),
        ("第 3 页 共 12 页", 14, True),
        ("第 3", 14, False),  # of poems
        ("3 ページ", 14, True),
        ("3. oldal", 14, True),
        ("Side 3", 14, False),  # of a record
        ("Page 1", -2, True),
        ("17", -2, False),  # a chapter's
        ("I", 14, False),
        ("Page one", 14, False),
        ("17 mills", 14, False),
        ("17", 12, False),  # the next line of the text
        ("Page 1", 5, False),
    ],
)
def test_the_number_of_one_page_is_parted_from_its_columns(words: str, row: int, is_number: bool) -> None:
    number = at(words, 70, 100, row)
    page = [*column("left", 70, 200, range(12)), *column("right", 220, 350, range(12)), number]
    assert running([page]) == ({words} if is_number else set())


def test_a_page_that_says_nothing_but_its_number_keeps_it() -> None:
    assert running([[at("Page 1", 70, 100, 14)]]) == set()
