"""The overview of two texts that are compared, made beside the desk, and anew as little of it as what changed asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from store.library import Library
from store.text_names import EARLIER
from texts.model import Text

if TYPE_CHECKING:
    from texts.naming import Overrides
    from texts.relate import Relations
    from tui.view.comparison_tabs import ComparisonTabs


class MadeOverview(NamedTuple):
    """A comparison that was made."""

    overview: ComparisonTabs
    overrides: Overrides
    """The name rules that it was made by."""
    position: object
    """Where the journal stood."""

    def is_of(self, left: Text | None, right: Text | None) -> bool:
        """Whether it is of these texts, in these versions."""
        return (self.overview.comparison.left, self.overview.comparison.right) == (left, right)


def make_overview(
    library: Library, left: Text, right: Text, relations: Relations | None, before: MadeOverview | None
) -> MadeOverview:
    """The overview of two texts that are open, which takes over from the one `before` what marks leave as it was.

    An earlier version of a text, which is in no library and bears no marks, is one too.
    """
    from store.services.comparison import comparison_of, marked_anew, tagged_in
    from store.services.relations import relations_in
    from texts.compare import collate, compare
    from tui.view.comparison_tabs import overview

    position, overrides = library.journal.position(), library.name_rules.overrides()
    if not (library.texts.has(left.slug) and library.texts.has(right.slug)):
        relations = relations or relations_in(library, left, right, in_child=True)
        comparison = compare(left, right, relations, overrides=overrides)
        one, other = (text.slug.partition(EARLIER)[0] for text in (left, right))
        changes = collate(left, right) if one == other else None
        return MadeOverview(overview(comparison, changes=changes), overrides, position)
    if relations is None or before is None or before.overrides != overrides or not before.is_of(left, right):
        meaning = relations is not None and relations.by_meaning
        comparison = comparison_of(library, left.slug, right.slug, in_child=True, meaning=meaning)
    else:
        comparison = marked_anew(library, before.overview.comparison, relations)
    return MadeOverview(overview(comparison, tagged_in(library, left, right)), overrides, position)
