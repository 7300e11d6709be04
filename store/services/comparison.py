"""Two texts of a library held against each other: with its relations, its tags, its links, its word on names."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

from store.sanitize import truncate
from store.services.relations import dismissed_passages, relations_in, relations_of
from store.text_names import slugs_in_use
from texts.naming import NO_OVERRIDES, Overrides, spelling_key
from texts.relate.relate_records import DEFAULT_SCORE, Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from store.library import Library
    from texts.compare import Comparison, Coverage, Tagged
    from texts.compare.similarity import Near
    from texts.compare.tables import Table
    from texts.model import Text
    from texts.relate import Related, Relations
    from texts.search import Searchable

HOW_NEAR = (
    "Pairs are related passages; the shares are the passages of either text that have a counterpart, in %. Alike says "
    "how much of its telling words a passage finds together in the most alike passage of the other text (cosine of "
    "rarity, 0–100), on average; by it the nearest texts are chosen. The words are rare in the library and frequent in "
    "both."
)
"""How the numbers of `table_of_others` are made."""

OTHERS = 20
"""How many texts of a library are related with one, unless somebody asks for more: a tenth of a second each."""


def comparison_of(
    library: Library,
    left: str,
    right: str,
    *,
    min_score: float = DEFAULT_SCORE,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    in_child: bool = False,
    meaning: bool | None = False,
) -> Comparison:
    """What two texts of the library share and where they part; raises NotFound.

    Passages count as covered from `min_score` (0–100). `progress` is called with the share that is done, 0–1; when
    `cancelled` says so, Cancelled is raised. `in_child` and `meaning` are those of `relations_in`, which takes most of
    the time.
    """
    from texts.compare import compare

    overall = Progress(progress, cancelled)
    relating, reading = overall.subrange(0.0, 0.8), overall.subrange(0.8, 1.0)
    ours, theirs = library.texts.get(left), library.texts.get(right)
    relations = relations_in(
        library,
        ours,
        theirs,
        progress=relating.update,
        cancelled=cancelled,
        in_child=in_child,
        meaning=meaning,
    )
    overrides = library.name_rules.overrides()
    found = compare(
        ours, theirs, relations, overrides=overrides, min_score=min_score, progress=reading.update
    )
    return marked_anew(library, found, relations)


def marked_anew(library: Library, comparison: Comparison, relations: Relations) -> Comparison:
    """A comparison of two texts of the library with what readers have marked in them by now.

    That takes no time, where comparing their words does; but what readers say of names changes more than this.
    """
    from texts.compare import with_marks

    left, right = comparison.left, comparison.right
    return with_marks(
        comparison,
        relations,
        tagged=tagged_in(library, left, right),
        linked=linked_passages(library, left, right),
        dismissed=dismissed_passages(library, left, right),
    )


def compared(
    left: Text,
    right: Text,
    *,
    overrides: Overrides = NO_OVERRIDES,
    min_score: float = DEFAULT_SCORE,
    progress: Callable[[float], None] | None = None,
    meaning: bool | None = False,
) -> Comparison:
    """The same for texts that are not in the library, or not both."""
    from texts.compare import compare

    relations = relations_of(left, right, overrides, meaning, progress=progress)
    return compare(left, right, relations, overrides=overrides, min_score=min_score)


class Beside(NamedTuple):
    """A text of the library held against the one that was asked about, which is on the left."""

    text: Text
    near: Near
    """How alike the two are by their words alone."""
    relations: Relations
    related: tuple[Related, ...]
    """The pairs of passages from the score that was asked for, best first, without those that were dismissed."""
    coverage: Coverage


def beside_library(
    library: Library,
    text: Text,
    *,
    passage: int | None = None,
    most: int = OTHERS,
    min_score: float = DEFAULT_SCORE,
    progress: Callable[[float], None] | None = None,
    by_meaning: Sequence[str] = (),
) -> list[Beside]:
    """The texts of the library that say most of what a text says, best first: of their passages, not only their words.

    `text` may be one of the library or any other; `passage` is the number of the only passage that is asked about.
    Those `most` that are nearest by their words (`texts.compare.similarity`) are related with it, passage by passage;
    the relations are kept. `by_meaning` are slugs of others that are related by meaning, whatever their words
    (`store.services.meanings.in_other_languages`). `progress` is told the share that is done, 0–1.

    Raises MeaningError.
    """
    from store.services.search import source_in, source_of
    from texts.compare.similarity import Near

    overall = Progress(progress)
    asked = _Asked(library, text, passage, min_score)
    one = source_in(library, text.slug) if asked.is_in_library else source_of(text)
    own = {text.slug, *by_meaning} if asked.is_in_library else set(by_meaning)
    slugs = [slug for slug in slugs_in_use(library) if slug not in own]
    nearest = _nearest(library, one.searchable, slugs, passage, most)
    found = []
    wanted = [*((Near(slug, 0.0, ()), True) for slug in by_meaning), *((each, False) for each in nearest)]
    for number, (each, meaning) in enumerate(wanted):
        overall.update(number / len(wanted))
        found.append(asked.beside(each, meaning=meaning))
    overall.update(1.0)
    return sorted(found, key=_rank)


FEW = 200
"""Of so many texts each is weighed against one; of more, those that share rare words with it."""


def _nearest(
    library: Library, one: Searchable, slugs: Sequence[str], passage: int | None, most: int
) -> list[Near]:
    """The texts that are nearest to one by their words, `most` at most."""
    from texts.compare.likely_near import likely_near
    from texts.compare.similarity import Usage, near

    indexes, usage = library.search_indexes, None
    if len(slugs) > FEW:
        indexes.word_index.grow()
    present = indexes.present()
    asked = {slug: present[slug] for slug in slugs if slug in present}
    shards = indexes.word_index.shards() if len(asked) > FEW else ()
    if shards:  # none, where they cannot be made or read
        known = {body for shard in shards for body in shard.texts} & {each.body_id for each in asked.values()}
        usage = Usage(shards)
        likely = likely_near(one, known, usage, passage=passage, most=most)
        asked = {
            slug: each for slug, each in asked.items() if each.body_id in likely or each.body_id not in known
        }
    others = [indexes.searchable(slug, each)[1] for slug, each in asked.items()]
    return near(one, others, passage=passage, most=most, usage=usage)


def _rank(beside: Beside) -> tuple[int, float, str]:
    """Those first in which most passages of the text have a counterpart, then those whose words are nearest."""
    covered = sum(not each.is_alone for each in beside.coverage.left)
    return -covered, -beside.near.similarity, beside.text.slug


class _Asked:
    """What is asked about a text of the library or a file."""

    def __init__(self, library: Library, text: Text, passage: int | None, min_score: float) -> None:
        from texts.relate.relating import OneWithOthers

        self._library = library
        self._text = text
        self._passage = passage
        self._min_score = min_score
        self._how = OneWithOthers(text).relate
        # A file may have the slug of a text of the library, under which nothing must be kept for it.
        self.is_in_library = library.texts.has(text.slug) and library.texts.get(text.slug) == text

    def beside(self, near: Near, *, meaning: bool = False) -> Beside:
        """The text, and one that is near to it."""
        from texts.compare import coverage

        other = self._library.texts.get(near.text)
        relations, linked, dismissed = self._relations(other, meaning)
        pairs = (
            relations.pairs(self._min_score)
            if self._passage is None
            else relations.for_left(self._passage, self._min_score)
        )
        related = tuple(pair for pair in pairs if (pair.left, pair.right) not in dismissed)
        covered = coverage(self._text, other, related, linked=linked, min_score=self._min_score)
        return Beside(other, near, relations, related, covered)

    def _relations(
        self, other: Text, meaning: bool
    ) -> tuple[Relations, set[tuple[int, int]], set[tuple[int, int]]]:
        """The relations with another text, and which pairs of passages a reader has linked and dismissed."""
        library, text = self._library, self._text
        if self.is_in_library:
            relations = relations_in(library, text, other, meaning=meaning, how=self._how)
            return relations, linked_passages(library, text, other), dismissed_passages(library, text, other)
        overrides = library.name_rules.overrides()
        return relations_of(text, other, overrides, meaning, library=library, how=self._how), set(), set()


def table_of_others(text: Text, found: Sequence[Beside]) -> Table:
    """What `beside_library` found, as a table: a row for each of the other texts."""
    from texts.compare.tables import Table, TableColumn

    columns = (
        TableColumn("text", "text"),
        TableColumn("title", "title"),
        TableColumn("pairs", "pairs", is_number=True),
        TableColumn("left_share", f"% of {text.slug}", is_number=True),
        TableColumn("right_share", "% of text", is_number=True),
        TableColumn("likeness", "alike", is_number=True),
        TableColumn("words", "words that both use"),
    )
    rows = tuple(
        (
            each.text.slug,
            each.text.title,
            len(each.related),
            round(100 * each.coverage.left_share),
            round(100 * each.coverage.right_share),
            round(each.near.similarity, 1),
            " ".join(each.near.words),
        )
        for each in found
    )
    return Table("others", f"{text.slug} and the texts nearest to it", HOW_NEAR, columns, rows)


def join_names(library: Library, *names: Sequence[str]) -> None:
    """Names are one from now on, in comparing, relating and searching; one act that can be undone.

    Each is given by its spellings, the usual one first; whatever had parted a spelling of one from a spelling of
    another no longer does. Raises LibraryError for what is no spelling, or the same one.
    """
    first, *others = names
    parted = {frozenset(map(spelling_key, pair)) for pair in library.name_rules.overrides().parted}
    with library.act(f"joined the names {quoted(name[0] for name in names)}"):
        for other in others:
            library.name_rules.join(first[0], other[0])
        for one, two in combinations(names, 2):
            for mine, its in product(one, two):
                if {spelling_key(mine), spelling_key(its)} in parted:
                    library.name_rules.join(mine, its)


def part_names(library: Library, spelling: str, others: Sequence[str]) -> None:
    """A spelling is another name from now on than these others; likewise one act."""
    with library.act(f"parted the names {quoted([spelling, *others])}"):
        for other in others:
            library.name_rules.part(spelling, other)


def quoted(words: Iterable[str]) -> str:
    """`“Burma”, “Pagan” and “Myanmar”`, each cut where it is long."""
    *first, last = (f"“{truncate(each)}”" for each in words)
    return f"{', '.join(first)} and {last}" if first else last


def tagged_in(library: Library, *texts: Text) -> Iterator[Tagged]:
    """What is tagged in these texts, orphans left out: they stand nowhere."""
    from texts.compare import Tagged

    for text in texts:
        for highlight in library.highlights.of(text.slug):
            if highlight.anchor == "orphan":
                continue
            passage = text.passage_at(highlight.span.start)
            for tag in highlight.tags:
                yield Tagged(tag, text.slug, passage and passage.number, highlight.span)


def linked_passages(library: Library, left: Text, right: Text) -> set[tuple[int, int]]:
    """Numbers of the passages of two texts between which a reader has made a link."""
    ours, theirs = (_passages_of_highlights(library, text) for text in (left, right))
    ends = [(link.left, link.right) for link in library.links.list(left.slug, right.slug)]
    return {
        (ours[mine], theirs[its])
        for pair in ends
        for mine, its in (pair, pair[::-1])
        if mine in ours and its in theirs
    }


def _passages_of_highlights(library: Library, text: Text) -> dict[int, int]:
    """For the id of each highlight of a text the number of the passage that it starts in."""
    places = {
        highlight.id: text.passage_at(highlight.span.start)
        for highlight in library.highlights.of(text.slug)
        if highlight.anchor != "orphan"
    }
    return {number: passage.number for number, passage in places.items() if passage and passage.number}
