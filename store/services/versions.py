"""New versions of a text as a reader meets them: where they now are, and which highlights want a look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from store.highlight_rows import GAP, quoted
from store.library import Library
from store.records import Anchor, Highlight
from store.text_names import EARLIER
from texts.model import Span, Text


class NeedsReview(NamedTuple):
    """A highlight that an update left changed or an orphan, and that no reader has settled since."""

    highlight: Highlight
    old_quote: str
    """Its words before the update; empty where they are not known."""


def map_offset(old_body: str, new_body: str, place: Span) -> int:
    """The offset in another version of a text where a reader goes on who was at a place of this one."""
    from texts.reanchor import Quoted, reanchor_quotes

    if place.start == place.end:
        return 0
    (found,) = reanchor_quotes(old_body, new_body, [Quoted(place, *quoted(old_body, [place]))])
    if found.span is not None:
        return found.span.start
    return place.start * len(new_body) // max(1, len(old_body))


def spans_after(old_body: str, new_body: str, spans: Sequence[Span]) -> list[tuple[Span | None, bool]]:
    """Where spans of one version are in another, None where they are gone, and whether they are there word for word."""
    from texts.reanchor import Quoted, State, reanchor_quotes

    asked = [Quoted(span, *quoted(old_body, [span])) for span in spans if span.start < span.end]
    found = iter(reanchor_quotes(old_body, new_body, asked))
    placed = [next(found) if span.start < span.end else None for span in spans]
    return [(None, False) if each is None else (each.span, each.state is State.EXACT) for each in placed]


def needing_review(library: Library, slug: str, old_quotes: Mapping[int, str]) -> list[NeedsReview]:
    """The highlights of a text that are changed or orphans, in its order; raises NotFound.

    `old_quotes` are the words, by id, that they had before: those of the report that the update gave. For
    others the version before the present one is asked.
    """
    found = [each for each in library.highlights.of(slug) if each.anchor is not Anchor.EXACT]
    known = {each.id: each.quote for each in found if each.anchor is Anchor.ORPHAN}
    known |= {each.id: old_quotes[each.id] for each in found if each.id in old_quotes}
    known |= _quotes_before(library, slug, [each for each in found if each.id not in known])
    return [NeedsReview(each, known.get(each.id, "")) for each in found]


def _quotes_before(library: Library, slug: str, highlights: Iterable[Highlight]) -> dict[int, str]:
    """What stood where these highlights are in the version before the present one."""
    from texts.reanchor import Quoted, reanchor_quotes

    asked = [(each.id, part) for each in highlights for part in each.parts]
    number = len(library.texts.versions(slug)) - 1
    if not asked or number < 1:
        return {}
    body, before = library.texts.get(slug).body, library.texts.version(slug, number)
    places = reanchor_quotes(body, before.body, [Quoted(part, *quoted(body, [part])) for _, part in asked])
    quotes: dict[int, list[str]] = {}
    for (number, _), place in zip(asked, places, strict=True):
        if place.span is not None:
            quotes.setdefault(number, []).append(before.quote(place.span))
    return {number: GAP.join(parts) for number, parts in quotes.items()}


def earlier_version(library: Library, slug: str, number: int) -> Text:
    """An earlier version as a text of its own, `editorial@1`, to be read only; raises NotFound."""
    text, versions = library.texts.version(slug, number), len(library.texts.versions(slug))
    return Text(
        slug=f"{slug}{EARLIER}{number}",
        title=f"version {number} of {versions} · {text.title}",
        author=text.author,
        source=text.source,
        body=text.body,
        passages=text.passages,
    )
