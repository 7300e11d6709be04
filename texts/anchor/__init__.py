"""Finding a quote again after its text has changed.

    find_again(old_body, new_body, quoted)    when both versions are at hand: exact, changed or orphan for each quote
    find_quote(body, quoted)                  when only the quote and its context are known; find_quotes for many

Both make nothing of typography: quotation marks, dashes and white space may change and a quote is still exact.
"""

from texts.anchor.again import find_again
from texts.anchor.records import Placement, Quoted, State
from texts.anchor.seek import find_quote, find_quotes

__all__ = ["Placement", "Quoted", "State", "find_again", "find_quote", "find_quotes"]
