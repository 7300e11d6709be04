"""Words as they stand in a text, of which another program gives them as a page or a line of print has them."""

from __future__ import annotations

import html
from collections.abc import Iterator

from texts.lazy_pattern import lazy_pattern
from texts.reanchor.folded_body import FoldedBody
from texts.typography import fold_typography, without_case

_ENTITY = lazy_pattern(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_BROKEN = lazy_pattern(r"(?<=[^\W\d_])[-\u2010\u00ad](?:\s+(?=[^\W\d_])|\s*$)")
"""The hyphen of a word that goes on in the next line, or that breaks off with the quote."""


def may_be_plainer(quote: str) -> bool:
    """Whether a quote holds an HTML entity, or a word broken at the end of a line."""
    return _ENTITY.search(quote) is not None or _BROKEN.search(quote) is not None


def plain_forms(words: str) -> Iterator[str]:
    """Words without HTML entities; then with broken words made whole, then with those whose hyphen is their own."""
    plain = _ENTITY.sub(lambda entity: html.unescape(entity[0]), words)
    yield plain
    yield _BROKEN.sub("", plain)
    yield _BROKEN.sub("-", plain)


def plain_quote(body: FoldedBody, quote: str) -> str:
    """The first of a quote's plain forms that stands in a body; the quote itself where it stands there, or none does.

    Only the shape of quotation marks, dashes, white space and letters may differ, and case.
    """
    return next((form for form in (quote, *plain_forms(quote)) if _stands_in(body, form)), quote)


def _stands_in(body: FoldedBody, words: str) -> bool:
    folded = fold_typography(words)
    return bool(folded) and without_case(folded) in body.key
