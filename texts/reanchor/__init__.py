"""Finding a quote again after its text has changed.

    reanchor_quotes(old_body, new_body, quoted)   when both versions are at hand: exact, changed or orphan for each
    find_quote(body, quoted)                      when only the quote and its context are known; find_quotes for many
    likely_places(body, quoted)                   for quotes without a place: where they may be, for readers to choose

All make nothing of typography: quotation marks, dashes and white space may change and a quote is still exact.
"""

from texts.reanchor.locate import find_quote, find_quotes, likely_places
from texts.reanchor.ordered_quotes import occurrences_in_order, occurrences_within
from texts.reanchor.placement import Placement, Quoted, State
from texts.reanchor.reanchor import reanchor_quotes

__all__ = [
    "Placement",
    "Quoted",
    "State",
    "find_quote",
    "find_quotes",
    "likely_places",
    "occurrences_in_order",
    "occurrences_within",
    "reanchor_quotes",
]
