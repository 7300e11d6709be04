"""What is a name, by how two texts write their words."""

from __future__ import annotations

import re

from texts.compare.reading import Reading, is_ordinary
from texts.lexicon import root

_ORDINARY_ENDING = re.compile(
    r".{2,}(?:ing|ed|ly|tion|sion|ness|ment|ism|ity|ful|less|able|ible|ous|ive|eth|est|ise|ize)s?"
)


class Census:
    """How two texts write each of their words, which decides what is a name in either."""

    def __init__(self, left: Reading, right: Reading) -> None:
        self._tallies = left.tally, right.tally
        self._names: dict[str, bool] = {}

    def is_name(self, folded: str) -> bool:
        """Whether a word that may have a capital, taken alone, is a name."""
        known = self._names.get(folded)
        if known is None:
            known = self._names[folded] = self._is_name(folded)
        return known

    def _is_name(self, folded: str) -> bool:
        inside = sum(tally.inside[folded] for tally in self._tallies)
        small = sum(tally.small[folded] for tally in self._tallies)
        if inside or small:
            return inside > small
        return not (
            is_ordinary(folded) or _ORDINARY_ENDING.fullmatch(folded) or self._is_form_of_word(folded)
        )

    def _is_form_of_word(self, folded: str) -> bool:
        return any(root(folded) in tally.small_roots for tally in self._tallies)

    def lives_alone(self, folded: str) -> bool:
        """Whether a word occurs without a hyphen before or after it."""
        return any(folded in tally.alone for tally in self._tallies)

    def is_people(self, folded: str) -> bool:
        """Whether a name has a plural in these texts, or is one: Sunni and Sunnis."""
        return self._has_capital(folded + "s") or (folded.endswith("s") and self._has_capital(folded[:-1]))

    def _has_capital(self, folded: str) -> bool:
        return any(folded in tally.capitals for tally in self._tallies)
