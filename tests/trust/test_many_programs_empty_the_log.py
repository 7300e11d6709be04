"""Programs that write to one library and empty its log at once: each knows the file for its own all the while."""

from __future__ import annotations

from pathlib import Path

import children
import pytest

from store.library import Library

ACTS = 40
COMMANDS = f"""
import os, sys
from store.library import Library
for number in range({ACTS}):
    with Library.open(sys.argv[1]) as library:
        library.codebook.ensure(f"command-{{os.getpid()}}-{{number}}")
"""
DESK = f"""
import os, sys
from store.writer import Writer
writer = Writer(sys.argv[1], backups=False)
for number in range({ACTS}):
    writer.submit(lambda library: library.codebook.ensure(f"desk-{{os.getpid()}}-{{number}}")).result(60)
    writer.ask(lambda library: library.settle()).result(60)
writer.close()
"""


@pytest.mark.promise("programs that empty the log at once: none takes the library for another", 4 * ACTS)
def test_no_program_takes_the_library_for_another(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    Library.open(path).close()
    children.all_succeed([children.start(program, path) for program in (COMMANDS, COMMANDS, DESK, DESK)])
    with Library.open(path) as library:
        assert len(library.codebook.list()) == 4 * ACTS
    assert [each.name for each in tmp_path.glob("*rescued*")] == []
