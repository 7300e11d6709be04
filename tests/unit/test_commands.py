"""What is typed after `:`: what a line means, what it could become, and what was typed before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.keys.command_line import ONLY_HERE, TAKES, Command, CommandError, commands, completions, understood
from tui.keys.key_table import KEYS, Group
from tui.view.prompt_history import KEPT, PromptHistory

KNOWN = commands(KEYS)
TAGS = {"tag": lambda typed: ("actor/maliki", "claim")}


def meant(line: str) -> tuple[str, str]:
    found = understood(line, KNOWN)
    return found.command.name, found.argument


def test_everything_that_a_key_does_can_be_called_by_its_name() -> None:
    for key in KEYS:
        if not key.takes and not key.selecting:
            assert meant(key.id) == (key.id.replace("_", "-"), "")


def test_what_takes_words_is_a_command() -> None:
    ids = {command.id for command in KNOWN}
    assert set(TAKES) <= ids
    assert len(ids) == len(KNOWN)


def test_what_words_can_follow_is_listed_first_and_ways_to_move_last() -> None:
    called_by_key = {key.id: key for key in KEYS}
    ids = [command.id for command in KNOWN]
    first = len(TAKES)
    assert set(ids[:first]) == set(TAKES)
    assert ids[first : first + len(ONLY_HERE)] == [command.id for command in ONLY_HERE]
    moves = [called_by_key[id].group is Group.MOVE for id in ids[first + len(ONLY_HERE) :]]
    assert moves == sorted(moves)
    assert {True, False} <= set(moves)
    assert [id for id in ids if id in called_by_key and called_by_key[id].group is Group.MARK] == sorted(
        (key.id for key in KEYS if key.group is Group.MARK and key.id in ids),
        key=lambda id: (id not in TAKES, list(called_by_key).index(id)),
    ), "otherwise in the order of the table"


@pytest.mark.parametrize(
    ("line", "name", "argument"),
    [
        ("9", "go", "9"),
        (":9", "go", "9"),
        ("go 9", "go", "9"),
        ("tag actor/maliki", "tag", "actor/maliki"),
        ("open some file.txt", "open-text", "some file.txt"),
        ("theme dark", "theme", "dark"),
        ("text end", "text-end", ""),
        ("next_highlight", "next-highlight", ""),
        ("conc", "concordance", ""),
        ("w", "write", ""),
        ("wq", "quit", ""),
        ("q!", "quit", ""),
        ("e a.txt", "open-text", "a.txt"),
        ("$", "text-end", ""),
        ("undo 3", "undo", "3"),
    ],
)
def test_lines_are_understood(line: str, name: str, argument: str) -> None:
    assert meant(line) == (name, argument)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("next", "next could be next-highlight, next-note, next-link"),
        ("hihglight", "no command is called hihglight: highlight"),
        ("0000x", "no command is called 0000x"),
        ("zoom 3", "zoom takes nothing after it"),
        ("%s/a/b/", "texts are only read here"),
    ],
)
def test_what_is_not_understood_says_why_and_what_instead(line: str, says: str) -> None:
    with pytest.raises(CommandError, match=says):
        understood(line, KNOWN)


FEW = (
    Command("tag", "tags it", "a tag", "t"),
    Command("text-end", "to the end", keys="G"),
    Command("text-start", "to the start"),
    Command("theme", "other colours", "a theme"),
    Command("quit", "leaves", keys="q"),
)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("s/a/b/", "texts are only read here: highlights, tags and notes are what can be changed"),
        ("!ls /tmp", "texts are only read here: highlights, tags and notes are what can be changed"),
        ("s", "no command is called s: text-start?"),
        ("!", "no command is called !: Tab lists them all"),
        ("a/b", "no command is called a/b: Tab lists them all"),
        ("t 1", "t could be tag, text-end, text-start …"),
        ("tex", "tex could be text-end, text-start"),
        ("Qiut", "no command is called Qiut: quit?"),
        ("quit now", "quit takes nothing after it: leaves"),
    ],
)
def test_why_a_line_means_nothing_is_said_in_these_words(line: str, told: str) -> None:
    with pytest.raises(CommandError) as problem:
        understood(line, FEW)
    assert str(problem.value) == told


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("", [("tag ", "tags it (a tag)  t"), ("text-end", "to the end  G"), ("text-start", "to the start"),
              ("theme ", "other colours (a theme)"), ("quit", "leaves  q")]),
        ("  quit", [("quit", "leaves  q"), ("tag ", "tags it (a tag)  t")]),
        ("quti", [("quit", "leaves  q")]),
        ("wq", []),
        ("text_st", [("text-start", "to the start"), ("text-end", "to the end  G")]),
        ("tag cl", [("tag claim", "")]),
        ("tag zz", [("tag zz", "a tag: tags it")]),
        ("theme d", [("theme d", "a theme: other colours")]),
        ("tag", [("tag ", "tags it (a tag)  t"), ("text-start", "to the start")]),
    ],
)  # fmt: skip
def test_what_a_line_could_become_is_said_in_these_words(line: str, found: list[tuple[str, str]]) -> None:
    told = [(each.line, each.help) for each in completions(line, FEW, TAGS)]
    assert told == found


def test_completions_are_found_by_name_by_what_they_do_and_nearly() -> None:
    assert completions("conc", KNOWN, {})[0].line == "concordance"
    assert completions("codeboko", KNOWN, {})[0].line == "codebook"
    assert "dismissed" in [each.line for each in completions("suggestions", KNOWN, {})]
    assert len(completions("", KNOWN, {})) == len(KNOWN)


def test_what_follows_a_name_is_completed_from_what_is_offered() -> None:
    assert [each.line for each in completions("tag mali", KNOWN, TAGS)] == ["tag actor/maliki"]
    assert [each.line for each in completions("tag ", KNOWN, TAGS)] == ["tag actor/maliki", "tag claim"]
    (hint,) = completions("tag new/one", KNOWN, TAGS)
    assert (hint.line, hint.help.partition(":")[0]) == ("tag new/one", "a tag")


def test_every_name_is_completed_from_itself_first() -> None:
    for command in (*KNOWN, *ONLY_HERE):
        first = completions(command.name, KNOWN, {})[0].line
        assert first == (f"{command.name} " if command.takes else command.name), "ready for what follows"


@given(st.text(max_size=40))
def test_any_line_is_understood_or_refused_in_one_line(line: str) -> None:
    completions(line, KNOWN, TAGS)
    try:
        told = understood(line, KNOWN).command.name
    except CommandError as problem:
        told = str(problem)
    assert told
    assert "\n" not in told


def test_lines_come_again_from_the_latest_back_and_forth() -> None:
    earlier = PromptHistory(["one"])
    earlier.add("two")
    earlier.add("one")
    earlier.begin()
    assert earlier.lines == ["two", "one"]
    assert [earlier.walk(-1, "typed"), earlier.walk(-1, ""), earlier.walk(-1, "")] == ["one", "two", "two"]
    assert [earlier.walk(1, ""), earlier.walk(1, ""), earlier.walk(1, "typed")] == ["one", "typed", "typed"]


def test_only_so_many_lines_are_remembered() -> None:
    earlier = PromptHistory()
    for number in range(KEPT + 5):
        earlier.add(str(number))
    earlier.add("")
    assert len(earlier.lines) == KEPT
    assert earlier.lines[-1] == str(KEPT + 4)
