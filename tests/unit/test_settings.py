"""The settings: what they set, and that whatever is wrong is told with its line while the rest holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.journal import login_name
from tui.settings import Settings, read_settings


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
