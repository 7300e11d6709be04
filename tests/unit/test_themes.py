"""Every theme can be read by every eye: contrast by WCAG 2.2, hues as dichromats see them, shapes without colour."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color as RichColor
from rich.style import Style
from seeing import DICHROMATS, closest, contrast
from textual.color import Color
from textual.theme import Theme

from tui.monochrome import Colours, colours_of, in_shapes
from tui.themes import COLOUR_BLIND, HIGH_CONTRAST, THEMES
from tui.view.overlay import StyleFlags
from tui.view.palette import HUES, blend, palette_of, style

themes = pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
_PARTS = ("overlap", "emphasized", "evidence", "hit", "current", "selected", "cursor", "away")
LOOKS = [
    StyleFlags(marked, **dict(zip(_PARTS, on, strict=True)))
    for marked in (None, *HUES, "")
    for on in product((False, True), repeat=len(_PARTS))
]


def least(theme: Theme) -> float:
    """What is asked of words: AAA where the theme is for who needs contrast, AA elsewhere."""
    return 7 if theme is HIGH_CONTRAST else 4.5


def ratio(drawn: Style) -> float:
    assert drawn.color is not None
    assert drawn.bgcolor is not None
    return contrast(drawn.color.name, drawn.bgcolor.name)


def test_the_measure_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@themes
def test_words_keep_their_contrast_whatever_lies_on_them(theme: Theme) -> None:
    palette = palette_of(theme)
    assert min(ratio(style(palette, look)) for look in LOOKS) >= least(theme)


@themes
def test_what_is_faint_can_still_be_read(theme: Theme) -> None:
    palette = palette_of(theme)
    assert min(ratio(style(palette, look._replace(dim=True))) for look in LOOKS) >= 3
    assert min(contrast(palette.ink(hue), palette.background) for hue in HUES) >= 3


@themes
def test_bars_lists_and_what_they_tell_can_be_read(theme: Theme) -> None:
    """65 % of the foreground on a surface is the faintest that a list writes, 70 % on a panel the status line's."""
    panel, surface, words = str(theme.panel), str(theme.surface), str(theme.foreground)
    for ground in (panel, surface, str(theme.background)):
        assert contrast(words, ground) >= least(theme)
    for told in (theme.success, theme.warning, theme.error):
        assert contrast(str(told), panel) >= least(theme)
    assert contrast(blend(surface, words, 0.65), surface) >= 4.5
    assert contrast(blend(panel, words, 0.7), panel) >= 4.5
    for block in (theme.primary, theme.accent):
        assert contrast(str(theme.background), str(block)) >= 4.5


@themes
@pytest.mark.parametrize("eye", DICHROMATS)
def test_letters_of_tags_differ_for_every_eye(theme: Theme, eye: str) -> None:
    """Four times what is just noticeable; the letters themselves differ anyway."""
    palette = palette_of(theme)
    assert closest([palette.ink(hue) for hue in HUES], eye)[0] >= 9


@pytest.mark.parametrize("eye", DICHROMATS)
def test_the_colour_blind_theme_says_nothing_by_red_and_green(eye: str) -> None:
    roles = (COLOUR_BLIND.primary, COLOUR_BLIND.accent, COLOUR_BLIND.success, COLOUR_BLIND.error)
    assert closest([str(role) for role in roles], eye)[0] >= 10


@themes
def test_a_lit_row_stands_out_without_colour_and_a_bar_does_not(theme: Theme) -> None:
    ground = Color.parse(str(theme.background))
    emphasized = blend(str(theme.surface), str(theme.primary), 0.3)
    row = Style.parse(f"{theme.foreground} on {emphasized}")
    bar = Style.parse(f"{theme.foreground} on {theme.panel}")
    for hues in (True, False):
        assert in_shapes(row, ground, hues).reverse
        assert not in_shapes(bar, ground, hues).reverse


colours = st.none() | st.builds(RichColor.from_rgb, *(st.integers(0, 255),) * 3)
attributes = st.fixed_dictionaries(
    {name: st.booleans() for name in ("bold", "italic", "underline", "reverse")}
)


@given(colours, colours, attributes)
def test_shapes_have_no_colour_but_the_terminals_own_and_keep_what_else_is_said(
    words: RichColor | None, behind: RichColor | None, said: dict[str, bool]
) -> None:
    drawn = Style(color=words, bgcolor=behind, meta={"row": 1}, **said)
    for ground in (Color(20, 20, 20), Color(250, 250, 247)):
        bare = in_shapes(drawn, ground, False)
        named = in_shapes(drawn, ground, True)
        assert bare.color is None
        assert named.color is None or named.color.number is not None
        for shape in (bare, named):
            assert shape.bgcolor is None
            assert shape.meta == {"row": 1}
            assert (shape.bold, shape.italic, shape.underline) == (
                said["bold"],
                said["italic"],
                said["underline"],
            )


@pytest.mark.parametrize(
    ("system", "environment", "colours"),
    [
        ("truecolor", {}, Colours.MANY),
        ("256", {}, Colours.MANY),
        ("standard", {}, Colours.SIXTEEN),
        ("truecolor", {"NO_COLOR": "1"}, Colours.NONE),
        ("truecolor", {"NO_COLOR": ""}, Colours.MANY),
        (None, {}, Colours.NONE),
    ],
)
def test_what_a_terminal_shows(system: str | None, environment: dict[str, str], colours: Colours) -> None:
    assert colours_of(system, environment) is colours
