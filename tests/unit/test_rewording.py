"""How one quote became another, in pieces that are shown one after the other."""

from hypothesis import given
from hypothesis import strategies as st

from texts.diff import DiffKind
from tui.desk.word_diff_view import WordPiece, reworded, shortened

QUOTES = st.text("ab ,.é\n", max_size=40)


def words(pieces: list[WordPiece], *kinds: DiffKind) -> str:
    return "".join(piece.words for piece in pieces if piece.kind in kinds)


def test_a_word_put_in_for_another_is_all_that_changes() -> None:
    assert reworded("The quick brown fox.", "The quick red fox.") == [
        WordPiece(DiffKind.SAME, "The quick "),
        WordPiece(DiffKind.DELETED, "brown "),
        WordPiece(DiffKind.INSERTED, "red "),
        WordPiece(DiffKind.SAME, "fox."),
    ]


def test_words_of_another_typography_stand_as_they_now_are() -> None:
    assert reworded("Maliki’s men", "Maliki's men") == [WordPiece(DiffKind.SAME, "Maliki's men")]


@given(QUOTES, QUOTES)
def test_the_new_quote_can_be_read_off_the_pieces(old: str, new: str) -> None:
    assert words(reworded(old, new), DiffKind.SAME, DiffKind.INSERTED) == new


def test_quotes_too_long_to_compare_are_shown_as_replaced() -> None:
    old, new = "a " * 10_001, "a " * 10_000
    assert reworded(old, new) == [WordPiece(DiffKind.DELETED, old), WordPiece(DiffKind.INSERTED, new)]
    assert reworded(old, "") == [WordPiece(DiffKind.DELETED, old)]


def test_long_stretches_are_cut_down_to_what_is_next_to_a_change() -> None:
    before = " ".join(f"w{number}" for number in range(40))
    cut = shortened(reworded(f"{before} old end", f"{before} new end"))
    assert [piece.words for piece in cut] == ["… w34 w35 w36 w37 w38 w39 ", "old ", "new ", "end"]


def test_a_stretch_between_two_changes_keeps_both_its_ends() -> None:
    middle = " ".join(f"w{number}" for number in range(40))
    cut = shortened(reworded(f"one {middle} two", f"eins {middle} zwei"))
    assert words(cut, DiffKind.SAME) == "w0 w1 w2 w3 w4 w5 … w34 w35 w36 w37 w38 w39 "


@given(QUOTES, QUOTES)
def test_what_changed_is_never_cut(old: str, new: str) -> None:
    pieces, cut = reworded(old, new), shortened(reworded(old, new))
    assert words(cut, DiffKind.DELETED, DiffKind.INSERTED) == words(
        pieces, DiffKind.DELETED, DiffKind.INSERTED
    )
    assert len(words(cut, DiffKind.SAME)) <= len(words(pieces, DiffKind.SAME))
