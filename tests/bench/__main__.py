"""Measures the program: `python -m tests.bench`, or some rows of it by name.

    python -m tests.bench [ROWS …] [--rounds 5] [--folder FOLDER] [--json FILE] [--against COMMIT]
    python -m tests.bench spark [--passages 20000]

With `--against` the same rows are measured on an earlier commit as well, and stand behind.

Ratios are taken against a base that is measured in turns with the program, in the same minute, because times alone mean
little on a shared machine; where counts matter, instructions are counted by cachegrind if it is installed. Texts and
libraries are made on the spot, the same for the same seed. It exits with 1 when a row misses its target.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from tests.bench import (
    corpus_rows,
    desk_rows,
    finding_rows,
    large_rows,
    many_texts_rows,
    relate_rows,
    spark_rows,
    start_rows,
    store_rows,
)
from tests.bench.against import beside, measured_at
from tests.bench.key_steps import key_steps
from tests.bench.table import HEADS, Figure, as_json, line
from tests.bench.walks import walks

Row = Callable[[Path, int], Iterator[Figure]]
"""Takes a folder for what it makes, and how many rounds to measure."""

ROWS: Mapping[str, Row] = {
    "commands": finding_rows.commands,
    "starting": start_rows.starting,
    "first-answer": start_rows.first_answer,
    "keys-and-vim": start_rows.keys_and_vim,
    "typing": start_rows.typing,
    "memory": start_rows.memory,
    "first-paint": desk_rows.first_paint,
    "modules": desk_rows.modules,
    "key-steps": key_steps,
    "walks": walks,
    "keys": desk_rows.keys,
    "same-key": desk_rows.same_key,
    "pages": desk_rows.pages,
    "while-relating": desk_rows.while_relating,
    "durable": desk_rows.durable,
    "store": store_rows.store,
    "exports": large_rows.exports,
    "large": large_rows.large,
    "many-texts": many_texts_rows.searches,
    "nearest-texts": many_texts_rows.nearest,
    "adding": many_texts_rows.adding,
    "corpus-search": corpus_rows.searching,
    "searching": finding_rows.searching,
    "relating": finding_rows.relating,
    "relating-bm25s": relate_rows.beside_bm25s,
    "two-processors": relate_rows.two_processors,
    "corpus-relating": relate_rows.corpora,
    "meaning": finding_rows.meaning,
    "spark": spark_rows.on_spark,
}

_ASKED_FOR = frozenset({"exports", "spark"})
"""Rows that are left out unless they are named: a part of others, or what needs Java and takes minutes."""


def main() -> int:
    """Measures and prints as it goes; 1 where a target is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", nargs="*", choices=[*ROWS, []], metavar="ROWS", help=", ".join(ROWS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "tui-bench")
    parser.add_argument("--json", type=Path, help="write the figures to a file as well")
    parser.add_argument("--passages", type=int, default=spark_rows.PASSAGES, help="of the row `spark`")
    parser.add_argument(
        "--masters", nargs="+", default=spark_rows.MASTERS, metavar="MASTER", help="of the row `spark`"
    )
    parser.add_argument("--against", metavar="COMMIT", help="measure this commit too")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    print(*HEADS, sep="\n")
    figures = []
    rows = {**ROWS, "spark": partial(spark_rows.on_spark, passages=given.passages, masters=given.masters)}
    for name in given.rows or (name for name in ROWS if name not in _ASKED_FOR):
        earlier = given.against and measured_at(given.against, [name], given.rounds, given.folder)
        for figure in rows[name](given.folder, given.rounds):
            figures.append(figure)
            print(line(figure) + (beside(figure, earlier) if given.against else ""), flush=True)
    if given.json:
        about = {"python": platform.python_version(), "cores": os.cpu_count(), "rounds": given.rounds}
        given.json.write_text(as_json(figures, about), encoding="utf-8")
    return int(any(figure.verdict == "MISSED" for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
