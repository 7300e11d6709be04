"""Notes that a page calls: which of its paragraphs they are, and the mark by which each is called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from texts.lazy_pattern import lazy_pattern
from texts.load.open_elements import ENDLESS, OpenElement, OpenList

_MARK = lazy_pattern(r"[^\w\s]{0,3}(?:[\d⁰¹²³⁴-⁹]{1,4}|[a-z]|[ivxlc]{1,7})?[^\w\s]{0,3}", re.IGNORECASE)
"""What a note may begin with; a call may also be the word that it explains."""
_OPENING = "“‘„«‹\"'—–-(¿¡ "


class CalledNotes:
    """Told of what a page calls and of what begins and ends in it, knows where it is in a note."""

    def __init__(self) -> None:
        self._marks: dict[str, str] = {}
        """By the ids of notes, once they are called; empty where the call is no mark."""
        self._open = 0
        self._is_note = False
        """Whether the paragraph is one, or the beginning of one."""
        self._is_term = False
        """Likewise for the last term of a list of terms."""
        self._mark = ""
        """What a note begins with that does not say its number."""
        self._said: set[str] = set()
        """The marks of calls in the paragraph."""

    def call(self, target: str, words: str) -> None:
        """Takes the call of a note, if it leads to one on this page; the first call of a note counts."""
        self._said.add(words)
        if target:
            self._marks.setdefault(target, words if _MARK.fullmatch(words) else "")

    def begin(
        self,
        seen: OpenElement,
        said: Mapping[str, str | None],
        inner: OpenList | None,
        around: OpenElement | None,
    ) -> None:
        """Takes the beginning of a block that is seen, in the innermost list and the innermost element."""
        tag, is_called = seen.tag, self._leads_to(said)
        if is_called:
            self._widen(around)
        if tag == "li" and inner is not None:
            inner.in_note = is_called
        elif tag in ("dt", "dd"):
            self._is_term = is_called or (tag == "dd" and self._is_term)
            self._is_note = self._is_term
        elif tag in ENDLESS:
            self._is_note = self._is_note or is_called
        else:
            seen.is_note = is_called
        is_numbered = inner is not None and inner.number is not None
        if is_called and (tag not in ENDLESS or (tag in ("li", "p") and not is_numbered)):
            self._mark = self._marks.get(said.get("id") or "", "")

    def pass_by(
        self, said: Mapping[str, str | None], inner: OpenList | None, around: OpenElement | None
    ) -> None:
        """Takes an element within a paragraph that is seen: an anchor may stand for what is around it."""
        if self._leads_to(said):
            self._is_note = True
            self._widen(around)
            if inner is not None:
                inner.in_note = True

    def _widen(self, around: OpenElement | None) -> None:
        """Makes an element a note that is named as one."""
        if around is not None and around.is_named_note and not around.is_note:
            around.is_note = True
            self._open += 1

    def enter(self, seen: OpenElement) -> None:
        """Takes it that a block of more than a paragraph is open."""
        self._open += seen.is_note

    def leave(self, seen: OpenElement) -> None:
        """Takes the end of one."""
        if seen.is_note:
            self._open -= 1
            self._mark = ""

    def is_note(self, lists: Sequence[OpenList]) -> bool:
        """Whether a paragraph inside these lists is one, or part of one."""
        return bool(self._marks) and (self._open > 0 or self._is_note or any(each.in_note for each in lists))

    def end_paragraph(self, words: str) -> None:
        """Takes the end of a paragraph that had words; a note whose mark they are goes on in the next one."""
        self._said.clear()
        self._is_note = self._is_note and _MARK.fullmatch(words.strip()) is not None

    def marked(self, lines: list[str], *, is_heading: bool) -> list[str]:
        """The lines of a block, with its number before the first ones of a note that says none."""
        if is_heading or not self._mark:
            return lines
        mark, self._mark = self._mark, ""
        words = lines[0].lstrip()
        # What calls a note by the same mark is no note, but what one leads back to.
        says_none = (
            words.lstrip(_OPENING)[:1].isalpha() and not words.startswith(mark) and mark not in self._said
        )
        return [f"{mark} {words}", *lines[1:]] if says_none else lines

    def _leads_to(self, said: Mapping[str, str | None]) -> bool:
        return bool(self._marks) and any(said.get(key) in self._marks for key in ("id", "name"))
