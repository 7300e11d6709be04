"""`tui compare` and `tui names`: what is compared is `texts.compare`'s matter; here is how it is asked and shown."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from texts.articles import articles

Tui = Callable[..., Any]

CAKE = """Cake

Beat the eggs with sugar until they are pale.

Bake for an hour and let it cool beside the window.
"""


@pytest.fixture
def pair(tui: Tui, tmp_path: Path) -> Tui:
    """`tui` on a library with our two articles."""
    for article in articles():
        path = tmp_path / f"{article.slug}.txt"
        path.write_text(article.body, encoding="utf-8")
        assert tui("add", path).code == 0
    return tui


def names(told: Any) -> dict[str, Any]:
    """The names of a comparison in JSON."""
    return {name["name"]: name for name in told.data["names"]}


def rows(told: Any) -> list[dict[str, str]]:
    """CSV as rows."""
    return list(csv.DictReader(io.StringIO(told.out, newline="")))


def test_json_is_one_object_with_the_keys_that_scripts_rely_on(pair: Tui) -> None:
    told = pair("compare", "editorial", "analysis", "--json")
    assert told.code == 0
    assert list(told.data) == ["names", "distinctive", "coverage", "reuse", "tags"]
    maliki = names(told)["Maliki"]
    assert [spelling["written"] for spelling in maliki["spellings"]] == [
        "Maliki",
        "Nouri Maliki",
        "Nuri al-Maliki",
    ]
    bodies = {article.slug: article.body for article in articles()}
    for start, end in maliki["right"]["spans"]:
        assert bodies["analysis"][start:end].endswith("Maliki")


def test_without_texts_it_takes_those_that_are_open(pair: Tui) -> None:
    assert pair("compare", "--json").data == pair("compare", "analysis", "editorial", "--json").data


def test_files_are_compared_without_any_library_and_as_the_library_does(
    library: Tui, mill: Path, fire: Path, tmp_path: Path
) -> None:
    told = library("compare", mill, fire, "--json", "--library", tmp_path / "nowhere.db")
    assert told.code == 0
    assert not (tmp_path / "nowhere.db").exists()
    assert told.data == library("compare", "mill", "fire", "--json").data
    assert told.data == library("compare", "mill", fire, "--json").data


@pytest.mark.parametrize("table", ["names", "distinctive", "coverage", "reuse", "tags", "together"])
def test_csv_prints_the_table_that_is_named(pair: Tui, table: str) -> None:
    pair("mark", "editorial", "recruiting offices", "--tag", "actor/sistani")
    pair("mark", "editorial", "queuing at the recruiting", "--tag", "army")
    told = pair("compare", "editorial", "analysis", "--csv", "--table", table)
    assert told.code == 0
    header = told.out.partition("\r\n")[0].split(",")
    assert (
        header
        == {
            "names": ["name", "spellings", "left", "right", "left_passages", "right_passages"],
            "distinctive": [
                *("word", "of", "left", "right", "log_likelihood", "log_ratio", "chance"),
                *("left_passages", "right_passages"),
            ],
            "coverage": ["text", "passage", "score", "counterparts", "begins"],
            "reuse": ["words", "quote", "left", "right", "left_passages", "right_passages"],
            "tags": ["tag", "left", "right", "only"],
            "together": ["tag", "other", "passages", "overlapping"],
        }[table]
    )
    assert rows(told)


def test_a_limit_holds_for_every_table_and_form(pair: Tui) -> None:
    told = pair("compare", "editorial", "analysis", "--json", "--limit", 2).data
    assert [len(told["names"]), len(told["distinctive"]["shared"]), len(told["reuse"])] == [2, 2, 2]
    assert len(told["coverage"]["left"]["passages"]) == 20
    assert len(rows(pair("compare", "editorial", "analysis", "--csv", "--limit", 2))) == 2


def test_a_higher_score_leaves_more_alone(pair: Tui) -> None:
    alone = [
        len(pair("compare", "--json", "--min-score", score).data["coverage"]["left"]["alone"])
        for score in (10, 50, 95)
    ]
    assert alone == sorted(alone)
    assert alone[0] < alone[2]


@pytest.mark.parametrize("columns", [80, 120])
def test_a_screen_gets_tables_that_fit_and_each_says_how_it_is_made(
    pair: Tui, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("NO_COLOR", "1")
    told = pair("compare", "editorial", "analysis", screen=True)
    assert "\x1b" not in told.out
    assert max(map(len, told.lines)) <= columns
    for title, how in (
        ("Names and their spellings", "capitals"),
        ("Distinctive and shared words", "Dunning 1993"),
        ("Passages with a counterpart, and without", "Counterparts are"),
        ("Map: passages of editorial", "reader has linked"),
        ("Words that both have in a row", "Runs of 4 words"),
        ("Tags", "Counts are highlights"),
    ):
        assert any(line.startswith(title) for line in told.lines), title
        assert how in told.out
    spellings = told.lines.index(next(line for line in told.lines if line.startswith("= Nuri al-Maliki")))
    assert told.lines[spellings].split()[-2:] == ["0", "1"]
    assert any("7 of 20" in line and "·█·" in line for line in told.lines)


def test_a_pipe_gets_the_same_without_colours_or_cuts(pair: Tui) -> None:
    told = pair("compare", "editorial", "analysis")
    assert told.code == 0
    assert "\x1b" not in told.out
    assert "= Islamic State of Iraq and the Levant" in told.out
    begins = next(line for line in told.lines if line.lstrip().startswith("3  The map"))
    assert not begins.endswith("…")


def test_what_only_one_text_says_is_listed_by_number_and_first_words(pair: Tui) -> None:
    lines = pair("compare", "editorial", "analysis", "--only", "coverage", "--limit", 3).lines
    at = lines.index("only editorial says")
    assert lines[at + 1].split() == ["¶", "begins"]
    assert [line.split()[:3] for line in lines[at + 2 : at + 4]] == [
        ["1", "A", "chance"],
        ["3", "The", "map"],
    ]
    assert lines[at + 5] == "… and 10 more"
    assert lines[at + 6] == "only analysis says"
    assert lines[at + 7].split() == ["¶", "begins"]
    assert lines[at + 8].split()[:3] == ["1", "Arm’s", "length,"]


def test_only_shows_what_is_asked_for(pair: Tui) -> None:
    told = pair("compare", "--only", "map,names", "--only", "tags")
    titles = [
        line
        for line in told.lines
        if line.startswith(("Names", "Distinctive", "Passages", "Map", "Words", "Tags"))
    ]
    assert [title.split()[0] for title in titles] == ["Names", "Map:", "Tags", "Tags"]
    wrong = pair("compare", "--only", "nouns")
    assert wrong.code == 2
    assert "“nouns” is no table" in wrong.err


def test_tags_and_links_of_the_reader_are_in_it(pair: Tui) -> None:
    one = pair("mark", "editorial", "A chance in Baghdad", "--tag", "headline").out.split()[0]
    other = pair("mark", "analysis", "Arm’s length, still", "--tag", "headline").out.split()[0]
    assert pair("link", one, other).code == 0
    told = pair("compare", "editorial", "analysis", "--json").data
    assert told["tags"]["tags"] == [{"tag": "headline", "counts": {"editorial": 1, "analysis": 1}}]
    assert told["coverage"]["left"]["passages"][0]["counterparts"] == [1]
    assert "¶1 ◆" in pair("compare", "editorial", "analysis", "--only", "map").out.replace("  ", " ")


def test_a_text_with_itself_and_an_empty_one(library: Tui, tmp_path: Path) -> None:
    assert library("compare", "mill", "mill", "--json").data["coverage"]["left"]["alone"] == []
    (tmp_path / "empty.txt").write_text("")
    told = library("compare", tmp_path / "empty.txt", tmp_path / "empty.txt")
    assert (told.code, told.err) in {(1, ""), (2, told.err)}
    assert "Traceback" not in told.err


# One text against all others.


def test_one_text_is_held_against_all_others_best_first(library: Tui, tmp_path: Path) -> None:
    cake = tmp_path / "cake.txt"
    cake.write_text(CAKE)
    library("add", cake)
    told = library("compare", "mill", "--json")
    assert told.code == 0
    (first, *rest) = told.data
    assert first["text"] == "fire"
    assert first["pairs"] >= 1
    assert {"Harrow", "Reyl"} <= set(first["words"])
    assert [row["text"] for row in rest] == ["cake"] * len(rest)
    assert [row["text"] for row in rows(library("compare", "mill", "--csv"))] == [
        row["text"] for row in told.data
    ]
    assert len(library("compare", "mill", "--others", 1, "--json").data) == 1
    assert "fire" in library("compare", "mill").out


def test_a_file_is_held_against_the_library_and_nothing_is_kept_of_it(library: Tui, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "mill.txt"  # of the same slug as a text of the library
    other.parent.mkdir()
    other.write_text("The mayor of Harrow said that the mill burned on Monday.")
    told = library("compare", other, "--json")
    assert [row["text"] for row in told.data] == ["mill", "fire"]
    assert library("texts", "--json").data[1]["text"] == "mill"
    before = library("related", "mill", "fire", "--json").data
    library("compare", other)
    assert library("related", "mill", "fire", "--json").data == before


def test_a_library_of_one_text_has_nothing_to_compare_it_with(tui: Tui, mill: Path) -> None:
    tui("add", mill)
    assert tui("compare", "mill", "--json") == (1, "[]\n", "")


# Word against word.


def test_two_passages_stand_side_by_side_with_what_moved_told_from_what_changed(
    tui: Tui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text("In the old days the miller ground the corn. He sold flour to the county town.")
    new.write_text("He sold flour to the county town. In the old days the baker ground the corn.")
    monkeypatch.setenv("NO_COLOR", "1")
    told = tui("compare", old, new, "--passages", 1, 1, screen=True)
    assert told.code == 0
    assert "[-miller-]" in told.out
    assert "{+baker+}" in told.out
    assert told.out.count("<~") == told.out.count("~>") >= 2
    pieces = tui("compare", old, new, "--passages", 1, 1, "--json").data
    fates = {piece["fate"]: piece for piece in pieces}
    assert fates["changed"]["left"]["quote"] == "miller"
    assert fates["changed"]["right"]["quote"] == "baker"
    assert fates["moved"]["left"]["quote"] == fates["moved"]["right"]["quote"]
    assert len(rows(tui("compare", old, new, "--passages", 1, 1, "--csv"))) == len(pieces)


def test_a_narrow_screen_gets_one_side_after_the_other(library: Tui, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("NO_COLOR", "1")
    told = library("compare", "mill", "fire", "--passages", 5, 3, screen=True)
    assert "│" not in told.out
    assert max(map(len, told.lines)) <= 40


def test_a_passage_that_is_not_there_is_told(library: Tui) -> None:
    told = library("compare", "mill", "fire", "--passages", 99, 1)
    assert (told.code, told.out) == (2, "")
    assert "mill has no passage 99: they go from 1 to 5" in told.err


def test_two_versions_are_not_two_passages_as_well(library: Tui) -> None:
    told = library("compare", "mill", "--versions", 1, 1, "--passages", 1, 1)
    assert (told.code, told.out) == (2, "")
    assert "--versions sets two versions side by side: leave --passages out." in told.err


@pytest.mark.parametrize(
    ("asked", "idle", "why"),
    [
        (
            "mill --versions 1 1",
            "--only names --limit 3",
            "--only, --limit change nothing here: --versions sets two versions side by side",
        ),
        (
            "mill --versions 1 1 --format tei",
            "--min-score 60",
            "--min-score changes nothing here: an apparatus is of whole texts",
        ),
        (
            "mill fire --passages 5 3",
            "--only names",
            "--only changes nothing here: --passages sets two passages side by side",
        ),
        ("mill fire", "--others 3", "--others changes nothing here: it is for LEFT alone"),
        ("mill fire", "--table names", "--table changes nothing here: it is for --csv"),
        ("mill", "--only names", "--only changes nothing here: LEFT alone gives one table, by words"),
    ],
)
def test_options_that_change_nothing_are_told(library: Tui, asked: str, idle: str, why: str) -> None:
    bare = library("compare", *asked.split())
    told = library("compare", *asked.split(), *idle.split())
    assert (told.code, told.out) == (bare.code, bare.out)
    assert told.err == f"{why}\n{bare.err}"


def test_two_versions_are_collated_without_what_is_the_same(library: Tui, mill: Path) -> None:
    mill.write_text(mill.read_text().replace("two hundred", "three hundred").replace("river", "river bank"))
    assert library("update", "mill", mill).code == 0
    told = library("compare", "mill", "--versions", 1, 2)
    assert told.code == 0
    assert "[-two-] {+three+} hundred" in told.out
    assert "{+bank+}" in told.out
    assert "Nobody was hurt" not in told.out
    assert told.lines[0] == "¶4"
    pieces = library("compare", "mill", "--versions", 1, 2, "--json").data
    assert [piece["fate"] for piece in pieces] == ["added", "changed"]
    assert library("compare", "mill", "--versions", 2, 2) == (1, "", "")
    assert library("compare", "mill", "--versions", 1, 9).code == 2
    assert library("compare", "mill", "fire", "--versions", 1, 2).code == 2


def test_changes_that_stand_together_are_shown_together_with_a_little_around_them(
    library: Tui, tmp_path: Path
) -> None:
    words = (
        "The old mill at Harrow burned to the ground on Monday. Nobody was hurt, said the mayor, who had been called "
        "out of bed at three in the morning by the night watch of the town. The wheel had stood for two hundred years, "
        "and it was the largest in the county when it was carved. It fell."
    )
    changed = words
    for old, new in (
        ("burned", "fell"),
        ("Monday", "Tuesday"),
        ("largest", "smallest"),
        ("fell.", "fell down."),
    ):
        changed = changed.replace(old, new)
    file = tmp_path / "again.txt"
    file.write_text(f"{words}\n\nA second paragraph stays as it is.\n")
    assert library("add", file).code == 0
    file.write_text(f"{changed}\n\nA second paragraph stays as it is.\n")
    assert library("update", "again", file).code == 0
    told = library("compare", "again", "--versions", 1, 2)
    assert told.out.split("\n\n")[:2] == [
        "¶1\nThe old mill at Harrow [-burned-] {+fell+} to the ground on [-Monday-] {+Tuesday+}. Nobody was hurt,\n"
        "said the mayor, who …",
        "¶1\n… for two hundred years, and it was the [-largest-] {+smallest+} in the county when it was carved.\n"
        "It fell {+down+}.",
    ]


def test_paragraphs_of_two_versions_that_moved_came_or_went_are_told_whole(library: Tui, mill: Path) -> None:
    paragraphs = mill.read_text().split("\n\n")
    changed = [*paragraphs[:-3], paragraphs[-2], "Nothing like it was ever seen before.", paragraphs[-3]]
    mill.write_text("\n\n".join(changed))
    assert library("update", "mill", mill).code == 0
    heads = [each for each in library("compare", "mill", "--versions", 1, 2).lines if each.startswith("¶")]
    assert sorted(head.split(" ", 1)[1].split(" to")[0] for head in heads) == ["added", "moved", "removed"]
    fates = [piece["fate"] for piece in library("compare", "mill", "--versions", 1, 2, "--json").data]
    assert sorted(fates) == ["added", "moved", "removed"]


def test_of_a_long_paragraph_that_moved_beginning_and_end_are_shown_and_a_short_one_whole(
    library: Tui, tmp_path: Path
) -> None:
    long = (
        "The old mill at Harrow burned to the ground on Monday, and nobody was hurt, said the mayor of the town, who "
        "had been called out of bed by the watch."
    )
    short = "It will be built again before the winter comes, said the insurers."
    wheel = (
        "The wheel had stood for two hundred years, the largest in the county, carved by Tomas Reyl when he was young, "
        "and it fell into the river at night."
    )
    barn = (
        "The brewery has offered to lend its barn until the spring comes and the work can begin in earnest."
    )
    file = tmp_path / "moved.txt"
    file.write_text("\n\n".join((long, short, wheel, barn)))
    assert library("add", file).code == 0
    file.write_text("\n\n".join((wheel, long, barn, short)))
    assert library("update", "moved", file).code == 0
    told = library("compare", "moved", "--versions", 1, 2)
    assert told.out.split("\n\n")[:2] == [
        "¶1 moved to ¶2\n<~The old mill at Harrow burned to the … had been called out of bed by the watch.~>",
        f"¶2 moved to ¶4\n<~{short}~>",
    ]


def test_words_added_at_the_start_of_a_paragraph_are_told_with_its_number(
    library: Tui, tmp_path: Path
) -> None:
    file = tmp_path / "start.txt"
    file.write_text("The mill burned.\n\nThe wheel fell.\n")
    assert library("add", file).code == 0
    file.write_text("The mill burned.\n\nThen the wheel fell.\n")
    assert library("update", "start", file).code == 0
    told = library("compare", "start", "--versions", 1, 2)
    assert told.out.startswith("¶2\n{+Then+} The wheel fell.\n")


def test_of_words_without_blanks_what_stands_around_a_change_is_shown(library: Tui, tmp_path: Path) -> None:
    file = tmp_path / "bridge.txt"
    before, after = (
        "春天来了，河边的柳树都发了芽，孩子们在岸上放风筝，老人们坐在桥头晒太阳，" * 2,
        "说着那座被冲垮的木桥",
    )
    file.write_text(f"{before}说着去年的大雪和那座被冲垮的石桥，{after}。\n")
    assert library("add", file).code == 0
    file.write_text(f"{before}说着前年的大雪和那座被冲垮的石桥，{after}。\n")
    assert library("update", "bridge", file).code == 0
    told = "".join(library("compare", "bridge", "--versions", 1, 2).lines)
    assert f"… {before[-38:]}说着[-去-]{{+前+}}年的大雪和那座被冲垮的石桥，{after}。" in told


# A reader's word on names.


def test_what_a_reader_joins_is_one_name_for_comparing_searching_and_relating(pair: Tui) -> None:
    before = pair("search", "Obama", "--json").data
    assert pair("names", "join", "Barack Obama", "Washington").code == 0
    joined = names(pair("compare", "editorial", "analysis", "--json"))["Washington"]
    assert {spelling["written"] for spelling in joined["spellings"]} == {"Washington", "Barack Obama"}
    found = pair("search", "Washington", "--json").data
    assert {hit["quote"] for hit in found} == {"Washington", "Barack Obama"}
    assert all(hit["score"] < 100 for hit in found if hit["quote"] == "Barack Obama")
    assert pair("names", "list").out == "Barack Obama = Washington\n"
    assert pair("undo").code == 0
    assert pair("names", "list") == (1, "", "")
    assert pair("search", "Obama", "--json").data == before
    assert "Barack Obama" in names(pair("compare", "editorial", "analysis", "--json"))


def test_a_name_of_several_words_is_found_by_its_short_form_and_back(pair: Tui) -> None:
    long = "Islamic State of Iraq and the Levant"
    pair("names", "join", "Isis", long)
    for query, other in (("Isis", long), (f'"{long}"', "Isis")):
        quotes = {hit["quote"] for hit in pair("search", query, "--json").data}
        assert {"Isis", long} <= quotes, other
    exact = pair("search", "--exact", "Isis", "--json").data
    assert {hit["quote"] for hit in exact} == {"Isis"}


def test_one_word_for_another_relates_passages_too(tui: Tui, tmp_path: Path) -> None:
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    one.write_text("Burma closed its harbours.\n\nThe weather was fine.")
    other.write_text("Nobody came.\n\nMyanmarese harbours reopen; Zembla shut them.")
    tui("add", one, other)

    def evidence() -> set[tuple[str, str]]:
        bodies = {"one": one.read_text(), "other": other.read_text()}
        found = tui("related", "one", "other", "--passage", 1, "--min-score", 0, "--json").data
        return {
            (bodies["one"][slice(*word["left"])], bodies["other"][slice(*word["right"])])
            for each in found
            for word in each["evidence"]
        }

    assert ("Burma", "Zembla") not in evidence()
    tui("names", "join", "Burma", "Zembla")
    assert ("Burma", "Zembla") in evidence()
    tui("undo")
    assert ("Burma", "Zembla") not in evidence()


def test_what_a_reader_parts_is_two_names(pair: Tui) -> None:
    assert "Teheran" not in names(pair("compare", "editorial", "analysis", "--json"))
    assert pair("names", "part", "teheran", "Tehran").code == 0
    assert {"Teheran", "Tehran"} <= set(names(pair("compare", "editorial", "analysis", "--json")))
    listed = pair("names", "list", "--json").data
    assert [(each["one"], each["other"], each["same"]) for each in listed] == [("Tehran", "teheran", False)]
    assert pair("names", "forget", "Tehran", "Teheran").code == 0
    assert "Teheran" not in names(pair("compare", "editorial", "analysis", "--json"))


def test_what_is_no_pair_of_names_is_told_in_one_line(pair: Tui) -> None:
    told = pair("names", "join", "Iraq", "iraq’s")
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert "are one spelling" in told.err


def test_hostile_titles_and_words_do_not_reach_the_terminal(tui: Tui, tmp_path: Path) -> None:
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    for path in (one, other):
        path.write_text(
            "They saw \u202eEvil\u202c \x1b[31mRed\x1b[0m Mallory there, and Mallory saw them all again.\n"
        )
    tui("add", one, other)
    for arguments in (("one", "other"), ("one",), ("one", "other", "--passages", 1, 1)):
        told = tui("compare", *arguments)
        assert not {"\x1b", "\u202e", "\x07"} & set(told.out + told.err)


def test_versions_of_one_text_are_an_edition_with_an_apparatus(
    library: Tui, mill: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(mill.read_text().replace("river", "stream", 1))
    said = library("compare", "mill", other, "--format", "tei")
    apps = [one for one in fromstring(said.out).iter() if one.tag.endswith("app")]
    readings = [["".join(rdg.itertext()).strip() for rdg in app] for app in apps]
    assert (said.code, readings) == (0, [["river", "stream"]])
    library("update", "mill", other)
    edition = fromstring(library("compare", "mill", "--versions", "1", "2", "--format", "tei").out)
    assert sum(one.tag.endswith("rdg") for one in edition.iter()) == 2
    assert [one.text for one in edition.iter() if one.tag.endswith("witness")] == [
        "Ada Quill, The mill burns, version 1, mill.txt",
        "Ada Quill, The mill burns, version 2, other.txt",
    ]
    refused = library("compare", "mill", "fire", "--format", "tei")
    assert (refused.code, refused.out) == (2, "")
    assert "no versions of one text" in refused.err
