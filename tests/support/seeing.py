"""How eyes see colours: contrast by WCAG 2.2, colours as dichromats see them, and how far two are apart."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

Triple = tuple[float, float, float]

DICHROMATS: dict[str, tuple[Triple, Triple, Triple]] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Machado, Oliveira and Fernandes 2009, severity 1.0; they work on linear RGB."""
_TO_XYZ: tuple[Triple, Triple, Triple] = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE = (0.95047, 1.0, 1.08883)


def linear(colour: str) -> Triple:
    """`#rrggbb` as linear light, 0–1 each."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1–21."""
    weights = (0.2126, 0.7152, 0.0722)
    light = (sum(a * b for a, b in zip(weights, linear(colour), strict=True)) for colour in (one, other))
    high, low = sorted(light, reverse=True)
    return (high + 0.05) / (low + 0.05)


def seen(colour: str, kind: str) -> Triple:
    """A colour as one kind of dichromat sees it, in linear light; any other kind sees all of it."""
    light = linear(colour)
    return _times(DICHROMATS[kind], light) if kind in DICHROMATS else light


def apart(one: Triple, other: Triple) -> float:
    """How far two colours are apart: ΔE of CIE 1976, where about 2.3 is just noticeable side by side."""
    return float(sum((a - b) ** 2 for a, b in zip(_lab(one), _lab(other), strict=True)) ** 0.5)


def closest(colours: Iterable[str], kind: str) -> tuple[float, str, str]:
    """The two colours that an eye of that kind is likeliest to take for one another, and how far they are apart."""
    pairs = combinations(colours, 2)
    return min((apart(seen(one, kind), seen(other, kind)), one, other) for one, other in pairs)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _times(matrix: tuple[Triple, Triple, Triple], light: Triple) -> Triple:
    """A matrix times linear light, kept within what a screen can show."""
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, light, strict=True)))) for row in matrix
    )
    return red, green, blue


def _lab(light: Triple) -> Triple:
    x, y, z = (
        sum(a * b for a, b in zip(row, light, strict=True)) / white
        for row, white in zip(_TO_XYZ, _WHITE, strict=True)
    )
    fx, fy, fz = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)
