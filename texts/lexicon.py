"""The words of a text: stop words, stems, roots, rarity, and which spellings are one word.

Light on purpose (no numpy): search, comparison and relating all look words up here. Words are taken and given folded,
as `texts.typography.fold_word` leaves them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

import Stemmer
from rapidfuzz.distance import Indel, JaroWinkler, Levenshtein

from texts.lazy_pattern import lazy_pattern
from texts.tokens import is_acronym
from texts.typography import fold_word


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


STOP_WORDS = _words(
    """
    a about above after again against all am an and any are as at be because been before being below between
    both but by can cannot could did do does doing down during each few for from further had has have having
    he her here hers herself him himself his how i if in into is it its itself let me more most my myself no
    nor not of off on once only or other ought our ours ourselves out over own same she should so some such
    than that the their theirs them themselves then there these they this those through to too under until up
    upon us very was we were what when where which while who whom why with would you your yours yourself
    yourselves shall will may might must also unto thee thou thy thine ye hath doth hast dost art wilt shalt
    dont didnt doesnt isnt wasnt arent werent cant couldnt wouldnt shouldnt wont havent hasnt hadnt im ive id
    youre youve hes shes theyre theyve weve thats theres whats lets mr mrs ms yet just even now still however
    whose whether though although already within without among around
    """
)
"""English words that carry order but no subject, folded as `fold_word` folds them."""

_IRREGULAR = """
arise arose arisen; awake awoke awoken; bear bore borne; beat beaten; become became; befall befell
befallen; beget begat begot begotten; begin began begun; behold beheld; bend bent; bereave bereft; beseech
besought; bid bade bidden; bind bound; bite bit bitten; bleed bled; blow blew blown; break broke broken brake;
breed bred; bring brought; build built; burn burnt; buy bought; catch caught; choose chose chosen; cleave
clave cloven; cling clung; come came; creep crept; deal dealt; dig digged dug; draw drew drawn; dream dreamt;
drink drank drunk; drive drove driven drave; dwell dwelt; eat ate eaten; fall fell fallen; feed fed; feel
felt; fight fought; find found; flee fled; fling flung; fly flew flown; forbid forbade forbidden; foresee
foresaw foreseen; forget forgot forgotten; forgive forgave forgiven; forsake forsook forsaken; freeze froze
frozen; get got gotten; gird girt; give gave given; go went gone goeth; grow grew grown; hang
hung; hear heard; hide hid hidden; hold held holden; keep kept; kneel knelt; know knew known; lead led; lean
leant; leap leapt; learn learnt; leave left; lend lent; light lit; lose lost; make made; mean meant; meet met;
mistake mistook mistaken; overcome overcame; overthrow overthrew overthrown; partake partook partaken; pay
paid; plead pled; rend rent; ride rode ridden; ring rang rung; rise rose risen; run ran; say said saith; see
saw seen seeth; seek sought; sell sold; send sent; shake shook shaken; shear shorn; shine shone; shoot shot;
show shown shew shewed shewn; shrink shrank shrunk; sing sang sung; sink sank sunk; sit sat; slay slew slain;
sleep slept; slide slid; sling slung; smell smelt; smite smote smitten; sow sown; speak spoke spoken spake;
speed sped; spend spent; spill spilt; spin spun; spring sprang sprung; stand stood; steal stole stolen; stick
stuck; sting stung; stink stank; stride strode; strike struck stricken; string strung; strive strove striven;
swear swore sworn sware; sweep swept; swell swollen; swim swam swum; swing swung; take took taken; teach
taught; tear tore torn; tell told; think thought; throw threw thrown; tread trod trodden; understand
understood; undertake undertook undertaken; undo undid undone; uphold upheld; wake woke woken; wear wore worn;
weave wove woven; weep wept; win won; withdraw withdrew withdrawn; withhold withheld; withstand withstood;
wring wrung; write wrote written; die dying dieth; lie lying lain lieth; tie tying; man men; woman women;
child children; foot feet; tooth teeth; goose geese; mouse mice; ox oxen; brother brethren; penny pence; wife
wives; life lives; knife knives; wolf wolves; calf calves; half halves; loaf loaves; thief thieves; leaf
leaves; shelf shelves; staff staves; crisis crises; basis bases; analysis analyses; medium media; datum data;
criterion criteria; phenomenon phenomena; good better best; bad worse worst; far farther farthest further
furthest
"""

_BASES: Mapping[str, str] = MappingProxyType(
    {
        form: group.split()[0]
        for group in _IRREGULAR.split(";")
        for form in group.split()[1:]
        if form not in STOP_WORDS
    }
)

_NOT_VERBS_IN_ETH = _words(
    """
    nazareth elizabeth elisabeth kenneth japheth macbeth ashtoreth ashtaroth twentieth thirtieth fortieth
    fiftieth sixtieth seventieth eightieth ninetieth beneath underneath breath
    """
)

KNOWN_ALIASES: tuple[tuple[str, ...], ...] = (
    ("shia", "shiite", "shiah"),
    ("qaeda", "qaida", "alqaeda", "alqaida"),
    ("isis", "isil", "daesh"),
    ("muslim", "moslem", "mussulman"),
    ("quran", "koran"),
    ("muhammad", "mohammed", "mohamed", "mahomet"),
    ("hezbollah", "hizbollah", "hizbullah", "hizballah"),
    ("gaddafi", "kadhafi", "qaddafi", "gadhafi"),
    ("U.S.", "USA", "america"),
    ("UK", "britain"),
    ("beijing", "peking"),
    ("mumbai", "bombay"),
    ("kyiv", "kiev"),
    ("myanmar", "burma"),
    ("istanbul", "constantinople"),
    ("tsar", "czar"),
    ("odysseus", "ulysses"),
    ("heracles", "hercules"),
    ("zion", "sion"),
    ("isaiah", "esaias"),
    ("elijah", "elias"),
    ("elisha", "eliseus"),
    ("jeremiah", "jeremias"),
    ("noah", "noe"),
    ("jonah", "jonas"),
    ("hosea", "osee"),
    ("timothy", "timotheus"),
    ("silas", "silvanus"),
    ("peter", "cephas"),
)
"""Names that are one and the same beyond what their spelling shows; `aliases=` adds a reader's own."""

_PLACES = """
Afghanistan Albania Algeria Andorra Angola Argentina Armenia Australia Austria Azerbaijan Bahamas Bahrain
Bangladesh Barbados Belarus Belgium Belize Benin Bhutan Bolivia Bosnia Botswana Brazil Britain Brunei Bulgaria
Burkina Burma Burundi Cambodia Cameroon Canada Chad Chile China Colombia Comoros Congo Croatia Cuba Cyprus
Denmark Djibouti Dominica Ecuador Egypt England Eritrea Estonia Eswatini Ethiopia Fiji Finland France Gabon
Gambia Georgia Germany Ghana Greece Grenada Guatemala Guinea Guyana Haiti Honduras Hungary Iceland India
Indonesia Iran Iraq Ireland Israel Italy Jamaica Japan Jordan Kazakhstan Kenya Kiribati Korea Kosovo Kuwait
Kyrgyzstan Laos Latvia Lebanon Lesotho Liberia Libya Liechtenstein Lithuania Luxembourg Macedonia Madagascar
Malawi Malaysia Maldives Mali Malta Mauritania Mauritius Mexico Micronesia Moldova Monaco Mongolia Montenegro
Morocco Mozambique Myanmar Namibia Nauru Nepal Netherlands Nicaragua Niger Nigeria Norway Oman Pakistan Palau
Palestine Panama Paraguay Peru Philippines Poland Portugal Qatar Romania Russia Rwanda Samoa Scotland Senegal
Serbia Seychelles Singapore Slovakia Slovenia Somalia Spain Sudan Suriname Sweden Switzerland Syria Taiwan
Tajikistan Tanzania Thailand Tibet Togo Tonga Tunisia Turkey Turkmenistan Tuvalu Uganda Ukraine Uruguay
Uzbekistan Vanuatu Venezuela Vietnam Wales Yemen Zambia Zimbabwe Judea Judah Samaria Galilee Tyre Sidon Moab
Ammon Edom
"""

_OUR = lazy_pattern(
    "^(ard|arm|behavi|clam|col|endeav|fav|ferv|harb|hon|hum|lab|neighb|od|parl|rig|rum|savi|splend|val|vap|vig)our"
)
_ISE = lazy_pattern("is(e|es|ed|er|ers|ing|ation|ations)$")
_TRE = lazy_pattern("(cen|thea|li|me|fib|spec)tre(s|d)?$")

SHORTEST_VARIANT = 4
"""Shorter words have no spelling variants: too many of them are a letter apart."""

FINDS_VARIANTS, LEAST_SIMILAR = 0.85, 0.72
_VOWELS = str.maketrans("", "", "aeiouyh")
_english = Stemmer.Stemmer("english", 0)


def irregular_forms() -> Iterable[str]:
    """The irregular forms of English that `root` knows: gave, children."""
    return _BASES.keys()


@lru_cache(1 << 18)
def stem(word: str) -> str:
    """The Snowball (Porter 2) stem of a folded English word."""
    stemmed: str = _english.stemWord(word)
    return stemmed


@lru_cache(1 << 18)
def root(word: str) -> str:
    """The stem of the dictionary form of a folded English word: gave → give, children → child, seeketh → seek.

    Goes further than `stem` where grammar and custom, not spelling, keep the forms of one word apart. British and
    American spellings have one root (mobilise, mobilize; colour, color), which need not be a word.
    """
    return stem(_dictionary_form(word))


def roots_of(words: Iterable[str]) -> list[str]:
    """The `root` of each of many folded words, none of which is remembered."""
    found: list[str] = _english.stemWords(list(map(_dictionary_form, words)))
    return found


def _dictionary_form(word: str) -> str:
    """What of a folded word is to be stemmed."""
    base = _BASES.get(word)
    if base is not None:
        return base
    if len(word) <= 5:
        return word
    if word.endswith("eth") and word not in _NOT_VERBS_IN_ETH:
        # The stemmer knows how -ed is added and taken off, and -eth is added in the same way.
        word = word[:-3] + "ed"
    return _american(word)


def _american(word: str) -> str:
    # Most words have none of these letters in a row, which takes less to see than the patterns do.
    if "our" in word:
        word = _OUR.sub(r"\1or", word)
    if "tre" in word:
        word = _TRE.sub(r"\1ter\2", word)
    return _ISE.sub(r"iz\1", word) if len(word) > 6 and "is" in word else word


PLACES = frozenset(form for name in _PLACES.casefold().split() for form in (name, root(name)))
"""Names, and their roots, close in spelling and far apart in the world: two different ones are never one word."""


class Background(NamedTuple):
    """How common words are in English at large, where two texts are too short to tell."""

    passages: int
    """How many passages were counted."""
    counts: Mapping[str, int]
    """In how many of them each root occurs; rare roots are left out."""

    def share(self, root: str) -> float:
        """The share of passages with this root, 0–1, never quite 0."""
        return (self.counts.get(root, 0) + 0.5) / (self.passages + 1)

    def is_ordinary(self, root: str) -> bool:
        """Whether this is a word of ordinary English, not a name or a slip."""
        return root in self.counts


@lru_cache(1)
def background() -> Background:
    """The frequencies that come with the program: see the head of `relate/background.txt` for their source."""
    # Here, because `tui search` needs the stems of this module and not these frequencies.
    from pathlib import Path

    lines = (Path(__file__).parent / "relate" / "background.txt").read_text(encoding="utf-8").splitlines()
    counts: dict[str, int] = {}
    for line in lines:
        if line and not line.startswith("#"):
            count, *words = line.split()
            counts.update(dict.fromkeys(words, int(count)))
    return Background(counts.pop("*"), MappingProxyType(counts))


BACKGROUND_PASSAGES = 300
"""How many passages of ordinary English are mixed in with the texts when rarity is measured."""


def rarity(passages: int, holding: float, share: float) -> float:
    """How much a word says when `holding` of `passages` have it, and a `share` of English at large; at least 1.

    Inverse document frequency (Spärck Jones 1972), smoothed by `BACKGROUND_PASSAGES` of ordinary English.
    """
    expected = holding + BACKGROUND_PASSAGES * share + 0.5
    return max(0.0, math.log((passages + BACKGROUND_PASSAGES + 1) / expected)) + 1


_NONE: frozenset[str] = frozenset()


class Aliases:
    """Which roots name the same: the known ones and a reader's own."""

    def __init__(self, extra: Iterable[Iterable[str]] = ()) -> None:
        """`extra`: groups of words as written, such as ("Shi’ite", "Shia")."""
        self._group: dict[str, frozenset[str]] = {}
        for words in (*KNOWN_ALIASES, *extra):
            roots = frozenset(alias_root(word) for word in words)
            merged = roots.union(*(self._group.get(name, frozenset()) for name in roots))
            self._group.update(dict.fromkeys(merged, merged))

    def of(self, root: str) -> frozenset[str]:
        """The other roots that name the same as this one."""
        group = self._group.get(root)
        return group - {root} if group else _NONE

    def same(self, left: str, right: str) -> bool:
        """Whether two different roots name the same."""
        return left != right and right in self._group.get(left, ())


def alias_root(word: str) -> str:
    """The root under which a word of an alias group is looked up; one in capitals is a name (US is not us)."""
    folded = fold_word(word)
    return acronym_root(folded) if is_acronym(word) else root(folded)


def acronym_root(folded: str) -> str:
    """The root of an acronym: set apart where it would otherwise be a stop word (US, IT, WHO)."""
    return folded + "." if folded in STOP_WORDS else stem(folded)


def may_vary(root: str) -> bool:
    """Whether a root may have spelling variants at all: long enough, a word of letters, not a stop word."""
    return len(root) >= SHORTEST_VARIANT and not root[0].isdigit() and root not in STOP_WORDS


def spelling_similarity(left: str, right: str) -> float:
    """How alike two different spellings are, 0–1, or 0 where they are too far apart to be one word.

    Jaro-Winkler finds, because it forgives what transliteration does; Indel measures, because it is stricter.
    """
    if JaroWinkler.normalized_similarity(left, right, score_cutoff=FINDS_VARIANTS) == 0:
        return 0.0
    return letter_similarity(left, right)


def letter_similarity(left: str, right: str) -> float:
    """The second half of `spelling_similarity`, for pairs that Jaro-Winkler has already found."""
    return Indel.normalized_similarity(left, right, score_cutoff=LEAST_SIMILAR)


def are_two_words(left: str, right: str, *, both_used_by_both: bool) -> bool:
    """Whether two roots that look alike are different words (Iran–Iraq, country–counter), not two spellings of one.

    They are when both are known places; when they are short and differ in more than a vowel; and, unless they begin
    alike as a word and its derivation do, when both are ordinary words or both texts use both of them.
    """
    if left in PLACES and right in PLACES:
        return True
    shorter = min(len(left), len(right))
    common = _common_beginning(left, right)
    if common < shorter <= SHORTEST_VARIANT and _differ_in_more_than_a_vowel(left, right):
        return True
    if common >= max(min(4, shorter), 0.75 * shorter):
        return False
    ordinary = background()
    return both_used_by_both or (ordinary.is_ordinary(left) and ordinary.is_ordinary(right))


def _differ_in_more_than_a_vowel(left: str, right: str) -> bool:
    return left.translate(_VOWELS) != right.translate(_VOWELS) or Levenshtein.distance(left, right) > 1


def _common_beginning(left: str, right: str) -> int:
    """How many letters two words share before they part."""
    for length, (one, other) in enumerate(zip(left, right, strict=False)):
        if one != other:
            return length
    return min(len(left), len(right))
