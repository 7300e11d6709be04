"""What tasks send each other: rows of a task, a kind, a source and bytes, gathered by the task that they are for."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from pyspark.sql import DataFrame

COLUMNS = "task int, kind int, source long, data binary"


class Message(NamedTuple):
    """What a task gets."""

    task: int
    kind: int
    source: int
    data: bytes


TaskStep = Callable[[int, list[Message]], Iterable[Message]]
"""Takes the number of a task and all that it gets, by kind and source; gives what others get."""


def gathered(sent: DataFrame, tasks: int, step: TaskStep) -> DataFrame:
    """Gives each task all that was sent to it, and what comes of that; each is a task of Spark."""
    return sent.repartitionById(max(1, tasks), "task").mapInArrow(partial(_run, step), COLUMNS)


def continued(sent: DataFrame, step: TaskStep) -> DataFrame:
    """The same, where all that a task gets is in its partition already."""
    return sent.mapInArrow(partial(_run, step), COLUMNS)


def _run(step: TaskStep, batches: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
    """Runs on an executor. Several tasks in one partition are done one after the other."""
    by_task: dict[int, list[Message]] = {}
    for batch in batches:
        for message in messages(batch):
            by_task.setdefault(message.task, []).append(message)
    for task in sorted(by_task):
        mine = sorted(by_task.pop(task), key=lambda each: (each.kind, each.source))
        for message in step(task, mine):
            yield as_batch([message])


def messages(batch: RecordBatch) -> Iterator[Message]:
    """The messages of a batch."""
    columns = [batch.column(name).to_pylist() for name in Message._fields]
    yield from map(Message._make, zip(*columns, strict=True))


def as_batch(rows: list[Message]) -> RecordBatch:
    """Messages as a batch."""
    import pyarrow

    kinds = (pyarrow.int32(), pyarrow.int32(), pyarrow.int64(), pyarrow.binary())
    columns = zip(*rows, strict=True) if rows else ([],) * len(kinds)
    arrays = [pyarrow.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    return pyarrow.RecordBatch.from_arrays(arrays, names=list(Message._fields))


def packed(arrays: NamedTuple | dict[str, Any]) -> bytes:
    """Columns of numbers as bytes."""
    out = io.BytesIO()
    named = arrays if isinstance(arrays, dict) else arrays._asdict()
    np.savez(out, **named)
    return out.getvalue()


def unpacked(data: bytes) -> dict[str, Any]:
    """The inverse of `packed`."""
    with np.load(io.BytesIO(data), allow_pickle=False) as kept:
        return dict(kept)
