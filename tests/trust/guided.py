"""Fuzzes one target by atheris, for `tests.trust.fuzz --guided`; what follows the target is for libFuzzer."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["texts", "store", "tui"]):
    from tests.trust.targets import targets


def main() -> None:
    """Never returns: libFuzzer ends the process."""
    with tempfile.TemporaryDirectory() as folder, targets(Path(folder)) as known:
        feed = known[sys.argv[1]].feed
        atheris.Setup([sys.argv[0], *sys.argv[2:]], feed)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
