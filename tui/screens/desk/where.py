"""Where the reader is, and what can be done there: for the help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from store.records import Highlight
from tui.keys import shown
from tui.screens.desk.part import Part
from tui.screens.help import Here

_SELECTING = (
    "highlight", "tag", "quick_tag", "highlight_with", "note", "star", "tag_quoted",
    "select_is", "select_ip", "select_iw", "other_edge", "grow", "shrink", "keep_part",
    "search_selected", "related", "link", "copy", "clear",
)  # fmt: skip
_READING = ("highlight", "tag", "highlight_with", "note", "star", "select", "hint", "search", "concordance")
_HIGHLIGHT = ("card", "tag", "untag", "note", "star", "edit_edges", "delete", "repeat", "link", "related")
_IN_RELATED = (
    ("j k", "the next one, the one before; the other pane shows it"),
    ("Enter", "go there"),
    ("Ctrl-l or l", "link it with what you asked about"),
    ("Ctrl-x or x", "dismiss it: it is not suggested again"),
    ("Esc", "back to where you were"),
)


class Where(Part):
    """Looks at what is under the cursor."""

    def now(self) -> Here:
        """The place in words, and the commands that make sense there."""
        desk = self.desk
        side = desk.active
        if side.text is None:
            return self._here("no text is open", ("open_text", "command", "quit"))
        if desk.at_highlight.placing:
            return self._here(
                "choosing the place of a highlight", ("highlight", "other_edge", "keep_part", "clear")
            )
        if side.pane.mode != "read":
            return self._here("selecting", _SELECTING)
        if side.is_earlier:
            return self._here("an earlier version, only to be read", ("clear", "versions", "search", "copy"))
        here = desk.marking.here()
        return self._on_highlight(here) if here else self._reading()

    def _on_highlight(self, here: Sequence[Highlight]) -> Here:
        tags = ", ".join(here[0].tags) or "no tag"
        overlap = f", the first of {len(here)} that overlap" if len(here) > 1 else ""
        linked = (
            ("follow_link", "link_kind", "delete_link") if here[0].id in self.desk.session.linked() else ()
        )
        several = ("cycle", "join") if len(here) > 1 else ()
        return self._here(f"on a highlight, {tags}{overlap}", (*linked, *several, *_HIGHLIGHT))

    def _reading(self) -> Here:
        side, other = self.desk.active, self.desk.other
        number = side.passage_number()
        if number is None:
            return self._here("on furniture (page chrome)", ("furniture", "toggle_furniture", *_READING))
        searching = ("search_next", "search_previous", "clear") if self.desk.finding.query else ()
        related = self.desk.relating.counterparts()
        told = f"¶{number} of {side.slug}"
        if related:
            told += f", of which {other.slug} speaks in {related} passage{'s' if related > 1 else ''}"
        comparing = ("related", "level", "sync", "link") if other.text else ("open_text",)
        return self._here(told, (*searching, *_READING, *comparing))

    def in_related(self) -> Here:
        """What can be done in the list of related passages."""
        return Here("in the list of related passages", _IN_RELATED)

    def _here(self, words: str, ids: Iterable[str]) -> Here:
        table = self.desk.typing.keymap.by_id
        return Here(words, tuple((shown(table[id]), table[id].help) for id in ids if shown(table[id])))
