"""Tagging hits of a search, all of them or those that are ticked, in one act."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from store.library import Library
from texts.search import Hit
from tui.screens.desk.part import Part
from tui.screens.desk.side import Side
from tui.screens.picker import Deed, Picked
from tui.tagging import tag_places

TAG_HITS = Deed("ctrl+t", "tag", "tag all or ticked", all=True)


class TagHits(Part):
    """What the concordance offers besides going to a hit."""

    def ask(self, hits: Sequence[Hit], query: str) -> None:
        """Asks for the tag and puts it on the hits, each of which becomes a highlight if it is none."""
        refusal = next(filter(None, (self.desk.versions.refusal(side) for side in self._sides(hits))), "")
        if refusal:
            self.desk.tell(refusal, error=True)
            return
        title = f"Tag {_hits(len(hits))} of {query}"
        self.desk.app.push_screen(self.desk.tagging.tag_picker(title), partial(self._tag, hits, query))

    def _sides(self, hits: Sequence[Hit]) -> list[Side]:
        slugs = {hit.text for hit in hits}
        return [side for side in self.desk.sides if side.slug in slugs]

    def _tag(self, hits: Sequence[Hit], query: str, picked: Picked | None) -> None:
        if picked is None:
            return
        tag = picked.typed if picked.deed == "new" else picked.key
        places = [(hit.text, hit.span) for hit in hits]

        def job(library: Library) -> int:
            return tag_places(library, places, tag, f"tagged {_hits(len(hits))} of “{query}” {tag}")

        def done(count: int) -> None:
            self.desk.reload()
            self.desk.tell(
                f"{_hits(count)} tagged {tag}: {self.desk.key_of('undo')} takes all of it back", good=True
            )

        self.desk.tell(f"tagging {_hits(len(hits))} …")
        self.desk.session.write(job, done, self.refused)


def _hits(count: int) -> str:
    return "1 hit" if count == 1 else f"{count} hits"
