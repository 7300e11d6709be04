"""The plan of relating a corpus, and what is done of it: files in the folder of the run, each written whole.

Candidates are found block by block (`found-00001.npz`), then grouped and put into the plan (`plan.npz`), whose jobs,
pairs of sections, are done block by block (`related-00001`). Whatever ends the program, the next call goes on from what
is there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from store.errors import LibraryError
from texts.corpus.section_relating import SectionPair
from texts.corpus.shared_words import Candidates
from texts.visible import one_line

JOBS = 48
"""Pairs of sections of a block: some seconds of work, which is what is lost at most."""


class Job(NamedTuple):
    """Two sections to relate."""

    left: SectionPair
    right: SectionPair
    wanted: Sequence[tuple[int, int]]
    """Pairs of passages, counted from 0 in their sections."""
    places: Sequence[tuple[int, int]]
    """The same, by their places in the corpus."""


class Plan:
    """The folder of a run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make_folder(self) -> None:
        """Makes the folder; what an ended program left half-written in it goes."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for left in self.folder.glob("*.part*"):
                left.unlink()
        except OSError as error:
            raise _refusal(self.folder, error) from error

    def has_found(self, block: int) -> bool:
        """Whether the candidates of a block are there."""
        return self._file("found", block, ".npz").exists()

    def write_found(self, block: int, found: Candidates) -> None:
        """Keeps the candidates of a block. Raises LibraryError."""
        self._save(self._file("found", block, ".npz"), **found._asdict())

    def found(self, blocks: int) -> Candidates:
        """The candidates of all blocks."""
        return Candidates.joined([self._found(block) for block in range(blocks)])

    def _found(self, block: int) -> Candidates:
        kept = _load(self._file("found", block, ".npz"))
        return Candidates(**{name: kept[name] for name in Candidates._fields})

    @property
    def is_planned(self) -> bool:
        """Whether the plan is there."""
        return (self.folder / "plan.npz").exists()

    def write_plan(self, **columns: np.ndarray) -> None:
        """Keeps the plan. Raises LibraryError."""
        self._save(self.folder / "plan.npz", **columns)

    @cached_property
    def columns(self) -> dict[str, Any]:
        """The plan: for each pair of passages its places, sections and corpora, in the order of the jobs."""
        return _load(self.folder / "plan.npz")

    def write_members(self, **columns: np.ndarray) -> None:
        """Keeps the passages of the groups of near-duplicates. Raises LibraryError."""
        self._save(self.folder / "members.npz", **columns)

    @cached_property
    def members(self) -> dict[str, Any]:
        """For each passage of a group its corpus and section, the first of its group and how many that has."""
        return _load(self.folder / "members.npz")

    @property
    def blocks(self) -> int:
        """How many blocks there are to relate."""
        return -(-self.job_count // JOBS)

    @property
    def job_count(self) -> int:
        """How many pairs of sections there are to relate."""
        return len(self.columns["starts"]) - 1

    def jobs(self, block: int) -> Iterator[Job]:
        """The jobs of a block."""
        columns = self.columns
        for job in range(block * JOBS, min((block + 1) * JOBS, self.job_count)):
            first, last = int(columns["starts"][job]), int(columns["starts"][job + 1])
            left, right = (
                (int(columns[f"{side}_corpus"][first]), int(columns[f"{side}_section"][first]))
                for side in ("left", "right")
            )
            yield Job(
                left,
                right,
                list(zip(*(columns[f"{side}_passage"][first:last].tolist() for side in _SIDES), strict=True)),
                list(zip(*(columns[side][first:last].tolist() for side in _SIDES), strict=True)),
            )

    def is_done(self, block: int) -> bool:
        """Whether the pairs of a block are there."""
        return self.block_file(block).exists()

    def block_file(self, block: int) -> Path:
        """The file of the related pairs of a block."""
        return self._file("related", block, "")

    def write_block(self, block: int, lines: Iterable[bytes]) -> None:
        """Writes the pairs of a block, whole. Raises LibraryError."""
        file = self.block_file(block)
        part = file.with_suffix(".part")
        try:
            with part.open("wb") as out:
                out.writelines(lines)
            os.replace(part, file)
        except OSError as error:
            raise _refusal(file, error) from error

    def _save(self, file: Path, **columns: Any) -> None:
        part = file.with_suffix(".part.npz")
        try:
            with part.open("wb") as out:
                np.savez(out, **columns)
            os.replace(part, file)
        except OSError as error:
            raise _refusal(file, error) from error

    def _file(self, what: str, number: int, ending: str) -> Path:
        return self.folder / f"{what}-{number:05}{ending}"


_SIDES = ("left", "right")


def _load(file: Path) -> dict[str, Any]:
    try:
        with np.load(file, allow_pickle=False) as kept:
            return dict(kept)
    except (OSError, ValueError, EOFError) as error:
        raise LibraryError(f"{file} is damaged: remove {file.parent} and relate again") from error


def _refusal(file: Path, error: OSError) -> LibraryError:
    return LibraryError(f"{file} cannot be written: {one_line(error.strerror or str(error))}")
