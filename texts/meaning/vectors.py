"""Vectors of the pieces of two texts as matrices, centred and compared, and the best partners of each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from texts.meaning import DIMENSION
from texts.meaning.pieces import Piece
from texts.relate.relate_records import Progress
from texts.relate.sparse import Floats, Ints

_ROWS_AT_ONCE = 512
_NEIGHBOURS = 10
"""How many of the nearest say how near a row is to everything (Conneau et al. 2018)."""
_LENGTH_POWER = 0.5
"""What the number of letters of a sentence weighs by in its passage."""


@dataclass(frozen=True)
class TextVectors:
    """One text in vectors: rows of length 1, or of zeros where a passage has no words."""

    pieces: Floats
    """A row for each piece, centred."""
    owners: Ints
    """Index of the passage of each piece, ascending."""
    first_piece: Ints
    """Index of the first piece of each passage, and the number of pieces at the end."""
    passages: Floats
    """A row for each passage: its pieces added up, the longer ones counting more."""
    lengths: Floats
    """Letters of each passage."""

    @classmethod
    def of(cls, pieces: Sequence[Piece], count: int, vectors: Mapping[bytes, bytes]) -> TextVectors:
        """The vectors of a text with `count` passages; `vectors` has those of all its pieces, in 16-bit floats.

        They are centred: the mean of the text is taken off, for in what all its sentences share, its language above
        all, they differ from all sentences of the other text alike.
        """
        owners = np.array([piece.passage for piece in pieces], np.int64)
        lengths = np.array([len(piece.words) for piece in pieces], np.float32)
        rows = [np.frombuffer(vectors[piece.key], "<f2") for piece in pieces]
        matrix = np.array(rows, np.float32) if rows else np.zeros((0, DIMENSION), np.float32)
        if len(matrix) > 1:
            matrix -= np.average(matrix, axis=0, weights=lengths**_LENGTH_POWER)
        matrix = unit(matrix)
        passages = np.zeros((count, matrix.shape[1]), np.float32)
        np.add.at(passages, owners, matrix * (lengths**_LENGTH_POWER)[:, None])
        return cls(
            matrix,
            owners,
            np.searchsorted(owners, np.arange(count + 1)),
            unit(passages),
            np.bincount(owners, weights=lengths, minlength=count).astype(np.float32),
        )


def unit(rows: Floats) -> Floats:
    """The rows at length 1; rows of zeros stay."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(norms > 1e-6, norms, 1), np.float32)


@dataclass(frozen=True)
class Nearest:
    """The rows of another matrix that are most like each row, and how near the row is to everything there."""

    partners: Ints
    """The best partners of each row, best first: rows × how many were asked for, or fewer."""
    similarity: Floats
    """Cosine with each of them."""
    around: Floats
    """Mean cosine of each row with its ten nearest."""

    @classmethod
    def of(cls, rows: Floats, others: Floats, most: int, progress: Progress) -> Nearest:
        """The `most` best partners of each of the rows, by cosine; the cost is the product of both numbers."""
        most = min(most, len(others))
        partners = np.zeros((len(rows), most), np.int64)
        similarity = np.zeros((len(rows), most), np.float32)
        around = np.zeros(len(rows), np.float32)
        if not most:
            return cls(partners, similarity, around)
        several = min(len(others), max(most, _NEIGHBOURS))
        for first in range(0, len(rows), _ROWS_AT_ONCE):
            progress.update(first / len(rows))
            block = slice(first, first + _ROWS_AT_ONCE)
            products = rows[block] @ others.T
            best = np.argpartition(-products, several - 1, axis=1)[:, :several]
            values = np.take_along_axis(products, best, 1)
            order = np.argsort(-values, axis=1, kind="stable")
            best, values = np.take_along_axis(best, order, 1), np.take_along_axis(values, order, 1)
            around[block] = values[:, :_NEIGHBOURS].mean(1)
            partners[block], similarity[block] = best[:, :most], values[:, :most]
        return cls(partners, similarity, around)


def likeness(one: TextVectors, other: TextVectors) -> float:
    """How much of the lesser of two texts the other one says: the cosine of its passages with the nearest, averaged."""
    lesser, greater = sorted((one.passages, other.passages), key=len)
    if not len(lesser):
        return 0.0
    return float(Nearest.of(lesser, greater, 1, Progress(None)).similarity.mean())


def cosines(left: Floats, right: Floats, lefts: Ints, rights: Ints) -> Floats:
    """The cosine of each pair of rows of length 1."""
    found = np.empty(len(lefts), np.float32)
    for first in range(0, len(lefts), 1 << 14):
        block = slice(first, first + (1 << 14))
        found[block] = np.einsum("ij,ij->i", left[lefts[block]], right[rights[block]])
    return found
