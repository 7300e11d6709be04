"""`tui compare-readers`: who is meant, what counts, and the figures and places in every form."""

from __future__ import annotations

import csv
import io

import pytest


@pytest.fixture
def two(library):
    """Ana and Ben agree on one highlight, tag one otherwise, and have marked two more alone; `mill` has five ¶."""
    for reader, *arguments in (
        ("ana", "mill", "Nobody was hurt", "--tag", "victims"),
        ("ben", "mill", "Nobody was hurt", "--tag", "victims"),
        ("ana", "mill", "shall build it again", "--tag", "speech/promise"),
        ("ben", "mill", "We shall build it again", "--tag", "speech"),
        ("ana", "mill", "the largest in the county"),
        ("ben", "fire", "No one was injured", "--tag", "victims"),
    ):
        assert library("mark", *arguments, "--reader", reader).code == 0
    return library


def rows(said) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(said.out)))


def test_the_two_readers_of_a_library_need_no_names(two) -> None:
    said = two("compare-readers", "--json")
    assert said.code == 0
    assert said.data["readers"] == ["ana", "ben"]
    assert said.data == two("compare-readers", "ana", "ben", "--json").data


def test_json_has_figures_and_places(two) -> None:
    data = two("compare-readers", "--json").data
    assert data["texts"] == ["mill"]
    assert data["any"]["highlights"] == {"one": 3, "other": 2, "one_met": 2, "other_met": 2, "same": 1}
    characters = data["any"]["characters"]
    assert characters["both"] == len("Nobodywashurtshallbuilditagain")
    assert (characters["one"], characters["other"]) == (len("thelargestinthecounty"), len("We"))
    assert data["any"]["passages"] == {
        "both": 2, "one": 1, "other": 0, "neither": 2, "same": 0.8, "kappa": 0.6154, "alpha": 0.64,
    }  # fmt: skip
    by_tag = {each["tag"]: each for each in data["tags"]}
    assert list(by_tag) == ["", "speech", "speech/promise", "victims"]
    assert by_tag["victims"]["characters"]["kappa"] == by_tag["victims"]["passages"]["alpha"] == 1
    assert by_tag["speech"]["highlights"]["other_met"] == 0
    # Of five passages both leave two alone and give one the same tag.
    assert data["as_sets"]["passages"]["same"] == 0.6


def test_places_tell_words_and_what_either_says(two) -> None:
    promise, wheel = two("compare-readers", "--json").data["places"]
    assert promise["quote"] == "We shall build it again"
    assert (promise["one"], promise["other"]) == (["speech/promise"], ["speech"])
    assert [stretch["one"] for stretch in promise["stretches"]] == [None, ["speech/promise"]]
    assert (wheel["one"], wheel["other"]) == ([], None), "marked without a tag, and not marked"
    assert wheel["passage"] == 5


def test_csv_of_each_table(two) -> None:
    agreement = {row["tag"]: row for row in rows(two("compare-readers", "--csv"))}
    assert agreement["any highlight"]["passages_kappa"] == "0.6154"
    assert agreement["victims"]["characters_alpha"] == "1.0"
    highlights = {row["tag"]: row for row in rows(two("compare-readers", "--csv", "--table", "highlights"))}
    assert highlights["no tag"] == {
        "tag": "no tag", "one": "1", "one_met": "0", "other": "0", "other_met": "0", "same": "0",
    }  # fmt: skip
    places = rows(two("compare-readers", "--csv", "--table", "places"))
    assert [row["quote"] for row in places] == ["We shall build it again", "the largest in the county"]
    assert places[0]["one"] == "speech/promise"


def test_the_screen_has_the_tables_and_how_their_numbers_are_made(two) -> None:
    said = two("compare-readers", screen=True)
    for words in (
        "ana and ben in mill",
        "Highlights in common",
        "Krippendorff 2011",
        "Places of disagreement: 2",
    ):
        assert words in said.out
    assert "only one has marked something there: fire (ben)" in said.err
    assert all(len(line) <= 110 for line in said.lines)


def test_a_tag_takes_those_below_it_along_and_leaves_the_others(two) -> None:
    data = two("compare-readers", "--tag", "speech", "--json").data
    assert [each["tag"] for each in data["tags"]] == ["speech", "speech/promise"]
    assert data["any"]["passages"]["kappa"] == 1
    assert len(data["places"]) == 1


def test_a_text_counts_where_only_one_has_marked_something_if_it_is_named(two) -> None:
    data = two("compare-readers", "--text", "fire", "--json").data
    assert data["any"]["highlights"]["one"] == 0
    assert data["any"]["characters"]["kappa"] == 0
    assert [place["quote"] for place in data["places"]] == ["No one was injured"]


def test_what_cannot_be_measured_is_told_as_such(library) -> None:
    for reader in ("ana", "ben"):
        library("mark", "mill", "--all", "the", "--tag", "article", "--reader", reader)
        library("mark", "mill", "--all", "l", "--tag", "letter", "--reader", reader)
    assert library("compare-readers", "--tag", "letter", "--json").data["any"]["passages"]["kappa"] is None
    shown = library("compare-readers", "--tag", "letter")
    assert "undefined" in shown.out
    assert "nan" not in shown.out.lower()


def test_nothing_in_common_is_found_nowhere(library) -> None:
    library("mark", "mill", "Nobody", "--reader", "ana")
    library("mark", "fire", "No one", "--reader", "ben")
    said = library("compare-readers")
    assert (said.code, said.out) == (1, "")
    assert "marked nothing in the same text" in said.err
    assert library("compare-readers", "--json").data["any"]["characters"]["kappa"] is None
    assert library("compare-readers", "--text", "mill", "--tag", "unknown").code == 1


def test_an_orphan_takes_no_part(two, tmp_path) -> None:
    new = tmp_path / "new.txt"
    new.write_text(
        (tmp_path / "mill.txt").read_text().replace(" Its wheel, the largest in the county, was", " It was")
    )
    assert two("update", "mill", new).code == 0
    said = two("compare-readers", "--json")
    assert said.data["any"]["highlights"]["one"] == 2
    assert said.data["orphans"] == 1
    assert "lost their place: 1" in said.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["zoe"], "zoe has marked nothing in this library; highlights are by ana (3), ben (3)"),
        (["ana", "zoe"], "zoe has marked nothing in this library; highlights are by ana (3), ben (3)"),
        (["ana"], "name two readers, or none where the library has two; highlights are by ana (3), ben (3)"),
        (["ana", "ana"], "ana cannot be compared with themselves"),
        (["--text", "brewery"], "there is no text “brewery”"),
        (["--json", "--csv"], "choose one"),
    ],
)
def test_a_refusal_says_who_there_is(two, arguments: list[str], told: str) -> None:
    said = two("compare-readers", *arguments)
    assert (said.code, said.out) == (2, "")
    assert told in said.err
    assert said.err.count("\n") == 1


def test_more_than_two_readers_have_to_be_named(two) -> None:
    two("mark", "mill", "Monday", "--reader", "zoe")
    said = two("compare-readers")
    assert said.code == 2
    assert "name two of them; highlights are by ana (3), ben (3), zoe (1)" in said.err
    assert two("compare-readers", "zoe", "ana", "--json").data["readers"] == ["zoe", "ana"]


def test_one_reader_is_told_how_another_comes_in(library) -> None:
    assert "nobody has highlights here: `tui import OTHER.db`" in library("compare-readers").err
    library("mark", "mill", "Nobody", "--reader", "ana")
    said = library("compare-readers")
    assert said.code == 2
    assert "only ana has highlights: `tui import OTHER.db`" in said.err
