"""Who and what two texts name, and how each of them spells it.

Mentions come from `mentions`, by capitals alone. Spellings are made one name in this order, each step only where the
reader has not parted the two: what the reader has joined; the same words, but for articles, particles and plural;
known aliases (Shi’ite, Shia) and spellings with the same consonants (`spelling`), more loosely where several words
speak for each other; in two scripts what sounds alike and stands in the same places (`across_scripts`); the short
form that a text puts in brackets behind the long one, and initials; at last a surname alone with the one full name
that it can belong to.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from texts.compare.across_scripts import (
    mentions_without_capitals,
    one_in_two_scripts,
    passages_of,
)
from texts.compare.mentions import Mention, find_mentions
from texts.compare.spelling import are_alike, consonants, variants
from texts.compare.tokenized import TokenizedText, is_ordinary
from texts.compare.wordlists import BEFORE_GROUPS, PARTS_OF_PLACES
from texts.languages.morphology import is_in_old_spelling
from texts.languages.spelling_keys import name_key
from texts.languages.telling import effective_language
from texts.languages.transliteration import are_in_two_scripts
from texts.lexicon import PLACES, Aliases, alias_root
from texts.model import Span, Text
from texts.naming import NO_OVERRIDES, Overrides, naming_words, spelling_key


@dataclass(frozen=True)
class Spelling:
    """One way in which a name is written, and where."""

    written: str
    """As it stands in the texts, white space made single, without a possessive."""
    left: tuple[Span, ...]
    """Each place in the left body, in order."""
    right: tuple[Span, ...]
    """Each place in the right body, in order."""

    @property
    def count(self) -> int:
        """How often both texts write it so."""
        return len(self.left) + len(self.right)


@dataclass(frozen=True)
class Name:
    """A person, a place or a group, with all its spellings in two texts.

    Counts are mentions in numbered passages: what a capital marks as a name, not pronouns or descriptions.
    """

    spellings: tuple[Spelling, ...]
    """The most frequent first; never empty."""

    @property
    def label(self) -> str:
        """The most frequent spelling."""
        return self.spellings[0].written

    @cached_property
    def left(self) -> tuple[Span, ...]:
        """Each mention in the left body, in order."""
        return tuple(sorted(span for spelling in self.spellings for span in spelling.left))

    @cached_property
    def right(self) -> tuple[Span, ...]:
        """Each mention in the right body, in order."""
        return tuple(sorted(span for spelling in self.spellings for span in spelling.right))

    @property
    def one_word_spellings(self) -> tuple[str, ...]:
        """The words, without articles, that name it each by itself: Shi’ite, Shia; what search can treat as one."""
        found = (_only_word(spelling.written) for spelling in self.spellings)
        return tuple(dict.fromkeys(word for word in found if word))

    @property
    def is_shared(self) -> bool:
        """Whether both texts have it."""
        return bool(self.left and self.right)

    @property
    def differs(self) -> bool:
        """Whether both texts have it and one has a spelling that the other has not."""
        return self.is_shared and any(not (spelling.left and spelling.right) for spelling in self.spellings)


def names(
    left: TokenizedText,
    right: TokenizedText,
    *,
    overrides: Overrides = NO_OVERRIDES,
    aliases: Iterable[Iterable[str]] = (),
    related: Collection[tuple[int, int]] = (),
) -> tuple[Name, ...]:
    """The names of two texts: those of both first, then by how often they occur.

    `aliases` are groups of words that name the same, beside the known ones; `overrides` go before everything else.
    `related` are numbers of passages that say the same: where these are in two scripts, names stand in them together.
    """
    mentions = find_mentions(left, right)
    across: tuple[tuple[str, str], ...] = ()
    if are_in_two_scripts(left.text.body, right.text.body):
        mentions = _with_those_without_capitals(left.text, right.text, mentions)
        ours, theirs = passages_of(left.text, mentions[0]), passages_of(right.text, mentions[1])
        across = tuple(one_in_two_scripts(ours, theirs, related))
    forms = _Forms(mentions)
    clusters = _Clusters(
        forms.by_count(), ((spelling_key(one), spelling_key(other)) for one, other in overrides.parted)
    )
    for one, other in sorted(overrides.joined):
        clusters.join(spelling_key(one), spelling_key(other))
    known = Aliases(aliases)
    old = any(is_in_old_spelling(reading.text) for reading in (left, right))
    german = any(effective_language(reading.text) == "de" for reading in (left, right))
    classes = _classes(forms, known, across, old=old, german=german)
    for one, other in (*_same(forms, classes), *_alike(forms, classes), *_short_for(forms, known)):
        clusters.join(one, other)
    for one, other in _surnames(forms, classes, clusters.groups()):
        clusters.join(one, other)
    found = (
        Name(tuple(forms.spelling(key) for key in sorted(keys, key=forms.rank))) for keys in clusters.groups()
    )
    return tuple(sorted(found, key=_rank))


def _only_word(written: str) -> str:
    """The word of a spelling that has but one, articles not counted; empty where it has more."""
    words = naming_words(written)
    return words[0] if len(words) == 1 else ""


def _rank(name: Name) -> tuple[bool, int, str]:
    return not name.is_shared, -len(name.left) - len(name.right), name.label


class _Forms:
    """The spellings of two texts, told apart by `spelling_key`, and what is known of each."""

    def __init__(self, mentions: Sequence[Sequence[Mention]]) -> None:
        self._of: defaultdict[str, tuple[list[Mention], list[Mention]]] = defaultdict(lambda: ([], []))
        self.parts: dict[str, tuple[str, ...]] = {}
        self.words = Counter[str](), Counter[str]()
        self.stands_for: dict[str, tuple[str, ...]] = {}
        self.acronyms: set[str] = set()
        self.institutions: set[str] = set()
        self.groups: set[str] = set()
        for side, found in enumerate(mentions):
            for mention in found:
                self._take(mention, side)

    def _take(self, mention: Mention, side: int) -> None:
        key = spelling_key(mention.written)
        self._of[key][side].append(mention)
        self.parts.setdefault(key, mention.parts)
        self.words[side].update(mention.parts)
        if mention.stands_for:
            self.stands_for[key] = mention.stands_for
        if mention.is_acronym:
            self.acronyms.add(key)
        if mention.is_institution:
            self.institutions.add(key)
        if mention.before in BEFORE_GROUPS:
            self.groups.add(mention.parts[-1])

    def rank(self, key: str) -> tuple[int, int, str]:
        """What sorts spellings: those first that the texts have most often, then the short ones."""
        return -sum(map(len, self._of[key])), len(key), key

    def by_count(self) -> list[str]:
        """All spellings, the most frequent first."""
        return sorted(self._of, key=self.rank)

    def meet(self, one: str, other: str) -> bool:
        """Whether some text has both spellings."""
        return any(mine and its for mine, its in zip(self._of[one], self._of[other], strict=True))

    def spelling(self, key: str) -> Spelling:
        """A spelling with its places, written as it is most often."""
        left, right = self._of[key]
        written = Counter(mention.written for mention in (*left, *right))
        return Spelling(
            min(written, key=lambda words: (-written[words], words)),
            tuple(mention.span for mention in left),
            tuple(mention.span for mention in right),
        )


class _Clusters:
    """Spellings that are joined one after the other, and never against the reader's word."""

    def __init__(self, keys: Iterable[str], parted: Iterable[tuple[str, str]]) -> None:
        self._of = {key: [key] for key in keys}
        self._parted = {frozenset(pair) for pair in parted}

    def join(self, one: str, other: str) -> None:
        """Make one of the clusters of two spellings, unless that joins what was parted; unknown ones are let be."""
        first, second = self._of.get(one), self._of.get(other)
        if first is None or second is None or first is second:
            return
        if any(frozenset((mine, its)) in self._parted for mine in first for its in second):
            return
        first.extend(second)
        self._of.update(dict.fromkeys(second, first))

    def groups(self) -> list[list[str]]:
        """The clusters, each once."""
        return list({id(group): group for group in self._of.values()}.values())


def _same(forms: _Forms, classes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Spellings whose words are the same one by one: but for plural, alias and transliteration."""
    alike: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for key in forms.by_count():
        alike[tuple(classes[part] for part in forms.parts[key])].append(key)
    for keys in alike.values():
        yield from combinations(keys, 2)


def _alike(forms: _Forms, classes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Spellings of several words that no text has both of, and whose words are alike one by one."""
    by_sound: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for key in forms.by_count():
        if len(forms.parts[key]) > 1:
            by_sound[tuple(consonants(classes[part]) for part in forms.parts[key])].append(key)
    for keys in by_sound.values():
        for one, other in combinations(keys, 2):
            mine, its = ([classes[part] for part in forms.parts[key]] for key in (one, other))
            if not forms.meet(one, other) and are_alike(mine, its):
                yield one, other


def _with_those_without_capitals(
    left: Text, right: Text, mentions: tuple[list[Mention], list[Mention]]
) -> tuple[list[Mention], list[Mention]]:
    """The mentions, and those of a script without capitals of what the other text names."""
    ours, theirs = mentions
    return (
        sorted([*ours, *mentions_without_capitals(left, theirs)], key=lambda mention: mention.span),
        sorted([*theirs, *mentions_without_capitals(right, ours)], key=lambda mention: mention.span),
    )


def _classes(
    forms: _Forms, aliases: Aliases, across: Iterable[tuple[str, str]], *, old: bool, german: bool
) -> Mapping[str, str]:
    """For each word of a name, the word that stands for all that are the same.

    `across` are words that are one in two scripts; `old`: in old spelling too; `german`: with genitives that have no
    apostrophe.
    """
    left, right = forms.words
    every = sorted(left | right)
    words = _Clusters(every, ())
    for one, other in (
        *_plurals(forms, every),
        *_aliases(forms, every, aliases),
        *variants(left, right),
        *across,
    ):
        words.join(one, other)
    if german:
        for word in every:
            words.join(word, f"{word}s")
    if old:
        by_key: dict[str, str] = {}
        for word in every:
            words.join(by_key.setdefault(name_key(word), word), word)
    return {word: min(group) for group in words.groups() for word in group}


def _plurals(forms: _Forms, every: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Groups and their plural: Kurd, Kurds; not William, Williams, which no article goes before."""
    known = set(every)
    for word in known:
        for plural in (word + "s", word + "es"):
            if plural in known and forms.groups & {word, plural}:
                yield word, plural


def _aliases(forms: _Forms, every: Iterable[str], aliases: Aliases) -> Iterator[tuple[str, str]]:
    """Words that are known to name the same."""
    acronyms = {forms.parts[key][0] for key in forms.acronyms}
    by_root: defaultdict[str, list[str]] = defaultdict(list)
    for word in every:
        by_root[alias_root(".".join(word) + "." if word in acronyms else word)].append(word)
    for name, words in by_root.items():
        for other in aliases.of(name):
            yield from ((words[0], its) for its in by_root.get(other, ()))


def _short_for(forms: _Forms, aliases: Aliases) -> Iterator[tuple[str, str]]:
    """Short forms and the long ones that they stand for: in brackets behind it, by initials, or its beginning."""
    by_parts: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    by_initials: defaultdict[str, list[str]] = defaultdict(list)
    for key in forms.by_count():
        parts = forms.parts[key]
        by_parts[parts].append(key)
        if len(parts) > 1:
            by_initials["".join(part[0] for part in parts)].append(key)
    for key, parts in sorted(forms.stands_for.items()):
        if key[0] == parts[0][0]:
            yield from ((key, long) for long in by_parts[parts])
    for key in sorted(forms.acronyms):
        long_forms = by_initials.get(forms.parts[key][0], [])
        if len({forms.parts[long] for long in long_forms}) == 1:
            yield from ((key, long) for long in long_forms)
    for initials, long_forms in by_initials.items():
        # The United States are known by their initials, and those by another name: America.
        for alias in aliases.of(alias_root(".".join(initials) + ".")):
            yield from ((long, short) for short in by_parts.get((alias,), ()) for long in long_forms)
    for key in sorted(forms.institutions):
        beginning = forms.parts[key][:2]
        if len(forms.parts[key]) > 2:
            yield from ((key, short) for short in by_parts.get(beginning, ()))


def _surnames(
    forms: _Forms, classes: Mapping[str, str], groups: Sequence[Sequence[str]]
) -> Iterator[tuple[str, str]]:
    """A name of one word with the full name that ends with it, or begins with it, where there is only one such."""
    ending: defaultdict[str, dict[int, str]] = defaultdict(dict)
    beginning: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for number, keys in enumerate(groups):
        for key in keys:
            parts = forms.parts[key]
            if len(parts) > 1 and key not in forms.institutions and parts[0] not in PARTS_OF_PLACES:
                ending[classes[parts[-1]]][number] = key
                if _is_given_name(parts[0], forms) and not is_ordinary(parts[-1]):
                    beginning[classes[parts[0]]][number] = key
    for keys in groups:
        for key in keys:
            if len(forms.parts[key]) == 1:
                word = classes[forms.parts[key][0]]
                owners = list((ending.get(word) or beginning.get(word, {})).values())
                if len(owners) == 1 and (word in ending or forms.meet(key, owners[0])):
                    yield key, owners[0]


def _is_given_name(word: str, forms: _Forms) -> bool:
    return word not in PLACES and word not in forms.groups
