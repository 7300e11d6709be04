"""How far a path that is typed can only go on in one way, and what there is where it could in several."""

from __future__ import annotations

from pathlib import Path

_MOST_SHOWN = 6
"""Names that completing offers at a time."""


def completions(typed: str, most: int = 1000) -> tuple[str, list[str]]:
    """The folder part of what is typed as a path, and the entries of that folder that begin as the rest does."""
    begun = typed[: typed.rfind("/") + 1]
    rest = typed[len(begun) :]
    names: list[str] = []
    try:
        for entry in Path(begun or ".").expanduser().iterdir():
            if entry.name.startswith(rest) and (rest or not entry.name.startswith(".")):
                names.append(f"{entry.name}/" if entry.is_dir() else entry.name)
            if len(names) == most:
                break
    except OSError:
        return begun, []
    return begun, sorted(names)


def common_start(names: list[str]) -> str:
    """What all names, of which there is one at least, begin with."""
    first = names[0]
    return first[: next((at for at in range(len(first)) if len({n[: at + 1] for n in names}) > 1), None)]


def completed_path(typed: str) -> str:
    """What is typed as a path, as far as it can only go on in one way; as it is where no file begins so."""
    begun, names = completions(typed)
    return begun + common_start(names) if typed and names else typed


def shown_names(names: list[str]) -> str:
    """The names in one line, as many as are shown at a time; nothing where there is only one."""
    more = f" … {len(names) - _MOST_SHOWN} more" if len(names) > _MOST_SHOWN else ""
    return "  ".join(names[:_MOST_SHOWN]) + more if len(names) > 1 else ""
