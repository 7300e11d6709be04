"""W3C Web Annotations (Recommendation of 23 February 2017) as JSON-LD: one collection with one page in it.

A highlight is an Annotation: its tags and its note are bodies, each of its parts a target with a TextQuoteSelector and
a TextPositionSelector, which counts code points into the version that the target's state names. A star is the
motivation `bookmarking`. A link is an Annotation on one highlight with the other one as body; a note on a text has the
text as target, one on the library the collection. What the standard has no word for stands under the prefix `tui`:
the state of an anchor, and as `tui:archive` all that is no annotation, as `store.exchange.json` has it.
"""

from __future__ import annotations

from store.exchange.w3c.w3c_reader import read
from store.exchange.w3c.w3c_writer import write_archive

__all__ = ["read", "write_archive"]
