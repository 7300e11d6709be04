"""What a text is called: title, author and slug, guessed from its words and from its file's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePath

from texts.boilerplate.libraries import stated
from texts.byline import author_of, byline
from texts.lazy_pattern import lazy_pattern
from texts.model import Passage
from texts.prose import is_headline
from texts.short_titles import telling_words
from texts.tokens import APOSTROPHES
from texts.visible import one_line

SLUG_MOST = 40
"""A slug has at most as many characters, cut at a hyphen where it has one."""

SLUG_GOOD = 24
"""A slug that nobody chose has rarely more: longer ones are made of the words that tell most."""

_NO_LETTERS = "text"
_NO_APOSTROPHES = str.maketrans("", "", APOSTROPHES)
_FIRST_WORDS = 8
_FROM_THE_HEAD = 3
_TITLE_MOST = 200
# Names that programs give: numbers, digests and other letters mixed with digits, `untitled`, `IMG`.
_MADE_BY_MACHINES = lazy_pattern(
    r"\d+|(?=.*\d)[0-9a-f]{6,}|[0-9a-f]{16,}|(?=.*[a-z]\d+[a-z])(?=.*\d[a-z]+\d)\w{8,}"
    r"|article|copy|doc|document|download|draft|export|file|img|index|new|output|page|scan|stdin|text|tmp\w*|txt|untitled"
)
_MARKUP = lazy_pattern(r"^(?:#{1,6}|[-*+•>])\s+")


def numbered(name: str, is_taken: Callable[[str], bool]) -> str:
    """The name, with a number behind it where it is taken.

    The number is looked for by doubling and halving: thousands of texts may have one name.
    """
    if not is_taken(name):
        return name
    used, free = 1, 2
    while is_taken(f"{name}-{free}"):
        used, free = free, 2 * free
    while free - used > 1:
        middle = (used + free) // 2
        used, free = (middle, free) if is_taken(f"{name}-{middle}") else (used, middle)
    return f"{name}-{free}"


def slugify(title: str) -> str:
    """A title as a slug: lower-case ASCII letters and digits with single hyphens between; never empty.

    At most `SLUG_MOST` characters, cut at a hyphen. Where a title has no Latin letter or digit, `text`.
    """
    bare = unicodedata.normalize("NFKD", title.casefold().translate(_NO_APOSTROPHES))
    letters = bare if bare.isascii() else "".join(c for c in bare if not unicodedata.combining(c))
    slug = "-".join(re.findall("[a-z0-9]+", letters))
    if len(slug) > SLUG_MOST:
        head = slug[: SLUG_MOST + 1]
        slug = head[: head.rfind("-")] if "-" in head else slug[:SLUG_MOST]
    return slug or _NO_LETTERS


def short_slug(name: str) -> str:
    """A slug for a text that nobody has named: that of a title or of a file's stem, of a long one the telling words."""
    slug = slugify(name)
    if len(slug) <= SLUG_GOOD:
        return slug
    telling = slugify(" ".join(telling_words(_from_stem(name) or name)))
    return slug if telling == _NO_LETTERS else telling


def telling_stem(name: str) -> str:
    """The file's name without folder and ending, where a person gave it; empty where it tells nothing."""
    path = PurePath(name)
    stem = path.stem
    parts = re.findall(r"[^\W_]+", stem.casefold())
    return stem if any(not _MADE_BY_MACHINES.fullmatch(part) for part in parts) else ""


def guess_title(body: str, passages: Sequence[Passage], name: str) -> str:
    """A title for a text whose file names none: what its header states, its headline, its file, its first words."""
    return (
        stated(body).title
        or _headline(body, passages)
        or _from_stem(telling_stem(name))
        or _opening(body, passages)
    )


def guess_author(body: str, passages: Sequence[Passage]) -> str:
    """The name in an author line near the head of the article or at its end; empty where there is none."""
    if name := stated(body).author:
        return name
    own = [p for p in passages if not p.is_furniture] or list(passages)
    for passage in own[: _FROM_THE_HEAD + 1]:
        if name := next(filter(None, map(byline, _lines(body, passage))), ""):
            return name
    for passage in reversed(own[-2:]):
        if len(own) > 1 and (name := author_of(body[passage.span.start : passage.span.end])):
            return name
    return ""


def _headline(body: str, passages: Sequence[Passage]) -> str:
    """The first paragraph that looks like a headline, before any prose; author lines are passed over."""
    for passage in [p for p in passages if not p.is_furniture][:_FROM_THE_HEAD]:
        first, *rest = _lines(body, passage)
        if rest and not all(map(byline, rest)):
            return ""
        if byline(first):
            continue
        return _MARKUP.sub("", first) if is_headline(first) else ""
    return ""


def _lines(body: str, passage: Passage) -> Iterator[str]:
    """The first few lines of a paragraph."""
    head = body[passage.span.start : min(passage.span.end, passage.span.start + 4 * _TITLE_MOST)]
    return map(str.strip, head.split("\n"))


def _from_stem(stem: str) -> str:
    """A file's stem as a person would write it: `a-chance_in-baghdad` is `A chance in baghdad`."""
    words = " ".join(re.split(r"[\s_]+|(?<=\w)-(?=\w)", stem)).strip()
    if len(words) < 2:  # a.txt and b.txt are good slugs, but no titles
        return ""
    return one_line(words[:1].upper() + words[1:])


def _opening(body: str, passages: Sequence[Passage]) -> str:
    """The first words of the article, with an ellipsis where it goes on."""
    own = [p for p in passages if not p.is_furniture] or list(passages)
    start, end = own[0].span
    words = body[start : min(end, start + 10 * _TITLE_MOST)].split()
    opening = " ".join(words[:_FIRST_WORDS])
    if len(opening) > _TITLE_MOST:
        return opening[:_TITLE_MOST] + "…"
    return opening.rstrip(" ,;:—–-") + "…" if len(words) > _FIRST_WORDS else opening
