"""The passages of a corpus, or of two, in columns: what candidates are found in, and what is planned of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from texts.corpus.repeats import MANY, pairs_of_same, repeats, same_words, spread, texts_to_find, told_once
from texts.corpus.shared_words import Candidates, SharedWords, Words

if TYPE_CHECKING:
    from store.corpus.corpus_file import Corpus
    from texts.corpus.repeats import Repeats
    from texts.corpus.shared_words import Bools, Small
    from texts.relate.sparse import Ints


def numbers_of_texts(corpora: Sequence[Corpus], *, between_series: bool) -> list[dict[int, int]]:
    """For each corpus the numbers that its texts go by among all of them; passages of one number are no pair.

    With `between_series` texts of one series, in either corpus, go by one number; those without one by their own.
    """
    found: list[dict[int, int]] = []
    known: dict[str, int] = {}
    before = 0
    for corpus in corpora:
        numbers = {text: text + before for text, _ in corpus.series()}
        before = max(numbers.values(), default=before) + 1
        if between_series:
            for text, series in corpus.series():
                if series:
                    numbers[text] = known.setdefault(series, numbers[text])
        found.append(numbers)
    return found


class Columns(NamedTuple):
    """The passages of one corpus or of two, one after the other."""

    words: Words
    corpus: Small
    """0 or 1 for each passage."""
    section: Small
    """The number of the section of each passage in its corpus."""
    first: Small
    """The place of the first passage of its section."""
    same: Small
    """The first passage of the same corpus that has the same words."""
    first_of_other: int
    """Where the passages of the second corpus begin; at the end where there is none."""

    @classmethod
    def of(cls, corpora: Sequence[Corpus], *, between_series: bool = False) -> Columns:
        """The passages of corpora; with `between_series` those of one series are as if they were of one text."""
        numbers, lengths, texts, sections, whose = [], [], [], [], []
        text_numbers = numbers_of_texts(corpora, between_series=between_series)
        for which, corpus in enumerate(corpora):
            for section in corpus.section_words():
                starts = np.frombuffer(section.starts, np.uint32).astype(np.int64)
                count = len(starts) - 1
                numbers.append(np.frombuffer(section.words, np.int64))
                lengths.append(np.diff(starts))
                texts.append(np.full(count, text_numbers[which][section.text]))
                sections.append(np.full(count, section.id))
                whose.append(np.full(count, which, np.int8))
        none = np.zeros(0, np.int64)
        starts = np.concatenate([[0], np.cumsum(np.concatenate([none, *lengths]))])
        words = Words(np.concatenate([none, *numbers]), starts, np.concatenate([none, *texts]))
        of_section, of_corpus = np.concatenate([none, *sections]), np.concatenate([none, *whose])
        is_head = (np.diff(of_section, prepend=-1) != 0) | (np.diff(of_corpus, prepend=-1) != 0)
        heads = np.flatnonzero(is_head)
        first = np.repeat(heads, np.diff(np.append(heads, len(of_section))))
        parted = int(np.searchsorted(of_corpus, 1))
        return cls(words, of_corpus, of_section, first, _same(words, parted), parted)

    def shared_words(self) -> SharedWords:
        """The words, ready to be looked up: passages that repeat another neither ask nor answer."""
        asks = None if self.of_one else self.first_of_other
        words = self.words._replace(texts=texts_to_find(self.same, self.words.texts))
        return SharedWords.of(words, asks=asks, answers=self.tell_words)

    @property
    def of_one(self) -> bool:
        """Whether there is one corpus only."""
        return self.first_of_other == len(self.corpus)

    @property
    def tell_words(self) -> Small:
        """Which passages are the first with their words."""
        return np.asarray(self.same == np.arange(len(self.same)))

    def pairs_of_same(self) -> Candidates:
        """Pairs of passages with the same words."""
        return self.across(pairs_of_same(self.same, self.words.texts))

    def across(self, found: Candidates) -> Candidates:
        """The pairs that are asked about: where there are two corpora, those with a passage in each."""
        if self.of_one:
            return found
        return found.only(self.corpus[found.lefts] != self.corpus[found.rights])

    def _pairs_apart(self, one: Ints, other: Ints) -> Bools:
        """Which of these passages are pairs that may be told: of two texts, and of both corpora where there are two."""
        apart: Bools = self.words.texts[one] != self.words.texts[other]
        return apart if self.of_one else apart & (self.corpus[one] != self.corpus[other])

    def jobs(self, found: Candidates) -> dict[str, Small]:
        """The plan for some pairs, sorted by their sections."""
        left, right = found.lefts, found.rights
        order = np.lexsort(
            (right, left, self.section[right], self.corpus[right], self.section[left], self.corpus[left])
        )
        left, right = left[order], right[order]
        head = np.ones(len(left), bool)
        head[1:] = (self.first[left[1:]] != self.first[left[:-1]]) | (
            self.first[right[1:]] != self.first[right[:-1]]
        )
        plan = {"left": left, "right": right, "starts": np.append(np.flatnonzero(head), len(left))}
        for side, places in (("left", left), ("right", right)):
            plan[f"{side}_corpus"] = self.corpus[places]
            plan[f"{side}_section"] = self.section[places]
            plan[f"{side}_passage"] = places - self.first[places]
        return plan

    def plan(self, found: Candidates, best: int) -> tuple[dict[str, Small], Repeats]:
        """The plan of what is worth telling of these candidates, so many of a group; and the groups."""
        found = Candidates.joined([spread(found, self.same, self.words.texts), self.pairs_of_same()])
        groups = repeats(self.same, found)
        kept = self.across(told_once(found, groups, self._pairs_apart, best))
        return self.jobs(kept) | self.groups(groups, kept), groups

    def groups(self, groups: Repeats, found: Candidates) -> dict[str, Small]:
        """For each pair of the plan the first passage of its group and how many that has; 0 where there is none."""
        plan = self.jobs(found)
        inside = groups.of_group(plan["left"], plan["right"])
        return {
            "group": groups.first[plan["left"]],
            "group_size": np.where(inside, groups.sizes[plan["left"]], 0),
        }

    def members(self, groups: Repeats) -> dict[str, Small]:
        """The passages of the groups that pairs may tell of, those of a group one after the other.

        Such a group has passages of two texts, or of both corpora where there are two.
        """
        places = np.flatnonzero(groups.sizes >= MANY)
        places = places[np.argsort(groups.first[places], kind="stable")]
        first = groups.first[places]
        told = np.unique(first[self._pairs_apart(places, first)])
        kept = np.isin(first, told)
        places, first = places[kept], first[kept]
        return {
            "first": first,
            "size": groups.sizes[places],
            "corpus": self.corpus[places],
            "section": self.section[places],
            "passage": places - self.first[places],
        }


def _same(words: Words, parted: int) -> Small:
    """For each passage the first one of its corpus that has the same words."""
    parts: Iterable[tuple[int, int]] = ((0, parted), (parted, len(words.starts) - 1))
    return np.concatenate(
        [
            same_words(Words(words.numbers, words.starts[start : end + 1], words.texts[start:end])) + start
            for start, end in parts
        ]
    )
