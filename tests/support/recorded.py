"""What the program answered when it was last recorded, and where it answers otherwise now.

Where another answer is meant, it is recorded by `RECORD_ANSWERS=1 pytest -n 0 FILE` and committed with what changed it.
Numbers may differ by what sums in another order do.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

_RECORDED = Path(__file__).parents[1] / "unit" / "data" / "recorded"


def same_as_recorded(name: str, made: dict[str, object], format_number: int = 0) -> None:
    """Fails where what is made is not what was made with that number; records it where that was asked for."""
    path = _RECORDED / f"{name}.json"
    if os.environ.get("RECORD_ANSWERS"):
        path.parent.mkdir(exist_ok=True, parents=True)
        lines = (f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in made.items())
        joined = ",\n".join((f'"format": {format_number}', *lines))
        path.write_text(f"{{{joined}}}\n", "utf-8")
    kept = json.loads(path.read_text("utf-8"))
    is_new = kept.pop("format") != format_number
    todo = (
        "record what is made now"
        if is_new or not format_number
        else "raise the number of its format, and record it"
    )
    assert differences(kept, json.loads(json.dumps(made))) == [], f"where this is meant, {todo}"


def plain(each: Any) -> Any:
    """Records as JSON has them, by the names of their fields where they have any."""
    if hasattr(each, "_asdict"):
        return {name: plain(value) for name, value in each._asdict().items() if value not in ((), "", None)}
    if isinstance(each, (list, tuple)):
        return [plain(one) for one in each]
    if isinstance(each, (set, frozenset)):
        return sorted(map(plain, each))
    return each if isinstance(each, (str, int, float, bool)) or each is None else str(each)


def differences(kept: object, made: object, where: str = "") -> list[str]:
    """Where the two differ by more than sums in another order do."""
    if isinstance(kept, float) and isinstance(made, float):
        return [] if made == pytest.approx(kept, rel=2e-3, abs=2e-4) else [f"{where}: {kept} is {made}"]
    if isinstance(kept, Mapping) and isinstance(made, Mapping) and kept.keys() == made.keys():
        return [each for key in kept for each in differences(kept[key], made[key], f"{where}/{key}")]
    if isinstance(kept, list) and isinstance(made, list) and len(kept) == len(made):
        pairs = enumerate(zip(kept, made, strict=True))
        return [each for place, pair in pairs for each in differences(*pair, f"{where}/{place}")]
    return [] if kept == made else [f"{where}: {kept} is {made}"]
