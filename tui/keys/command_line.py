"""The commands that are typed after `:`, by name: what a line means, and what could complete it.

Every command of the key table has its id for a name, written with hyphens; some take words after the name, and some
are there only here. Habits of other programs (`:w`, `:e`, `:wq`) are understood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from texts.visible import one_line
from tui.keys.key_table import Group, Key, shown
from tui.view.ranking import rank


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done by its name."""

    name: str
    """As it is typed: `next-highlight`."""
    help: str
    takes: str = ""
    """What can follow the name: `a tag`; empty where nothing does."""
    keys: str = ""
    """The keys that do the same."""

    @property
    def id(self) -> str:
        """What the desk knows it by."""
        return self.name.replace("-", "_")


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A line that was understood."""

    command: Command
    argument: str = ""
    """What followed the name; empty where nothing did."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What a line could become."""

    line: str
    help: str


class CommandError(ValueError):
    """A line that means nothing here; says why, and what could be meant."""


TAKES: Mapping[str, str] = MappingProxyType(
    {
        "open_text": "a text, or a file",
        "pair_file": "a file of pairs",
        "tag": "a tag",
        "untag": "a tag",
        "note": "words",
        "search": "words",
        "search_back": "words",
        "theme": "a theme",
        "export": "a file",
        "copy": "a file",
        "sync": "off, proportional or follow",
        "undo": "how often",
        "redo": "how often",
    }
)
"""Commands of the key table that take words when they are called by name."""

ONLY_HERE = (
    Command("go", "to the passage of that number; the number alone does it too", "a number"),
    Command("width", "cells of the text column, for this time", "a number"),
    Command("spacing", "blank rows between passages, for this time", "0, 1 or 2"),
    Command("justify", "rows of prose as wide as the text column, for this time", "on or off"),
    Command("tutorial", "a hundred words that teach the first keys, opened in this pane"),
    Command("write", "every act is written at once"),
)
"""Commands that have no key."""

_HABITS: Mapping[str, str] = MappingProxyType(
    {
        "w": "write",
        "wa": "write",
        "save": "write",
        "q!": "quit",
        "qa": "quit",
        "qa!": "quit",
        "wq": "quit",
        "wqa": "quit",
        "x": "quit",
        "exit": "quit",
        "h": "help",
        "e": "open-text",
        "edit": "open-text",
        "open": "open-text",
        "r": "open-text",
        "add": "open-text",
        "colorscheme": "theme",
        "colo": "theme",
        "find": "search",
        "goto": "go",
        "marks": "annotations",
        "highlights": "annotations",
        "tags": "codebook",
        "texts": "open-text",
        "$": "text-end",
    }
)
"""What these names mean in other programs, or on the command line."""


def commands(keys: Iterable[Key]) -> list[Command]:
    """All that can be typed: first what only a name calls or words can follow, then the rest, motions last."""
    named = sorted(
        (key for key in keys if not key.takes and not key.selecting),
        key=lambda key: (key.id not in TAKES, key.group is Group.MOVE),
    )
    of_keys = [
        Command(key.id.replace("_", "-"), key.help, TAKES.get(key.id, ""), shown(key)) for key in named
    ]
    return [*of_keys[: len(TAKES)], *ONLY_HERE, *of_keys[len(TAKES) :]]


def understood(line: str, known: Sequence[Command]) -> CommandLine:
    """What a line means: a number is a passage, a name may be cut short. Raises CommandError."""
    words = line.strip().removeprefix(":").strip()
    if words.isdecimal():
        return CommandLine(_named(known, "go"), words)
    first, _, rest = words.partition(" ")
    by_name = {command.name: command for command in known}
    whole = words.casefold().replace(" ", "-").replace("_", "-")
    if whole in by_name:
        return CommandLine(by_name[whole])
    command = _meant(first.casefold().replace("_", "-"), by_name)
    if command is None:
        command, rest = _meant(whole, by_name), ""
    if command is None:
        raise CommandError(one_line(_why(words, known)))
    if rest.strip() and not command.takes:
        raise CommandError(f"{command.name} takes nothing after it: {command.help}")
    return CommandLine(command, rest.strip())


def _named(known: Iterable[Command], name: str) -> Command:
    return next(command for command in known if command.name == name)


def _meant(name: str, by_name: Mapping[str, Command]) -> Command | None:
    """The command of a name, of a habit, or of the beginning of just one name."""
    name = _HABITS.get(name, name)
    if name in by_name:
        return by_name[name]
    begin = [command for each, command in by_name.items() if name and each.startswith(name)]
    return begin[0] if len(begin) == 1 else None


def _why(words: str, known: Sequence[Command]) -> str:
    if words[:1] in ("!", "s", "%") and "/" in words:
        return "texts are only read here: highlights, tags and notes are what can be changed"
    first = words.partition(" ")[0]
    names = [command.name for command in known]
    begin = [name for name in names if name.startswith(first.casefold())]
    like = begin or [names[index] for index in rank(first, names)]
    if not like:
        return f"no command is called {first}: Tab lists them all"
    several = f"{', '.join(like[:3])}{' …' if len(like) > 3 else ''}"
    return f"{first} could be {several}" if begin else f"no command is called {first}: {several}?"


def completions(
    line: str, known: Sequence[Command], offers: Mapping[str, Callable[[str], Sequence[str]]]
) -> list[Completion]:
    """What a line could become, best first; `offers` gives by command id what can follow what is typed."""
    name, space, argument = line.lstrip().partition(" ")
    command = _meant(name.casefold().replace("_", "-"), {each.name: each for each in known})
    if space and command is not None and command.takes:
        choices = offers[command.id](argument) if command.id in offers else ()
        found = [Completion(f"{name} {choices[index]}", "") for index in rank(argument, choices)]
        return found or [Completion(line, f"{command.takes}: {command.help}")]
    labels = [f"{each.name.replace('-', ' ')} {each.help}" for each in known]
    order = rank(line.replace("-", " "), labels)
    if command is not None:
        order.sort(key=lambda index: known[index] is not command)
    return [_completion(known[index]) for index in order]


def _completion(command: Command) -> Completion:
    takes = f" ({command.takes})" if command.takes else ""
    keys = f"  {command.keys}" if command.keys else ""
    return Completion(f"{command.name} " if takes else command.name, f"{command.help}{takes}{keys}")
