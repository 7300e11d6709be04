"""What is used of Textual that it does not promise: in one module, all there, and shadowed by nothing of ours."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers import linux_driver
from textual.screen import Screen
from textual.widget import Widget
from textual_serve.app_service import AppService
from textual_serve.server import Server

import tui
from tui.private_api import (
    EndableApp,
    ForgetfulRows,
    KeySequences,
    ScreenWithoutTooltips,
    SizedBeforePaint,
)

HERE = {"tui.private_api", "tui.serving"}
OUTSIDE = ("textual.", "textual_serve.")
ROOT = Path(tui.__file__).parent


@pytest.mark.parametrize(
    ("of", "method", "parameters"),
    [
        (App, "_fatal_error", ["self"]),
        (App, "_close_messages_no_wait", ["self"]),
        (Widget, "_size_updated", ["self", "size", "virtual_size", "container_size", "layout"]),
        (Widget, "_set_dirty", ["self", "regions"]),
        (Screen, "_clear_tooltip", ["self"]),
        (XTermParser, "_sequence_to_key_events", ["self", "sequence", "alt"]),
        (Server, "_make_app", ["self"]),
        (Server, "_process_messages", ["self", "websocket", "app_service"]),
        (AppService, "_open_app_process", ["self", "width", "height"]),
    ],
)
def test_a_method_is_there_with_its_parameters(of: type, method: str, parameters: list[str]) -> None:
    assert list(inspect.signature(getattr(of, method)).parameters) == parameters


@pytest.mark.parametrize(
    ("of", "attribute"),
    [
        (App, "_return_code"),
        (App, "_exit_renderables"),
        (Widget, "_size"),
        (Screen, "_bindings"),
        (linux_driver.LinuxDriver, "_file"),
        (AppService, "_process"),
        (AppService, "_stdin"),
    ],
)
def test_an_attribute_is_one_that_its_class_sets(of: type, attribute: str) -> None:
    assert attribute in private_names(of)


def test_drivers_for_terminals_name_their_parser_in_their_module() -> None:
    assert issubclass(linux_driver.XTermParser, XTermParser)  # or that of ours, where an app has run before


def test_textual_calls_what_is_overridden() -> None:
    for ours, name in (
        (EndableApp, "_fatal_error"),
        (SizedBeforePaint, "_size_updated"),
        (ForgetfulRows, "_set_dirty"),
        (KeySequences, "_sequence_to_key_events"),
        (ScreenWithoutTooltips, "_clear_tooltip"),
    ):
        assert name in vars(ours)
        assert hasattr(ours.__mro__[1], name)


def test_no_other_module_imports_what_is_private() -> None:
    paths = [*ROOT.rglob("*.py")]
    assert {module_name(path) for path in paths} >= HERE, "else they are looked for in the wrong place"
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [each.name for each in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                assert module_name(path) in HERE or not re.match(r"(textual|rich)\w*\.(.*\.)?_", name), path


def test_no_class_of_ours_takes_a_private_name_of_those_it_extends() -> None:
    """Neither on purpose, which belongs in `private_api`, nor by chance: a new release may take a name of ours."""
    every = [*classes()]
    assert {"ReaderApp", "DeskScreen", "TextPane"} <= {ours.__name__ for ours in every}
    for ours in every:
        theirs = {name for base in bases_outside(ours) for name in private_names(base)}
        assert not private_names(ours) & theirs, ours


def classes() -> Iterator[type]:
    """Our classes that extend one of theirs."""
    for found in pkgutil.walk_packages([str(ROOT)], "tui."):
        if found.name in HERE or found.name == "tui.__main__":
            continue
        for each in vars(import_module(found.name)).values():
            if inspect.isclass(each) and each.__module__ == found.name and bases_outside(each):
                yield each


def bases_outside(of: type) -> list[type]:
    return [base for base in of.__mro__ if base.__module__.startswith(OUTSIDE)]


@cache
def private_names(of: type) -> frozenset[str]:
    """The private names that the body of a class uses of `self`, or defines."""
    return frozenset(re.findall(r"(?:self\.|def )(_[a-z]\w*)", inspect.getsource(of)))


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT.parent).with_suffix("").parts)
