"""Keeps every promise of trust, the long ones too, and prints a table: `python -m tests.trust [OPTIONS OF PYTEST]`.

`--quick` leaves the long ones out. It exits with 1 where a promise is broken.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """Runs the tests that carry a promise; `tests.trust.table` prints what each came to."""
    chosen = "promise and not long" if "--quick" in arguments else "promise"
    given = [each for each in arguments if each != "--quick"]
    options = ["-p", "tests.trust.table", "-m", chosen, "--rootdir", str(ROOT), "-q", str(ROOT / "tests")]
    return int(pytest.main([*options, *given]) != pytest.ExitCode.OK)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
