"""Annotations as the API of Hypothesis gives and takes them: `{"total": n, "rows": [...]}`.

A row is a highlight; a reply to it is a link, tagged with its kind; a row without selectors is a note on the text. A
row keeps what it does not know (the API's `extra`), so that what Hypothesis has no word for stands there under
`close-reading-tui`. Its positions count UTF-16 units in a web page: they are written, from the body, but only ours are
read. Reading finds the quote again.
"""

from __future__ import annotations

from store.exchange.hypothesis.reading import read
from store.exchange.hypothesis.writing import write_archive

__all__ = ["read", "write_archive"]
