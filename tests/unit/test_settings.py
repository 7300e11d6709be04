"""The settings: what they set, and that whatever is wrong is told with its line while the rest holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.journal import login_name
from tui.keys.presets import PRESETS
from tui.settings import TERMINALS, Settings, read_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_a_missing_file_sets_nothing(file: Path) -> None:
    assert read_settings(file) == (Settings(), ())


def test_the_reader_is_the_login_name_unless_set(file: Path) -> None:
    assert Settings().reader == login_name()
    file.write_text('reader = "  Ada "\n')
    assert read_settings(file)[0].reader == "Ada"


def test_everything_that_can_be_set(file: Path) -> None:
    file.write_text(
        'reader = "Ada"\ntext_width = 60\ntheme = "light"\n'
        '[keys]\nundo = "Ctrl-y"\ntext_start = ["F5", "g g"]\n'
    )
    settings, problems = read_settings(file)
    assert problems == ()
    assert settings == Settings("Ada", 60, "light", keys={"undo": ("Ctrl-y",), "text_start": ("F5", "g g")})


def test_unknown_names_and_wrong_types_are_told_with_their_lines_and_the_rest_holds(file: Path) -> None:
    file.write_text(
        "# mine\n"
        "colour = 3\n"
        "reader = 7\n"
        "\n"
        "text_width = true\n"
        'theme = "light"\n'
        "[keys]\n"
        'fly = "f"\n'
        "undo = 1\n"
        'redo = "Ctrl-y"\n'
        "[other]\n"
        "x = 1\n"
    )
    settings, problems = read_settings(file)
    assert [(problem.line, problem.message.split(" ")[0]) for problem in problems] == [
        (2, "colour"),
        (3, "reader"),
        (5, "text_width"),
        (8, "no"),
        (9, "undo"),
        (11, "other"),
    ]
    assert str(problems[0]).startswith(f"{file}:2: colour is not a setting; there are reader, ")
    assert settings == Settings(theme="light", keys={"redo": ("Ctrl-y",)})


def test_each_problem_is_told_in_its_own_words(file: Path) -> None:
    file.write_text(
        "reader = '  '\nspacing = 3\njustify = 'on'\nmouse = 1\nblink = \"no\"\nterminal = 'teletype'\n"
        "preset = 'ed'\nkeys = 3\n"
    )
    settings, problems = read_settings(file)
    assert settings == Settings()
    assert [str(problem) for problem in problems] == [
        f'{file}:1: reader takes words in quotes, as in reader = "{login_name()}"',
        f"{file}:2: spacing takes a number from 0 to 2",
        f"{file}:3: justify takes true or false, without quotes",
        f"{file}:4: mouse takes true or false, without quotes",
        f"{file}:5: blink takes true or false, without quotes",
        f"{file}:6: terminal takes one of {', '.join(TERMINALS)}, in quotes",
        f"{file}:7: no set of keys is called so: preset takes {' or '.join(map(_quoted, PRESETS))}",
        f"{file}:8: keys is a section: [keys], then a line a command",
    ]


def _quoted(name: str) -> str:
    return f'"{name}"'


def test_keys_are_words_that_are_not_blank(file: Path) -> None:
    file.write_text(
        'terminal = "kitty"\n\n[ keys ]\n"undo" = "  "\nredo = ["F5", 6]\nstar = []\nfly = "f"\ncopy = "F6"\n'
    )
    settings, problems = read_settings(file)
    assert (settings.terminal, settings.keys) == ("kitty", {"star": (), "copy": ("F6",)})
    takes = "takes keys in quotes, as in"
    assert [(each.line, each.message) for each in problems] == [
        (4, f'undo {takes} undo = "Ctrl-d" or ["g g", "Home"]'),
        (5, f'redo {takes} redo = "Ctrl-d" or ["g g", "Home"]'),
        (7, "no command is called fly; `tui keys` lists them"),
    ]


def test_a_name_is_found_in_its_own_section(file: Path) -> None:
    file.write_text('"mouse" . x = 1\n[keys]\nmouse = "F5"\n[theme]\nx = 1\n')
    _, problems = read_settings(file)
    assert [(each.line, each.message.partition(" ")[0]) for each in problems] == [
        (1, "mouse"),
        (3, "no"),
        (4, "theme"),
    ]


def test_what_cannot_be_read_is_told_once(file: Path) -> None:
    file.write_bytes(b"\xff")
    assert [str(each) for each in read_settings(file)[1]] == [f"{file}:1: cannot be read: it is not UTF-8"]
    folder = file.parent
    assert [str(each) for each in read_settings(folder)[1]] == [f"{folder}:1: cannot be read: Is a directory"]
    file.write_text("a = 1\nb = \n")
    (problem,) = read_settings(file)[1]
    assert (problem.line, problem.message) == (2, "is not TOML: Invalid value (at line 2, column 5)")
    file.write_text("a = '")
    assert read_settings(file)[1][0].line == 1


@pytest.mark.parametrize("width", ["19", "201", "-1", "72.0", '"72"'])
def test_a_text_width_out_of_reach_is_told(file: Path, width: str) -> None:
    file.write_text(f"text_width = {width}\n")
    settings, problems = read_settings(file)
    assert settings.text_width == 72
    assert [str(problem) for problem in problems] == [f"{file}:1: text_width takes a number from 20 to 200"]


def test_a_clash_of_keys_is_told_and_changes_no_key(file: Path) -> None:
    file.write_text('[keys]\nstar = "F5"\nundo = "j"\n')
    settings, problems = read_settings(file)
    assert settings.keys == {}
    assert len(problems) == 1
    assert problems[0].line == 3
    assert "line_down" in problems[0].message


def test_what_is_not_toml_is_told_with_its_line(file: Path) -> None:
    file.write_text('reader = "Ada"\ntheme = \n')
    settings, problems = read_settings(file)
    assert settings == Settings()
    assert problems[0].line == 2
    assert "is not TOML" in str(problems[0])


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    assert [problem.message for problem in read_settings(tmp_path)[1]] == ["cannot be read: Is a directory"]


@given(st.binary(max_size=200))
def test_no_bytes_bring_it_down(tmp_path_factory: pytest.TempPathFactory, noise: bytes) -> None:
    file = tmp_path_factory.mktemp("settings") / "settings.toml"
    file.write_bytes(b"text_width = 80\n" + noise)
    settings, problems = read_settings(file)
    if settings.text_width != 80:
        assert settings == Settings(), "what cannot be read sets nothing"
        assert problems
    assert all(problem.line >= 1 for problem in problems)


@given(st.recursive(st.integers() | st.booleans() | st.text(), lambda inner: st.lists(inner, max_size=3)))
def test_a_value_of_any_kind_sets_or_is_told(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    import json

    file = tmp_path_factory.mktemp("settings") / "settings.toml"
    file.write_text(f"text_width = {json.dumps(value)}\n", encoding="utf-8")
    settings, problems = read_settings(file)
    assert bool(problems) != (settings.text_width == value)


def test_preset_spacing_and_switches_are_set(file: Path) -> None:
    file.write_text(
        'preset = "less"\nspacing = 0\njustify = true\nmouse = false\nblink = false\n[keys]\nundo = "Z"\nzoom = "F5"\n'
    )
    settings, problems = read_settings(file)
    assert problems == ()
    assert (settings.preset, settings.spacing) == ("less", 0)
    assert (settings.justify, settings.mouse, settings.blink) == (True, False, False)
    assert settings.keys == {"undo": ("Z",), "zoom": ("F5",)}


def test_what_cannot_be_set_is_told_with_its_line(file: Path) -> None:
    file.write_text('preset = "emacs"\nspacing = 3\njustify = 1\nmouse = "off"\n')
    settings, problems = read_settings(file)
    assert settings == Settings()
    assert [problem.line for problem in problems] == [1, 2, 3, 4]
    assert 'preset takes "vim" or "less"' in problems[0].message


def test_keys_that_clash_with_the_preset_are_told_with_their_line(file: Path) -> None:
    file.write_text('preset = "less"\n[keys]\nredo = "Ctrl-y"\nnote = "b"\n')
    settings, problems = read_settings(file)
    assert settings.preset == "less"
    assert settings.keys == {}
    assert [problem.line for problem in problems] == [4]
    assert "page_up" in problems[0].message
