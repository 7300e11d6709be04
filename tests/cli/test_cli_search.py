"""`tui search`: what it finds is `texts.search`'s matter; here is how it is asked and what it prints."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Tui = Callable[..., Any]

KEYS = ["text", "title", "passage", "start", "end", "quote", "before", "after", "score"]


def test_json_has_exactly_these_keys_and_this_span(library: Tui, mill: Path) -> None:
    (hit,) = library("search", "insurers", "--json").data
    body = mill.read_text()
    start = body.index("insurers")
    assert list(hit) == KEYS
    assert hit == {
        "text": "mill",
        "title": "The mill burns",
        "passage": 4,
        "start": start,
        "end": start + 8,
        "quote": "insurers",
        "before": body[start - 32 : start],
        "after": body[start + 8 : start + 40],
        "score": 100.0,
    }


def test_csv_has_the_same_columns(library: Tui) -> None:
    said = library("search", "insurers", "--csv")
    assert said.out.startswith(",".join(KEYS) + "\r\n")
    (row,) = csv.DictReader(io.StringIO(said.out, newline=""))
    (hit,) = library("search", "insurers", "--json").data
    assert row == {key: str(value) for key, value in hit.items()}


def test_a_misspelt_name_is_found_in_both_spellings(library: Tui) -> None:
    hits = library("search", "Colin Moore Hay", "--json").data
    assert [(hit["text"], hit["quote"]) for hit in hits] == [
        ("mill", "Colin Moore-Hay"),
        ("fire", "Collin Moore Hay"),
    ]
    assert hits[0]["score"] > hits[1]["score"]


def test_a_pipe_gets_a_line_a_hit(library: Tui) -> None:
    assert library("search", "insurers") == (
        0,
        "mill ¶4: …it again,” the mayor told a crowd beside the river. The insurers have asked for patience.\n",
        "",
    )


def test_nothing_found_prints_nothing_and_is_exit_code_1(library: Tui) -> None:
    assert library("search", "xyzzy") == (1, "", "")
    assert library("search", "xyzzy", "--json") == (1, "[]\n", "")
    assert library("search", "xyzzy", "--csv") == (1, ",".join(KEYS) + "\r\n", "")


@pytest.mark.parametrize(
    ("option", "query", "quotes"),
    [
        ("--exact", "urn", ["urn", "urn"]),
        ("--word", "urn", []),
        ("--word", "wheel", ["wheel", "wheel", "wheel"]),
        ("--regex", r"Re[xy]l", ["Reyl", "Reyl"]),
    ],
)
def test_the_ways_of_looking(library: Tui, option: str, query: str, quotes: list[str]) -> None:
    said = library("search", option, query, "--json")
    assert [hit["quote"] for hit in said.data] == quotes
    assert said.code == (0 if quotes else 1)


def test_a_broken_regular_expression_is_told(library: Tui) -> None:
    said = library("search", "--regex", "(mill")
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)


def test_in_names_texts_and_files_without_adding_them(library: Tui, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("The wheel of the mill turned.")
    found = library("search", "wheel", "--in", "fire", "--in", other, "--json").data
    assert {hit["text"] for hit in found} == {"fire", "other"}
    assert len(library("texts").lines) == 2


def test_a_file_is_searched_without_any_library(tui: Tui, mill: Path, tmp_path: Path) -> None:
    assert tui("search", "insurers", "--in", mill).code == 0
    assert not (tmp_path / "library.db").exists()


def test_limit_min_score_and_count(library: Tui) -> None:
    everything = library("search", "wheel", "--json").data
    assert library("search", "wheel", "--limit", 1, "--json").data == everything[:1]
    misspelt = library("search", "wheek", "--json").data
    least = misspelt[0]["score"]
    assert len(misspelt) == 3
    assert library("search", "wheek", "--min-score", least + 1).code == 1
    assert library("search", "wheel", "--count").lines == ["fire:2", "mill:1"]
    assert library("search", "wheel", "--count", "--in", "fire").out == "2\n"
    assert library("search", "xyzzy", "--count", "--in", "fire") == (1, "0\n", "")
    assert library("search", "wheel", "--count", "--json").data == [
        {"text": "fire", "count": 2},
        {"text": "mill", "count": 1},
    ]


def test_context_is_passages_as_grep_gives_lines(library: Tui, mill: Path) -> None:
    passages = mill.read_text().rstrip("\n").split("\n\n")
    said = library("search", "insurers", "-C", 1)
    assert said.lines == [f"mill ¶3- {passages[2]}", f"mill ¶4: {passages[3]}", f"mill ¶5- {passages[4]}"]
    assert library("search", "insurers", "-C", 0).lines == [f"mill ¶4: {passages[3]}"]
    (hit,) = library("search", "insurers", "-C", 1, "--json").data
    assert hit["before"] + hit["quote"] + hit["after"] == "\n\n".join(passages[2:])


def test_a_terminal_gets_an_aligned_concordance_in_colour(
    library: Tui, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = library("search", "wheel", screen=True)
    assert said.out.count("\x1b[1;31mwheel\x1b[0m") == 3
    lines = [line.replace("\x1b[36m", "").replace("\x1b[0m", "") for line in said.lines]
    assert len({line.index("\x1b[1;31m") for line in lines}) == 1
    monkeypatch.setenv("NO_COLOR", "1")
    plain = library("search", "wheel", screen=True)
    assert "\x1b" not in plain.out
    assert all(len(line) <= 100 for line in plain.lines)


def test_no_colour_in_a_pipe(library: Tui) -> None:
    assert "\x1b" not in library("search", "wheel").out


@pytest.mark.parametrize("columns", ["1", "7", "20", "40"])
def test_a_narrow_terminal_is_no_error(library: Tui, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert library("search", "wheel", screen=True).code == 0
    assert library("related", "mill", "fire", screen=True).code == 0


def test_notes_and_tags_are_searched_when_asked(library: Tui) -> None:
    library("mark", "mill", "Tomas Reyl", "--note", "a carver from Ghent", "--tag", "craft/carving")
    library("mark", "fire", "brewery", "--note", "rival or friend?")
    assert library("search", "Ghent").code == 1
    (note,) = library("search", "Gent", "--scope", "notes", "--json").data
    assert list(note) == [*KEYS, "scope", "highlight", "note"]
    assert (note["text"], note["passage"], note["quote"]) == ("mill", 5, "Tomas Reyl")
    assert (note["scope"], note["highlight"], note["note"]) == ("notes", 1, "a carver from Ghent")
    (tag,) = library("search", "carving", "--scope", "tags", "--json").data
    assert (tag["scope"], tag["highlight"]) == ("tags", 1)
    assert (
        library("search", "Ghent", "--scope", "notes").out
        == "mill ¶5: 1 “Tomas Reyl” ✎ a carver from Ghent\n"
    )
    both = library("search", "carved", "--scope", "texts,tags,notes", "--json").data
    assert {hit.get("scope", "texts") for hit in both} == {"texts", "tags", "notes"}
    assert [hit["score"] for hit in both] == sorted((hit["score"] for hit in both), reverse=True)
    assert library("search", "Ghent", "--scope", "notes", "--in", "fire").code == 1


def test_a_tag_keeps_to_what_it_marks(library: Tui) -> None:
    library("mark", "mill", "Its wheel, the largest", "--tag", "craft/wheels")
    assert {hit["text"] for hit in library("search", "wheel", "--json").data} == {"mill", "fire"}
    (hit,) = library("search", "wheel", "--tag", "craft", "--json").data
    assert hit["text"] == "mill"
    assert library("search", "wheel", "--tag", "nothing").code == 1


def test_furniture_is_searched_only_when_asked(tui: Tui, tmp_path: Path, mill: Path) -> None:
    page = tmp_path / "village.txt"
    page.write_text(f"{mill.read_text()}\n\nSubscribe to our newsletter\n\nWeather\n\nJobs\n")
    tui("add", page)
    assert tui("search", "newsletter").code == 1
    (hit,) = tui("search", "newsletter", "--furniture", "--json").data
    assert hit["passage"] is None
    assert tui("search", "newsletter", "--furniture").out == "village: Subscribe to our newsletter\n"


def test_files_of_one_name_are_kept_apart(tui: Tui, tmp_path: Path) -> None:
    for folder, words in (("one", "The wheel turned."), ("two", "No, the big wheel stood still.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "mill.txt").write_text(words)
    hits = tui("search", "wheel", "--in", "one/mill.txt", "--in", "two/mill.txt", "--json").data
    assert {(hit["text"], hit["start"], hit["after"]) for hit in hits} == {
        ("mill", 4, " turned."),
        ("mill-2", 12, " stood still."),
    }


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("--word --min-score 90", "--min-score changes nothing here: what --word finds has a score of 100"),
        ("--count -C 2", "--context changes nothing here: --count prints numbers alone"),
        (
            "--scope notes,tags --furniture",
            "--furniture changes nothing here: page chrome is in texts, and --scope leaves these out",
        ),
        (
            "--in mill --no-furniture",
            "--no-furniture changes nothing here: it is for files that --in names",
        ),
        ("--exact -C 2", ""),
        ("--min-score 90 --scope texts,notes --furniture", ""),
    ],
)
def test_an_option_that_changes_nothing_beside_the_others_says_so(
    library: Tui, options: str, told: str
) -> None:
    assert library("search", "wheel", *options.split()).err.strip() == told


def test_no_furniture_is_for_a_file_that_is_named(library: Tui, tmp_path: Path) -> None:
    (tmp_path / "wheel.txt").write_text("A wheel turned.\n\nIt is still there.\n")
    assert library("search", "wheel", "--in", tmp_path / "wheel.txt", "--no-furniture").err == ""
