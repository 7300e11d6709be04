"""`tui corpus pairs`: files of pairs listed, narrowed, written anew, and what the library says of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import reprints

Tui = Callable[..., Any]

OURS = [
    {
        "left": {
            "text": left,
            "passage": 1,
            "start": 0,
            "end": 4,
            "quote": "Thaw",
            "sentence": [0, 4],
            **about,
        },
        "right": {"text": "mill", "passage": 2, "start": 5, "end": 9, "quote": "thaw", "sentence": None},
        "score": score,
        "evidence": [{"left": [0, 4], "right": [5, 9], "score": 100}],
        **group,
    }
    for left, score, about, group in (
        ("late", 60, {"date": "1863"}, {"group": "g", "group_size": 3}),
        ("=cmd", 90, {"date": "1866-05-01", "title": "A\x1b[31mred"}, {}),
        ("late", 80, {}, {"group": "g", "group_size": 3}),
    )
]


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    return reprints.write_lines(tmp_path / "pairs.jsonl", OURS)


@pytest.fixture
def added(tui: Tui, tmp_path: Path) -> None:
    """The speech and its reprints in the library."""
    for name, body in reprints.TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(body)
    assert tui("add", *(tmp_path / f"{name}.txt" for name in reprints.TEXTS)).code == 0


def test_pairs_are_lines_in_the_form_of_related_with_one_of_each_group(tui: Tui, ours: Path) -> None:
    assert tui("corpus", "pairs", ours) == (
        0,
        "late ¶1 ~ mill ¶2 60 (3 passages alike): Thaw ~ thaw\n=cmd ¶1 ~ mill ¶2 90: Thaw ~ thaw\n",
        "",
    )
    assert len(tui("corpus", "pairs", ours, "--all").lines) == 3


@pytest.mark.parametrize(
    ("options", "scores"),
    [
        (("--min-score", 80), [90, 80]),
        (("--limit", 2), [90, 80]),
        (("--text", "LATE"), [60, 80]),
        (("--text", "mill", "--text", "=cmd"), [90]),
        (("--text", "mill", "--text", "mill"), []),
        (("--since", "1863-06"), [60, 90]),
        (("--since", "1864"), [90]),
        (("--until", "1865"), [60]),
        (("--until", "1866-05"), [60, 90]),
        (("--since", "1867"), []),
    ],
)
def test_pairs_are_narrowed(tui: Tui, ours: Path, options: tuple[object, ...], scores: list[int]) -> None:
    said = tui("corpus", "pairs", ours, "--json", *options)
    assert [pair["score"] for pair in said.data] == scores
    assert said.code == (0 if scores else 1)


def test_what_a_program_reads_is_whole_and_goes_round(tui: Tui, ours: Path, tmp_path: Path) -> None:
    table, lines = tmp_path / "pairs.csv", tmp_path / "again.jsonl"
    assert tui("corpus", "pairs", ours, "-o", table, "--excel") == (0, "", f"3 pairs written to {table}\n")
    assert tui("corpus", "pairs", ours, "-o", table, "--excel").err == f"3 pairs exported over {table}\n"
    assert "'=cmd" in table.read_text(encoding="utf-8")
    assert tui("corpus", "pairs", table, "-o", lines).code == 0
    assert tui("corpus", "pairs", lines, "--json").data == tui("corpus", "pairs", ours, "--json").data
    printed = tui("corpus", "pairs", ours, "--csv").out
    assert [row["score"] for row in csv.DictReader(printed.splitlines())] == ["60.0", "90.0", "80.0"]
    assert "\x1b" not in printed


def test_what_related_prints_opens_too(
    library: Tui, tui: Tui, mill: Path, fire: Path, tmp_path: Path
) -> None:
    related = library("related", mill, fire, "--json")
    file = tmp_path / "related.json"
    file.write_text(related.out, encoding="utf-8")
    opened = tui("corpus", "pairs", file, "--json").data
    assert [
        {
            "left": {key: pair["left"][key] for key in asked["left"]},
            "right": {key: pair["right"][key] for key in asked["right"]},
            "score": pair["score"],
            "evidence": pair["evidence"],
        }
        for pair, asked in zip(opened, related.data, strict=True)
    ] == related.data


def test_broken_records_are_told_and_the_others_listed(tui: Tui, tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text("\n".join([json.dumps(OURS[0]), *["{"] * 7]))
    said = tui("corpus", "pairs", file)
    assert (said.code, len(said.lines)) == (0, 1)
    complaints = said.err.splitlines()
    assert complaints[0].startswith(f"tui: {file}: line 2 is no JSON (")
    assert complaints[0].endswith("; passed over")
    assert complaints[5:] == [f"tui: {file}: 2 more records are no pairs; passed over"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("gone.jsonl",), "gone.jsonl cannot be read: No such file or directory"),
        (("pairs.jsonl", "--since", "soon"), "“soon” is no year, month or day"),
        (("pairs.jsonl", "-o", "pairs.txt"), "has no ending that says what to write"),
        (("pairs.jsonl", "-o", "no/pairs.csv"), "cannot be written: No such file or directory"),
        (("pairs.jsonl", "--json", "-o", "pairs.csv"), "choose one"),
        (("pairs.jsonl", "--excel"), "--excel is for CSV"),
        (("pairs.jsonl", *["--text", "a"] * 3), "give --text once or twice"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    tui: Tui, ours: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    monkeypatch.chdir(ours.parent)
    said = tui("corpus", "pairs", *arguments)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert words in said.err


def test_passages_stand_side_by_side_on_a_terminal(tui: Tui, tmp_path: Path) -> None:
    said = tui("corpus", "pairs", reprints.passim_output(tmp_path / "run"), screen=True)
    assert "speech  The Gettysburg Address" in said.out
    assert "│" in said.out
    assert "New York Herald" in said.out


@pytest.mark.usefixtures("added")
def test_verdicts_are_what_links_tags_and_dismissals_say(tui: Tui, tmp_path: Path) -> None:
    run = reprints.passim_output(tmp_path / "run")
    textpair = reprints.write_lines(tmp_path / "alignments.jsonl", reprints.alignments())
    assert tui("corpus", "pairs", run, "--judged").code == 1
    ends = [
        tui("mark", text, "Now we are engaged in a great civil war", "--tag", "war").out.strip()
        for text in ("speech", "herald")
    ]
    tui("link", *ends, "--kind", "quotes", "--note", "word for word")
    tui("dismiss", "speech", 3, "courier", 2)
    (war,) = tui("corpus", "pairs", run, "--judged", "--json").data
    assert war["left"]["quote"].startswith("Now we are engaged")
    assert war["verdict"] == {
        "said": ["linked", "tagged"],
        "kind": "quotes",
        "tags": ["war"],
        "note": "word for word",
        "reader": "ada",
        "time": war["verdict"]["time"],
    }
    table = tmp_path / "judged.csv"
    assert tui("corpus", "pairs", textpair, "--judged", "-o", table).code == 0
    (row,) = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    assert (row["verdict"], row["reader"]) == ("dismissed", "ada")
    tui("undo")
    assert tui("corpus", "pairs", textpair, "--judged").code == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Name a text or two, or a file of pairs with --pairs"),
        (("--pairs", "pairs.jsonl"), "the desk needs a terminal"),
    ],
)
def test_pairs_are_opened_on_a_desk(tui: Tui, ours: Path, arguments: tuple[str, ...], words: str) -> None:
    said = tui("open", *arguments)
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert words in said.err


def test_the_desk_is_asked_to_list_the_pairs(tui: Tui, ours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr("tui.cli.desk.refuse_without_terminal", lambda: None)
    monkeypatch.setattr("tui.cli.desk.open_desk", lambda _, *texts, pairs: asked.append((*texts, pairs)) or 0)
    assert tui("open", "--pairs", ours).code == 0
    assert asked == [(None, None, ours)]
    assert "cannot be read: there is no such file" in tui("open", "--pairs", ours.with_name("gone")).err
