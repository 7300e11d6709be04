"""The table of what was measured: one figure a line, with what it is held against and how much it may be."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tests.bench.terminal import percentile


class Figure(NamedTuple):
    """One measured number."""

    row: str
    """What was measured."""
    base: str
    """What it is held against: then the number is a ratio; empty for a number of its own."""
    what: str
    """wall, p50, p95, worst, Ir (instructions, by cachegrind), memory, …; of a plain number, its unit as well."""
    measured: float | None
    """None where it could not be measured here."""
    target: float | None = None
    """The most it may be; None for what is only told."""
    note: str = ""

    @property
    def verdict(self) -> str:
        """ok, MISSED, not measured, or nothing where there is no target."""
        if self.measured is None:
            return "not measured"
        if self.target is None:
            return ""
        return "ok" if round(self.measured, 2) <= self.target else "MISSED"


def ratio(ours: Sequence[float], theirs: Sequence[float], share: float = 50) -> float | None:
    """Our percentile over theirs; None where either has nothing."""
    return percentile(ours, share) / percentile(theirs, share) if ours and theirs else None


def of_keys(
    row: str, ours: Sequence[float], theirs: Sequence[float], most: float, *, spread: float | None = None
) -> Iterator[Figure]:
    """The figures of a key held against a key that does nothing, and how far apart its own times lie."""
    yield Figure(row, "no-op key", "p50", ratio(ours, theirs), most, milliseconds(ours))
    if spread is not None:
        far = percentile(ours, 95) / percentile(ours, 50) if ours else None
        yield Figure(row, "its p50", "p95", far, spread)


def milliseconds(times: Sequence[float]) -> str:
    """`p50 2.1 ms, p95 3.0 ms`."""
    if not times:
        return "nothing was drawn"
    return f"p50 {percentile(times, 50) * 1000:.1f} ms, p95 {percentile(times, 95) * 1000:.1f} ms"


HEADS = (f"{'what':44} {'held against':14} {'of':10} {'measured':>9} {'target':>7}", "─" * 100)


def line(figure: Figure) -> str:
    """A figure as a line under `HEADS`."""
    measured = "–" if figure.measured is None else f"{figure.measured:.2f}"
    target = "" if figure.target is None else f"≤ {figure.target:g}"
    told = f"{figure.verdict:8} {figure.note}".rstrip()
    return f"{figure.row:44} {figure.base:14} {figure.what:10} {measured:>9} {target:>7}  {told}".rstrip()


def as_json(figures: Iterable[Figure], about: Mapping[str, object]) -> str:
    """The figures and what is known of the run, as JSON."""
    rows = [{**figure._asdict(), "verdict": figure.verdict} for figure in figures]
    return json.dumps({"about": about, "figures": rows}, indent=1, ensure_ascii=False) + "\n"
