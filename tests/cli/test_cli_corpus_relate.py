"""`tui corpus relate`: the pairs, their scores, groups, another corpus, and what is there after a kill."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

Tui = Callable[..., Any]

QUOTE = "the surveyor measured the orchard wall and counted eleven hundred crooked bricks before supper"
WORDS = [
    a + b + c
    for a in ("bar", "fen", "gol", "mir", "tas")
    for b in ("do", "ki", "lu", "ne")
    for c in ("rth", "sk", "mp")
]


def prose(seed: int, count: int = 6) -> list[str]:
    """Passages of words that say nothing."""
    chance = random.Random(seed)
    return [
        " ".join(f"{chance.choice(WORDS)}{chance.choice(WORDS)}" for _ in range(30)).capitalize() + "."
        for _ in range(count)
    ]


def corpus_file(path: Path, texts: Sequence[tuple[str, list[str]]]) -> Path:
    path.write_text(
        "".join(json.dumps({"id": name, "text": "\n\n".join(passages)}) + "\n" for name, passages in texts)
    )
    return path


def quoting(seed: int, quote: str = QUOTE) -> list[str]:
    passages = prose(seed)
    passages[2] = f"{passages[2]} {quote.capitalize()}."
    return passages


@pytest.fixture
def papers(tui: Tui, tmp_path: Path) -> list[tuple[str, list[str]]]:
    """A corpus of six texts, two of which quote the same."""
    texts = [(f"t{n}", quoting(n) if n in (1, 4) else prose(n)) for n in range(6)]
    tui("corpus", "make", "papers", corpus_file(tmp_path / "papers.jsonl", texts))
    return texts


@pytest.mark.usefixtures("papers")
def test_a_quotation_is_found_and_its_words_are_told(tui: Tui) -> None:
    said = tui("corpus", "relate", "papers", "--json")
    (pair,) = said.data
    assert [(pair[side]["text"], pair[side]["passage"]) for side in ("left", "right")] == [
        ("t1", 3),
        ("t4", 3),
    ]
    for side in ("left", "right"):
        quoted = {
            pair[side]["quote"][a - pair[side]["start"] : b - pair[side]["start"]]
            for a, b in (e[side] for e in pair["evidence"])
        }
        assert {"orchard", "bricks"} <= quoted


def test_the_score_is_that_of_two_texts(
    tui: Tui, papers: list[tuple[str, list[str]]], tmp_path: Path
) -> None:
    for name, passages in papers:
        (tmp_path / f"{name}.txt").write_text("\n\n".join(passages))
    (pair,) = tui("corpus", "relate", "papers", "--json").data
    related = tui("related", tmp_path / "t1.txt", tmp_path / "t4.txt", "--json").data
    (same,) = (each for each in related if (each["left"]["passage"], each["right"]["passage"]) == (3, 3))
    assert pair["score"] == same["score"]
    assert pair["evidence"] == same["evidence"]
    assert pair["left"]["sentence"] == same["left"]["sentence"]


@pytest.mark.usefixtures("papers")
def test_what_is_written_can_be_read_again(tui: Tui, tmp_path: Path) -> None:
    said = tui("corpus", "relate", "papers", "-o", tmp_path / "pairs.jsonl")
    assert (said.code, said.out, said.err) == (0, "", f"1 pair written to {tmp_path / 'pairs.jsonl'}\n")
    assert (
        json.loads((tmp_path / "pairs.jsonl").read_text())
        == tui("corpus", "relate", "papers", "--json").data[0]
    )
    assert tui("corpus", "relate", "papers", "-o", tmp_path / "pairs.txt").code == 2


@pytest.mark.usefixtures("papers")
def test_nothing_is_kept_of_a_run_that_is_done(tui: Tui, tmp_path: Path) -> None:
    tui("corpus", "relate", "papers", "--json")
    assert list(tmp_path.rglob("runs")) == []


def test_what_many_repeat_is_one_group(tui: Tui, tmp_path: Path) -> None:
    texts = [(f"t{n}", [*prose(n), f"{QUOTE.capitalize()} and then went home again."]) for n in range(30)]
    tui("corpus", "make", "papers", corpus_file(tmp_path / "papers.jsonl", texts))
    pairs = tui("corpus", "relate", "papers", "--passages", "2", "--json").data
    assert len(pairs) == 2
    assert {(pair["left"]["text"], pair["group_size"]) for pair in pairs} == {("t0", 30)}
    assert len({pair["group"] for pair in pairs}) == 1


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_all_passages_of_a_group_are_written_once_and_read_as_pairs(
    tui: Tui, tmp_path: Path, ending: str
) -> None:
    if ending == "parquet":
        pytest.importorskip("pyarrow")
    line = f"{QUOTE.capitalize()} and then went home again."
    texts = [(f"t{n}", [*prose(n), line]) for n in range(30)]
    twice = [
        prose(99)[0],
        prose(98)[0],
        prose(98)[0],
        prose(98)[0],
    ]  # three in one text repeat each other only
    tui("corpus", "make", "papers", corpus_file(tmp_path / "papers.jsonl", [*texts, ("t30", twice)]))
    file, groups = tmp_path / "pairs.jsonl", tmp_path / f"groups.{ending}"
    said = tui("corpus", "relate", "papers", "--passages", "2", "-o", file, "--groups", groups)
    assert said.err == f"2 pairs written to {file}\n30 passages of groups written to {groups}\n"
    (name,) = {json.loads(pair)["group"] for pair in file.read_text().splitlines()}
    found = tui("corpus", "pairs", groups, "--group", name.upper(), "--json").data
    assert [pair["left"]["text"] for pair in found] == ["t0"] * 29
    assert [pair["right"]["text"] for pair in found] == [f"t{n}" for n in range(1, 30)]
    for side in (found[0]["left"], *(pair["right"] for pair in found)):
        assert (side["passage"], side["quote"], side["corpus"]) == (7, line, "papers")
        body = "\n\n".join(texts[int(side["text"][1:])][1])
        assert body[side["start"] : side["end"]] == line
    assert {(pair["group"], pair["group_size"], pair["score"]) for pair in found} == {(name, 30, 100.0)}
    assert len(tui("corpus", "pairs", groups).lines) == 1
    assert len(tui("corpus", "pairs", groups, "--group", name).lines) == 29
    assert tui("corpus", "pairs", groups, "--group", "other").code == 1


@pytest.mark.usefixtures("papers")
def test_groups_of_two_corpora_are_those_that_both_have(tui: Tui, tmp_path: Path) -> None:
    ours = [f"{QUOTE.capitalize()} and then went home again.", f"{prose(97)[1]}"]
    texts = [(f"s{n}", [*prose(60 + n, 2), *ours]) for n in range(3)]
    tui("corpus", "make", "one", corpus_file(tmp_path / "one.jsonl", texts))
    tui("corpus", "make", "other", corpus_file(tmp_path / "other.jsonl", [("o0", [prose(80)[0], ours[0]])]))
    groups = tmp_path / "groups.jsonl"
    tui("corpus", "relate", "one", "--with", "other", "-o", tmp_path / "pairs.csv", "--groups", groups)
    members = [json.loads(line) for line in groups.read_text().splitlines()]
    assert [(each["text"], each["corpus"], each["quote"]) for each in members] == [
        *((f"s{n}", "one", ours[0]) for n in range(3)),
        ("o0", "other", ours[0]),
    ]
    said = tui("corpus", "relate", "one", "-o", groups, "--groups", groups)
    assert (said.code, "name two" in said.err) == (2, True)


def series_file(path: Path, texts: Sequence[tuple[str, str, list[str]]]) -> Path:
    """JSON-lines of texts with their series."""
    records = (
        {"id": name, "series": series, "text": "\n\n".join(passages)} for name, series, passages in texts
    )
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def names_of(pairs: Sequence[Any]) -> list[tuple[str, str]]:
    return sorted((pair["left"]["text"], pair["right"]["text"]) for pair in pairs)


def test_between_series_each_passage_has_its_best_of_another_series(tui: Tui, tmp_path: Path) -> None:
    """What is left out takes no place among the best of a passage."""
    most = " ".join(QUOTE.split()[:10])
    texts = [(f"post{n}", "Post", quoting(n)) for n in range(4)] + [("herald", "Herald", quoting(9, most))]
    tui("corpus", "make", "papers", series_file(tmp_path / "in.jsonl", texts))
    asked = ("corpus", "relate", "papers", "--passages", 1, "--json")
    assert any(one[:4] == other[:4] for one, other in names_of(tui(*asked).data))
    said = tui(*asked, "--between-series")
    assert names_of(said.data) == [(f"post{n}", "herald") for n in range(4)]
    assert said.err == ""
    estimate = tui("corpus", "relate", "papers", "--between-series", "--estimate").out
    assert "about 4 pairs of sections" in estimate


def test_between_series_of_two_corpora_and_of_texts_without_one(tui: Tui, tmp_path: Path) -> None:
    texts = [
        ("a1", "Post", quoting(1)),
        ("a2", "", quoting(2)),
        ("a3", "", quoting(3)),
        ("a4", "Post", prose(4)),
    ]
    tui("corpus", "make", "papers", series_file(tmp_path / "in.jsonl", texts))
    others = [("b1", "Post", quoting(5)), ("b2", "Herald", quoting(6)), ("b3", "", prose(7))]
    tui("corpus", "make", "more", series_file(tmp_path / "more.jsonl", others))
    asked = ("corpus", "relate", "papers", "--between-series", "--json")
    assert names_of(tui(*asked).data) == [("a1", "a2"), ("a1", "a3"), ("a2", "a3")]
    found = names_of(tui(*asked, "--with", "more").data)
    assert found == [("a1", "b2"), ("a2", "b1"), ("a2", "b2"), ("a3", "b1"), ("a3", "b2")]


NOTICE = f"{QUOTE.capitalize()} and then went home again."
ANSWER = f"So it is true that {QUOTE}, as a neighbour told everyone who would listen that evening."


def places_of(pairs: Sequence[Any]) -> list[str]:
    return sorted(
        " ".join(f"{pair[side]['text']}:{pair[side]['passage']}" for side in ("left", "right"))
        for pair in pairs
    )


def test_of_two_passages_word_for_word_the_same_both_are_told_with_a_third(tui: Tui, tmp_path: Path) -> None:
    texts = [("a", [*prose(1), NOTICE]), ("b", [*prose(2), NOTICE]), ("c", [*prose(3), ANSWER])]
    tui("corpus", "make", "papers", corpus_file(tmp_path / "in.jsonl", texts))
    told = places_of(tui("corpus", "relate", "papers", "--json").data)
    assert told == ["a:7 b:7", "a:7 c:7", "b:7 c:7"]
    twice = [("a", [NOTICE, *prose(1), NOTICE]), ("c", [*prose(3), ANSWER])]
    tui("corpus", "make", "refrain", corpus_file(tmp_path / "in.jsonl", twice))
    assert places_of(tui("corpus", "relate", "refrain", "--json").data) == ["a:1 c:7", "a:8 c:7"]


@pytest.mark.parametrize("reprints", [1, 4])
def test_what_answers_a_passage_of_its_own_text_has_the_reprint_of_it_in_another(
    tui: Tui, tmp_path: Path, reprints: int
) -> None:
    """The passage that comes first, and is looked for alone, is of the same text, or of the same series."""
    texts = [
        ("post1", "Post", [*prose(1), NOTICE]),
        ("post2", "Post", [*prose(2), ANSWER]),
        *((f"herald{n}", "Herald", [*prose(3 + n), NOTICE]) for n in range(reprints)),
    ]
    tui("corpus", "make", "papers", series_file(tmp_path / "in.jsonl", texts))
    told = places_of(tui("corpus", "relate", "papers", "--between-series", "--json").data)
    assert told == sorted(["post2:7 herald0:7", *(f"post1:7 herald{n}:7" for n in range(reprints))])
    texts = [("a", "", [NOTICE, *prose(2), ANSWER])]
    texts += [(f"b{n}", "", [*prose(3 + n), NOTICE]) for n in range(reprints)]
    tui("corpus", "make", "one", series_file(tmp_path / "in.jsonl", texts))
    told = places_of(tui("corpus", "relate", "one", "--min-score", 0, "--json").data)
    assert told == [*(f"a:1 b{n}:7" for n in range(reprints)), "a:8 b0:7"]


def test_a_reprint_of_half_a_text_is_told_however_short_the_texts_are(tui: Tui, tmp_path: Path) -> None:
    texts = [("a", [*prose(1, 1), NOTICE]), ("b", [*prose(2, 1), NOTICE.upper()])]
    tui("corpus", "make", "papers", corpus_file(tmp_path / "in.jsonl", texts))
    (pair,) = tui("corpus", "relate", "papers", "--json").data
    assert (pair["left"]["passage"], pair["right"]["passage"], pair["score"]) == (2, 2, 100)
    assert pair["evidence"]


def test_of_reprints_in_one_corpus_the_first_is_told_with_one_in_the_other(tui: Tui, tmp_path: Path) -> None:
    ours = [(f"a{n}", [*prose(n, 1), NOTICE]) for n in range(9)]
    tui("corpus", "make", "one", corpus_file(tmp_path / "one.jsonl", ours))
    others = [("b", [*prose(80, 1), NOTICE])]
    tui("corpus", "make", "other", corpus_file(tmp_path / "other.jsonl", others))
    (pair,) = tui("corpus", "relate", "one", "--with", "other", "--json").data
    assert (pair["left"]["text"], pair["right"]["text"], pair["group_size"]) == ("a0", "b", 10)


def test_how_many_passages_repeat_others_is_said_where_they_are_not_all_told(
    tui: Tui, tmp_path: Path
) -> None:
    texts = [(f"t{n}", [*prose(n), NOTICE]) for n in range(8)]
    tui("corpus", "make", "papers", corpus_file(tmp_path / "papers.jsonl", texts))
    said = tui("corpus", "relate", "papers", "--json")
    assert len(said.data) == 5
    assert said.err == "8 passages say the same as others, in 1 group: --groups FILE writes all of them\n"
    asked = ("--json", "--groups", tmp_path / "groups.csv")
    assert "--groups" not in tui("corpus", "relate", "papers", *asked).err
    assert tui("corpus", "relate", "papers", "--json", "--passages", 7).err == ""


@pytest.mark.usefixtures("papers")
def test_between_series_says_where_there_is_no_series(tui: Tui) -> None:
    said = tui("corpus", "relate", "papers", "--between-series", "--json")
    assert said.data == tui("corpus", "relate", "papers", "--json").data
    assert said.err == "no text of papers has a series: all of them are held against each other\n"


@pytest.mark.usefixtures("papers")
def test_where_the_pairs_go_is_looked_at_first_and_told(tui: Tui, tmp_path: Path) -> None:
    said = tui("corpus", "relate", "papers", "-o", tmp_path / "none" / "pairs.jsonl")
    assert (said.code, "There is no folder" in said.err) == (2, True)
    file = tmp_path / "pairs.jsonl"
    for way in ("written to", "exported over"):
        assert f" {way} {file}" in tui("corpus", "relate", "papers", "-o", file).err


@pytest.mark.usefixtures("papers")
def test_another_corpus_and_a_text_of_the_library(tui: Tui, tmp_path: Path) -> None:
    texts = [("s0", quoting(50)), ("s1", prose(51))]
    tui("corpus", "make", "speeches", corpus_file(tmp_path / "speeches.jsonl", texts))
    found = tui("corpus", "relate", "papers", "--with", "speeches", "--json").data
    assert {(pair["left"]["text"], pair["right"]["text"]) for pair in found} == {("t1", "s0"), ("t4", "s0")}
    (tmp_path / "essay.txt").write_text("\n\n".join(quoting(60)))
    tui("add", tmp_path / "essay.txt", "--slug", "essay")
    for name in ("essay", tmp_path / "essay.txt"):
        found = tui("corpus", "relate", "papers", "--with", name, "--json").data
        assert {(pair["left"]["text"], pair["right"]["text"]) for pair in found} == {
            ("t1", "essay"),
            ("t4", "essay"),
        }
        assert (found[0]["left"]["corpus"], found[0]["right"]["corpus"]) == ("papers", "")
    assert list(tmp_path.rglob("runs")) == []


@pytest.mark.usefixtures("papers")
def test_a_text_may_come_from_stdin_and_a_name_too_long_for_a_corpus_be_one_of_a_text(tui: Tui) -> None:
    words = "\n\n".join(quoting(60))
    said = tui("corpus", "relate", "papers", "--with", "-", "--json", stdin=words.encode())
    assert (said.code, said.err) == (0, "")
    assert len(said.data) == 2
    assert "name of a corpus" not in tui("corpus", "relate", "papers", "--with", "essay" * 14).err


@pytest.mark.usefixtures("papers")
def test_an_estimate_relates_nothing(tui: Tui) -> None:
    said = tui("corpus", "relate", "papers", "--estimate")
    assert said.code == 0
    assert said.out.startswith("papers: 36 passages, about 1 pairs of sections")


@pytest.mark.usefixtures("papers")
@pytest.mark.parametrize("others", [(), ("--with", "essay.txt")])
def test_two_programs_that_relate_the_same_are_not_in_each_other_s_way(
    tui: Tui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, others: tuple[str, ...]
) -> None:
    from store.corpus.corpus_relating import CorpusRun

    monkeypatch.chdir(tmp_path)
    Path("essay.txt").write_text("\n\n".join(quoting(60)))
    asked = ("corpus", "relate", "papers", *others, "--json")
    alone = tui(*asked).data
    run, second = CorpusRun.run, []

    def while_another_is_called(self: CorpusRun, *given: Any) -> None:
        monkeypatch.setattr(CorpusRun, "run", run)
        second.append(tui(*asked))
        run(self, *given)

    monkeypatch.setattr(CorpusRun, "run", while_another_is_called)
    assert tui(*asked).data == alone
    assert [(said.code, said.out) for said in second] == [(2, "")]
    assert second[0].err == "tui: another program relates papers so just now: wait until it is done\n"
    assert list(tmp_path.rglob("runs")) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from store.corpus import corpus_relating
from store.corpus.corpus_file import Corpus
from store.corpus.corpus_plan import Plan
import store.corpus.corpus_plan as plan
plan.JOBS = corpus_relating.JOBS = 1
wanted = corpus_relating.DEFAULT._replace(workers=1)
run = corpus_relating.CorpusRun(Corpus.open(Path(sys.argv[1])), None, wanted)
run.run(lambda step: step.doing == sys.argv[2] and step.done and os.kill(os.getpid(), signal.SIGKILL))
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is of POSIX")
@pytest.mark.parametrize("during", ["finding candidates", "relating sections"])
def test_what_was_killed_goes_on_and_ends_the_same(tui: Tui, tmp_path: Path, during: str) -> None:
    texts = [(f"t{n}", quoting(n, f"{QUOTE} number{n // 2}a number{n // 2}b")) for n in range(12)]
    tui("corpus", "make", "papers", corpus_file(tmp_path / "papers.jsonl", texts))
    (folder,) = (file.parent for file in tmp_path.rglob("corpus.db"))
    whole = tui("corpus", "relate", "papers", "--json").data
    done = subprocess.run([sys.executable, "-c", KILLED, folder, during], check=False, capture_output=True)
    assert done.returncode == -9, done.stderr
    (left,) = (folder / "runs").iterdir()
    assert list(left.iterdir()) != []
    assert tui("corpus", "relate", "papers", "--json").data == whole
    assert not (folder / "runs").exists()


@pytest.mark.usefixtures("papers")
def test_a_full_disk_is_told_in_one_line(tui: Tui, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("store.corpus.corpus_plan.os.replace", full)
    said = tui("corpus", "relate", "papers")
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert "No space left on device" in said.err
