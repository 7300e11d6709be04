"""Finds the author in an author line, before an article or after it."""

from __future__ import annotations

from texts.lazy_pattern import lazy_pattern

_LINE_MOST = 120
_LIFE_MOST = 360

# No two of these begin or go on alike, and hyphens only stand between them: there is one way to read a line
# such as `A-B-C-D`, so none takes long.
_INITIALS = r"(?:[^\W\d_a-z]\.)+"
_LETTER = r"[^\W\d_a-z]\b(?!\.)"
_WORD = r"[^\W\d_a-z][^\W\d_]+(?:['’][^\W\d_]+)*\.?|[^\W\d_a-z]['’][^\W\d_]+"
_PART = rf"(?:{_INITIALS}|{_LETTER}|{_WORD})"
_PARTICLES = "al|bin|da|de|del|della|der|di|du|el|ibn|la|le|ten|ter|van|von|zu"
_PARTICLE = rf"(?:{_PARTICLES})"
_ARE_PARTICLES = frozenset(_PARTICLES.split("|"))
_NAME = rf"{_PART}(?:[ -](?:{_PARTICLE}[ -])*{_PART}){{1,5}}"
_NAMES = rf"{_NAME}(?:(?:, | and | & |, and ){_NAME}){{0,4}}"
_ROLES = (
    "advis[eo]r|ambassador|analyst|associate|author|chair|co-author|columnist|commentator|contributor",
    "correspondent|critic|director|economist|editor|essayist|expert|fellow|founder|historian|journalist",
    "lawyer|lecturer|novelist|poet|president|professor|reporter|researcher|scholar|scientist|student",
    "teacher|translator|writer",
)
_BEGINNINGS = ("by", "By", "BY", "written by", "Written by", "author:", "Author:", "AUTHOR:")
"""How a line begins that says `By Jane Doe`: the expression is compiled where one does."""
_BY = lazy_pattern(
    r"[*_]*(?:[Bb]y|BY|[Ww]ritten by|[Aa]uthor:|AUTHOR:)[*_]*\s+[*_]*"
    rf"(?P<name>{_NAMES})(?=$|[*_,|·•(]|\s+(?:at|for|in|on)\b|\s[-–—|])"
)
_ROLE = lazy_pattern(
    rf"[*_]*(?P<name>{_NAMES})[*_]*,? (?:is|are|was|has been) (?:an? |our |the )?"
    rf"(?:[\w’'-]+,? (?:and )?){{0,6}}?(?:{'|'.join(_ROLES)})s?\b"
)
_WRITES = lazy_pattern(rf"[*_]*(?P<name>{_NAMES})[*_]*,? (?:blogs|lectures|reports|teaches|tweets|writes)\b")


def byline(string: str) -> str:
    """The name or names of a line that says `By Jane Doe`; empty for any other line."""
    is_one = len(string) <= _LINE_MOST and string.lstrip("*_").startswith(_BEGINNINGS)
    found = _BY.match(string) if is_one else None
    return found["name"].strip(" ,") if found else ""


def author_of(string: str) -> str:
    """The name or names of an author line: `By Jane Doe`, or `Jane Doe is a reporter at …`.

    Empty where the paragraph is none.
    """
    if len(string) > _LIFE_MOST:
        return ""
    found = (_ROLE.match(string) or _WRITES.match(string)) if _may_begin_with_name(string) else None
    return byline(string) or (found["name"].strip(" ,") if found else "")


def _may_begin_with_name(string: str) -> bool:
    """Whether its first two words could be parts of a name: most paragraphs are told by that, and nothing compiled."""
    words = string.replace("-", " ").split(maxsplit=2)[:2]
    return all(word in _ARE_PARTICLES or not "a" <= word.lstrip("*_")[:1] <= "z" for word in words)
