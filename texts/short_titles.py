"""Short names for texts: what heads, lists and messages call a text beside others, and the slug of a new one.

A title is shortened where it means the least loss: a subtitle goes first, then what follows the first words that say
what the text is about. “Mill crisis: Old rivals will meet at the weir” is Mill crisis; “The late floods in northern
Harrow by the river” is The late floods.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from texts.lazy_pattern import lazy_pattern
from texts.visible import one_line

SHORT = 30
"""A title of no more characters is short enough."""
_TELLING = 2
"""Words that say something, which a shortened title has at least."""
SLUG_WORDS = 3
"""Words that say something, which a slug has at most."""

_PARTS = lazy_pattern(r"\s*[：:;]\s+|[：。，；、]|\s+[–—|-]+\s+|(?<=[?!])\s+|(?<=\w\w\w)\.\s+")
_LABEL = lazy_pattern(
    r"(?:analysis|comment(?:ary)?|editorial|exclusive|explained|interview|letters?|live|news|opinion|review|video"
    r"|(?:act|book|chapter|no\.?|part|section|volume|vol\.?)\s+\w+|\W*\w{1,3})[.?!]?",
    re.IGNORECASE,
)
_WORD = lazy_pattern(r"[^\W_]+(?:[’'-][^\W_]+)*")
_DANGLING = lazy_pattern(r"[\s,;:–—…-]+$")


def short_title(title: str, most: int = SHORT) -> str:
    """A title in few words; one of at most `most` characters is left as it is."""
    whole = _DANGLING.sub("", one_line(title)) or one_line(title)
    if len(whole) <= most:
        return whole
    main, _ = _main_part(whole)
    return main if len(main) <= most else _opening(main, most)


def short_titles(titles: Sequence[str], most: int = SHORT) -> list[str]:
    """Titles in few words, in their order, so that different titles stay different.

    Where several would be called the same, each is called by what follows instead, or else by all of it.
    """
    short = [short_title(title, most) for title in titles]
    seen = Counter(short)
    for number, title in enumerate(titles):
        if seen[short[number]] > 1:
            _, rest = _main_part(one_line(title))
            short[number] = short_title(rest, most) if rest else one_line(title)
    again = Counter(short)
    return [one_line(title) if again[name] > 1 else name for name, title in zip(short, titles, strict=True)]


def telling_words(title: str) -> list[str]:
    """The words of a short title that say something, at most three; of several numbers the last."""
    main, _ = _main_part(one_line(title))
    empty = _stop_words(main)
    telling = [word for word in _WORD.findall(main) if word.casefold() not in empty] or _WORD.findall(main)
    opening = _WORD.findall(_opening(main, len(main)))
    kept = ([word for word in telling if word in opening] or telling)[:SLUG_WORDS]
    numbers = [word for word in telling if word[-1:].isdigit()]
    if numbers and numbers[-1] not in kept:
        kept = [*kept[: SLUG_WORDS - 1], numbers[-1]]
    return kept


def _main_part(title: str) -> tuple[str, str]:
    """What a title says before its subtitle, and the subtitle; a label such as `Opinion` does not count."""
    parts = [part for part in _PARTS.split(title) if part.strip()]
    if len(parts) > 1 and _LABEL.fullmatch(parts[0].strip()):
        parts = parts[1:]
    if not parts:
        return title, ""
    rest = title[title.find(parts[0]) + len(parts[0]) :]
    return parts[0].strip(), " ".join(rest.split()).strip(" :;–—|-：。，；、")


def _opening(title: str, most: int) -> str:
    """The first words of a title, up to where two of them have said what it is about."""
    empty, telling, end = _stop_words(title), 0, 0
    for word in _WORD.finditer(title):
        says_nothing = word[0].casefold() in empty
        if (says_nothing and telling >= _TELLING) or (end and word.end() > most):
            break
        if not says_nothing:
            telling, end = telling + 1, word.end()
    return title[:end] if 0 < end <= most else title[: most - 1].rstrip() + "…"


def _stop_words(title: str) -> frozenset[str]:
    """The words of the title's language that carry order but no subject."""
    from texts.languages.telling import language_of, stop_words  # most titles are short enough without

    return stop_words(language_of(title))
