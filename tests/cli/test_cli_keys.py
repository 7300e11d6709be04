"""`tui keys`: every key in words, with a preset and the changes of the settings on top of it."""

from __future__ import annotations

import json


def test_a_preset_is_listed_by_its_name(tui) -> None:
    usual = {row["id"]: row["keys"] for row in json.loads(tui("keys", "--json").out)}
    less = {row["id"]: row["keys"] for row in json.loads(tui("keys", "--preset", "less", "--json").out)}
    assert usual["page_down"] != less["page_down"]
    assert "Space" in less["page_down"]
    assert less["annotations"] == [", a"]
    assert usual.keys() == less.keys()


def test_an_unknown_preset_is_told_with_those_that_there_are(tui) -> None:
    done = tui("keys", "--preset", "emacs")
    assert done.code == 2
    assert "there are vim, less" in done.err


def test_what_is_to_be_known_of_a_key_is_told_below_it_and_as_data(tui) -> None:
    (row,) = [row for row in tui("keys", "--json").data if row["id"] == "keep_part"]
    lines = tui("keys", "--long").lines
    place = next(place for place, line in enumerate(lines) if line.endswith("keep_part"))
    assert lines[place + 1].strip() == row["tooltip"]
    assert row["tooltip"] not in tui("keys").out
