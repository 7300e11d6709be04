"""Phrases: pairs of words that stand together or one apart, in the same order in both texts (skip-bigrams)."""

from __future__ import annotations

import numpy as np

from texts.relate.analysis import Analysis
from texts.relate.sparse import Ints, Rows, collect


def phrase_rows(left: Analysis, right: Analysis, stop_words: np.ndarray) -> tuple[Rows, Rows]:
    """The passages of both texts as rows of length 1 over phrases, weighted by how rare the phrase is.

    A phrase has at most one stop word. Those that only one passage has are left out of the rows, but not out of
    their lengths: they match nothing.
    """
    size = len(stop_words)
    sides = [_phrases(analysis, size, stop_words) for analysis in (left, right)]
    keys, numbers = np.unique(np.concatenate([keys for keys, _ in sides]), return_inverse=True)
    split = len(sides[0][0])
    rows = [
        collect(owners, found, np.ones(len(owners)), len(analysis), max(1, len(keys)))
        for analysis, (_, owners), found in zip(
            (left, right), sides, (numbers[:split], numbers[split:]), strict=True
        )
    ]
    holding = sum((np.bincount(side.columns, minlength=len(keys)) for side in rows), np.zeros(len(keys), int))
    weights = np.log((len(left) + len(right) + 1) / (holding + 1)) + 1
    shared = np.bincount(rows[0].columns, minlength=len(keys)).astype(bool)
    shared &= np.bincount(rows[1].columns, minlength=len(keys)).astype(bool)
    first, second = (_only(_weigh(side, weights), shared) for side in rows)
    return first, second


def _phrases(analysis: Analysis, size: int, stop_words: np.ndarray) -> tuple[Ints, Ints]:
    """A key for each phrase in order, and the passage it stands in."""
    owners, words = analysis.owners(), analysis.roots
    keys, found = [], []
    for step in (1, 2):
        first, second = words[:-step], words[step:]
        kept = (owners[:-step] == owners[step:]) & ~(stop_words[first] & stop_words[second])
        keys.append(first[kept] * size + second[kept])
        found.append(owners[:-step][kept])
    return np.concatenate(keys), np.concatenate(found)


def _weigh(rows: Rows, weights: np.ndarray) -> Rows:
    values = (1 + np.log(rows.values)) * weights[rows.columns]
    return Rows(rows.starts, rows.columns, values.astype(np.float32), rows.width).unit()


def _only(rows: Rows, kept: np.ndarray) -> Rows:
    """The rows without the columns that are not kept, and the rest numbered anew."""
    renumbered = np.cumsum(kept) - 1
    stays = kept[rows.columns]
    starts = np.concatenate([[0], np.cumsum(stays)])[rows.starts]
    columns = renumbered[rows.columns[stays]]
    return Rows(starts, columns, rows.values[stays], max(1, int(kept.sum())))
