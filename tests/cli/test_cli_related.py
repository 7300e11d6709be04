"""`tui related`: what relates is `texts.relate`'s matter; here is how it is asked and what it prints."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

Tui = Callable[..., Any]


def test_json_has_the_passages_the_sentences_and_the_evidence(library: Tui, mill: Path, fire: Path) -> None:
    pairs = library("related", "mill", "fire", "--json").data
    bodies = {"mill": mill.read_text(), "fire": fire.read_text()}
    assert pairs
    for pair in pairs:
        assert list(pair) == ["left", "right", "score", "evidence"]
        assert 50 <= pair["score"] <= 100
        for side, slug in (("left", "mill"), ("right", "fire")):
            place = pair[side]
            assert list(place) == ["text", "passage", "start", "end", "quote", "sentence"]
            assert place["text"] == slug
            assert place["quote"] == bodies[slug][place["start"] : place["end"]]
            assert place["start"] <= place["sentence"][0] < place["sentence"][1] <= place["end"]
        for word in pair["evidence"]:
            assert list(word) == ["left", "right", "score"]
            assert bodies["mill"][slice(*word["left"])].strip()
            assert bodies["fire"][slice(*word["right"])].strip()
    assert [pair["score"] for pair in pairs] == sorted((pair["score"] for pair in pairs), reverse=True)


def test_the_wheel_finds_the_wheel_by_the_names(library: Tui, mill: Path, fire: Path) -> None:
    (pair, *_) = library("related", "mill", "fire", "--passage", 5, "--json", "--min-score", 0).data
    assert (pair["left"]["passage"], pair["right"]["passage"]) == (5, 3)
    joined = {
        (mill.read_text()[slice(*word["left"])], fire.read_text()[slice(*word["right"])])
        for word in pair["evidence"]
    }
    assert ("Reyl", "Reyl’s") in joined
    assert ("wheel", "wheel") in joined


def test_files_are_related_without_any_library_and_as_the_library_does(
    library: Tui, mill: Path, fire: Path, tmp_path: Path
) -> None:
    told = library("related", mill, fire, "--json", "--library", tmp_path / "nowhere.db")
    assert told.code == 0
    assert not (tmp_path / "nowhere.db").exists()
    assert told.data == library("related", "mill", "fire", "--json").data
    assert told.data == library("related", "mill", "fire", "--json").data  # and again, from what is kept


def test_without_texts_it_takes_those_that_are_open(library: Tui) -> None:
    assert library("related", "--json").data == library("related", "fire", "mill", "--json").data


def test_limit_is_for_each_passage_and_min_score_for_all(library: Tui) -> None:
    everything = library("related", "mill", "fire", "--min-score", 0, "--json").data
    one = library("related", "mill", "fire", "--min-score", 0, "--limit", 1, "--json").data
    lefts = [pair["left"]["passage"] for pair in one]
    assert sorted(lefts) == sorted({pair["left"]["passage"] for pair in everything})
    assert len(one) < len(everything)
    assert library("related", "mill", "fire", "--min-score", 100, "--passage", 2) == (1, "", "")


def test_csv(library: Tui) -> None:
    said = library("related", "mill", "fire", "--csv")
    assert said.out.partition("\r\n")[0] == (
        "left_text,left_passage,left_start,left_end,left_quote,"
        "right_text,right_passage,right_start,right_end,right_quote,score,words"
    )
    pairs = library("related", "mill", "fire", "--json").data
    rows = list(csv.DictReader(io.StringIO(said.out, newline="")))
    assert [(row["left_passage"], row["right_quote"], row["score"]) for row in rows] == [
        (str(pair["left"]["passage"]), pair["right"]["quote"], str(pair["score"])) for pair in pairs
    ]


def test_a_pipe_gets_a_line_a_pair_and_a_terminal_two_columns(
    library: Tui, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = library("related", "mill", "fire", "--json").data
    lines = library("related", "mill", "fire").lines
    assert len(lines) == len(pairs)
    first = pairs[0]
    assert lines[0].startswith(f"mill ¶{first['left']['passage']} ~ fire ¶{first['right']['passage']} ")
    said = library("related", "mill", "fire", screen=True)
    assert "\x1b[1;4m" in said.out
    monkeypatch.setenv("NO_COLOR", "1")
    plain = library("related", "mill", "fire", screen=True)
    assert "\x1b" not in plain.out
    assert {line.index("│") for line in plain.lines if "│" in line} == {49}
    assert all(len(line) <= 100 for line in plain.lines)


def test_what_was_dismissed_is_not_shown_again(library: Tui, tmp_path: Path) -> None:
    from store.library import Library
    from texts.model import Span

    pairs = library("related", "mill", "fire", "--json").data
    with Library.open(tmp_path / "library.db") as opened:
        left, right = (Span(pairs[0][side]["start"], pairs[0][side]["end"]) for side in ("left", "right"))
        opened.links.dismiss("mill", left, "fire", right)
    assert library("related", "mill", "fire", "--json").data == pairs[1:]


def test_one_text_is_related_with_all_others_best_first(library: Tui, tmp_path: Path) -> None:
    cake = tmp_path / "cake.txt"
    cake.write_text("The mayor baked a cake at Harrow.\n\nNobody was hurt.")
    library("add", cake)
    found = library("related", "mill", "--min-score", 0, "--json").data
    assert {pair["right"]["text"] for pair in found} == {"fire", "cake"}
    assert [pair["score"] for pair in found] == sorted((pair["score"] for pair in found), reverse=True)
    beside = library("related", "mill", "fire", "--min-score", 0, "--json").data
    assert [pair for pair in found if pair["right"]["text"] == "fire"] == beside, (
        "the same scores as in a pair"
    )


def test_one_passage_is_related_with_all_others(library: Tui) -> None:
    found = library("related", "mill", "--passage", 5, "--json").data
    assert found
    assert {(pair["left"]["passage"], pair["right"]["text"]) for pair in found} == {(5, "fire")}
    assert len(library("related", "mill", "--passage", 5, "--min-score", 0, "--limit", 1, "--json").data) == 1
    told = library("related", "mill", "--passage", 6)
    assert (told.code, "mill has no passage 6" in told.err) == (2, True)


def test_nothing_is_related_in_a_library_of_one_text(tui: Tui, mill: Path) -> None:
    tui("add", mill)
    assert tui("related", "mill", "--json") == (1, "[]\n", "")
    assert tui("related", mill).code == 1, "a file with the words of a text of the library is that text"


def test_each_format_has_two_names_and_tei_is_one_document(library: Tui) -> None:
    for name in ("json", "csv"):
        assert library("related", "mill", "fire", "--format", name) == library(
            "related", "mill", "fire", f"--{name}"
        )
    assert library("related", "mill", "fire", "--format", "tei", "--json").code == 2
    said = library("related", "mill", "fire", "--format", "tei")
    links = [link for link in fromstring(said.out).iter() if link.get("type") == "passages"]
    assert len(links) == len(library("related", "mill", "fire", "--json").data)


def test_a_paragraph_planted_in_an_unrelated_text_is_found_and_nothing_else(
    library: Tui, tmp_path: Path
) -> None:
    planted = (
        "The clockmaker of Ilmen swore that the tower had struck thirteen on the night of the flood, and that the "
        "sexton had paid him four silver coins to say nothing of it."
    )
    bread = (
        "Rye flour keeps longer than wheat, provided that the sacks are turned once a week and stand on boards.",
        "A sour dough wants warmth in the morning and a cool cellar in the afternoon.",
        "The oven is hot enough when a pinch of flour on its floor browns while one counts to twenty.",
        "Loaves that sound hollow are done; others go back for as long as it takes to sweep the bakehouse.",
    )
    kites = (
        "Box kites were flown over the dunes to lift a thermometer and a barometer to two thousand metres.",
        "Piano wire held them, and two men turned the winch whenever the wind dropped.",
        "Readings taken aloft showed that the air grew warmer before it grew colder.",
        "One instrument came down in a potato field eleven miles off, undamaged.",
    )
    names = []
    for name, around in (("bread", bread), ("kites", kites)):
        names.append(tmp_path / f"{name}.txt")
        names[-1].write_text("\n\n".join((*around[:2], planted, *around[2:])) + "\n", encoding="utf-8")
    (pair,) = library("related", *names, "--json").data
    assert pair["left"]["quote"] == pair["right"]["quote"] == planted
    assert pair["score"] >= 90
    assert (pair["left"]["passage"], pair["right"]["passage"]) == (3, 3)


def test_related_tells_that_a_pair_has_no_number_of_other_texts(library: Tui) -> None:
    told = library("related", "mill", "fire", "--others", 3)
    assert told.out == library("related", "mill", "fire").out
    assert told.err == "--others changes nothing here: it is for LEFT alone\n"
