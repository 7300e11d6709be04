"""The palette of the codebook as classes of a style sheet."""

from __future__ import annotations

from store.codebook import PALETTE

_DARK_INK, _LIGHT_INK = "#14120f", "#ffffff"


def colour_class(colour: str) -> str:
    """The class that sets a colour; grey for one that is not of the palette."""
    return f"c-{colour if colour in PALETTE else 'grey'}"


def stylesheet() -> str:
    """For each colour `--c`, its channels, and `--on`, the ink that is read best on it."""
    return "".join(
        f".c-{name} {{ --c: {red} {green} {blue}; --on: {_ink(red, green, blue)}; }}\n"
        for name, (red, green, blue) in ((name, _channels(code)) for name, code in PALETTE.items())
    )


def _channels(code: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(code.removeprefix("#"))
    return red, green, blue


def _ink(*channels: int) -> str:
    """Dark or light, whichever has the higher contrast (WCAG 2.2: relative luminance)."""
    luminance = sum(map(float.__mul__, (0.2126, 0.7152, 0.0722), map(_linear, channels)))
    return _DARK_INK if (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) else _LIGHT_INK


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
