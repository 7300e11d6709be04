"""Which passages of two texts are related, and why: a fuzzy, weighted word overlap with sequence and order.

The method is SoftTFIDF (Cohen, Ravikumar and Fienberg 2003) with more evidence. Read `relating`, which goes through the
steps, a module each:

- `passage_words` reads words, `features` puts them in columns and weights them (`sparse`: rows of these),
  `soft_links` links their variants;
- `candidates` finds pairs worth a look, and `copied` what quotes the other; `scoring` says how alike they are by the
  `formula`;
- `hubs_and_order` takes off what is near to everything, and lets neighbours support each other;
- `claim` says how sure what is found is, `evidence` which words carried it;
- `findings` is what is kept, `Relations` (`relations`) answers from it in `relate_records`, and `spans` asks about a
  sentence.

Importing this package is light, and numpy comes with the first call of `relate`. The desk never loads it: there
`relate_job` relates in a child process, and `Relations` and `spans` answer without it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from texts.model import Text
from texts.relate.relate_records import (
    DEFAULT_SCORE,
    CancelCheck,
    Cancelled,
    Evidence,
    Kind,
    ProgressCallback,
    Related,
    WhichText,
)

if TYPE_CHECKING:
    from texts.relate.relations import Relations

__all__ = ["DEFAULT_SCORE", "Cancelled", "Evidence", "Kind", "Related", "Relations", "WhichText", "relate"]


def relate(
    left: Text,
    right: Text,
    *,
    aliases: Iterable[Iterable[str]] = (),
    progress: ProgressCallback | None = None,
    cancelled: CancelCheck | None = None,
) -> Relations:
    """Which passages of two texts are related.

    `aliases` are groups of words, as written, that name the same, beside the known ones (("Shi’ite", "Shia"), …).
    `progress` is called with the share of the work done, 0–1; `cancelled` is asked often, and Cancelled is raised when
    it says True. Furniture takes no part. The cost follows the length of the texts, never its product.
    """
    from texts.relate.relating import relate as relate_now

    return relate_now(left, right, aliases=aliases, progress=progress, cancelled=cancelled)


def __getattr__(name: str) -> object:
    """`Relations`, imported when it is first asked for: whoever relates nothing has no use for it."""
    if name == "Relations":
        from texts.relate.relations import Relations

        return Relations
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
