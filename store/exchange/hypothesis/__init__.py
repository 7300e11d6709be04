"""Annotations as the client of Hypothesis exports and imports them, `{"annotations": [...]}`, or its API gives them.

The API answers `{"total": n, "rows": [...]}`, which is read too. A row is a highlight; a row without selectors is a
note on the text; what answers a row stands below its note; a reply of ours is a link, tagged with its kind. A row keeps
what it does not know (the API's `extra`), so that what Hypothesis has no word for stands there under
`close-reading-tui`. Its positions count UTF-16 units in a web page: they are believed where the quote stands there,
else it is looked for.
"""

from __future__ import annotations

from store.exchange.hypothesis.hypothesis_reader import read
from store.exchange.hypothesis.hypothesis_writer import write_archive

__all__ = ["read", "write_archive"]
