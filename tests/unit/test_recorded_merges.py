"""Two libraries that began as one and went their ways, merged: what is told, and what is there afterwards."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from entries import text_entry
from libraries import Libraries, as_json, libraries
from recorded import same_as_recorded
from rich_library import FIRE, MILL, rich_library

from store.exchange import json
from store.exchange.archive import Archive, LinkEntry, NoteEntry, TagEntry
from store.exchange.snapshot import snapshot_in_memory
from store.library import Library
from store.merge import Resolve, merge
from texts.model import Span, Text
from texts.segment import passages

Act = Callable[[Library], object]


def changed(body: str, *words: tuple[str, str]) -> Text:
    """A later version of a text."""
    for old, new in words:
        assert old in body
        body = body.replace(old, new)
    return Text("", "", "", "", body, passages(body))


HERE: dict[str, list[Act]] = {
    "tags and notes": [
        lambda it: it.codebook.colour("claim", "vermilion"),
        lambda it: it.codebook.describe("place", "here"),
        lambda it: it.codebook.describe("claim/doubtful", "here"),
        lambda it: it.codebook.rename("unused", "still-unused"),
        lambda it: it.codebook.set_quick(1, "claim"),
        lambda it: it.highlights.note(1, "first, and here"),
        lambda it: it.highlights.note(3, "here"),
        lambda it: it.highlights.star(4, True),
        lambda it: it.highlights.tag(5, "of-here"),
        lambda it: it.highlights.untag(2, "place"),
        lambda it: it.links.edit(1, note="here"),
        lambda it: it.links.edit(2, kind="contradicts"),
        lambda it: it.notes.write("on all of it, here"),
        lambda it: it.texts.set_language("fire", "fr"),
        lambda it: it.texts.set_furniture("fire", 0, value=False),
        lambda it: it.texts.edit("mill", title="The mill, here"),
        lambda it: it.name_rules.join("Reyl", "Rile"),
        lambda it: it.links.dismiss("mill", Span(0, 8), "fire", Span(0, 6)),
    ],
    "gone": [
        lambda it: it.highlights.delete([1, 4]),
        lambda it: it.links.delete([2]),
        lambda it: it.notes.delete(2),
        lambda it: it.codebook.delete("place", highlights=False),
        lambda it: it.highlights.join([5, 6]),
        lambda it: it.texts.remove("short"),
    ],
    "versions": [
        lambda it: it.texts.update("mill", changed(MILL, ("burned to the ground", "went up in flames"))),
        lambda it: it.texts.update("fire", changed(FIRE, ("early on", "late on"))),
        lambda it: it.highlights.move(7, Span(0, 8)),
    ],
    "nothing": [],
}
THERE: list[Act] = [
    lambda it: it.codebook.colour("claim", "yellow"),
    lambda it: it.codebook.colour("place", "yellow"),
    lambda it: it.codebook.describe("place", "there"),
    lambda it: it.codebook.rename("claim/doubtful", "doubt"),
    lambda it: it.codebook.set_quick(1, "place"),
    lambda it: it.highlights.note(1, "first, and there"),
    lambda it: it.highlights.note(2, "there"),
    lambda it: it.highlights.note(3, "there"),
    lambda it: it.highlights.star(4, True),
    lambda it: it.highlights.star(5, False),
    lambda it: it.highlights.tag(6, "of-there"),
    lambda it: it.highlights.untag(7, "place"),
    lambda it: it.highlights.move(9, Span(10, 20)),
    lambda it: it.highlights.orphan(11),
    lambda it: it.links.edit(1, note="there"),
    lambda it: it.links.edit(2, note="there"),
    lambda it: it.links.turn(3),
    lambda it: it.links.delete([4]),
    lambda it: it.notes.write("on all of it, there"),
    lambda it: it.notes.delete(3),
    lambda it: it.texts.set_language("fire", "de"),
    lambda it: it.texts.set_furniture("fire", 0, value=True),
    lambda it: it.texts.edit("short", title="Short"),
    lambda it: it.name_rules.part("Reyl", "Rile"),
    lambda it: it.links.dismiss("mill", Span(0, 8), "fire", Span(0, 6)),
    lambda it: it.links.dismiss("mill", Span(0, 8), "short", Span(0, 3)),
    lambda it: it.texts.update("mill", changed(MILL, ("Nobody asks_why_ now", "We are told"))),
]


def archive_of(library: Library) -> Archive:
    """What another machine gets of a library."""
    out = io.BytesIO()
    json.write_archive(snapshot_in_memory(library), out)
    return json.read(out.getvalue(), "there.json")


def left_in(library: Library) -> list[str]:
    """A library as its lossless export has it, line by line; without bodies, and without what is drawn by lot."""
    words = as_json(library).decode()
    words = re.sub(r'"body": "(?:[^"\\]|\\.)*"', '"body": "…"', words)
    drawn = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-(?!000000000000)[0-9a-f]{12}"
    return re.split(r"(?<=\n)", re.sub(drawn, "…", words))


def told(report: Any) -> dict[str, Any]:
    return {name: value for name, value in report._asdict().items() if value}


def both(shelf: Libraries, here: str) -> tuple[Library, Archive]:
    """A library after its acts, and the archive of the other after all of its own."""
    ours, theirs = shelf.new(rich_library(), reader="ana"), shelf.new(rich_library(), reader="Bo")
    for library, acts in ((ours, HERE[here]), (theirs, THERE)):
        for act in acts:
            act(library)
    archive = archive_of(theirs)
    theirs.close()
    return ours, archive


@pytest.mark.parametrize("here", HERE)
@pytest.mark.parametrize("resolve", Resolve)
def test_what_becomes_of_two_that_parted(here: str, resolve: Resolve) -> None:
    with libraries() as shelf:
        ours, archive = both(shelf, here)
        planned = told(merge(ours, archive, dry_run=True, resolve=resolve))
        before = left_in(ours)
        report = told(merge(ours, archive, resolve=resolve, source="there.json"))
        assert planned == report
        made = {"told": report, "label": ours.journal.history(1)[0].label, "left": left_in(ours)}
        again = told(merge(ours, archive, resolve=resolve))
        while ours.journal.next_undo() is not None and left_in(ours) != before:
            ours.journal.undo()
        assert left_in(ours) == before
        ours.close()
    same_as_recorded(f"merges/{here.replace(' ', '-')}-{resolve.name.lower()}", {**made, "again": again})


def test_what_refers_to_what_is_nowhere_is_named() -> None:
    """An archive with some of all kinds that are about texts and highlights that nobody has."""
    rich = rich_library()
    lost = rich.highlights[0]._replace(uid=_uid(90), text="nowhere", version=None)
    archive = rich._replace(
        texts=(*rich.texts, text_entry("nowhere", "x", title="No such text")._replace(versions=())),
        tags=(*rich.tags, TagEntry("place/new", "sky", "N", "new there", 3)),
        highlights=(*rich.highlights, lost),
        links=(
            *rich.links,
            LinkEntry(_uid(92), lost.uid, rich.highlights[1].uid, "x", False, "", "", "", ""),
        ),
        notes=(*rich.notes, NoteEntry(_uid(93), "nowhere", "on nothing", "ana", "", "")),
    )  # fmt: skip
    with libraries() as shelf:
        library = shelf.new()
        report = told(merge(library, archive))
        made = {"told": report, "left": left_in(library)}
        library.close()
    same_as_recorded("merges/lost", made)


def _uid(number: int) -> str:
    return f"{number:08}-0000-4000-8000-000000000000"
