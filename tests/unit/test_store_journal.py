"""The journal: everything can be undone and redone, across runs and programs, and nothing is overwritten."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from store import journal as journal_module
from store.codebook import PALETTE
from store.library import JournalError, Library, LibraryError
from store.links import KINDS
from store.migrations import JOURNALED
from texts.load import load_bytes
from texts.model import Span, Text
from texts.segment import passages

WORDS = (
    "reader", "text", "passage", "sentence", "Maliki", "Tehran", "says", "nothing", "about", "the", "second",
)  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db", reader="ana") as library:
        yield library


def prose(rng: random.Random, paragraphs: int = 5) -> str:
    return "\n\n".join(" ".join(rng.choices(WORDS, k=rng.randint(3, 30))) + "." for _ in range(paragraphs))


def a_text(body: str, slug: str = "one") -> Text:
    return Text(slug, "A chance", "", "", body, passages(body))


def state(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything that a reader can change."""
    with closing(sqlite3.connect(path)) as sql:
        return {table: sql.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in JOURNALED}


def changed_tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as sql:
        return {table for (table,) in sql.execute("SELECT DISTINCT table_name FROM change")}


class Reader:
    """Does one thing after the other, of every kind there is, at random."""

    def __init__(self, library: Library, seed: int) -> None:
        self.library = library
        self.rng = random.Random(seed)
        self.acts: list[Callable[[], object]] = [
            self.add, self.edit, self.furniture, self.update, self.remove,
            self.mark, self.mark, self.mark, self.mark, self.gapped, self.tag, self.untag, self.note, self.star,
            self.move, self.delete, self.join, self.confirm, self.orphan,
            self.ensure, self.rename, self.move_tag, self.merge, self.colour, self.letter, self.describe,
            self.delete_tag, self.delete_tag_and_all, self.quick,
            self.link, self.link, self.edit_link, self.turn, self.unlink, self.dismiss, self.take_back,
            self.write, self.delete_note, self.join_names, self.part_names, self.forget_names, self.several,
        ]  # fmt: skip

    def act(self) -> None:
        """One act; what the library refuses must leave no trace either."""
        with suppress(LibraryError, IndexError):
            self.rng.choice(self.acts)()

    def slug(self) -> str:
        return self.rng.choice([text.slug for text in self.library.texts.list()])

    def span(self, slug: str) -> Span:
        start = self.rng.randrange(len(self.library.texts.get(slug).body) - 8)
        return Span(start, start + self.rng.randint(2, 8))

    def ids(self, most: int = 3) -> list[int]:
        everything = [highlight.id for highlight in self.library.highlights.find()]
        return self.rng.sample(everything, min(len(everything), self.rng.randint(1, most)))

    def path(self) -> str:
        return "/".join(self.rng.choices("abcd", k=self.rng.randint(1, 3)))

    def tag_path(self) -> str:
        return self.rng.choice(self.library.codebook.list()).path

    def add(self) -> None:
        if len(self.library.texts.list()) < 4:
            self.library.texts.add(a_text(prose(self.rng), self.rng.choice(["one", "two"])))

    def edit(self) -> None:
        self.library.texts.edit(self.slug(), title=self.rng.choice(WORDS), source=self.rng.choice(WORDS))

    def furniture(self) -> None:
        text = self.library.texts.get(self.slug())
        start = self.rng.choice(text.passages).span.start
        self.library.texts.set_furniture(text.slug, start, self.rng.random() < 0.5)

    def update(self) -> None:
        if self.rng.random() < 0.3:
            text = self.library.texts.get(self.slug())
            body = text.body.replace(self.rng.choice(WORDS), self.rng.choice(WORDS), 3) + " More."
            self.library.texts.update(text.slug, a_text(body, text.slug))

    def remove(self) -> None:
        if self.rng.random() < 0.1:
            self.library.texts.remove(self.slug())

    def mark(self) -> None:
        slug = self.slug()
        tags = [self.path() for _ in range(self.rng.randint(0, 2))]
        self.library.highlights.mark(slug, self.span(slug), tags=tags, note=self.rng.choice(["", "n"]))

    def gapped(self) -> None:
        slug = self.slug()
        self.library.highlights.mark(slug, [self.span(slug), self.span(slug)])

    def tag(self) -> None:
        self.library.highlights.tag(self.ids(), self.path())

    def untag(self) -> None:
        self.library.highlights.untag(self.ids(9), self.tag_path())

    def note(self) -> None:
        self.library.highlights.note(self.ids(), self.rng.choice(["", *WORDS]))

    def star(self) -> None:
        self.library.highlights.star(self.ids(), self.rng.random() < 0.5)

    def move(self) -> None:
        number = self.ids(1)[0]
        self.library.highlights.move(number, self.span(self.library.highlights.get(number).text))

    def delete(self) -> None:
        self.library.highlights.delete(self.ids(2))

    def join(self) -> None:
        slug = self.slug()
        highlights = self.library.highlights.of(slug)
        self.library.highlights.join([h.id for h in self.rng.sample(highlights, min(len(highlights), 2))])

    def confirm(self) -> None:
        self.library.highlights.confirm(self.ids(9))

    def orphan(self) -> None:
        self.library.highlights.orphan(self.ids(1))

    def ensure(self) -> None:
        self.library.codebook.ensure(self.path())

    def rename(self) -> None:
        self.library.codebook.rename(self.tag_path(), self.path())

    def move_tag(self) -> None:
        self.library.codebook.move(self.tag_path(), self.rng.choice([None, self.path()]))

    def merge(self) -> None:
        self.library.codebook.merge([self.tag_path(), self.tag_path()], self.path())

    def colour(self) -> None:
        self.library.codebook.colour(self.tag_path(), self.rng.choice(list(PALETTE)))

    def letter(self) -> None:
        self.library.codebook.letter(self.tag_path(), self.rng.choice("xyz"))

    def describe(self) -> None:
        self.library.codebook.describe(self.tag_path(), self.rng.choice(WORDS))

    def delete_tag(self) -> None:
        self.library.codebook.delete(self.tag_path())

    def delete_tag_and_all(self) -> None:
        if self.rng.random() < 0.3:
            self.library.codebook.delete(self.tag_path(), highlights=True)

    def quick(self) -> None:
        self.library.codebook.set_quick(self.rng.randint(1, 9), self.rng.choice([None, self.path()]))

    def link(self) -> None:
        ids = self.ids(9)
        self.library.links.add(ids[0], ids[-1], kind=self.rng.choice(KINDS))

    def link_id(self) -> int:
        return self.rng.choice(self.library.links.list()).id

    def edit_link(self) -> None:
        self.library.links.edit(self.link_id(), kind="own", note=self.rng.choice(WORDS))

    def turn(self) -> None:
        self.library.links.turn(self.link_id())

    def unlink(self) -> None:
        self.library.links.delete(self.link_id())

    def dismiss(self) -> None:
        left, right = self.slug(), self.slug()
        self.library.links.dismiss(left, self.span(left), right, self.span(right))

    def take_back(self) -> None:
        self.library.links.take_back(self.rng.choice(self.library.links.dismissed()).id)

    def write(self) -> None:
        self.library.notes.write(self.rng.choice(["", *WORDS]), self.rng.choice([None, self.slug()]))

    def delete_note(self) -> None:
        self.library.notes.delete(self.rng.choice(self.library.notes.list()).id)

    def join_names(self) -> None:
        self.library.name_rules.join(*self.rng.sample(WORDS, 2))

    def part_names(self) -> None:
        self.library.name_rules.part(*self.rng.sample(WORDS, 2))

    def forget_names(self) -> None:
        ruling = self.rng.choice(self.library.name_rules.list())
        self.library.name_rules.forget(ruling.other, ruling.one)

    def several(self) -> None:
        """Several things as one, of which some may be refused."""
        with self.library.act("several things"):
            for _ in range(3):
                self.act()


@pytest.mark.promise("1,000 random acts undone to the start and redone to the end (and 2 × 200)", tries=1)
@pytest.mark.parametrize("seed", range(3))
def test_a_thousand_acts_undone_to_the_start_and_redone_to_the_end(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "library.db"
    with Library.open(path, reader="ana") as library:
        start = state(path)
        reader = Reader(library, seed)
        while len(library.journal.history()) < (1000 if seed == 0 else 200):
            reader.act()
        done = len(library.journal.history())
        end = state(path)
    assert changed_tables(path) == set(JOURNALED), "the acts leave no table alone"
    with Library.open(path, reader="ana") as library:  # another run of the program
        undone = 0
        while library.journal.undo():
            undone += 1
    assert undone == done
    assert state(path) == start
    with Library.open(path, reader="ana") as library:
        redone = 0
        while library.journal.redo():
            redone += 1
    assert redone == done
    assert state(path) == end
    with closing(sqlite3.connect(path)) as sql:
        assert sql.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("seed", [11, 12])
def test_undo_and_redo_meet_every_state_on_the_way(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        reader = Reader(library, seed)
        states = [state(path)]
        while len(states) < 60:
            reader.act()
            if state(path) != states[-1]:
                states.append(state(path))
        for expected in reversed(states[:-1]):
            assert library.journal.undo()
            assert state(path) == expected
        for expected in states[1:]:
            assert library.journal.redo()
            assert state(path) == expected
        assert library.journal.redo() is None


def test_history_says_what_was_done_the_newest_first(library: Library) -> None:
    library.texts.add(a_text("Some words to mark, and more of them."))
    library.highlights.mark("one", Span(0, 4), tags=["a"])
    library.codebook.rename("a", "b")
    library.journal.undo()
    acts = library.journal.history()
    assert [(act.label, act.undone) for act in acts] == [
        ("renamed the tag a to b", True),
        ("highlighted “Some” in A chance as a", False),
        ("added A chance", False),
    ]
    assert {act.reader for act in acts} == {"ana"}
    assert library.journal.history(1) == acts[:1]


def test_a_new_act_drops_what_could_have_been_redone(library: Library) -> None:
    library.codebook.ensure("a")
    library.codebook.ensure("b")
    library.journal.undo()
    library.codebook.ensure("c")
    assert library.journal.redo() is None
    assert [act.label for act in library.journal.history()] == ["made the tag c", "made the tag a"]


def test_an_act_that_changes_nothing_leaves_no_entry_and_keeps_what_can_be_redone(library: Library) -> None:
    library.codebook.ensure("a")
    library.journal.undo()
    with library.act("nothing"):
        pass
    assert library.journal.redo() is not None


def test_acts_inside_an_act_are_one(library: Library) -> None:
    with library.act("two tags"):
        library.codebook.ensure("a")
        library.codebook.ensure("b")
    assert [act.label for act in library.journal.history()] == ["two tags"]
    library.journal.undo()
    assert library.codebook.list() == []


def test_what_fails_inside_an_act_takes_only_itself_back_if_it_is_caught(library: Library) -> None:
    with library.act("some tags"):
        library.codebook.ensure("a")
        with suppress(ZeroDivisionError), library.act("more tags"):
            library.codebook.ensure("b")
            raise ZeroDivisionError
        library.codebook.ensure("c")
    assert [tag.path for tag in library.codebook.list()] == ["a", "c"]

    def fails() -> None:
        with library.act("fails"):
            library.codebook.ensure("d")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert [tag.path for tag in library.codebook.list()] == ["a", "c"]
    assert [act.label for act in library.journal.history()] == ["some tags"]


def test_no_undo_in_the_middle_of_an_act(library: Library) -> None:
    library.codebook.ensure("a")
    with pytest.raises(JournalError), library.act("outer"):
        library.journal.undo()
    assert library.codebook.get("a")


def test_a_program_leaves_the_acts_of_another_one_alone(library: Library) -> None:
    library.codebook.ensure("mine")
    with Library.open(library.path, reader="bert") as theirs:
        theirs.codebook.ensure("theirs")
        act = library.journal.undo()
        assert act is not None
        assert act.label == "made the tag mine"
        assert library.journal.undo() is None
        assert [tag.path for tag in theirs.codebook.list()] == ["theirs"]
        assert library.journal.redo() is not None
    with Library.open(library.path) as later:
        assert [later.journal.undo(), later.journal.undo()] != [None, None]
        assert later.codebook.list() == []


CHANGES: dict[str, Callable[[Library, int], object]] = {
    "a note": lambda library, number: library.highlights.note(number, "theirs"),
    "a star": lambda library, number: library.highlights.star(number, True),
    "a tag": lambda library, number: library.highlights.tag(number, "theirs"),
    "a move": lambda library, number: library.highlights.move(number, Span(1, 5)),
    "the end": lambda library, number: library.highlights.delete(number),
    "a link": lambda library, number: library.links.add(
        number, library.highlights.mark("one", Span(3, 5)).id, kind="answers"
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_undo_refuses_what_another_program_has_changed_since(
    library: Library, change: Callable[[Library, int], object]
) -> None:
    times = iter(f"2026-01-01T00:00:{second:02}Z" for second in range(60))
    library.texts.add(a_text("Some words to mark, and more of them."))
    highlight = library.highlights.mark("one", Span(0, 4))
    with Library.open(library.path, reader="bert", clock=lambda: next(times)) as theirs:
        change(theirs, highlight.id)
        before = state(library.path)
        with pytest.raises(JournalError, match="changed since") as refusal:
            library.journal.undo()
        assert "highlighted “Some” in A chance" in str(refusal.value)
        assert "\n" not in str(refusal.value)
        assert state(library.path) == before
        for act in theirs.journal.history():
            if act.reader == "bert":
                theirs.journal.undo()
    assert library.journal.undo() is not None
    assert library.highlights.find() == []


def test_a_tag_that_another_program_uses_since_stays_when_the_act_that_made_it_is_undone(
    library: Library,
) -> None:
    library.texts.add(a_text("Some words to mark, and more of them."))
    library.highlights.mark("one", Span(0, 4), tags=["a/b"])
    with Library.open(library.path, reader="bert") as theirs:
        theirs.highlights.mark("one", Span(5, 10), tags=["a/b"])
        before = state(library.path)
        act = library.journal.undo()
        assert act is not None
        assert act.kept == ("a/b",)
        assert journal_module.told_of_kept(act) == "the tag a/b stays: used or changed since"
        assert [(h.quote, h.tags) for h in library.highlights.find()] == [("words", ("a/b",))]
        assert library.journal.redo() is not None
        assert state(library.path) == before, "what stayed is not made a second time"
        assert library.journal.undo() is not None


def test_a_tag_that_was_to_go_and_is_used_since_is_no_tag_that_stays(library: Library) -> None:
    library.texts.add(a_text("Some words to mark, and more of them."))
    library.highlights.mark("one", Span(0, 4), tags=["a"])
    library.codebook.delete("a")
    library.journal.undo()
    with closing(sqlite3.connect(library.path, isolation_level=None)) as sql:
        sql.execute("UPDATE tag SET colour = 'pink'")
    with pytest.raises(JournalError, match="the tag “a” was changed since"):
        library.journal.redo()
    assert [h.tags for h in library.highlights.find()] == [("a",)]


def test_a_refused_act_does_not_bar_the_way_to_older_ones(library: Library) -> None:
    library.texts.add(a_text("Some words to mark, and more of them."))
    library.codebook.ensure("older")
    highlight = library.highlights.mark("one", Span(0, 4))
    with Library.open(library.path, reader="bert") as theirs:
        theirs.highlights.note(highlight.id, "theirs")
    with pytest.raises(JournalError, match="the highlight “Some” was changed since; undo again skips it"):
        library.journal.undo()
    act = library.journal.undo()
    assert act is not None
    assert act.label == "made the tag older"
    assert [h.note for h in library.highlights.find()] == ["theirs"]
    for refused in ("added A chance", "highlighted “Some” in A chance"):  # the last time nothing is left
        with pytest.raises(JournalError, match=f"“{refused}” cannot be undone: .*changed since$"):
            library.journal.undo()
    act = library.journal.redo()
    assert act is not None
    assert act.label == "made the tag older"
    library.codebook.ensure("newest")
    library.journal.undo()
    with pytest.raises(JournalError, match="highlighted “Some” in A chance"):
        library.journal.undo()  # after something new the refusal is said again


def test_skipping_goes_on_to_what_can_be_undone_at_once(library: Library) -> None:
    library.codebook.ensure("older")
    changed = library.codebook.ensure("changed")
    with Library.open(library.path, reader="bert") as theirs:
        theirs.codebook.describe(changed.path, "theirs")
    act = library.journal.undo(skip=True)
    assert act is not None
    assert act.label == "made the tag older"
    with pytest.raises(JournalError, match=r"the tag “changed” was changed since$"):
        library.journal.undo(skip=True)


def test_redo_refuses_what_another_program_has_done_since(library: Library) -> None:
    library.codebook.ensure("a")
    library.journal.undo()
    with Library.open(library.path) as theirs:
        theirs.journal._program = "another program that was running all the time"
        theirs.journal._opened_at = 0
        theirs.codebook.ensure("a")
        with pytest.raises(JournalError, match="cannot be redone"):
            library.journal.redo()


def test_a_change_past_the_program_is_noticed_too(library: Library) -> None:
    library.codebook.ensure("a")
    with closing(sqlite3.connect(library.path, isolation_level=None)) as sql:
        sql.execute("UPDATE tag SET colour = 'pink'")
    with pytest.raises(JournalError, match="changed since"):
        library.journal.undo()


def test_the_oldest_acts_are_dropped_and_the_newest_kept(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "ACTS_KEPT", 20)
    monkeypatch.setattr(journal_module, "PRUNE_EVERY", 1)
    for number in range(30):
        library.codebook.ensure(f"t{number}")
    assert [act.label for act in library.journal.history()] == [
        f"made the tag t{n}" for n in range(29, 9, -1)
    ]
    monkeypatch.setattr(journal_module, "BYTES_KEPT", 1)
    library.codebook.ensure("last")
    assert [act.label for act in library.journal.history()] == ["made the tag last"]
    library.journal.undo()
    assert len(library.codebook.list()) == 30


def test_the_journal_holds_no_bodies(library: Library) -> None:
    body = prose(random.Random(1), 500)
    library.texts.add(a_text(body))
    library.texts.remove("one")
    library.journal.undo()
    assert library.texts.get("one").body == body
    with closing(sqlite3.connect(library.path)) as sql:
        (size,) = sql.execute(
            "SELECT sum(length(coalesce(before, '') || coalesce(after, ''))) FROM change"
        ).fetchone()
    assert size < len(body) / 10


def test_a_small_change_to_a_large_row_is_a_small_entry(library: Library) -> None:
    library.texts.add(a_text("Some words to mark."))
    highlight = library.highlights.mark("one", Span(0, 4), note="x" * 100_000)
    library.highlights.star(highlight.id, True)
    with closing(sqlite3.connect(library.path)) as sql:
        (entry,) = sql.execute(
            "SELECT length(before) + length(after) FROM change ORDER BY id DESC"
        ).fetchone()
    assert entry < 200


def test_the_position_tells_every_state_of_the_journal_apart(library: Library) -> None:
    seen = [library.journal.position()]
    for step in (
        lambda: library.codebook.ensure("a"),
        lambda: library.codebook.ensure("b"),
        library.journal.undo,
        library.journal.undo,
        lambda: library.codebook.ensure("c"),
    ):
        step()
        seen.append(library.journal.position())
    assert len(set(seen)) == len(seen)
    library.journal.undo()
    library.journal.redo()
    assert library.journal.position() == seen[-1]


def test_an_act_tells_which_texts_it_was_about(library: Library) -> None:
    text, _ = library.texts.add(a_text(prose(random.Random(1))))
    library.texts.add(a_text(prose(random.Random(2)), "two"))

    def about(do: Callable[[], object]) -> frozenset[str] | None:
        do()
        act = library.journal.next_undo()
        assert act is not None
        assert library.journal.is_own(act)
        return library.journal.texts_of(act)

    mark = library.highlights.mark
    one, two = mark("one", Span(0, 5)).id, mark("two", Span(0, 5)).id
    one_alone, both, none = frozenset({"one"}), frozenset({"one", "two"}), None
    assert about(lambda: mark("one", Span(2, 8), tags=["a"])) == one_alone
    assert about(lambda: library.highlights.star(one, True)) == one_alone
    assert about(lambda: library.highlights.tag(one, "a")) == one_alone
    assert about(lambda: library.highlights.untag(one, "a")) == one_alone
    assert about(lambda: library.links.add(one, two)) == both
    assert about(lambda: library.links.edit(1, note="x")) == both
    assert about(lambda: library.links.dismiss("one", Span(0, 3), "two", Span(0, 3))) == both
    assert about(lambda: library.notes.write("x", "one")) == one_alone
    assert about(lambda: library.notes.write("y", "one")) == one_alone
    assert about(lambda: library.notes.write("x")) is none
    assert about(lambda: library.codebook.ensure("b")) is none
    assert about(lambda: library.texts.set_furniture("one", 0, True)) == one_alone
    assert about(lambda: library.texts.edit("two", title="x")) == frozenset({"two"})
    assert about(lambda: library.texts.update("one", a_text(f"{text.body} More."))) == one_alone
    assert about(lambda: library.highlights.delete(one)) == both, "its link went with it"
    assert about(lambda: library.texts.remove("two")) == one_alone, "a dismissal of both went with it"
    last = library.journal.next_undo()
    assert last is not None
    assert library.journal.undo(allow=lambda act: None) is not None
    assert library.journal.brought_in(library.journal.history()[-1], versions=False) == one_alone
    with Library.open(library.path, reader="ben") as later:
        act = later.journal.next_undo()
        assert act is not None
        assert not later.journal.is_own(act)


def test_a_highlight_that_an_undo_brings_back_stands_in_the_version_that_has_come_meanwhile(
    tmp_path: Path,
) -> None:
    words = b"One sentence here. The marked sentence stands here. And the last."
    path = tmp_path / "restored.db"
    with Library.open(path, reader="ana") as ours, Library.open(path, reader="ben") as theirs:
        ours.texts.add(load_bytes(words, "left.txt"))
        marked = ours.highlights.mark("left", Span(19, 51))
        ours.highlights.delete(marked.id)
        theirs.texts.update("left", load_bytes(b"A new beginning of many words. " + words, "left.txt"))
        ours.journal.undo()
        (back,) = ours.highlights.of("left")
        body = ours.texts.get("left").body
        assert back.quote == marked.quote == body[back.span.start : back.span.end]
        theirs.texts.update("left", load_bytes(b"Nothing of it.", "left.txt"))
        assert [each.anchor for each in ours.highlights.of("left")] == ["orphan"]
