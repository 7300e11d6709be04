"""What of a Spark session relating takes, in this process: a DataFrame is rows that SQLite selects and joins.

Partitions are kept apart as Spark keeps them, so that a step that counts on what another partition has goes wrong.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from time import sleep
from types import ModuleType, SimpleNamespace
from typing import Any, Self
from urllib.parse import quote

import pyarrow
from pyarrow import parquet

PARALLELISM = 3
_KINDS = {
    **dict.fromkeys(("int", "INT"), pyarrow.int32()),
    "long": pyarrow.int64(),
    "binary": pyarrow.binary(),
    "string": pyarrow.string(),
    "double": pyarrow.float64(),
}
_BATCH = 3
"""Rows of a batch: few, so that a step meets several."""


class StandInFrame:
    """Rows with names for their columns, each in a partition."""

    partition = 0
    """Which of them a step is at."""

    def __init__(
        self, names: Sequence[str], partitions: Sequence[Sequence[Sequence[Any]]], wait: Callable[[], None]
    ) -> None:
        self.columns = list(names)
        self.partitions = [[tuple(row) for row in rows] for rows in partitions]
        self.is_persisted = False
        self._wait = wait

    def _rows(self) -> list[tuple[Any, ...]]:
        return [row for rows in self.partitions for row in rows]

    def select(self, *expressions: str) -> Self:
        """The columns that are named, or made."""
        return self._selected(expressions, "")

    selectExpr = select  # noqa: N815  # as Spark names it

    def where(self, condition: str) -> Self:
        """The rows of which this is so."""
        return self._selected(self.columns, f"WHERE {condition}")

    def _selected(self, expressions: Sequence[str], rest: str) -> Self:
        found = []
        for rows in self.partitions:
            with _database(one=(self.columns, rows)) as database:
                asked = database.execute(f"SELECT {', '.join(map(_quoted, expressions))} FROM one {rest}")
                names = [each[0] for each in asked.description]
                found.append(asked.fetchall())
        return type(self)(names, found, self._wait)

    def __getitem__(self, name: str) -> _Column:
        return _Column(name)

    def hint(self, _: str) -> Self:
        """The same."""
        return self

    def join(
        self, other: StandInFrame, on: str | Sequence[str] | tuple[str, str], how: str = ""
    ) -> StandInFrame:
        """The rows of both that have the same there; `how` may be `left`."""
        shared = [on] if isinstance(on, str) else on if isinstance(on, list) else []
        equal = [(name, name) for name in shared] or [on]
        others = [name for name in other.columns if name not in shared]
        named = [*(f"one.`{name}`" for name in self.columns), *(f"two.`{name}`" for name in others)]
        where = " AND ".join(f"one.{mine} = two.{its}" for mine, its in equal)
        asked = f"SELECT {', '.join(named)} FROM one {how} JOIN two ON {where}"
        found = []
        for rows in self.partitions:
            with _database(one=(self.columns, rows), two=(other.columns, other._rows())) as database:
                found.append(database.execute(asked).fetchall())
        return StandInFrame([*self.columns, *others], found, self._wait)

    def agg(self, expression: str) -> Self:
        """One row of what is summed up of all."""
        return self._together([expression], "")

    def withColumn(self, name: str, expression: str) -> Self:  # noqa: N802
        """The rows with one column more, or another in its place."""
        kept = [each for each in self.columns if each != name]
        return self._together([*kept, f"{_quoted(expression)} AS `{name}`"], "")

    def orderBy(self, *expressions: str) -> Self:  # noqa: N802
        """The rows in this order."""
        return self._together(self.columns, f"ORDER BY {', '.join(expressions)}")

    def _together(self, expressions: Sequence[str], rest: str) -> Self:
        return type(self)(self.columns, [self._rows()], self._wait)._selected(expressions, rest)

    def repartitionByRange(self, count: int, name: str) -> StandInFrame:  # noqa: N802
        """The rows in so many partitions, in the order of a column."""
        place = self.columns.index(name)
        rows = sorted(self._rows(), key=lambda row: row[place])
        parts = [rows[len(rows) * k // count : len(rows) * (k + 1) // count][::-1] for k in range(count)]
        return StandInFrame(self.columns, parts, self._wait)

    def repartition(self, name: str) -> StandInFrame:
        """The rows in a partition for each value."""
        place = self.columns.index(name)
        values = sorted({row[place] for row in self._rows()})
        parts = [[row for row in self._rows() if row[place] == value] for value in values]
        return StandInFrame(self.columns, parts, self._wait)

    def sortWithinPartitions(self, *expressions: str) -> Self:  # noqa: N802
        """The rows of each partition in this order."""
        return self._selected(self.columns, f"ORDER BY {', '.join(expressions)}")

    def first(self) -> tuple[Any, ...] | None:
        """The first row."""
        return next(iter(self._rows()), None)

    def collect(self) -> list[dict[str, Any]]:
        """All rows by their names."""
        return [dict(zip(self.columns, row, strict=True)) for row in self._rows()]

    @property
    def write(self) -> SimpleNamespace:
        """What writes them as Parquet: a file a partition, or a folder for each value of a column."""
        return SimpleNamespace(
            mode=lambda _: SimpleNamespace(parquet=self._write),
            partitionBy=lambda name: SimpleNamespace(parquet=lambda folder: self._write_parted(folder, name)),
        )

    def _write(self, folder: str) -> None:
        Path(folder).mkdir(parents=True, exist_ok=True)
        for number, rows in enumerate(self.partitions):
            if rows:
                alone = StandInFrame(self.columns, [rows], self._wait)
                parquet.write_table(alone.toArrow(), Path(folder, f"part-{number:05}.parquet"))
        Path(folder, "_SUCCESS").touch()

    def _write_parted(self, folder: str, name: str) -> None:
        place = self.columns.index(name)
        for rows in self.partitions:
            for value in dict.fromkeys(row[place] for row in rows):
                mine = StandInFrame(self.columns, [[row for row in rows if row[place] == value]], self._wait)
                others = [each for each in self.columns if each != name]
                mine.select(*others)._write(str(Path(folder, f"{name}={quote(str(value), safe='')}")))
        Path(folder, "_SUCCESS").touch()

    def unionAll(self, other: StandInFrame) -> StandInFrame:  # noqa: N802
        """The rows of both."""
        assert len(self.columns) == len(other.columns)
        return StandInFrame(self.columns, [*self.partitions, *other.partitions], self._wait)

    def repartitionById(self, count: int, name: str) -> StandInFrame:  # noqa: N802
        """The rows in so many partitions, by a number."""
        place = self.columns.index(name)
        parts: list[list[Any]] = [[] for _ in range(count)]
        for row in reversed(self._rows()):  # in no order that a step may count on
            parts[row[place] % count].append(row)
        return StandInFrame(self.columns, parts, self._wait)

    def mapInArrow(self, step: Callable[[Iterable[Any]], Iterable[Any]], kinds: str) -> StandInFrame:  # noqa: N802
        """What a step makes of each partition."""
        schema = _schema(kinds)
        found = []
        for number, rows in enumerate(self.partitions):
            StandInFrame.partition = number
            made: list[tuple[Any, ...]] = []
            for batch in step(self._batches(rows)):
                table = pyarrow.Table.from_batches([batch]).cast(schema)
                made += zip(*(column.to_pylist() for column in table.columns), strict=True)
            found.append(made)
        return StandInFrame(schema.names, found, self._wait)

    def _batches(self, rows: list[tuple[Any, ...]]) -> Iterator[Any]:
        for start in range(0, len(rows), _BATCH):
            yield pyarrow.RecordBatch.from_pylist(
                [dict(zip(self.columns, row, strict=True)) for row in rows[start : start + _BATCH]]
            )

    def persist(self, _: object) -> Self:
        """The same."""
        self.is_persisted = True
        return self

    def unpersist(self) -> None:
        """Nothing is kept."""
        assert self.is_persisted
        self.is_persisted = False

    def toArrow(self) -> Any:  # noqa: N802
        """All rows as a table."""
        self._wait()
        columns = zip(*self._rows(), strict=True) if self._rows() else [() for _ in self.columns]
        return pyarrow.table(dict(zip(self.columns, map(pyarrow.array, columns), strict=True)))


class _HadoopPath(str):
    __slots__ = ()

    def getFileSystem(self, _: object) -> SimpleNamespace:  # noqa: N802
        return SimpleNamespace(exists=lambda path: Path(path).exists())


def _nested(names: str, **inside: object) -> SimpleNamespace:
    first, _, rest = names.partition(".")
    return SimpleNamespace(**{first: _nested(rest, **inside) if rest else SimpleNamespace(**inside)})


def _quoted(expression: str) -> str:
    return f"`{expression}`" if expression.isidentifier() else expression


class _Expression(str):
    """An expression of SQL."""

    __slots__ = ()

    def __le__(self, most: object) -> _Expression:
        return _Expression(f"({self} <= {most})")

    def __or__(self, other: str) -> _Expression:
        return _Expression(f"({self} OR {other})")


class _Window:
    def __init__(self, parted: str, order: Sequence[str] = ()) -> None:
        self.parted = parted
        self.words = f"PARTITION BY {parted} ORDER BY {', '.join(order)}"

    def orderBy(self, *order: str) -> _Window:  # noqa: N802
        return _Window(self.parted, order)


def pyspark_modules() -> dict[str, ModuleType]:
    """What is imported of pyspark, by the names of the modules."""
    pyspark, sql = ModuleType("pyspark"), ModuleType("pyspark.sql")
    pyspark.StorageLevel = SimpleNamespace(DISK_ONLY="on disks")  # type: ignore[attr-defined]
    pyspark.TaskContext = SimpleNamespace(  # type: ignore[attr-defined]
        get=lambda: SimpleNamespace(partitionId=lambda: StandInFrame.partition)
    )
    sql.functions = SimpleNamespace(  # type: ignore[attr-defined]
        col=lambda name: name,
        coalesce=lambda *names: f"coalesce({', '.join(map(_quoted, names))})",
        desc=lambda name: f"{name} DESC",
        length=lambda name: f"length({name})",
        sum=lambda expression: f"sum({expression})",
        row_number=lambda: SimpleNamespace(
            over=lambda window: _Expression(f"row_number() OVER ({window.words})")
        ),
    )
    sql.Window = SimpleNamespace(partitionBy=_Window)  # type: ignore[attr-defined]
    return {"pyspark": pyspark, "pyspark.sql": sql}


class _Column(str):
    __slots__ = ()

    def __eq__(self, other: object) -> Any:
        return str(self), str(other)

    __hash__ = str.__hash__


class StandInSession:
    """A session in this process."""

    def __init__(self) -> None:
        self.cancelled = 0
        self.active: list[Any] = []
        """What the tracker says of stages that run."""
        self.sparkContext = SimpleNamespace(
            defaultParallelism=PARALLELISM,
            broadcast=lambda value: SimpleNamespace(value=value),
            cancelAllJobs=self._cancel,
            _jvm=_nested("org.apache.hadoop.fs", Path=_HadoopPath),
            _jsc=SimpleNamespace(hadoopConfiguration=lambda: None),
            statusTracker=lambda: SimpleNamespace(
                getActiveStageIds=self._stage_ids, getStageInfo=lambda stage: self.active[stage]
            ),
        )
        self.read = SimpleNamespace(parquet=self._read_parquet)
        self.is_watched = False
        """Whether what is asked for comes only after somebody has looked at how far it is."""
        self._looks = 0

    @staticmethod
    def stage(done: int, of: int) -> SimpleNamespace:
        """What the tracker says of a stage."""
        return SimpleNamespace(numCompletedTasks=done, numTasks=of)

    def _stage_ids(self) -> Sequence[int]:
        self._looks += 1
        return range(len(self.active))

    def _wait(self) -> None:
        seen = self._looks
        while self.is_watched and self._looks == seen:
            sleep(0.01)

    def _cancel(self) -> None:
        self.cancelled += 1
        self.is_watched = False

    def createDataFrame(self, rows: Sequence[Sequence[Any]], kinds: str) -> StandInFrame:  # noqa: N802
        """Rows as a frame."""
        names = [each.split()[0] for each in kinds.split(", ")]
        cleaned = [[bytes(cell) if isinstance(cell, bytearray) else cell for cell in row] for row in rows]
        return StandInFrame(names, [cleaned], self._wait)

    def _read_parquet(self, pattern: str) -> StandInFrame:
        path = Path(pattern)
        files = sorted(path.glob("*.parquet") if path.is_dir() else path.parent.glob(path.name))
        tables = [parquet.read_table(file, partitioning=None) for file in files]
        columns = [[column.to_pylist() for column in table.columns] for table in tables]
        parts = [list(zip(*each, strict=True)) for each in columns]
        return StandInFrame(tables[0].column_names, parts, self._wait)


def _schema(kinds: str) -> Any:
    named = (each.rsplit(" ", 1) for each in kinds.split(", "))
    return pyarrow.schema([(name.strip("`"), _KINDS[kind]) for name, kind in named])


class _database:  # noqa: N801  # a context manager
    def __init__(self, **tables: tuple[Sequence[str], Sequence[Sequence[Any]]]) -> None:
        self._tables = tables

    def __enter__(self) -> sqlite3.Connection:
        self._connection = sqlite3.connect(":memory:")
        for table, (names, rows) in self._tables.items():
            self._connection.execute(f"CREATE TABLE {table} ({', '.join(f'`{name}`' for name in names)})")
            marks = ", ".join("?" * len(names))
            self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        return self._connection

    def __exit__(self, *_: object) -> None:
        self._connection.close()
