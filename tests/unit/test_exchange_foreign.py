"""What other programs write, in the words of this one: ids, times, names of texts, tags, answers."""

from __future__ import annotations

from uuid import uuid5

import pytest

from store.errors import LibraryError
from store.exchange.archive import HighlightEntry
from store.exchange.foreign import (
    NAMESPACE,
    OddRows,
    answer,
    context_after,
    context_before,
    derived,
    is_address,
    is_slug,
    kept_apart,
    moment,
    slug_for,
    tag_of,
    title_of,
    uid_of,
    version_of,
)
from store.records import Anchor
from store.sanitize import LONGEST_PATH

UUID_OF_THEIRS = "5e1ec710-0000-4000-8000-000000000001"


@pytest.mark.parametrize("names", [("a",), ("highlight", "12"), ("", ""), ("Tehrān", "😀", "x\ny")])
def test_an_id_made_of_names_is_the_uuid_that_any_program_makes_of_them(names: tuple[str, ...]) -> None:
    assert derived(*names) == str(uuid5(NAMESPACE, "\n".join(names)))


@pytest.mark.parametrize(
    "written",
    [
        UUID_OF_THEIRS,
        UUID_OF_THEIRS.upper(),
        f"{{{UUID_OF_THEIRS}}}",
        f"urn:uuid:{UUID_OF_THEIRS}",
        UUID_OF_THEIRS.replace("-", ""),
    ],
)
def test_a_uuid_is_itself_however_it_is_written(written: str) -> None:
    assert uid_of(written) == UUID_OF_THEIRS


def test_any_other_id_is_made_into_one() -> None:
    assert uid_of("12") == derived("12")
    assert uid_of(f"{UUID_OF_THEIRS}-1") == derived(f"{UUID_OF_THEIRS}-1")


@pytest.mark.parametrize("slug", ["a", "7", "the-mill-2", "a" * 100])
def test_a_slug_is_told(slug: str) -> None:
    assert is_slug(slug)


@pytest.mark.parametrize(
    "name", ["", "a" * 101, "The-mill", "the mill", "-mill", "mill-", "a--b", "ä", "mill\n"]
)
def test_what_a_library_would_not_call_a_text_is_no_slug(name: str) -> None:
    assert not is_slug(name)


def test_a_slug_is_numbered_where_it_is_taken() -> None:
    assert slug_for("The mill", {}) == "the-mill"
    assert slug_for("The mill", {"the-mill"}) == "the-mill-2"
    assert slug_for("The mill", {"the-mill", "the-mill-2"}) == "the-mill-3"


@pytest.mark.parametrize("source", ["http://example.org", "https://example.org/a?b#c"])
def test_an_address_is_told(source: str) -> None:
    assert is_address(source)


@pytest.mark.parametrize(
    "source", ["", "https://", "ftp://example.org", "see https://example.org", "https://a b"]
)
def test_what_no_browser_would_open_is_no_address(source: str) -> None:
    assert not is_address(source)


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("https://example.org/news/the-mill.html", "the-mill"),
        ("https://example.org/news/the%20mill/", "the mill"),
        ("https://example.org/mill?page=2/3", "mill"),
        ("https://example.org/mill#end/2", "mill"),
        ("https://example.org/.hidden", ".hidden"),
        ("mill", "mill"),
        ("", "text"),
        ("https://example.org/%0A", "text"),
    ],
)
def test_a_text_is_called_by_the_end_of_its_address(address: str, title: str) -> None:
    assert title_of(address) == title


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2020-01-01T01:00:00+01:00", "2020-01-01T00:00:00Z"),
        ("2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z"),
        (" 2020-01-01T00:00:00 ", "2020-01-01T00:00:00Z"),
        ("2020-01-01", "2020-01-01T00:00:00Z"),
        ("0001-01-01T00:00:00+14:00", ""),
        ("yesterday", ""),
        ("", ""),
        (None, ""),
        (1577836800, "2020-01-01T00:00:00Z"),
        (1577836800.5, "2020-01-01T00:00:00.500000Z"),
        (1577836800000, "2020-01-01T00:00:00Z"),
        (10**30, ""),
        (10**400, ""),
        (0, ""),
        (True, ""),
    ],
)
def test_a_time_is_kept_in_utc_and_what_is_none_is_left_out(written: object, kept: str) -> None:
    assert moment(written) == kept


@pytest.mark.parametrize(
    ("names", "path"),
    [
        (["Actors", "Maliki"], "Actors/Maliki"),
        (["Actors", "", "his/her"], "Actors/his\u2215her"),
        (["a\u0308"], "ä"),
        (["a\x07b", "c\u200bd"], "a b/c d"),
        (["  two words "], "two words"),
        (["\u200b"], "code"),
        ([], "code"),
    ],
)
def test_the_names_of_nested_codes_make_a_tag(names: list[str], path: str) -> None:
    assert tag_of(names) == path


def test_a_tag_is_cut_only_where_it_is_too_long() -> None:
    assert tag_of(["x" * LONGEST_PATH]) == "x" * LONGEST_PATH
    assert tag_of(["x" * LONGEST_PATH, "y"]) == "x" * (LONGEST_PATH - 1) + "…"
    assert tag_of(["x" * (LONGEST_PATH - 2), "yyy"]) == "x" * (LONGEST_PATH - 2) + "…"


def test_tags_that_would_be_called_the_same_are_numbered_and_the_one_called_so_keeps_its_name() -> None:
    def short(path: str) -> str:
        return path.rstrip("#+")

    assert kept_apart(["C#", "C++", "C", "c", "D"], short) == {
        "C": "C",
        "D": "D",
        "c": "c-2",
        "C#": "C-3",
        "C++": "C-4",
    }


def test_an_answer_says_who_and_when_and_is_quoted_as_deep_as_it_lies() -> None:
    assert answer("so\n\nit is", "ana", "2020-01-01T12:00:00Z") == "> **ana, 2020-01-01**: so\n>\n> it is"
    assert answer("no", "ana", "", 2) == "> > **ana**: no"
    assert answer("no", "", "2020-01-01T12:00:00Z") == "> **2020-01-01**: no"
    assert answer("no", "", "") == "> **reply**: no"


def test_the_context_of_a_highlight_ends_at_its_paragraph_unless_its_place_is_gone() -> None:
    one = HighlightEntry(
        "u", "one", 1, (), "mill", "above\nthe old ", " burned\nbelow", (), "", False, "", "", "", Anchor.EXACT, 100
    )  # fmt: skip
    assert (context_before(one), context_after(one)) == ("the old ", " burned")
    gone = one._replace(anchor=Anchor.ORPHAN)
    assert (context_before(gone), context_after(gone)) == ("above\nthe old ", " burned\nbelow")


def test_odd_rows_are_named_and_only_where_all_are_odd_the_file_is_refused() -> None:
    rows = OddRows(of=2)
    with rows.named():
        raise LibraryError("row 2 has no quote")
    with rows.named():
        pass
    assert rows.left_out == ["row 2 has no quote"]
    rows = OddRows(of=2)
    with rows.named():
        raise LibraryError("row 2 has no quote")
    with pytest.raises(LibraryError, match="row 2 has no quote"), rows.named():
        raise LibraryError("row 3 has no quote")


def test_a_body_of_another_program_is_text_throughout() -> None:
    version = version_of("body", source="https://example.org", reader="ana", added="2020-01-01T00:00:00Z")
    assert version.body == "body"
    assert version.sha256 == "230d8358dc8e8890b4c58deeb62912ee2f20357ae92a5cc861b98e68fe31acb5"
    assert (version.furniture, version.overrides) == (False, ())
    assert (version.source, version.reader, version.added) == (
        "https://example.org",
        "ana",
        "2020-01-01T00:00:00Z",
    )
