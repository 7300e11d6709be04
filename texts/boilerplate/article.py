"""Tells page chrome from the article: share buttons, job adverts, sidebars, newsletter forms.

A scraped page is an article with chrome before and after it. The article is where finished sentences are:
this is maximum-subsequence segmentation (Pasternack and Roth 2009, "Extracting article text from the web
with maximum subsequence segmentation"), with characters in finished sentences as the gain, and a price for
each paragraph that does not end as a sentence, higher where it uses the words of chrome. So a cross-heading
costs little between long paragraphs, dialogue and verse cost nothing, and forty headlines in a sidebar cost
more than the captions among them can earn.

Most texts are not pages, and a rule that finds chrome in them does harm. So nothing is given up in a text

- without long finished paragraphs (a poem, a list, an address) or with few (`LEAST_SHARE`),
- with the prose of a book (`BOOK`) or more paragraphs than a page (`PAGE`): front matter is not chrome,
- with Markdown headings, whose author wrote all of it;

and in others only what shows itself as chrome: by a phrase of chrome, by two of its ambiguous words, or by
`MANY_LABELS` headline-like lines. These are then the paragraphs before the article, except its title and what
stands between the two; those after it, except an author line; and in the article itself short lines that say
nothing but `Share` and the like, or call to subscribe between two paragraphs of prose. One call alone, with prose on
either side of it, parts no article: what stands beyond it is not given up. Nor does a form (for a newsletter) with a
paragraph of prose above it and two below, or several buttons each of which stands between two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import islice

from texts.boilerplate import vocabulary
from texts.boilerplate.libraries import between_notices
from texts.byline import author_of, byline
from texts.lazy_pattern import lazy_pattern
from texts.model import Span
from texts.prose import ends_sentence, finished, runs_on

LONG = 100
"""A paragraph of so many characters that ends a sentence is prose: only an article has many of them."""

PAGE = 3_000
"""A page has at most as many paragraphs."""

BOOK = 120_000
"""Characters of prose (about 20,000 words) from which on a text is a book and never a page."""

LEAST_SHARE = 0.2
"""An article that holds less of the text's characters is none: the text is a list or a listing."""

MANY_LABELS = 8
"""So many headline-like lines on one side of an article are chrome whatever their words.

They must outnumber all else there, and the article hold `LARGE_SHARE` of the characters.
"""

LARGE_SHARE = 0.4

_CALL_MOST = 80  # a box inside an article says little
_CHROME_MOST = 320  # a longer paragraph that speaks of newsletters is about them
_FORM_LEAST, _FORM_GAP = 3, 3
_FORM_MOST = 600  # the small print of a form
_TITLE_WITHIN = 3

_HEADING = lazy_pattern(r"#{1,6}\s")
_LIST_ITEM = lazy_pattern(r"(?:[-*+•]|\d{1,3}[.)]|[|>])\s")
_DATE_LIKE = lazy_pattern(r"\W*(?:\w+\W+){0,3}\d{1,2}\W+\w+\W+\d{2,4}\b|.*\b(?:19|20)\d\d\b[^.]{0,20}$")


class _Kind(Enum):
    """What a paragraph looks like."""

    PROSE = auto()
    """Long, and ends a sentence."""
    SPEECH = auto()
    """Short, and ends a sentence or runs on: dialogue, verse."""
    PLAIN = auto()
    """Tells nothing: an ornament, a list item."""
    LABEL = auto()
    """One line that ends as no sentence does: a headline, a caption, a name."""
    BLOCK = auto()
    """Lines that end as no sentence does: an address, a table."""
    MENU = auto()
    """A word that menus are made of, and nothing else."""
    LEGAL = auto()
    """Speaks of copyright, privacy, cookies."""
    BUTTON = auto()
    """What a button says, and nothing else."""
    CHROME = auto()
    """Speaks to its reader as chrome does."""


_COSTS = {
    _Kind.LABEL: 120,
    _Kind.BLOCK: 120,
    _Kind.MENU: 120,
    _Kind.LEGAL: 360,
    _Kind.BUTTON: 200,  # one stands in the middle of many an article
    _Kind.CHROME: 360,
}
"""Characters of finished sentences that it takes to outweigh a paragraph; the other kinds cost nothing."""

_EVIDENCE = {_Kind.MENU: 1, _Kind.LEGAL: 1, _Kind.BUTTON: 2, _Kind.CHROME: 2}
_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class _Seen:
    """A paragraph as the rule sees it."""

    words: str
    kind: _Kind
    gain: int
    """Characters in finished sentences, less the cost of its kind."""


def outside_article(body: str, spans: Sequence[Span]) -> list[bool]:
    """For each paragraph of the body, whether it is page chrome. The docstring of the module has the rule."""
    none = [False] * len(spans)
    if len(spans) > PAGE or not _has_prose(body, spans) or _is_book(body, spans):
        return none
    seen = [_see(body[span.start : span.end]) for span in spans]
    if any(_HEADING.match(one.words) for one in seen) or all(one.kind is not _Kind.PROSE for one in seen):
        return none
    seen = _with_boxes(_with_forms(seen))
    first, last = _article([one.gain for one in seen])
    share = _length(seen[first : last + 1]) / _length(seen)
    if share < LEAST_SHARE:
        return none
    first = _above_calls(seen, first)
    head, tail = seen[:first], seen[last + 1 :]
    begins = _with_title(seen, first) if _is_chrome(head, share) and not _is_cut_above(head) else 0
    ends = _with_author(seen, last) if _is_chrome(tail, share) and not _is_cut_below(tail) else len(seen) - 1
    return [not begins <= place <= ends or one.kind is _Kind.BUTTON for place, one in enumerate(seen)]


def _with_forms(seen: Sequence[_Seen]) -> list[_Seen]:
    """The paragraphs, those of a form between two stretches of prose taken for buttons that cost less than any prose.

    A form, as for a newsletter, has three paragraphs of chrome or more, and hardly anything else between them.
    """
    found = list(seen)
    for first, last in _forms(seen):
        below = seen[last + 1 : last + 3]
        if (
            first
            and seen[first - 1].kind is _Kind.PROSE
            and len(below) == 2
            and all(one.kind is _Kind.PROSE for one in below)
        ):
            for place in range(first, last + 1):
                gain = 1 - LONG if place == first else 0
                found[place] = replace(seen[place], kind=_Kind.BUTTON, gain=gain)
    return found


def _forms(seen: Sequence[_Seen]) -> Iterator[tuple[int, int]]:
    """First and last places of runs of chrome, in which few paragraphs in a row are none, and no prose is."""
    first = last = count = 0
    for place, one in enumerate((*seen, None)):
        is_chrome = one is not None and (one.kind in _EVIDENCE or _speaks_of_chrome(one))
        if count and (one is None or place - last > _FORM_GAP or (one.kind is _Kind.PROSE and not is_chrome)):
            if count >= _FORM_LEAST:
                yield first, last
            count = 0
        if is_chrome:
            first, last, count = (first if count else place), place, count + 1


def _speaks_of_chrome(one: _Seen) -> bool:
    """Whether a paragraph that is too long for chrome has its words all the same: it is part of a form, if in one."""
    words = one.words.lower()
    return one.kind is _Kind.PROSE and len(words) <= _FORM_MOST and bool(vocabulary.LEGAL.search(words))


def _with_boxes(seen: Sequence[_Seen]) -> list[_Seen]:
    """The paragraphs, a short call of chrome between two of prose taken for a button.

    One that no chrome follows costs less than any prose after it: an article that is only cut by a box goes on.
    """
    found = list(seen)
    last = max((place for place, one in enumerate(seen) if one.kind in _EVIDENCE), default=0)
    for place in range(1, len(seen) - 1):
        one = seen[place]
        is_between = seen[place - 1].kind is seen[place + 1].kind is _Kind.PROSE
        if one.kind is _Kind.CHROME and is_between and len(one.words) <= _CALL_MOST:
            cost = LONG - 1 if place == last else _COSTS[_Kind.BUTTON]
            found[place] = replace(one, kind=_Kind.BUTTON, gain=-cost)
    return found


def _length(seen: Sequence[_Seen]) -> int:
    return sum(len(one.words) for one in seen)


def _is_book(body: str, spans: Sequence[Span]) -> bool:
    """Whether the text has the prose of a book, verses and dialogue included."""
    if sum(span.end - span.start for span in spans) < BOOK:
        return False
    prose = 0
    for start, end in spans:
        if ends_sentence(body[max(start, end - 16) : end]):
            prose += end - start
            if prose >= BOOK:
                return True
    return False


def _has_prose(body: str, spans: Sequence[Span]) -> bool:
    return any(end - start >= LONG and ends_sentence(body[end - 16 : end]) for start, end in spans)


def _see(words: str) -> _Seen:
    kind = _chrome_kind(words) or _prose_kind(words)
    earned = 0 if kind in _EVIDENCE or kind is _Kind.PLAIN else finished(words)
    if kind is _Kind.SPEECH:
        earned = len(words)
    return _Seen(words, kind, earned - _COSTS.get(kind, 0))


def _chrome_kind(words: str) -> _Kind | None:
    """The kind of a paragraph by the words of chrome in it; None where it has none."""
    if len(words) > _CHROME_MOST:
        return None
    words = words.lower()
    tests = (
        (_Kind.BUTTON, vocabulary.BUTTON.fullmatch),
        (_Kind.CHROME, vocabulary.PHRASE.search),
        (_Kind.LEGAL, vocabulary.LEGAL.search),
        (_Kind.MENU, vocabulary.MENU.fullmatch),
    )
    return next((kind for kind, test in tests if test(words)), None)


def _prose_kind(words: str) -> _Kind:
    """The kind of a paragraph by how it ends and begins."""
    if ends_sentence(words):
        return _Kind.PROSE if len(words) >= LONG else _Kind.SPEECH
    if runs_on(words):
        return _Kind.SPEECH
    if _LIST_ITEM.match(words) or not any(map(str.isalpha, words)):
        return _Kind.PLAIN
    return _Kind.BLOCK if "\n" in words else _Kind.LABEL


def _article(gains: Sequence[int]) -> tuple[int, int]:
    """First and last place of the contiguous run with the greatest sum (Kadane)."""
    best = running = 0
    first = last = begun = 0
    for place, gain in enumerate(gains):
        if running <= 0:
            running, begun = 0, place
        running += gain
        if running > best:
            best, first, last = running, begun, place
    return first, last


def _is_chrome(side: Sequence[_Seen], share: float) -> bool:
    """Whether what stands on one side of the article shows itself as page chrome."""
    if sum(_EVIDENCE.get(one.kind, 0) for one in side) >= _ENOUGH:
        return True
    labels = sum(one.kind in (_Kind.LABEL, _Kind.MENU) for one in side)
    return share >= LARGE_SHARE and labels >= MANY_LABELS and 2 * labels > len(side)


def _above_calls(seen: Sequence[_Seen], first: int) -> int:
    """Where the article begins with the prose from which only a call right above it parts it."""
    while first > 1 and seen[first - 1].kind in _EVIDENCE and seen[first - 2].kind is _Kind.PROSE:
        first -= 2
        while first > 0 and seen[first - 1].kind in (_Kind.PROSE, _Kind.SPEECH):
            first -= 1
    return first


def _only_evidence(side: Sequence[_Seen]) -> int | None:
    """The place of the one paragraph with words of chrome; None where there are more, or none."""
    places = [place for place, one in enumerate(side) if one.kind in _EVIDENCE]
    return places[0] if len(places) == 1 else None


def _only_cuts(side: Sequence[_Seen]) -> bool:
    """Whether what stands beside an article is prose, but for buttons between its paragraphs and lines of the title."""
    buttons = [place for place, one in enumerate(side) if one.kind in _EVIDENCE]
    prose = sum(one.kind is _Kind.PROSE for one in side)
    return prose * 2 > len(side) - len(buttons) and all(
        side[place].kind is _Kind.BUTTON
        and (place == 0 or side[place - 1].kind is _Kind.PROSE)
        and (place == len(side) - 1 or side[place + 1].kind is _Kind.PROSE)
        for place in buttons
    )


def _is_cut_above(head: Sequence[_Seen]) -> bool:
    """Whether what is above an article is the beginning of it, with a call below: only that speaks of chrome there."""
    if _only_cuts(head):
        return True
    call = _only_evidence(head)
    return bool(call) and head[(call or 0) - 1].kind is _Kind.PROSE


def _is_cut_below(tail: Sequence[_Seen]) -> bool:
    """Whether what is below an article goes on with it, behind a call: more prose than headlines, and no other call."""
    if _only_cuts(tail):
        return True
    call = _only_evidence(tail)
    return call is not None and sum(one.gain for place, one in enumerate(tail) if place != call) > 0


def _with_title(seen: Sequence[_Seen], first: int) -> int:
    """Where the article begins with its title: the wordiest of the few lines right above it."""
    passed_over = (_Kind.BUTTON, _Kind.CHROME, _Kind.LEGAL, _Kind.PLAIN)
    above = (place for place in range(first - 1, -1, -1) if seen[place].kind not in passed_over)
    nearest = list(islice(above, _TITLE_WITHIN))
    titles = [place for place in nearest if not _says_when_or_who(seen[place].words)]
    return max(titles or nearest, key=lambda place: len(seen[place].words.split()), default=first)


def _says_when_or_who(words: str) -> bool:
    return bool(byline(words) or _DATE_LIKE.match(words))


def _with_author(seen: Sequence[_Seen], last: int) -> int:
    """Where the article ends with its author line: one of the two paragraphs below it."""
    for place in range(last + 1, min(last + 3, len(seen))):
        if author_of(seen[place].words):
            return place
    return last


def boilerplate_of(body: str, spans: Sequence[Span]) -> list[bool]:
    """For each paragraph of the body, whether it is furniture: chrome of a page, or the notice of a digital library."""
    first, last = between_notices(body, spans)
    inner = outside_article(body, spans[first:last])
    return [True] * first + inner + [True] * (len(spans) - last)
