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
