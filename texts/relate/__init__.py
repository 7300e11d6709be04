"""Which passages of two texts are related, and why: a fuzzy, weighted word overlap with sequence and order.

The method is SoftTFIDF (Cohen, Ravikumar and Fienberg 2003) with more evidence, one step a module: `words` reads words
and `analysis` puts them in columns, `rarity` weighs them, `spelling` links their variants, `candidates` finds pairs
worth a look, `scoring` and `phrases` look, `order` lets neighbours support each other, `hubs` takes off what is near to
everything, `calibrate` makes scores of it, and `evidence` says which words carried it. `spans` asks about a sentence,
by the same `formula`.

Importing this package is light, and numpy comes with the first call of `relate`. The desk never loads it: there
`beside` relates in a process of its own, and `Relations` answers without it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from texts.model import Text
from texts.relate.records import (
    DEFAULT_SCORE,
    CancelCheck,
    Cancelled,
    Evidence,
    Kind,
    Progress,
    Related,
    Side,
)

if TYPE_CHECKING:
    from texts.relate.relations import Relations

__all__ = ["DEFAULT_SCORE", "Cancelled", "Evidence", "Kind", "Related", "Relations", "Side", "relate"]


def relate(
    left: Text,
    right: Text,
    *,
    aliases: Iterable[Iterable[str]] = (),
    progress: Progress | None = None,
    cancelled: CancelCheck | None = None,
) -> Relations:
    """Which passages of two texts are related.

    `aliases` are groups of words, as written, that name the same, beside the known ones (("Shi’ite", "Shia"), …).
    `progress` is told the share of the work done, 0–1; `cancelled` is asked often, and Cancelled is raised when it says
    True. Furniture takes no part. The cost follows the length of the texts, never its product.
    """
    from texts.relate.relating import relate as relate_now

    return relate_now(left, right, aliases=aliases, progress=progress, cancelled=cancelled)


def __getattr__(name: str) -> object:
    """`Relations`, imported when it is first asked for: it needs rapidfuzz and the stemmer."""
    if name == "Relations":
        from texts.relate.relations import Relations

        return Relations
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
