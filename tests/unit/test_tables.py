"""Tables, strips and the map as plain data: widths that fit, rows that are found, cuts that agree."""

from hypothesis import given
from hypothesis import strategies as st

from texts.compare import AlignmentMap, Covered, MatrixCell
from tui.view.alignment import Grid, strip, strip_row
from tui.view.ranking import FEW
from tui.view.tables import TableRow, TableView, ViewColumn, bar, sorting_key, widths

COLUMNS = st.lists(
    st.builds(
        ViewColumn, st.just("x"), st.integers(0, 12), st.booleans(), st.integers(1, 12), st.integers(0, 3)
    ),
    min_size=1,
    max_size=6,
).map(tuple)


@given(COLUMNS, st.integers(0, 200))
def test_columns_never_take_more_than_there_is_once_all_that_may_give_way(columns, room: int) -> None:
    found = widths(columns, room)
    assert len(found) == len(columns)
    kept = [wide for wide in found if wide]
    stubborn = [column for column in columns if column.width and not column.gives_way]
    if sum(column.width for column in stubborn) + len(columns) <= room:
        assert sum(kept) + len(kept) - 1 <= room


def test_what_gives_way_most_goes_first() -> None:
    columns = (ViewColumn("a"), ViewColumn("b", 10, gives_way=1), ViewColumn("c", 10, gives_way=2))
    assert widths(columns, 40) == [18, 10, 10]
    assert widths(columns, 24) == [13, 10, 0]
    assert widths(columns, 12) == [12, 0, 0]


@given(st.floats(0, 2), st.integers(1, 20))
def test_a_bar_fits_and_shows_every_share(share: float, cells: int) -> None:
    drawn = bar(share, cells)
    assert len(drawn) <= cells
    assert bool(drawn) == (share > 0)


def test_a_row_is_found_by_its_key_before_what_it_answers_to() -> None:
    rows = (TableRow("Maliki", ("Maliki",), also=("Maliki", "Nuri")), TableRow("Nuri", ("Nuri",)))
    table = TableView("names", "names", (ViewColumn("name"),), rows, "")
    assert table.find("Nuri") == 1
    assert table.find("Maliki") == 0
    assert table.find("Obama") is None
    assert list(table.narrowed("nur")) == [1]
    assert list(table.narrowed(" ")) == [0, 1]


@given(st.lists(st.booleans(), max_size=80), st.integers(1, 30))
def test_a_strip_marks_the_row_that_holds_the_passage(alone: list[bool], rows: int) -> None:
    passages = [Covered(number, 0, () if is_alone else (1,)) for number, is_alone in enumerate(alone, 1)]
    signs = strip(passages, rows)
    assert len(signs) == min(rows, len(passages))
    for passage in passages:
        sign = signs[strip_row(passage.passage, len(passages), rows)]
        assert sign != ("█" if passage.is_alone else "·")


@given(st.integers(1, 40), st.integers(1, 40), st.integers(20, 200), st.integers(5, 60))
def test_a_map_fits_its_screen(columns: int, rows: int, width: int, height: int) -> None:
    most = Grid.room(width, height)
    columns, rows = min(columns, most[0]), min(rows, most[1])
    cells = tuple(tuple(MatrixCell(0.0, c + 1, r + 1, False) for c in range(columns)) for r in range(rows))
    grid = Grid(AlignmentMap(cells, columns, rows), width, height)
    assert grid.height <= height
    lines = ["".join(piece.words for piece in grid.line(y, (rows - 1, columns - 1))) for y in range(height)]
    assert all(len(line) <= width for line in lines)
    assert "▼" in lines[0]
    assert sum("▶" in line for line in lines) == 1
    for row, column in {(0, 0), (rows - 1, columns - 1), (rows // 2, columns // 2)}:
        x = "".join(piece.words for piece in grid.line(0, (row, column))).index("▼")
        drawn = grid.screen_rows(row)
        assert {grid.cell_at(x, y) for y in drawn} == {(row, column)}, "below the sign for its column"
    assert grid.cell_at(x, 0) is grid.cell_at(x, grid.height) is grid.cell_at(0, 1) is None
    assert grid.cell_at(width + grid.cell_width, 1) is None


def test_a_long_table_keeps_its_order_and_the_rows_that_hold_every_word() -> None:
    rows = tuple(TableRow(str(n), (f"Row {n}", "even" if n % 2 == 0 else "odd")) for n in range(FEW + 1))
    table = TableView("t", "T", (ViewColumn("a"), ViewColumn("b")), rows, "")
    assert list(table.narrowed("ROW 77")) == [n for n in range(FEW + 1) if "77" in str(n)]
    assert list(table.narrowed("even 150")) == [150, 1150, 1500]
    assert list(table.narrowed("nowhere")) == []


def test_columns_are_sorted_by_size_then_by_words_and_what_is_empty_comes_last() -> None:
    cells = ["", "B", "¶10", "a", "  ", "9", "3.5", "c 1"]
    assert sorted(cells, key=sorting_key) == ["3.5", "9", "¶10", "a", "B", "c 1", "", "  "]
