"""Words as they are kept, counted and cut short, and how a merge tells of them."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from store.errors import LibraryError
from store.merge.wording import conflict, deleted_here, grouped, update
from store.sanitize import LONGEST_PATH, one_line, pluralize, tag_path, truncate, words

OURS = {"tags": ("iran", "oil"), "note": "mine", "star": False, "kind": ""}
THEIRS = {"tags": (), "note": "", "star": True, "kind": "x" * 41}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\0b", "a\ufffdb"),
        ("é\0\ud800\udfff", "é" + "\ufffd" * 3),
        ("\ud7ff\ue000", "\ud7ff\ue000"),
        ("plain", "plain"),
    ],
)
def test_what_no_file_can_hold_is_replaced(typed: str, kept: str) -> None:
    assert words(typed) == kept


def test_a_title_is_one_line_of_composed_letters() -> None:
    assert one_line(f" a\n\tb  {normalize('NFD', 'é')}\0 ") == "a b é\ufffd"


@pytest.mark.parametrize(
    "odd", ["", "a//b", "/a", "a/", " / ", "a\u200bb", "a\nb", "a\u2028b", "a\ud800", "\x7f"]
)
def test_what_is_no_tag(odd: str) -> None:
    with pytest.raises(LibraryError, match="is no tag"):
        tag_path(odd)


def test_a_tag_has_one_spelling_and_a_length() -> None:
    assert tag_path(f" a / {normalize('NFD', 'é')} b/c\u200c\u200dd") == "a/é b/c\u200c\u200dd"
    assert tag_path("x" * LONGEST_PATH) == "x" * 200
    with pytest.raises(LibraryError, match="this tag has 201 characters: 200 is the most"):
        tag_path("x" * 201)


def test_counts() -> None:
    assert [pluralize(number, "text") for number in (0, 1, 2)] == ["0 texts", "1 text", "2 texts"]
    assert pluralize(2, "word on it", "words on it") == "2 words on it"
    assert pluralize(1, "word on it", "words on it") == "1 word on it"
    assert (pluralize(2000, "text"), pluralize(2000, "text", grouped=True)) == ("2000 texts", "2,000 texts")


def test_words_are_cut_at_a_width() -> None:
    assert truncate("x" * 48) == "x" * 48
    assert truncate("x" * 49) == "x" * 47 + "…"
    assert truncate("abc de", 5) == "abc…"
    assert truncate("abcde", 5) == "abcde"
    assert truncate(" a\n b ", 4) == "a b"
    assert truncate("\n" * 20 + "a", 5) == ""
    assert truncate("\n" * 19 + "a", 5) == "a"


def test_what_is_taken_over_is_told_field_by_field() -> None:
    assert update("“Isis” in a", OURS, THEIRS) == (
        f"“Isis” in a: kind none → “{'x' * 39}…”; note “mine” → none; star no → yes; tags iran, oil → none"
    )
    assert conflict("“Isis” in a", OURS, THEIRS, ["star", "note"]) == (
        "“Isis” in a: star no here, yes there; note “mine” here, none there: yours stays "
        "(--theirs, --both or --ours settles it)"
    )
    assert update("it", {"note": "y" * 40}, {"note": "z"}) == f"it: note “{'y' * 40}” → “z”"


def test_what_was_deleted_here_is_told_of_one_by_name_and_of_several_by_number() -> None:
    one = "“Isis” was deleted here and stays so: --theirs brings it back"
    assert deleted_here(["“Isis”"], "highlight") == one
    several = "2 tags were taken off here and stay so: --theirs brings them back"
    assert deleted_here(["a", "b"], "tag", "taken off") == several


def test_lines_that_say_the_same_of_the_tags_of_several_are_one() -> None:
    lines = [
        "“a”: tags x → y",
        "“b”: note “m” → “n”",
        "“c”: tags x → y",
        "“d”: tags x → z",
        "“e”: note “m” → “n”",
        "“f”: star no → yes; tags x → y",
        "“g”: star no → yes; tags x → y",
    ]
    assert grouped(lines) == ["tags x → y on 2 highlights", *lines[1:2], *lines[3:]]
    assert grouped([]) == []
