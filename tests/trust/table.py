"""A pytest plugin that gathers what each promise came to: how often it was tried, whether it held, how long it took."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field

import pytest

_KEY = "promise"


@dataclass
class Promise:
    """What the tests of one promise came to."""

    words: str
    tries: int = 0
    seconds: float = 0.0
    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    @property
    def result(self) -> str:
        """In a few words."""
        if self.failed:
            return f"BROKEN: {', '.join(self.failed)}"
        if self.skipped and not self.tries:
            return f"not tried: {self.skipped[0]}"
        return "held" + (f"; {len(self.skipped)} not tried: {self.skipped[0]}" if self.skipped else "")


def pytest_configure(config: pytest.Config) -> None:
    """The table is kept by the process that hears of all tests."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Table())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Notes what a test promises on its report, which is all that a run in several processes sends home."""
    report = yield
    marker = item.get_closest_marker(_KEY)
    if marker is not None and not any(name == _KEY for name, _ in report.user_properties):
        tries = marker.kwargs.get("tries", 1)
        callspec = getattr(item, "callspec", None)
        count = callspec.params[tries] if isinstance(tries, str) and callspec else tries
        report.user_properties.append((_KEY, (marker.args[0], count)))
    return report


class Table:
    """Collects the promises of a run."""

    def __init__(self) -> None:
        self.promises: dict[str, Promise] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Adds what one step of a test came to."""
        told = dict(report.user_properties).get(_KEY)
        if told is None:
            return
        words, count = told
        promise = self.promises.setdefault(words, Promise(words))
        promise.seconds += report.duration
        if report.failed:
            promise.failed.append(report.nodeid.rpartition("::")[2])
        elif report.skipped:
            promise.skipped.append(str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else "")
        elif report.when == "call":
            promise.tries += count

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Prints the table."""
        terminalreporter.write_line("")
        for line in self.lines():
            terminalreporter.write_line(line)

    def lines(self) -> list[str]:
        """The table, in Markdown."""
        rows = (
            f"| {each.words} | {each.tries:,} | {each.result} | {each.seconds:.1f} s |"
            for each in self.promises.values()
        )
        return ["| promise | tries | result | took |", "|---|--:|---|--:|", *rows]
