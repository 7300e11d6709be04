"""The help of the comparison: its keys, and how each of its numbers is made."""

from __future__ import annotations

from textual.content import Content

from texts.compare.tables import HOW
from texts.relate.records import DEFAULT_SCORE
from tui.screens.comparison.keys import KEYS


def help_words() -> Content:
    """All keys, then a paragraph for each table."""
    lines = [
        Content.styled(
            "What the two texts share, and where they part. The panes below show the row's places.\n", "bold"
        )
    ]
    lines += [Content.assemble((f"  {key.shown:<15}", "bold"), f" {key.help}") for key in KEYS if key.shown]
    lines.append(Content.styled("\nHow the numbers are made", "bold $accent"))
    for name, how in HOW.items():
        lines.append(Content.assemble((f"\n{name}: ", "bold"), how.format(min_score=DEFAULT_SCORE)))
    return Content("\n").join(lines)
