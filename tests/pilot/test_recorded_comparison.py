"""What the comparison of two small texts draws for each key, and what it asks of the desk, as it was last recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest
from drawing import Stage, drawn
from recorded import same_as_recorded

from texts.compare import Name, Spelling, Tagged, collate, compare
from texts.load import Document, text_of
from texts.model import Span, Text
from texts.relate import Relations, relate
from tui.comparison import ComparisonScreen, ComparisonState, JumpTarget, state_of
from tui.comparison.differences import Differences
from tui.view.comparison_tabs import ComparisonTabs, Tab, overview

LEFT_BODY = """The old mill at Harrow burned to the ground on Monday, and nobody was hurt in the fire.

Colin Moore was called out of bed at three. The mayor wept, and Tomas Reyl, who had carved the wheel, wept with him.

Share on Facebook

The mill had stood for two hundred years. Tomas Reyl carved its wheel, which was the largest in the county.

The brewery lends its barn."""
RIGHT_BODY = """On Monday the old mill at Harrow burned to the ground, and nobody was hurt in the great fire.

Thomas Reyl carved its wheel, which was the largest in the county. Collin Moore, the mayor, and Tomás Reyl were there.

Nobody knows the cause of it, and C. Moore does not ask."""


def text(body: str, slug: str) -> Text:
    return text_of(Document(body, f"The {slug}", ""), slug)._replace(slug=slug)


LEFT, RIGHT = text(LEFT_BODY, "mill"), text(RIGHT_BODY, "fire")


def tagged(tag: str, words: str, *, right: bool = False) -> Tagged:
    of = RIGHT if right else LEFT
    start = of.body.index(words)
    passage = of.passage_at(start)
    return Tagged(tag, of.slug, passage.number if passage else None, Span(start, start + len(words)))


TAGS = (
    tagged("actor/mayor", "The mayor"),
    tagged("actor/mayor", "the mayor", right=True),
    tagged("grief", "The mayor wept"),
    tagged("grief", "wept with him"),
    tagged("cause", "the cause", right=True),
)


THIRD = Spelling("C. Moore", (), (tagged("", "C. Moore", right=True).span,))


class Desk:
    """What the comparison asks for."""

    def __init__(self, relations: Relations) -> None:
        self.asked: list[object] = []
        self._relations = relations

    def evidence(self, left: int, right: int) -> tuple[list[Span], list[Span]]:
        found = list(self._relations.evidence(left, right))
        return [each.left for each in found], [each.right for each in found]

    def join(self, names: Sequence[Name]) -> None:
        self.asked.append(["join", *(name.label for name in names)])

    def part(self, name: Name, spelling: str) -> None:
        self.asked.append(["part", name.label, spelling])

    def walk(self, way: str) -> None:
        self.asked.append(way)

    def export(self, table: str, path: Path, over: bool) -> None:
        self.asked.append(["export", table, str(path), over])


class Telling(Stage):
    """A stage on which `x` says the next thing."""

    BINDINGS: ClassVar = [("x", "tell", "")]

    def __init__(self, tells: Iterable[Callable[[], None]]) -> None:
        super().__init__()
        self._tells = iter(tells)

    def action_tell(self) -> None:
        next(self._tells)()


@pytest.fixture(scope="module")
def relations() -> Relations:
    return relate(LEFT, RIGHT)


@pytest.fixture(scope="module")
def tabs(relations: Relations) -> ComparisonTabs:
    made = compare(LEFT, RIGHT, relations, tagged=TAGS, linked=[(2, 2)])
    names = [
        replace(each, spellings=(*each.spellings, THIRD)) if len(each.spellings) > 1 else each
        for each in made.names
    ]
    return overview(replace(made, names=(*names, made.names[1])), TAGS, collate(LEFT, RIGHT))


PRESSES = {
    "names": "j j k j J space J space space J ctrl+d G g o d enter n",
    "names-joined": "space j space J u U ctrl+r / +re backspace enter P",
    "names-parted": "P j P escape P down enter G P",
    "names-exported": "e end backspace backspace backspace backspace backspace backspace +.csv enter o e enter",
    "names-left": "/ +xyz enter / escape space J enter escape",
    "words": "2 l j l j h h G d enter",
    "coverage": "3 j o j l j o G J P space e enter j d",
    "map": "4 n n N N j l k h ctrl+d ctrl+u G g / d escape escape",
    "reuse": "5 j d escape j enter",
    "tags": "6 j l l k e escape enter",
    "changes": "7 j j ? escape tab shift+tab shift+tab 8 d",
}
"""What is pressed on each view."""


@pytest.mark.parametrize("name", PRESSES)
async def test_each_key_draws_what_it_drew(
    name: str, tabs: ComparisonTabs, relations: Relations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "names.csv").touch()
    app, desk, kept = Stage(), Desk(relations), ComparisonState()
    screen = ComparisonScreen(desk, LEFT, RIGHT, kept)

    def begin() -> None:
        app.push_screen(screen, app.left_with.append)
        screen.show(tabs)

    made = await drawn(app, begin, PRESSES[name], size=(76, 22))
    left = {
        "asked": desk.asked,
        "kept": [kept.view, kept.lists, kept.rows, kept.pair, kept.only_alone],
        "left with": [_plain(each) for each in app.left_with],
    }
    same_as_recorded(f"comparison/{name}", {**made, **left})


async def test_how_far_the_comparing_is_stands_there_until_it_is_done(
    tabs: ComparisonTabs, relations: Relations
) -> None:
    app = Stage()
    screen = ComparisonScreen(Desk(relations), LEFT, RIGHT, ComparisonState(view=Tab.CHANGES))

    def begin() -> None:
        screen.progressed("")
        app.push_screen(screen)

    made = await drawn(app, begin, "j 3 enter J P o d e / 1 4 n escape", size=(76, 22))
    same_as_recorded("comparison/waiting", dict(made))


async def test_words_of_an_act_stay_while_the_comparing_goes_on(
    tabs: ComparisonTabs, relations: Relations
) -> None:
    screen = ComparisonScreen(Desk(relations), LEFT, RIGHT, ComparisonState())
    app = Telling(
        (
            lambda: screen.progressed("12 %"),
            lambda: screen.tell("joined", good=True),
            lambda: screen.progressed("50 %"),
            lambda: screen.show(tabs),
            lambda: screen.tell("no such thing", error=True),
            lambda: screen.tell(
                "a word of warning that is much too long for the line that it stands in " * 2
            ),
        )
    )
    made = await drawn(app, lambda: app.push_screen(screen), "x x x x x x j", size=(76, 22))
    same_as_recorded("comparison/telling", dict(made))


async def test_a_list_that_is_not_shown_any_more_takes_no_keys(
    tabs: ComparisonTabs, relations: Relations
) -> None:
    app, kept = Stage(), ComparisonState()
    screen = ComparisonScreen(Desk(relations), LEFT, RIGHT, kept)
    async with app.run_test(size=(76, 22)) as pilot:
        app.push_screen(screen)
        screen.show(tabs)
        await pilot.press("2", "l")
        left = screen.list
        await pilot.press("1")
        assert left is not None
        left.move(1)
        await pilot.pause()
        assert screen.list is not left
        assert kept.lists == {Tab.WORDS: 1}
        assert screen.row is tabs.tables[Tab.NAMES][0].rows[0]


async def test_two_passages_stand_word_against_word() -> None:
    app = Stage()
    left, right = LEFT.passage(1).span, RIGHT.passage(1).span
    chrome = next(each.span for each in LEFT.passages if each.is_furniture)
    made = await drawn(
        app,
        lambda: app.push_screen(Differences(LEFT, left, RIGHT, right)),
        "j j k space pageup x d",
        size=(60, 14),
    )
    other = Stage()
    begin = lambda: other.push_screen(Differences(LEFT, chrome, RIGHT, RIGHT.passage(3).span))  # noqa: E731
    same_as_recorded(
        "comparison/differences", {**made, "chrome": await drawn(other, begin, "q", size=(60, 14))}
    )


def test_what_is_broken_of_what_was_kept_is_left_out() -> None:
    assert state_of({"view": "map", "rows": {"names": "Reyl", 1: 2}}) == ComparisonState(
        view=Tab.MAP, rows={"names": "Reyl", "1": "2"}
    )
    for plain in (None, [], {}, {"view": "nothing"}, {"view": 7, "rows": ["names"]}):
        assert state_of(plain) == ComparisonState()


def _plain(given: object) -> object:
    if not isinstance(given, JumpTarget):
        return given
    spans = [[list(span) for span in side] for side in (given.places.left, given.places.right)]
    return [*spans, given.places.are_passages, given.words]


async def test_while_names_are_awaited_joining_and_parting_do_not_send_the_reader_to_their_view(
    relations: Relations,
) -> None:
    app = Stage()
    screen = ComparisonScreen(Desk(relations), LEFT, RIGHT, ComparisonState())
    told = "comparing the two texts … names come with it"

    def begin() -> None:
        screen.progressed("")
        app.push_screen(screen)

    made = await drawn(app, begin, "J 3 P 1 P", size=(76, 22))
    status = {press: "".join(text for text, _ in rows.get("21", [])) for press, rows in made.items()}
    assert told in status["1 J"]
    assert "names are parted: 1 shows them" in status["3 P"], status
    assert told in status["5 P"], status
