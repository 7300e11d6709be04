"""Words of English before 1700, brought to the modern word: lyfe and life, sonne and son, haue and have.

The rules are those of programs that normalise spelling: VARD 2 (Baron and Rayson 2008) and MorphAdorner (Burns 2013),
with some of Middle English beside them. They are checked against a list of modern words, as VARD does: a form is a
variant only of a word that is one, and a modern word is never a variant of another, so `one` is not `on`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain
from types import MappingProxyType

from rapidfuzz.distance import Indel

from texts.languages.spelling_keys import rewriting
from texts.lazy_pattern import lazy_pattern
from texts.lexicon import STOP_WORDS, background, irregular_forms, root

_ENGLISH_LETTERS = rewriting(
    (
        (r"vv", "w"),  # VARD: vv for w
        (r"^v(?=[^aeiouy])", "u"),  # VARD: v for u at the head: vpon, vs
        (r"(?<=[aeiouylr])u(?=[aeioy])", "v"),  # VARD: u for v between vowels: haue, euer, siluer
        (r"^h?i(?=[aeou])", "j"),  # VARD: i for j: iudge, Iesus, Hierusalem
        (r"ij", "i"),  # Middle English: lijf
        (r"(?<=[aeiouy])yt(?=$|e|is?$|s$)", "ght"),  # yogh: liyt
        (r"^sch|ssh", "sh"),  # Middle English: schal; folysshe
        (r"sce(?=[aiy])", "ce"),  # desceaved
        (r"(?<=[^aeious])is$", "es"),  # plurals: thingis
        (r"[yi]th$", "eth"),  # commith
        (r"(?<=[a-z][^aeiou])[yi]d$", "ed"),  # clepid
        (r"(?<=[^aeiou])iden?$", "ed"),  # axiden
        (r"(?:c|(?<=[aeiou])s|t)ioun$|cion$", "tion"),  # saluacioun
        (r"aun(?=[cdgt])", "an"),  # MorphAdorner: commaundement
        (r"demen", "dmen"),
        (r"dgement", "dgment"),
        (r"mpn|mpcn", "mn"),  # condempne
        (r"(?<=[dt])[yi]r$", "er"),  # fadir
        (
            r"(?<=[aoe])dd?e?r(?=$|e|i|y)|(?<=[iy])ddr(?=e)",
            "ther",
        ),  # MorphAdorner: d for th before r: fader, widdred
        (r"(?<=right)e?w[ei]s(?=nes|e?$)", "eous"),  # rightwisnes
        (r"auct(?=o)", "auth"),  # auctoritie
        (r"ck(?=[nst])|kk", "k"),  # darcknes
        (r"^bi(?=[gcfhls])", "be"),
        (r"nes(?:se)?$", "ness"),
        (r"ynge?$|inge$", "ing"),
        (r"full$", "ful"),
    )
)
_ENDS = (
    (r"$", ""),
    (r"(?<=..)e$", ""),  # VARD: final e: worde
    (r"([bcdfgklmnprst])\1e?$", r"\1"),  # VARD: doubled letters: sonne, shalle
    (r"(?<=[a-z])$", "e"),  # cam
    (r"(?:ie|ye|e)$", "y"),  # VARD: -ie for -y: glorie
    (r"ei$|eis$|ey$", "ay"),
    (r"(?<=..)en$", ""),  # Middle English: plurals and infinitives
    (r"(?<=...)[ei]s$", "s"),
    (r"(?<=..)l$", "ll"),
    (r"(?<=[aeiouyw])de?$", "ed"),  # VARD: -d for -ed: prayde
    (r"(?<=[bdfkptvw])re$", "er"),  # VARD: -re for -er: entre
    (r"(?<=[bcdfgkptv])r(ed|eth|est|ing)$", r"er\1"),  # MorphAdorner: entred
    (r"(?<=[bdgkpt])[eiy]ll?e?$", "le"),  # MorphAdorner: -el for -le: lytell
    (r"(?<=[^aeiouy])y$", "ey"),  # mony
    (r"(?<=...)[ei]st$", ""),  # slepest, callist
    (r"(?<=a)[iy]ed$", "id"),  # afrayed
)
_INSIDE = (
    (r"$", ""),
    (r"y", "i"),  # VARD: y for i: lyfe
    (r"([bcdfglmnprst])\1", r"\1"),  # womman
    (r"(?<=[aeiou])([cdfglmnprst])(?=[aeiouly])", r"\1\1"),  # folowe, litel
    (r"ea", "e"),  # MorphAdorner: receave
    (r"e(?=[^ae])", "ee"),  # shepe
    (r"e(?=[^e])", "ea"),  # heven
    (r"e(?=[cdflnrstv])", "ie"),  # beleve, chefe, frend
    (r"u(?=[^aeiouy])", "ui"),  # frute
    (r"ee", "ea"),
    (r"ee", "ie"),  # preest
    (r"ei|ie|ea(?=.)", "ie"),
    (r"ea|ie", "ei"),
    (r"ou", "ow"),  # toune
    (r"ow", "ou"),
    (r"o(?=[^ow])", "oa"),  # bote
    (r"oo", "o"),
    (r"oo", "oa"),  # abroode
    (r"o(?=[^o])", "oo"),  # gode
    (r"aa", "a"),
    (r"ai", "ay"),
    (r"ay|ey|ei", "ai"),  # certayne
    (r"oy", "oi"),
    (r"sch", "sh"),
    (r"e(?=r)", "a"),
    (r"a(?=r)", "ea"),  # MorphAdorner: harde, hart
    (r"au(?=l)", "a"),  # MorphAdorner: caulfe, faull
    (r"au", "aw"),  # laufull
    (r"^en", "in"),  # enforme
    (r"ea", "ee"),  # proceade
    (r"ee", "e"),  # fleed
    (r"a[iy]", "ei"),  # raygne
    (r"e[iy]l", "el"),  # merveyled
    (r"e(?=gh)", "ei"),  # neghbour
    (r"i(?=l[dt])", "ui"),  # bilt
    (r"c(?=r)", "ch"),  # MorphAdorner: sepulcre, cronicle
    (r"c(?=[kt])", ""),
    (r"ou(?=d)", "oo"),  # bloud
    (r"ou(?=r)", "o"),  # fourty
    (r"o(?=n[dg])", "a"),  # Middle English: hond, stonde
    (r"o(?=n)", "u"),  # hondred
    (r"u(?=m)", "o"),  # becum
    (r"s(?=e)", "c"),
    (r"s(?=[ei])", "z"),  # amased
    (r"c(?=e)", "s"),
    (r"y$", "i"),
    (r"e(?=[dgtv])", "i"),  # wedow
)

# What rules do not reach: the commonest words, as MorphAdorner's list of variants has them.


def _pairs(table: str) -> Mapping[str, str]:
    return MappingProxyType(dict(pair.split("=") for pair in table.split()))


_ENGLISH_WORDS = _pairs(
    """
    moch=much moche=much sprete=spirit spretes=spirits awne=own goost=ghost fro=from wt=with
    jhesus=jesus jhesu=jesus joon=john crist=christ schal=shall shal=shall shalbe=shall schulen=shall
    schulde=should schulden=should se=see sene=seen verely=verily treuli=truly selfe=self silf=self
    herde=heard herd=heard herden=heard fyr=fire boren=born borne=born borun=born dronke=drunk
    helyas=elias helias=elias ech=each don=do doon=do fier=fire yit=yet hye=high soche=such suche=such
    wolde=would wold=would shulde=should shuld=should coulde=could colde=could sayde=said sayd=said
    seyde=said seide=said seid=said saide=said yt=that yf=if then=then thei=they hem=them whan=when
    wher=where whiche=which which=which eny=any ony=any eche=each noo=no nott=not doughter=daughter
    doughters=daughters frende=friend frendes=friends herte=heart hertes=hearts geve=give geveth=giveth
    gevynge=giving yyue=give yyueth=giveth yeve=give yaf=gave geven=given yovun=given yeue=give
    gevyth=giveth hous=house hond=hand hondes=hands honde=hand londe=land stode=stood boke=book
    loke=look toke=took deeth=death deth=death dethe=death lawe=law sawe=saw drawe=draw knowe=know
    knewe=knew axe=ask axed=asked axen=ask brethren=brother britheren=brother sithen=since
    hytselfe=itself hym=him hyr=her bi=by maad=made seith=saith iewe=jew iewes=jews jewis=jews apon=upon
    sayth=saith wemen=women wemens=women dyddest=didst diddest=didst myddes=midst middes=midst tonge=tongue
    tonges=tongues yonge=young yonger=younger perseave=perceive soudier=soldier soudiers=soldiers soudyers=soldiers
    shew=show shewe=show shewed=showed sheweth=show shewest=show shewing=showing shewyng=showing povre=poor
    pore=poor whoale=whole hoale=whole hoole=whole whoole=whole
    dye=die doghter=daughter doghters=daughters forgeve=forgive forgeven=forgiven evell=evil yvell=evil yvel=evil
    lefull=lawful breede=bread eyen=eyes yien=eyes yʒen=eyes chyldren=children erth=earth childre=children wiste=knew
    hevyn=heaven heuene=heaven heven=heaven trouthe=truth treuthe=truth sone=son sones=sons han=have ben=been
    weren=were whanne=when noon=none nother=neither nether=neither
    astonied=astonished astonyed=astonished astonnyed=astonished astonneyd=astonished pover=poor sens=since ma=man
    moneth=month monethes=months altare=altar altre=altar alter=altar aultre=altar aulter=altar
    aultere=altar wesshe=wash weshe=wash strenght=strength strenghte=strength rede=read redeth=readeth
    redest=read gat=got gatt=got fyfte=fifth fifte=fifth gret=great grett=great grete=great brede=bread
    duetie=duty dueties=duties charet=chariot charets=chariots kinred=kindred kinreds=kindreds
    thorow=through thorowe=through thorowout=throughout thorowoute=throughout trone=throne tounge=tongue
    tounges=tongues toges=tongues suster=sister susters=sisters thi=thy thyn=thine thyne=thine abell=abel
    promes=promise advoutry=adultery advoutrie=adultery furnes=furnace
    """
)

_ALSO = _pairs(
    """
    heed=head heede=head heedes=heads breed=bread fete=feet hart=heart harts=hearts hole=whole wether=whether
    harde=heard see=sea loves=loaves sone=soon reed=red
    """
)
"""Old spellings of one word that are another one, or what another one is today: searching for either finds them.

Not in a text that has the spelling of today more often, where the old one is what it looks like."""


_KEY = rewriting(
    (
        (r"y|ie$", "i"),
        (r"ae", "e"),
        (r"ow|ou", "u"),
        (r"ea|ee|ie|ei", "e"),
        (r"oa|oo", "o"),
        (r"([a-z])\1", r"\1"),
        (r"e+s?$", ""),
        (r"ck", "k"),
        (r"ph", "f"),
    )
)


@cache
def _endings() -> Sequence[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), by) for pattern, by in _ENDS]


@cache
def _insides() -> Sequence[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), by) for pattern, by in _INSIDE]


def _candidates(word: str) -> Iterator[tuple[str, int]]:
    """Forms that a word may have in modern spelling, and by how many rules: inside the word, and at its end.

    An e that is silent at its end or before an s is none: worde, wordes.
    """
    plain = _ENGLISH_LETTERS(word)
    seen: set[str] = set()
    for base in (plain, plain.replace("y", "i")):
        for pattern, by in _insides():
            for inner in _with_one_changed(base, pattern, by):
                for ending, put in _endings():
                    form = ending.sub(put, inner, count=1)
                    if form not in seen:
                        seen.add(form)
                        yield (
                            form,
                            (inner != base) + (form not in (inner, inner[:-1], inner[:-2] + inner[-1:])),
                        )


_SUSPENDED = lazy_pattern(r"(?<=[aeiouy])(?=[^aeiouymn]|$)")
"""Where an n or m may be missing that a stroke stood for: womā, printed as woma."""


def _with_suspended(word: str) -> Iterator[str]:
    """VARD: forms that a word may have in modern spelling once a lost n or m is put back: servaut, iudgemet."""
    for place in _SUSPENDED.finditer(word):
        for letter in "nm":
            plain = _ENGLISH_LETTERS(word[: place.start()] + letter + word[place.start() :])
            for form in (plain, plain.replace("y", "i")):
                for ending, put in _endings()[:5]:
                    yield ending.sub(put, form, count=1)


def _with_one_changed(word: str, pattern: re.Pattern[str], by: str) -> Iterator[str]:
    """The word with a rule put to all places that it fits, and to each of them alone."""
    places = list(pattern.finditer(word))
    if places:
        yield pattern.sub(by, word)
    if len(places) > 1:
        for place in places:
            yield word[: place.start()] + place.expand(by) + word[place.end() :]


@cache
def _irregular() -> frozenset[str]:
    return frozenset(irregular_forms())


def _is_modern(word: str) -> bool:
    return word in STOP_WORDS or word in _irregular() or background().is_ordinary(root(word))


@lru_cache(1 << 17)
def modern_root(word: str) -> str:
    """The root under which a word of an old English text is compared, folded: that of its modern word, else a key.

    A word of modern English is taken for itself: `one` is no old spelling of `on`. Names have keys: Iesus, Jesus.
    """
    word = _ENGLISH_WORDS.get(word, word)
    if not _is_modern(word):
        plain = (form for form, _ in _candidates(word))
        found = next(filter(_is_modern, chain(plain, _with_suspended(word))), None)
        if found is None:
            return _KEY(root(_ENGLISH_LETTERS(word)))
        word = _ENGLISH_WORDS.get(found, found)
    return root_today(word)


def root_today(word: str) -> str:
    """The root of a word of today; a word of grammar is its own."""
    return word if word in STOP_WORDS else root(word)


def is_as_of_today(other: str, word: str, count: Callable[[str], int]) -> bool:
    """Whether what may be an old spelling of a word is what it is today, as a text has today's of that word more often.

    `count` says how often the text uses a folded word.
    """
    also = _ALSO.get(other)
    return also is not None and root_today(also) == root_today(word) and count(also) > count(other)


def is_english(word: str) -> bool:
    """Whether a folded word is one of modern English, or a spelling of one."""
    return (
        word in _ENGLISH_WORDS
        or _is_modern(word)
        or any(map(_is_modern, chain((form for form, _ in _candidates(word)), _with_suspended(word))))
    )


_LEAST_ALIKE = 0.4
"""How alike a word and an old spelling of it are, at least: the rules change few letters, and take their time."""


def is_spelling_of(other: str, word: str, wanted: str) -> bool:
    """Whether a word may be an old spelling of one, or of a form of it, which has the root `wanted`."""
    if other in _ALSO and root_today(_ALSO[other]) == wanted:
        return True
    if _ENGLISH_WORDS.get(other, other) in STOP_WORDS and word not in STOP_WORDS:
        return False  # the stem of `willing` is no `will`
    if other in _ENGLISH_WORDS:
        return modern_root(other) == wanted
    if _is_modern(other):
        return wanted in (modern_root(other), root_today(_ENGLISH_LETTERS(other)))
    if max(Indel.normalized_similarity(other, form) for form in (word, wanted)) < _LEAST_ALIKE:
        return False
    first = word[: min(len(wanted), 3)]

    def fits(form: str) -> bool:
        return form == word or (
            word not in STOP_WORDS and form.startswith(first) and root_today(form) == wanted
        )

    # Of the modern words that it may be, those that take the fewest rules: sonne is son, not soon. What is rare beside
    # the word does not count: dore is door, not dor.
    counts = background().counts
    common = counts.get(wanted, 0) / 64

    def is_another(form: str) -> bool:
        return form in STOP_WORDS or counts.get(root(form), 0) > common

    fewest = 3
    found = False
    for form, rules in _candidates(other):
        if rules < fewest or (rules == fewest and not found):
            if fits(form):
                fewest, found = rules, True
            elif rules < fewest and is_another(form):
                fewest, found = rules, False
    return found or (fewest > 1 and any(map(fits, _with_suspended(other))))
