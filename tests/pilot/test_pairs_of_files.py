"""Pairs out of a file on the desk: listed, opened in both panes, linked, dismissed, tagged, and all of it undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
import reprints
from panes import underlined
from rich.console import Console
from textual.widgets import OptionList, Static

from store.corpus.pair_files import PairFile, write_to
from store.library import Library
from store.services.pair_verdicts import judged
from texts.corpus.pairs import Pair, PairEvidence, PairSide
from texts.model import Span
from tui.desk.lists.pair_file_list import PairsOfFile
from tui.dialogs.path_dialog import AskPath
from tui.dialogs.picker import Picker
from tui.keys.key_table import Press


@pytest.fixture
def pairs_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads files of pairs in this process: one of its own for each test would take most of their time."""
    from store.corpus.pair_index_job import run

    def answer(
        job: str, question: Iterable[bytes], *_: object, progress: Callable[[str], None], tick: object
    ) -> bytes:
        pieces: list[bytes] = []
        run(question, pieces.append, progress)
        return b"".join(pieces)

    monkeypatch.setattr("store.corpus.pair_index.answer_of", answer)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with the speech and its reprints."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for name, body in reprints.TEXTS.items():
        (folder / f"{name}.txt").write_text(body)
    return folder


def with_paths(pairs: Iterable[Pair], folder: Path) -> list[Pair]:
    """The pairs, each side with the file of its text."""
    return [
        replace(
            pair,
            left=replace(pair.left, path=f"{folder.name}/{pair.left.text}.txt"),
            right=replace(pair.right, path=f"{folder.name}/{pair.right.text}.txt"),
        )
        for pair in pairs
    ]


@pytest.fixture
def pairs(texts: Path, tmp_path: Path) -> Path:
    """What passim has found in them, with the files named."""
    _, years = PairFile(reprints.passim_output(tmp_path / "run")).pairs(pytest.fail)
    clusters = PairFile(tmp_path / "run" / "out.json").pairs(pytest.fail)
    write_to(tmp_path / "pairs.jsonl", with_paths([years, *clusters], texts))
    return tmp_path / "pairs.jsonl"


async def listed(reader, file: Path) -> Picker:
    """Opens the list of a file."""
    reader.desk.context.run(Press("pair_file", argument=str(file)))
    await reader.until(lambda: isinstance(reader.app.screen, Picker))
    await reader.settled()
    return reader.app.screen


def rows(picker: Picker) -> list[str]:
    options = picker.query_one(OptionList)
    return [
        " ".join(str(options.get_option_at_index(at).prompt).split()) for at in range(options.option_count)
    ]


def previewed(picker: Picker) -> list[tuple[str, bool]]:
    """Words of the preview, line by line, and whether a line is drawn below them."""
    console = Console(width=120)
    shown = console.render_lines(picker.query_one("#preview", Static).content)
    return [
        (segment.text.strip(), bool(segment.style and segment.style.underline))
        for line in shown
        for segment in line
        if segment.text.strip()
    ]


@pytest.mark.usefixtures("pairs_read_here")
async def test_a_file_is_asked_for_and_its_name_completed(
    open_desk, pairs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pairs.parent)
    async with open_desk() as reader:
        await reader.press("space p")
        assert isinstance(reader.app.screen, AskPath)
        await reader.write("pairs")
        await reader.press("tab enter")
        await reader.until(lambda: isinstance(reader.app.screen, Picker))
        await reader.press("escape space p")
        assert isinstance(reader.app.screen, Picker), "a file that was read is at hand"


@pytest.mark.usefixtures("pairs_read_here")
async def test_the_list_of_a_file_is_the_last_list(open_desk, pairs: Path) -> None:
    async with open_desk() as reader:
        listing = rows(await listed(reader, pairs))
        await reader.press("escape space '")
        assert isinstance(reader.app.screen, Picker), reader.status
        assert rows(reader.app.screen) == listing


@pytest.mark.usefixtures("pairs_read_here")
async def test_near_duplicates_are_listed_once_or_one_by_one(open_desk, pairs: Path) -> None:
    async with open_desk() as reader:
        picker = await listed(reader, pairs)
        assert [row.split()[0] for row in rows(picker)] == ["99", "99", "98"]
        await reader.press("a")
        assert [row.split()[0] for row in rows(reader.app.screen)] == ["99", "28", "99", "98"]


@pytest.mark.usefixtures("pairs_read_here")
async def test_enter_opens_both_texts_at_the_place_with_the_evidence(open_desk, pairs: Path) -> None:
    async with open_desk() as reader:
        await listed(reader, pairs)
        await reader.press("slash")
        await reader.write("courier")
        await reader.press("enter enter")
        await reader.until(lambda: "added to the library" in reader.status)
        left, right = reader.desk.sides
        assert (left.slug, right.slug) == ("speech", "courier")
        for side in (left, right):
            assert side.pane.cursor == reprints.place(side.slug, *reprints.LIVING)[0]
            assert "to be dedicated here to the unfinished work" in underlined(side.pane)
        await reader.press("u y")
        assert reader.app.session.library.texts.slugs() == ["analysis", "editorial"]


@pytest.mark.usefixtures("pairs_read_here")
async def test_a_pair_is_linked_dismissed_and_tagged_and_the_list_stays(
    open_desk, pairs: Path, library: Path
) -> None:
    async with open_desk() as reader:
        picker = await listed(reader, pairs)
        await reader.press("l")
        await reader.until(lambda: "⇄" in rows(picker)[0])
        assert reader.app.screen is picker
        await reader.press("x")
        await reader.until(lambda: any("✗" in row for row in rows(picker)))
        await reader.press("j t")
        await reader.write("reprint")
        await reader.press("enter")
        await reader.until(lambda: isinstance(reader.app.screen, Picker) and reader.app.screen is not picker)
        await reader.until(lambda: any("#" in row for row in rows(reader.app.screen)))
    with Library.open(library) as found:
        verdicts = [pair.verdict for pair in judged(found, PairFile(pairs).pairs(pytest.fail))]
        assert {said for verdict in verdicts if verdict for said in verdict.said} == {
            "linked",
            "dismissed",
            "tagged",
        }
        labels = [each.label for each in found.journal.history()]
        assert labels[0] == "tagged both passages of a pair reprint"
        assert any(label.startswith("linked “") for label in labels)


@pytest.mark.usefixtures("pairs_read_here")
async def test_pairs_that_are_ticked_are_judged_in_one_act(open_desk, pairs: Path) -> None:
    async with open_desk() as reader:
        picker = await listed(reader, pairs)
        await reader.press("tab tab x")
        await reader.until(lambda: sum("✗" in row for row in rows(picker)) == 2)
        assert "dismissed 2 pairs" in reader.desk.context.state.told.words
        assert not any("✓" in row for row in rows(picker)), "they are ticked no longer"
        assert len(reader.app.session.library.links.dismissed()) == 2
        await reader.press("escape u y")
        assert not reader.app.session.library.links.dismissed()


@pytest.mark.usefixtures("pairs_read_here")
async def test_a_judgement_that_is_done_once_the_list_is_closed_is_told(open_desk, pairs: Path) -> None:
    async with open_desk() as reader:
        picker = await listed(reader, pairs)
        await reader.press("escape")
        await reader.settled()
        picker.redraw()
        picker.renew()
        picker.show_preview("0", "words")
        assert reader.app.screen is reader.desk


@pytest.mark.usefixtures("pairs_read_here")
async def test_both_passages_may_be_in_one_text(open_desk, pairs: Path, texts: Path) -> None:
    (pair,) = (pair for pair in PairFile(pairs).pairs(pytest.fail) if pair.right.text == "courier")
    (years, *_) = PairFile(pairs).pairs(pytest.fail)
    write_to(texts.parent / "one.jsonl", [replace(pair, right=years.left)])
    async with open_desk() as reader:
        await listed(reader, texts.parent / "one.jsonl")
        await reader.press("enter")
        await reader.until(lambda: "added to the library" in reader.status)
        left, right = reader.desk.sides
        assert left.slug == right.slug == "speech"
        assert (left.pane.cursor, right.pane.cursor) == (reprints.place("speech", *reprints.LIVING)[0], 0)


@pytest.mark.usefixtures("pairs_read_here")
async def test_letters_are_words_once_a_slash_was_typed(open_desk, pairs: Path) -> None:
    async with open_desk() as reader:
        picker = await listed(reader, pairs)
        await reader.press("slash")
        await reader.write("lxt")
        assert picker.left_at[0] == "lxt"
        assert not rows(picker)
        await reader.press("escape")
        assert reader.app.screen is picker
        assert rows(picker), "Esc leaves the field first, and what was typed in it"
        await reader.press("question_mark")
        assert type(reader.app.screen).__name__ == "Page"
        await reader.press("escape escape")
        assert reader.app.screen is reader.desk


@pytest.mark.usefixtures("pairs_read_here")
async def test_a_text_that_is_nowhere_is_told_in_a_line(open_desk, tmp_path: Path) -> None:
    run = reprints.passim_output(tmp_path / "run")
    async with open_desk() as reader:
        await listed(reader, run)
        await reader.press("enter")
        await reader.until(lambda: "is in no corpus" in reader.desk.context.state.told.words)
        assert reader.app.session.library.texts.slugs() == ["analysis", "editorial"]


@pytest.mark.usefixtures("pairs_read_here")
async def test_what_cannot_be_judged_is_told_over_the_list(
    open_desk, tmp_path: Path, pairs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notified: list[tuple[str, dict[str, object]]] = []
    good, bad, *_ = PairFile(pairs).pairs(pytest.fail)
    bad = replace(bad, left=replace(bad.left, text="lost", title="[b]Lost", path=""), group="")
    write_to(tmp_path / "two.jsonl", [good, bad])
    async with open_desk() as reader:
        monkeypatch.setattr(reader.app, "notify", lambda said, **how: notified.append((said, how)))
        await listed(reader, tmp_path / "two.jsonl")
        await reader.press("ctrl+a x")
        await reader.until(lambda: "dismissed" in reader.desk.context.state.told.words)
        ((said, how),) = notified
        assert said.startswith("1 of 2 pairs cannot be found: ")
        assert "[b]Lost" in said
        assert how == {"severity": "error", "markup": False}


@pytest.mark.usefixtures("pairs_read_here")
async def test_a_text_comes_out_of_a_corpus(open_desk, tmp_path: Path, library: Path) -> None:
    from store.corpus.corpus_file import Corpus
    from store.corpus.corpus_folder import folder_of
    from store.corpus.corpus_making import add_texts
    from store.corpus.corpus_sources import incoming

    source = reprints.write_lines(
        tmp_path / "in.jsonl", [{"id": name, "text": body} for name, body in reprints.TEXTS.items()]
    )
    with Corpus.create(folder_of(library, "papers")) as corpus:
        add_texts(corpus, incoming([str(source)], pytest.fail), lambda made: None)
    run = reprints.passim_output(tmp_path / "run")
    async with open_desk() as reader:
        await listed(reader, run)
        await reader.press("enter")
        await reader.until(lambda: "added to the library" in reader.status)
        assert [side.slug for side in reader.desk.sides] == ["speech", "herald"]
        assert (
            reader.desk.sides[0]
            .text.body[reader.desk.sides[0].pane.cursor :]
            .startswith("Now we are engaged")
        )


async def test_a_file_that_holds_no_pairs_says_so(open_desk, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("once upon a time\n")
    async with open_desk() as reader:
        reader.desk.context.run(Press("pair_file", argument=str(file)))
        await reader.until(lambda: "is none of the kinds" in reader.desk.context.state.told.words)
        assert not reader.desk.context.state.working


async def test_esc_ends_the_reading_of_a_long_file(open_desk, tmp_path: Path, pairs: Path) -> None:
    long = tmp_path / "long.jsonl"
    long.write_bytes(pairs.read_bytes() * 20_000)
    async with open_desk() as reader:
        reader.desk.context.run(Press("pair_file", argument=str(long)))
        await reader.until(lambda: "%" in reader.desk.context.state.working)
        await reader.press("j escape")
        await reader.until(lambda: "was not read to its end" in reader.desk.context.state.told.words)
        assert reader.desk.context.own(PairsOfFile).index is None


@pytest.mark.usefixtures("pairs_read_here")
async def test_a_long_title_leaves_room_for_the_passage(open_desk, pairs: Path, tmp_path: Path) -> None:
    (pair, *_) = PairFile(pairs).pairs(pytest.fail)
    titled = replace(pair.left, title="An account of\x1b all that was said at the opening", passage=12)
    write_to(tmp_path / "one.jsonl", [replace(pair, left=titled)])
    async with open_desk(size=(80, 24)) as reader:
        picker = await listed(reader, tmp_path / "one.jsonl")
        assert rows(picker)[0].startswith("98 An accoun… ¶12 ")


@pytest.mark.usefixtures("pairs_read_here")
async def test_the_preview_shows_both_passages_and_underlines_what_speaks_for_them(
    open_desk, tmp_path: Path
) -> None:
    late = PairSide("late", 3, 100, 120, "The thaw came in May", author="Ann", date="1863", series="Herald")
    soon = PairSide("soon", None, 10, 33, "One thaw came late " + "x " * 1000)
    told = PairEvidence(Span(104, 108), Span(14, 18), 90)
    write_to(
        tmp_path / "two.jsonl", [Pair(late, soon, 90, (told,)), Pair(late, replace(soon, text="next"), 80)]
    )
    async with open_desk() as reader:
        picker = await listed(reader, tmp_path / "two.jsonl")
        words = previewed(picker)
        assert words[:2] == [("late ¶3 · Ann · 1863 · Herald", False), ("soon", False)]
        assert [each for each, below in words if below] == ["thaw", "thaw"], "what the file names"
        assert sum(each.count("x") for each, _ in words) == soon.quote[:1000].count("x")
        await reader.press("j")
        assert [each for each, below in previewed(picker) if below] == ["thaw came", "thaw came"], (
            "where it names nothing, the words that both have"
        )


@pytest.mark.usefixtures("pairs_read_here")
async def test_the_list_says_what_it_is_of_and_opens_again_as_it_was_left(
    open_desk, pairs: Path, tmp_path: Path
) -> None:
    run = reprints.write_lines(tmp_path / "out.json", [*reprints.clustered(), {"cluster": 1}])
    async with open_desk() as reader:
        picker = await listed(reader, run)
        assert picker.heading == "3 pairs by passim in out.json, 2 without near-duplicates"
        told = reader.desk.context.state.told.words
        assert told.startswith("out.json: 1 record is no pair: line 6 has no “begin”; the others are listed")
        await reader.press("slash")
        await reader.write("speech")
        await reader.press("enter j")
        left_at = picker.left_at
        assert left_at == ("speech", "2")
        await reader.press("escape escape space p")
        assert reader.app.screen.left_at == left_at
        await reader.press("escape escape")
        picker = await listed(reader, pairs)
        assert picker.left_at == ("", "0"), "another file is listed from its beginning"
        assert picker.heading == "4 pairs in pairs.jsonl, 3 without near-duplicates"
        await reader.press("a")
        assert reader.app.screen.heading == "4 pairs in pairs.jsonl"


@pytest.mark.usefixtures("pairs_read_here")
async def test_a_file_that_arrives_while_something_else_is_open_waits_for_its_key(
    open_desk, pairs: Path
) -> None:
    async with open_desk() as reader:
        await reader.press(":")
        reader.desk.context.run(Press("pair_file", argument=str(pairs)))
        await reader.until(lambda: "is read" in reader.desk.context.state.told.words)
        assert "pairs.jsonl is read: Space p lists its 4 pairs" in reader.desk.context.state.told.words
        assert reader.app.screen is reader.desk
        assert not reader.desk.context.state.working


@pytest.mark.usefixtures("pairs_read_here")
async def test_texts_that_are_shown_stay_in_their_panes(open_desk, pairs: Path, tmp_path: Path) -> None:
    (pair,) = (pair for pair in PairFile(pairs).pairs(pytest.fail) if pair.right.text == "courier")
    turned = replace(
        pair,
        left=pair.right,
        right=pair.left,
        evidence=tuple(replace(each, left=each.right, right=each.left) for each in pair.evidence),
    )
    write_to(tmp_path / "papers.jsonl", [pair])
    write_to(tmp_path / "turned.jsonl", [turned])
    async with open_desk() as reader:
        await listed(reader, tmp_path / "papers.jsonl")
        await reader.press("enter")
        await reader.until(lambda: "added to the library" in reader.status)
        await listed(reader, tmp_path / "turned.jsonl")
        await reader.press("enter")
        await reader.until(lambda: reader.desk.context.state.told.words == "Space p lists the pairs again")
        assert [side.slug for side in reader.desk.sides] == ["speech", "courier"]
        for side in reader.desk.sides:
            assert side.pane.cursor == reprints.place(side.slug, *reprints.LIVING)[0]
            assert "to be dedicated here" in underlined(side.pane)
        assert reader.desk.active is reader.desk.sides[0]
