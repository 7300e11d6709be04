"""A span of a body becomes sentences, as the language of the body ends them.

sentencex cuts. What is put right here: quote marks and brackets stay with the sentence that they open or close, verses
end with their marks and numbers, and a cut that leads on, behind speech, after abbreviations that sentencex does not
know, ordinals and initials, is taken back.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from texts.languages.abbreviations import TAIL, ends_with_unit, knows_units, leads_on
from texts.languages.initials import ends_with_letter
from texts.languages.speech import goes_on, is_small, tells_exclamation
from texts.languages.telling import language_of
from texts.lazy_pattern import lazy_pattern
from texts.model import Span
from texts.prose import CLOSERS, SUPERSCRIPTS

_MAY_PART = lazy_pattern(r"[^ -~]|[.!?] *[!-~]")
"""What a span of several sentences has: a sign beyond ASCII, or a stop with something behind it."""
_MORE_STOPS = frozenset(["el", "hy"])
"""Languages that end sentences with `;` or `:`."""

# Marks that speech stands between, and apostrophes only where they do not join a word. One class of characters comes
# first: `re` finds these six times as fast as the same in three branches.
_QUOTE_MARK = lazy_pattern(r"[\"“”„‟«»'’‘‚‛‹›](?:(?<=[\"“”„‟«»])|(?<!\w.)|(?!\w))")
_ENUMERATOR = lazy_pattern(r"[(\[]?(?:\d{1,3}|[IVXLC]{1,6}|[ivxlc]{1,6}|[A-Za-z])\.$")


def sentences(body: str, span: Span, language: str | None = None) -> list[Span]:
    """The sentences in a span, in order: they cover it, save the white space around and between them.

    `language` is the code of the body's language; where it is not given, it is detected. sentencex finds
    them; it takes a quotation of several sentences for one, so it gets the span without its quote marks, which then go
    to the sentence that they open or close.
    """
    if language is None:
        language = language_of(body)
    if language not in _MORE_STOPS and not _MAY_PART.search(body, *span):  # as most verses and headings
        return _stripped(body, span)
    found: list[Span] = []
    for piece in _pieces(body, span, language or "en"):
        if found and not _parts(body, found[-1], piece, language or "en"):
            found[-1] = Span(found[-1].start, piece.end)
        else:
            found.append(piece)
    return found


def _pieces(body: str, span: Span, language: str) -> Iterator[Span]:
    """The span cut wherever sentencex would end a sentence."""
    start = span.start
    for cut in (*_cuts(body, span, language), span.end):
        stop = _after_closers(body, cut, span.end)
        yield from _stripped(body, Span(start, stop))
        start = max(start, stop)


def _stripped(body: str, span: Span) -> list[Span]:
    """A span without the white space at its ends; none where it has nothing else."""
    content = body[span.start : span.end].strip()
    if not content:
        return []
    first = body.index(content[0], span.start)
    return [Span(first, first + len(content))]


def _cuts(body: str, span: Span, language: str) -> Iterator[int]:
    """Offsets after the last character of each sentence, quote marks not counted."""
    from sentencex import get_sentence_boundaries  # type: ignore[import-untyped]

    string = body[span.start : span.end]
    marks = [mark.start() for mark in _QUOTE_MARK.finditer(string)]
    # Each mark's place in the string without marks, to find the way back.
    shifted = [mark - nth for nth, mark in enumerate(marks)]
    bare = _QUOTE_MARK.sub("", string) if marks else string
    ends = {stop.end() for stop in _STOP_IN_BRACKETS.finditer(bare)} if ")" in bare or "]" in bare else set()
    has_units = knows_units(language)
    ends.update(
        stop.start() + 1
        for stop in _STOP_BEFORE_WORD.finditer(bare)
        if bare[stop.end()].isupper()
        and (
            bare.endswith(_AND_SO_ON, 0, stop.start())
            or _ends_with_letter(bare, stop, language)
            or (
                has_units
                and ends_with_unit(
                    bare[max(0, stop.start() - TAIL) : stop.start()],
                    bare[stop.end() : stop.end() + TAIL],
                    language,
                )
            )
        )
    )
    if not bare.isascii() and not _STOPS.isdisjoint(bare):
        ends.update(stop.end() for stop in _STOP.finditer(bare))
    for boundary in get_sentence_boundaries(language, bare):
        sentence = boundary["text"].rstrip()
        if sentence and sentence[-1] not in _NO_STOPS:
            ends.add(boundary["start_index"] + len(sentence))
    for end in sorted(ends):
        yield span.start + end + bisect_right(shifted, end - 1)


def _ends_with_letter(string: str, stop: re.Match[str], language: str) -> bool:
    """Whether a sentence ends with a capital before a stop, which sentencex mostly takes for an initial."""
    letter = stop.start() - 1
    if letter < 1 or not string[letter].isupper() or not string[letter - 1].isspace():
        return False
    before = string[max(0, letter + 1 - TAIL) : letter + 1]
    return ends_with_letter(before, string[stop.end() : stop.end() + TAIL], language)


_STOP_BEFORE_WORD = lazy_pattern(r"\.\s+(?=[^\W\d_])")
_AND_SO_ON = (
    "etc", "usw", "osv", "enz", "ecc", "itd", "itp", "idp", "ipd", "atd", "atp", "apod", "atď", "stb", "jne", "dll",
    "итд", "κλπ", "κ.λπ",
    *(f"{word} {rest}" for word in "иі" for rest in ("др", "пр", "т.д", "т.п", "т. д", "т. п")),
)  # fmt: skip
"""What stands at the end of a list, without its last full stop; before a capital the sentence ends with it, which
sentencex never thinks."""
_STOP_IN_BRACKETS = lazy_pattern(r"[.!?…](?=[)\]])")
_STOP = lazy_pattern(
    r"(?:[׃។៕]|፡፡|[।॥]+(?=\s*[\d०-९.]{1,7}\s*[।॥])|[。！？｡]|…(?=…*[^\W\d_a-zA-Z]))+"
    r"|(?:[།༎]|(?<=ག)\s+[།༎])+(?:[ \u00a0]+[།༎]+)*(?=[\s\u0f40-\u0f6c]|$)|﴿[٠-٩\d]{1,4}﴾|۝[٠-٩۰-۹\d]{0,4}"
)
"""What ends a verse or a sentence, and sentencex takes for a letter: in Hebrew, Khmer, Tibetan, before a figure."""
_STOPS = frozenset("׃។៕\u06dd፡।॥。！？｡…།༎﴿")
"""What that begins with."""

_NO_STOPS = "၊"  # the comma of Burmese
_OPENERS = "([（［"
_BEHIND_STOPS = frozenset(
    CLOSERS + SUPERSCRIPTS + "†‡"
)  # daggers of notes, behind the words that they are to
_STOP_BEFORE_BRACKET = lazy_pattern(rf"[.!?…。！？][{re.escape(CLOSERS)}]*[)\]）］]$")
_EITHER = "“‟„«‹״"
"""Quote marks that open in some languages and close in others: what follows tells."""
_CLOSING = CLOSERS + _EITHER + " "
_FULL_STOPS = "。．｡"
"""Which may stand once more behind a quotation that has ended with one: 「行く。」。"""
_AFTER_CLOSER = lazy_pattern(r"[\s.,;:!?…)\]»”’—–-]|$")
_CLOSER_BLANKS = (" ", "\u00a0", "\u202f")
_TITLE_CLOSERS = "》〉"
"""Titles stand between these, and what they close is part of a sentence."""
_ASKING = "?!？！"
_APART_CLOSERS = ("»", "›", "”")
_CLOSER_APART = lazy_pattern(r"[ \u00a0\u202f]([»›”])(?!\w)")
_VERSE_NUMBER = lazy_pattern(r"\s?(?:[।॥]*\s*[\d०-९.]{1,7}\s*[।॥]+|[{(]?[פס][)}]?(?=\s|$))")
_ONLY_NUMBER = lazy_pattern(
    r"[।॥\s\d०-९.]*[।॥]|[….]*…[….]*|[\u0f01-\u0f14\s]*[\u0f01-\u0f0a][\u0f01-\u0f14\s]*"
)
"""What is no sentence by itself: the number of a verse, the dots before what comes after a silence, the sign that opens
a Tibetan page."""
_INITIAL = lazy_pattern(r"(?<![^\W\d_])[^\W\d_]\.$")  # 44 a.C.
_GOES_ON_AFTER_DASH = lazy_pattern(r"[—–-]\s*")


def _after_closers(body: str, offset: int, end: int) -> int:
    """The offset moved behind what closes the words before it: quote marks, brackets, a note's or a verse's number."""
    if offset and body[offset - 1] in "।॥׃" and (number := _VERSE_NUMBER.match(body, offset, end)):
        return number.end()
    while offset < end:
        may_be_apart = body[offset] in _CLOSER_BLANKS and body[offset + 1 : offset + 2] in _APART_CLOSERS
        apart = _CLOSER_APART.match(body, offset, end) if may_be_apart else None
        if apart is not None:
            offset = apart.end()
        elif _closes(body, offset):
            offset += 1
        else:
            break
    return offset


def _closes(body: str, offset: int) -> bool:
    """Whether a character after the end of a sentence belongs to it."""
    if body[offset] in _BEHIND_STOPS:
        return True
    return body[offset] in _EITHER and _AFTER_CLOSER.match(body, offset + 1) is not None


def _parts(body: str, left: Span, right: Span, language: str) -> bool:
    """Whether a sentence ends between two pieces: not in `“Where?” he asked`, nor in `vol. 2`."""
    before, after = body[left.start : left.end], body[right.start : right.end]
    last = before[-1]
    if not after.strip(_CLOSING + _FULL_STOPS) or (
        (last in "।॥།" or "…" in before) and _ONLY_NUMBER.fullmatch(before)
    ):
        return False
    joined = left.end == right.start
    if _speaks_on(before, after, language, joined=joined):
        return False
    if last in _TITLE_CLOSERS and before[0] not in "《〈":
        return False
    if last in ")]）］" and before[0] not in _OPENERS and _STOP_BEFORE_BRACKET.search(before):
        return False
    if joined and (after[0] == "-" or _INITIAL.search(before)):
        return False
    return not (leads_on(before, after, language) or (len(before) <= 8 and _ENUMERATOR.fullmatch(before)))


def _speaks_on(before: str, after: str, language: str, *, joined: bool) -> bool:
    """Whether a sentence goes on behind the speech, the question or the cry that `before` ends with."""
    last = before[-1]
    if last in _CLOSING and (is_small(after[0]) or goes_on(after, language, joined=joined)):
        return True
    if last in _ASKING and (
        (is_small(after[0]) and not (after[1:2].isupper() or is_small(before[0])))
        or tells_exclamation(after, language)
    ):
        return True
    dash = _GOES_ON_AFTER_DASH.match(after) if after[0] in "—–-" else None
    if dash is None or dash.end() == len(after):
        return False
    behind = after[dash.end() :]
    return is_small(behind[0]) or goes_on(behind, language, joined=False)
