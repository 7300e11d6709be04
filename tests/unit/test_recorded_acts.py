"""What each act answers and writes, what the journal calls it, what it was about; then all of it undone and redone.

A line a step: the answer or the refusal, the label, the texts, and the rows as they were before and after.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from recorded import same_as_recorded

from store.library import Library, LibraryError
from texts.model import Span, Text
from texts.segment import passages

BODY = """A headline of some length

The miller, who was called Tomas Reyl, spoke of the river at length on Monday.

A weaver answered him: “Nobody knows what the river wants.” They met again in May.

All rights reserved."""
LATER = BODY.replace("spoke of", "talked about").replace(" They met again in May.", "")
OTHER = "Another text.\n\nIt says that the miller spoke.\n\nAnd nothing else of any length."
LONG = "a very long word indeed " * 6


def a_text(slug: str, body: str, title: str = "A title", **more: str) -> Text:
    return Text(slug, title, more.get("author", ""), more.get("source", ""), body, passages(body))


def at(words: str, body: str = BODY) -> Span:
    return Span(body.index(words), body.index(words) + len(words))


Step = Callable[[Library], object]
STEPS: list[Step] = [
    lambda it: it.texts.add(a_text("one", BODY, "One:\nthe  mill", author="Ada", source="https://example.org/1"))[1],
    lambda it: it.texts.add(a_text("one", OTHER, ""))[1],
    lambda it: it.texts.add(a_text("three", OTHER))[1],
    lambda it: it.texts.add(a_text("one", "A third text.", LONG))[0].slug,
    lambda it: it.texts.list(),
    lambda it: (it.texts.has("one"), it.texts.has("two"), it.texts.slugs(), it.texts.beginnings(5)),
    lambda it: it.texts.edit("one", title=" New\ntitle ", author=None, source="papers"),
    lambda it: it.texts.edit("one"),
    lambda it: it.texts.edit("gone", title="x"),
    lambda it: it.texts.rename("one-2", "Two Words"),
    lambda it: it.texts.rename("one-2", "one"),
    lambda it: it.texts.rename("one-2", "one-2"),
    lambda it: it.texts.rename("one-2", "other"),
    lambda it: it.texts.set_language("other", "xx\nyy"),
    lambda it: it.texts.set_language("other", "de"),
    lambda it: it.texts.set_language("other", "de"),
    lambda it: it.texts.set_language("other", ""),
    lambda it: it.texts.set_furniture("one", 0, value=True),
    lambda it: it.texts.set_furniture("one", 0, value=False),
    lambda it: it.texts.set_furniture("one", 1, value=True),
    lambda it: it.texts.without_body("one").passages,
    lambda it: it.highlights.mark("one", at("Tomas Reyl"), tags=["person", "Person/miller ", "person"], note=" who\n"),
    lambda it: it.highlights.mark("one", at("Tomas Reyl"), tags=["person", "Person/miller"], note="more", star=True),
    lambda it: it.highlights.mark("one", at("Tomas Reyl"), tags=["person"]),
    lambda it: it.highlights.mark("one", [at("the river at length"), at("in May"), at("river at length on")]),
    lambda it: it.highlights.mark("other", at("the miller", OTHER), tags=["person/miller"], star=True),
    lambda it: it.highlights.mark("other", Span(4, 4)),
    lambda it: it.highlights.mark("other", Span(4, 400)),
    lambda it: it.highlights.mark("other", []),
    lambda it: it.highlights.mark("gone", Span(4, 5)),
    lambda it: it.highlights.mark("other", Span(0, 4), tags=["a//b", "/"]),
    lambda it: it.highlights.get(77),
    lambda it: it.highlights.all([3, 1, 3]),
    lambda it: (it.highlights.count(), list(it.highlights.ids(text="one")), list(it.highlights.ids(most=2))),
    lambda it: [one.id for one in it.highlights.find(words="WHO")],
    lambda it: [one.id for one in it.highlights.find(words="millér", tag="person")],
    lambda it: it.highlights.outlines("one", Span(0, 60)),
    lambda it: it.highlights.tag([1, 2, 3], "person"),
    lambda it: it.highlights.tag(3, "new/tag"),
    lambda it: it.highlights.tag(3, "new/tag"),
    lambda it: it.highlights.untag([1, 3], "person"),
    lambda it: it.highlights.untag(3, "never"),
    lambda it: it.highlights.note([1, 2], " on both "),
    lambda it: it.highlights.note([1, 4], "on both"),
    lambda it: it.highlights.note(4, ""),
    lambda it: it.highlights.star([1, 2, 3], True),
    lambda it: it.highlights.star(2, False),
    lambda it: it.highlights.move(3, [at("A weaver"), at("They met")]),
    lambda it: it.highlights.move(3, Span(5, 3)),
    lambda it: it.codebook.ensure("person"),
    lambda it: it.codebook.ensure("Place/Wales"),
    lambda it: it.codebook.ensure("place"),
    lambda it: [it.codebook.ensure(f"{letter}tag/{number}") for number, letter in enumerate("pqp")],
    lambda it: it.codebook.list(),
    lambda it: it.codebook.get("persn"),
    lambda it: it.codebook.get("zzzzzz"),
    lambda it: (it.codebook.counts(), it.codebook.counts("one"), it.codebook.counts_by_text("person")),
    lambda it: it.codebook.counts("gone"),
    lambda it: (it.codebook.uses(), it.codebook.is_used_more_than(5), it.codebook.is_used_more_than(6)),
    lambda it: it.codebook.colours(["person", "never", "new/tag"]),
    lambda it: it.codebook.rename("person", "people"),
    lambda it: it.codebook.rename("people", "people/living"),
    lambda it: it.codebook.rename("people/living", "place"),
    lambda it: it.codebook.rename("people/living", "people/living"),
    lambda it: it.codebook.rename("never", "ever"),
    lambda it: it.codebook.rename("people/living", "x" * 300),
    lambda it: it.codebook.move("people/living", None),
    lambda it: it.codebook.move("living", "people"),
    lambda it: it.codebook.merge("new/tag", "new/tag"),
    lambda it: it.codebook.merge("people", "people/living"),
    lambda it: it.codebook.describe("new/tag", " what it\nstands for "),
    lambda it: it.codebook.describe("people/living", "living ones"),
    lambda it: it.codebook.colour("new/tag", "pink"),
    lambda it: it.codebook.colour("new/tag", "mauve"),
    lambda it: it.codebook.letter("new/tag", "z"),
    lambda it: it.codebook.letter("new/tag", "zz"),
    lambda it: it.codebook.letter("new/tag", "é"),
    lambda it: it.codebook.set_quick(3, "new/tag"),
    lambda it: it.codebook.set_quick(3, "quickly/made"),
    lambda it: it.codebook.set_quick(9, "new/tag"),
    lambda it: it.codebook.set_quick(0, "new/tag"),
    lambda it: it.codebook.set_quick(10, None),
    lambda it: (it.codebook.digits(), it.codebook.quick()),
    lambda it: it.codebook.merge(["new/tag", "place"], "people/living"),
    lambda it: it.codebook.set_quick(9, None),
    lambda it: it.codebook.former_paths(),
    lambda it: it.codebook.delete("qtag"),
    lambda it: it.codebook.delete("never"),
    lambda it: it.links.kinds(),
    lambda it: it.links.add(1, 4, kind=" answers\n", note=" because "),
    lambda it: it.links.add(1, 4, kind="answers"),
    lambda it: it.links.add(4, 3, kind="same as", mutual=True),
    lambda it: it.links.add(3, 4, kind="same as", mutual=True),
    lambda it: it.links.add(3, 3, kind="answers"),
    lambda it: it.links.add(3, 99, kind="answers"),
    lambda it: it.links.add(3, 1, kind="x" * 60),
    lambda it: it.links.add(3, 1, kind="x" * 61),
    lambda it: it.links.add(3, 1, kind=" "),
    lambda it: it.links.get(99),
    lambda it: (it.links.of(4), it.links.at([1, 2, 4]), it.links.list("one"), it.links.list("other", "one")),
    lambda it: (it.links.count(), list(it.links.ids()), sorted(it.links.ends()), sorted(it.links.ends_in("other"))),
    lambda it: it.links.kinds(),
    lambda it: it.links.edit(1, kind="contradicts"),
    lambda it: it.links.edit(1, mutual=False, note="otherwise"),
    lambda it: it.links.edit(1, kind="supports"),
    lambda it: it.links.edit(1),
    lambda it: it.links.turn(1),
    lambda it: it.links.dismiss("one", at("A weaver"), "other", at("nothing", OTHER)),
    lambda it: it.links.dismiss("one", at("A weaver"), "other", at("nothing", OTHER)),
    lambda it: it.links.dismiss("other", at("nothing", OTHER), "one", at("headline")),
    lambda it: it.links.dismiss("one", Span(3, 3), "other", Span(0, 4)),
    lambda it: it.links.dismiss("one", Span(0, 4), "other", Span(0, 4000)),
    lambda it: (it.links.dismissed(), it.links.dismissed("other", "one"), it.links.dismissed("gone")),
    lambda it: it.links.take_back([2]),
    lambda it: it.notes.write(" on the text ", "one"),
    lambda it: it.notes.write("on the text\nagain", "one"),
    lambda it: it.notes.write("on all of it"),
    lambda it: it.notes.write("on what is gone", "gone"),
    lambda it: (it.notes.list(), it.notes.of("one"), it.notes.of(), it.notes.mine("other"), it.notes.by("Bo", "one")),
    lambda it: it.notes.write("", "other"),
    lambda it: it.notes.write("", "one"),
    lambda it: it.notes.get(99),
    lambda it: it.name_rules.join("Burma", "Myanmar"),
    lambda it: it.name_rules.part("Reyl", "Tomas Reyl"),
    lambda it: it.name_rules.join("Burma", "burma"),
    lambda it: it.name_rules.list(),
    lambda it: it.name_rules.forget("Burma", "Myanmar"),
    lambda it: it.texts.update("one", a_text("one", LATER), dry_run=True),
    lambda it: it.texts.update("one", a_text("one", LATER)).summary,
    lambda it: it.texts.update("one", a_text("one", LATER)),
    lambda it: (it.texts.versions("one"), it.texts.version("one", 1).body == BODY),
    lambda it: it.texts.version("one", 3),
    lambda it: it.texts.version("one", 0),
    lambda it: it.highlights.find(text="one"),
    lambda it: it.highlights.confirm([1, 2, 3]),
    lambda it: it.highlights.orphan(2),
    lambda it: it.highlights.orphan(2),
    lambda it: it.highlights.join([1]),
    lambda it: it.highlights.join([1, 4]),
    lambda it: it.highlights.join([1, 2]),
    lambda it: it.highlights.join([1, 3]),
    lambda it: it.highlights.join([1, 2, 3, 99]),
    lambda it: it.highlights.delete([4]),
    lambda it: it.highlights.delete([4]),
    lambda it: it.codebook.delete("people/living", highlights=True),
    lambda it: it.links.delete([99]),
    lambda it: it.texts.remove("one"),
    lambda it: it.texts.remove("one"),
    lambda it: [act.label for act in it.journal.history(3)],
]  # fmt: skip


def shown(each: Any) -> Any:
    """Records as JSON has them."""
    if hasattr(each, "_asdict"):
        return {name: shown(value) for name, value in each._asdict().items() if name != "uid"}
    if isinstance(each, dict):
        return {str(name): shown(value) for name, value in each.items()}
    if isinstance(each, (set, frozenset)):
        return sorted(map(shown, each))
    if isinstance(each, (list, tuple)) or (hasattr(each, "__getitem__") and not isinstance(each, str)):
        return [shown(one) for one in each]
    return each if isinstance(each, (str, int, float)) or each is None else str(each)


def changes(path: Path, act: int) -> list[str]:
    """What the journal says of an act, row by row; without what is drawn by lot."""
    with closing(sqlite3.connect(path)) as sql:
        rows = sql.execute(
            "SELECT table_name, row_id, before, after FROM change WHERE act_id = ? ORDER BY id", (act,)
        )
        return [
            re.sub(r'"(uid|joined_into)":"[^"]*"', r'"\1":"…"', f"{table} {row}: {old} → {new}")
            for table, row, old, new in rows
        ]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    seconds = count()
    clock = lambda: f"2026-01-01T00:{(at := next(seconds)) // 60:02}:{at % 60:02}Z"  # noqa: E731
    with Library.open(tmp_path / "library.db", reader="ana", clock=clock) as library:
        yield library


def test_what_each_act_answers_and_writes_and_all_of_it_back_and_forth(library: Library) -> None:
    made: dict[str, object] = {}
    last = 0
    for number, step in enumerate(STEPS, 1):
        try:
            found = shown(step(library))
        except LibraryError as error:
            found = f"{type(error).__name__}: {error}".replace(str(library.path), "LIBRARY")
        line: list[object] = [found]
        newest = library.journal.history(1)
        if newest and newest[0].id > last:
            (act,) = newest
            last = act.id
            about = library.journal.texts_of(act)
            brought = sorted(library.journal.brought_in(act, versions=True))
            line += [
                act.label,
                None if about is None else sorted(about),
                brought,
                *changes(library.path, act.id),
            ]
        made[f"{number:03}"] = line
    back, there = [], []
    while (act := library.journal.undo()) is not None:
        back.append([act.label, act.undone, list(act.kept)])
    made["undone"] = back
    made["empty"] = [
        library.highlights.count(),
        library.links.count(),
        shown(library.texts.list()),
        shown(library.codebook.list()),
    ]
    while (act := library.journal.redo()) is not None:
        there.append([act.label, act.undone])
    made["redone"] = there == [[label, False] for label, *_ in reversed(back)]
    made["at the end"] = shown([library.codebook.list(), library.notes.list(), library.texts.list()])
    same_as_recorded("acts", json.loads(json.dumps(made)))
