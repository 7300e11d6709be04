"""Times on the desk are local."""

import time

import pytest

from tui.view.times import local_day, local_time


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("America/Los_Angeles", "2026-11-29 20:47:46"),
        ("Asia/Kathmandu", "2026-11-30 10:32:46"),
        ("UTC", "2026-11-30 04:47:46"),
    ],
)
def test_a_time_is_shown_by_the_clock_of_the_place(
    monkeypatch: pytest.MonkeyPatch, zone: str, shown: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert local_time("2026-11-30T04:47:46Z", seconds=True) == shown
        assert local_time("2026-11-30T04:47:46Z") == shown[:16]
        assert local_day("2026-11-30T04:47:46Z") == shown[:10]
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    "words", ["", "yesterday", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "\x1b[2J"]
)
def test_what_is_no_time_is_shown_as_it_is_or_as_a_time(words: str) -> None:
    assert local_time(words)[:1] == words[:1]
