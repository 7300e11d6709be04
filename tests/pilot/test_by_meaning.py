"""An original beside its translation on the desk, related by meaning; with a stand-in for the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from time import sleep

import pytest
import standin_vectors
from standin_vectors import MODEL, some_sentences, text_of, translated

from store.library import Library
from texts.meaning import MISSING
from texts.relate import Cancelled
from tui.desk.open_texts import open_in
from tui.view.bridge_lines import Weight

ORIGINAL = some_sentences(24)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.services.meanings.model_version", lambda: MODEL)
    monkeypatch.setattr("tui.desk.commands.related_commands.model_version", lambda: MODEL)

    def embed(words: Sequence[str], **more: object) -> Iterator[tuple[str, bytes]]:
        return standin_vectors.embed(words, **more)

    monkeypatch.setattr("texts.meaning.embedding.embed", embed)


@pytest.fixture
def pair(library: Path) -> tuple[str, str]:
    """Slugs of an original and its translation in the library."""
    with Library.open(library, reader="tester") as opened:
        one = opened.texts.add(text_of("original", ORIGINAL))[0].slug
        passages = [translated(each) for each in ORIGINAL]
        passages[10:12] = [f"{passages[10]} {passages[11]}"]
        other = opened.texts.add(text_of("translation", passages))[0].slug
        opened.texts.set_language(one, "en")
        opened.texts.set_language(other, "el")
    return one, other


async def opened(reader, pair: tuple[str, str]) -> None:  # type: ignore[no-untyped-def]
    for side, slug in zip(reader.desk.sides, pair, strict=True):
        open_in(reader.desk.context, side, slug)
    await reader.related()
    await reader.until(lambda: not reader.desk.context.state.relations.progress)


async def test_two_languages_are_related_by_meaning_by_themselves(open_desk, pair, model) -> None:  # type: ignore[no-untyped-def]
    async with open_desk() as reader:
        await opened(reader, pair)
        assert "by meaning" in reader.status
        await reader.press("ctrl+w h 5 G g r")
        listed = reader.desk.query_one("#related")
        assert listed.display
        assert listed.row.number == 5
        assert listed.row.by_meaning
        assert listed.row.words == translated(ORIGINAL[4])


async def test_the_key_goes_to_words_alone_and_back(open_desk, pair, model) -> None:  # type: ignore[no-untyped-def]
    async with open_desk() as reader:
        await opened(reader, pair)
        await reader.press("z m")
        assert "by words alone" in reader.status
        await reader.until(lambda: not reader.desk.context.state.relations.progress)
        assert not reader.desk.context.state.relations.found.by_meaning
        await reader.press("z m")
        assert "z m goes back to words" in reader.status.replace("zm", "z m")
        await reader.until(lambda: not reader.desk.context.state.relations.progress)
        assert reader.desk.context.state.relations.found.by_meaning


async def test_without_the_extra_the_key_says_what_is_missing(open_desk, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("tui.desk.commands.related_commands.model_version", lambda: "")
    async with open_desk(size=(200, 40)) as reader:
        await reader.related()
        await reader.press("z m")
        assert reader.desk.context.state.told.words == MISSING
        assert not reader.desk.context.state.relations.found.by_meaning


async def test_one_passage_that_stands_for_two_is_tied_to_both(open_desk, pair, model) -> None:  # type: ignore[no-untyped-def]
    async with open_desk() as reader:
        await opened(reader, pair[::-1])
        await reader.press("ctrl+w h 1 1 G")
        ties = [tie for tie in reader.desk.context.bridge.ties if tie.emphasized]
        assert [tie.weight for tie in ties] == [Weight.STRONG, Weight.STRONG]


async def test_the_key_ends_what_takes_too_long_and_keeps_what_was_made(
    open_desk, library, pair, model, monkeypatch
) -> None:  # type: ignore[no-untyped-def]
    """The stand-in makes ten vectors and then no more, as a model does that has a book to read."""

    def slow(words, *, cancelled=None, **more):  # type: ignore[no-untyped-def]
        yield from list(standin_vectors.embed(words))[:10]
        while not cancelled():
            sleep(0.01)
        raise Cancelled

    monkeypatch.setattr("texts.meaning.embedding.embed", slow)
    async with open_desk() as reader:
        for side, slug in zip(reader.desk.sides, pair, strict=True):
            open_in(reader.desk.context, side, slug)
        relations = reader.desk.context.state.relations
        await reader.until(
            lambda: relations.progress.startswith("by meaning ") and relations.progress[11] in "123"
        )
        await reader.press("5 G")
        assert "¶5" in reader.status, "no key waits for it"
        assert "relating by meaning" in reader.status
        await reader.press("z m")
        await reader.until(lambda: relations.found is not None and not relations.progress)
        assert not relations.found.by_meaning
    with Library.open(library) as opened:
        made = len(opened.vectors.digests())
    assert made in (10, 20), (
        "ten of each relating that was begun: one as the first text opens, one as the second does"
    )
