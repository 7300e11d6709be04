"""A span of a body becomes sentences, as the language of the body ends them.

sentencex cuts. What is put right here: quote marks and brackets stay with the sentence that they open or close, verses
end with their marks and numbers, and a cut that leads on, after abbreviations that sentencex does not know, ordinals
and initials, is taken back. The lists of abbreviations are short: what stands in prose and its references, as
dictionaries and the Unicode CLDR's exceptions for breaking sentences have it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from texts.languages.initials import ends_with_letter
from texts.languages.telling import language_of
from texts.lazy_pattern import lazy_pattern
from texts.model import Span
from texts.prose import CLOSERS, SUPERSCRIPTS


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


class _Abbreviations(NamedTuple):
    """Words in small letters, without their last full stop."""

    always: str = ""
    """Never at the end: titles, `cf.`"""
    small: str = ""
    """Not at the end before a small letter: `etc.`"""
    number: str = ""
    """Not at the end before a number: `vol.`"""


_ALWAYS = _words("approx ca cf ed eds esp trans viz")
_BEFORE_NUMBERS = "approx art bk bks ca ch chs col cols fol l ll n nn p pp pt pts sec secs v vol vols vv"
_BY_LANGUAGE: Mapping[str, _Abbreviations] = MappingProxyType(
    {
        "ar": _Abbreviations("د أ", "", "ص ج"),
        "ca": _Abbreviations("dr prof sr sra sta", "etc", "cap núm pàg"),
        "cs": _Abbreviations(
            "bc cca doc dr gen ing judr kpt mgr mj mudr např p phdr popř prof příp resp srov sv tj tzn tzv vč",
            "aj ap apod atd atp",
            "hl kap obr odst r s str tab zák č ř",
        ),
        "da": _Abbreviations(
            "bl.a ca dr dvs ekskl evt f.eks hr inkl jf mht pga prof vedr", "etc m.fl m.m mv o.l osv", "bd kap kl nr s"
        ),
        "de": _Abbreviations(
            "dr frl hl hll hr prof sel st vgl",
            "ggf evtl resp usw",
            "abb abs anm art aufl bd bde bl jg kap nr s sp str",
        ),
        "el": _Abbreviations("αγ βλ κ κα κκ πρβλ", "κ.ά κ.λπ μ.χ π.χ χ", "αρ εικ κεφ σ σελ σσ στ τ"),
        "es": _Abbreviations(
            "d da dña dr dra ej excmo fr gral ilmo ing lic prof profa sr sra sres srta sta sto ud uds vd vds",
            "a.c c d.c etc",
            "art arts cap caps fig lib núm núms pág págs t",
        ),
        "et": _Abbreviations("dr nt prof s.t vt", "a jne", "lk nr ptk"),
        "fi": _Abbreviations("dr esim huom ks mm ns prof toim ts vrt", "jne ym yms", "luku nro"),
        "fr": _Abbreviations(
            "apr av c.-à-d dr env i.e mgr mlle mlles mm mme mmes pr ste", "etc j.-c", "chap fig liv no nos t"
        ),
        "hi": _Abbreviations("इं कु डा डॉ पं प्रो मो श्री श्रीमती स्व", "", "क्र पृ सं"),
        "hr": _Abbreviations("dr mr npr prof sv tj tzv usp", "god itd sl", "br čl gl str sv"),
        "hu": _Abbreviations("dr ifj ill kb ld pl prof szerk ún vö özv", "stb", "fej old"),
        "id": _Abbreviations("bpk dr drs ir mis prof sdr", "dll dsb", "hlm no"),
        "is": _Abbreviations("dr próf sbr t.d þ.e", "o.s.frv", "bls kafli nr"),
        "it": _Abbreviations(
            "arch avv dott dott.ssa egr gent ing mons on prof prof.ssa rev s sen sig sig.ra sigg ss",
            "a.c c d.c ecc",
            "artt cap capp fig lib pag pagg t voll",
        ),
        "la": _Abbreviations(
            "app chr cn kal non q ser sp ti",
            "apr aug d dec f febr ian iul iun kal mai mart n nov oct sept",
            "cap chr lib vers",
        ),
        "lt": _Abbreviations("dr pvz prof t.y žr", "d m t.t", "nr psl skyr"),
        "lv": _Abbreviations("dr piem prof sal skat t.i", "u.c utt", "lpp nr nod"),
        "nl": _Abbreviations("bijv d.w.z dhr dr ds ir mej mevr mw prof", "e.d enz", "art blz nr"),
        "pl": _Abbreviations(
            "al dr gen hab inż ks m.in np ok płk por prof red tj tzn tzw ul wyd św", "in itd itp r w",
            "nr rozdz rys s str t tab",
        ),
        "pt": _Abbreviations(
            "cf d dr dra exmo profa sr sra sres srta", "a.c d.c etc", "art arts cap caps fig núm pág págs"
        ),
        "ro": _Abbreviations("cf dl dna dr ex prof sf", "d.hr etc î.hr", "art cap nr pag"),
        "ru": _Abbreviations(
            "акад г-жа г-н д-р див им напр пер пл проф св см ср т.е т.к т.н ул",
            "в вв г гг д др е млн п пр р руб т т.д т.п тыс э ін",
            "вып гл д илл кв кн л п пп рис с ст стр т табл",
        ),
        "sk": _Abbreviations(
            "bc cca doc dr ing judr mgr mudr napr p phdr popr prof príp resp sv t.j tj tzn tzv", "a.i a.p apod atď",
            "kap obr ods r s str tab zák č",
        ),
        "sl": _Abbreviations("dr mag npr oz prof sv t.i tj", "idr ipd itd", "gl str št čl"),
        "sr": _Abbreviations(
            "dr mr npr prof sv tj tzv др мр нпр проф св тзв тј", "god itd г год итд", "br gl str čl бр гл стр чл"
        ),
        "sv": _Abbreviations(
            "bl.a ca d.v.s dr dvs ev exkl fr.o.m hr inkl jf jfr prof resp s.k t.ex t.o.m",
            "e.d etc f.d m.fl m.m o.d o.dyl o.s.v osv", "art bd kap kl nr s sid",
        ),
        "sw": _Abbreviations("bi bw dk mhe prof", "n.k", "uk"),
        "tr": _Abbreviations(
            "alb av bkz cad doç dr gen haz krş mah prof sn sok vd yrd çev öğr örn", "vb vs",
            "c i.s i.ö i̇.s i̇.ö m.s m.ö md nr s sf sy",
        ),
    }
)  # fmt: skip
_SAME_AS = MappingProxyType(
    {"af": "nl", "be": "ru", "bg": "ru", "gl": "es", "mk": "ru", "mr": "hi", "no": "da", "uk": "ru"}
)

_ORDINALS = _words("cs da de et eu fi hr hu is lv no pl sk sl sr tr")
"""Languages that write ordinals with a full stop: `3. Oktober`, `3. října`."""
_BEFORE_ORDINALS = _words(
    "am beim dem den der des die das im ins jeder jede jedes vom zum zur bis seit ein eine einem einen einer"
)
"""What stands in German before an ordinal whose noun has a capital: `im 20. Jahrhundert`."""
_KNOWS_INITIALS = ("de", "en")
"""Languages in which sentencex tells well whether a single letter ends a sentence."""
_CENTURIES = _words("segle século secolo secolul siglo")
"""What a number follows that is no initial: `el siglo X`."""
_ORDINAL = lazy_pattern(r"\d{1,4}|[ivxlc]{1,6}", re.IGNORECASE)
_NUMBER = lazy_pattern(r"[\[(]?(?:\d|[IVXLC]+\b)")
_INITIALS = lazy_pattern(r"(?!j\.-c$)[^\W\d_](?:\.?-[^\W\d_])+")
_SPACED = lazy_pattern(r"(?<![^\W\d_])([^\W\d_]{1,2}\.) ([^\W\d_]{1,2})$")
"""An abbreviation of two words, with the blank that some set in it: `bl. a.`"""
_REST_OF_SPACED = lazy_pattern(r"[^\W\d_]{1,2}(?=\.)")
_LAST_WORD = lazy_pattern(r"""[^\s(\[«»„“”"'’‘]*$""")
_FIRST_WORD = lazy_pattern(r"\w+")
_MAY_PART = lazy_pattern(r"[^ -~]|[.!?] *[!-~]")
"""What a span of several sentences has: a sign beyond ASCII, or a stop with something behind it."""
_MORE_STOPS = _words("el hy")
"""Languages that end sentences with `;` or `:`."""
_TAIL = 60
"""Characters before a cut that are looked at."""


@cache
def _sets(language: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The abbreviations of a language, and before a number those of all."""
    always, small, number = _BY_LANGUAGE.get(_SAME_AS.get(language, language), _Abbreviations())
    return _words(always), _words(small), _words(f"{_BEFORE_NUMBERS} {number}")


def leads_on(before: str, after: str, language: str) -> bool:
    """Whether the full stop that `before` ends with ends no sentence in a language, `after` being what follows."""
    if before[-1] != "." or not after:
        return False
    written = before[-_TAIL:-1]
    word = _LAST_WORD.search(written)
    if word is None or not word[0]:
        return False
    always, small, number = _sets(language)
    name = word[0].casefold()
    if (
        ". " in written[-5:]
        and (spaced := _SPACED.search(written))
        and (joined := (spaced[1] + spaced[2]).casefold()) in always | small
    ):
        name = joined
    elif (
        "." in after[1:3]
        and (rest := _REST_OF_SPACED.match(after))
        and f"{name}.{rest[0].casefold()}" in always | small
    ):
        return True
    if word[0] in _ALWAYS or name in always or ("-" in name and _INITIALS.fullmatch(name)):
        return True
    if (name in small and after[0].islower()) or (name in number and _NUMBER.match(after)):
        return True
    may_be_initial = language not in _KNOWS_INITIALS or not word[0].isascii()
    return (may_be_initial and _is_initial(written, word[0], after, language)) or (
        language in _ORDINALS and _is_ordinal(written.casefold(), name, after, language)
    )


def _is_initial(before: str, letter: str, after: str, language: str) -> bool:
    """Whether a letter with a full stop is the first of a name: J. Novák, but Karel V. and el siglo X."""
    if len(letter) != 1 or not (letter.isupper() and after[0].isupper()):
        return False
    if ends_with_letter(before, after, language):
        return False
    words = before.split()
    if letter not in "IVX" or len(words) < 2:
        return True
    return not (words[-2][0].isupper() or words[-2] in _CENTURIES)


def _is_ordinal(before: str, number: str, after: str, language: str) -> bool:
    """Whether a number with a full stop counts the word that follows."""
    if not _ORDINAL.fullmatch(number):
        return False
    if after[0].islower():
        return True
    if language != "de" or (len(number) > 3 and number.isdecimal()):
        return False
    from texts.languages.months import months
    from texts.languages.telling import stop_words
    from texts.typography import fold_word

    following = _FIRST_WORD.match(after)
    if following is None:
        return False
    word = fold_word(following[0])
    if word in months("de"):
        return True
    words = before.split()
    return len(words) > 1 and words[-2] in _BEFORE_ORDINALS and word not in stop_words("de")


# Marks that speech stands between, and apostrophes only where they do not join a word. One class of characters comes
# first: `re` finds these six times as fast as the same in three branches.
_QUOTE_MARK = lazy_pattern(r"[\"“”„‟«»'’‘‚‛‹›](?:(?<=[\"“”„‟«»])|(?<!\w.)|(?!\w))")
_GOES_ON = "とってのはがをにもでだな"  # 「行こう。」と言った
_SAYS = lazy_pattern(
    r"[^\s，。！？；：…、不没沒]{1,10}?(?:(?<![小传傳听聽])[说說]|(?<![疑学學访訪顾顧])[问問]|[喊嚷吼]|(?<![报報])答|[笑叹嘆骂罵喝叫哭]道)[道着著了]?[，。！？；：…]"
)
"""Who speaks, behind what he says: “为什么？”他问。"""
_ENUMERATOR = lazy_pattern(r"[(\[]?(?:\d{1,3}|[IVXLC]{1,6}|[ivxlc]{1,6}|[A-Za-z])\.$")


def sentences(body: str, span: Span, language: str | None = None) -> list[Span]:
    """The sentences in a span, in order: they cover it, save the white space around and between them.

    `language` is the code of the body's language; where it is not given, it is detected. sentencex finds
    them; it takes a quotation of several sentences for one, so it gets the span without its quote marks, which then go
    to the sentence that they open or close.
    """
    if language is None:
        language = language_of(body)
    if language not in _MORE_STOPS and not _MAY_PART.search(body, *span):  # as most verses and headings
        return _stripped(body, span)
    found: list[Span] = []
    for piece in _pieces(body, span, language or "en"):
        if found and not _parts(body, found[-1], piece, language or "en"):
            found[-1] = Span(found[-1].start, piece.end)
        else:
            found.append(piece)
    return found


def _pieces(body: str, span: Span, language: str) -> Iterator[Span]:
    """The span cut wherever sentencex would end a sentence."""
    start = span.start
    for cut in (*_cuts(body, span, language), span.end):
        stop = _after_closers(body, cut, span.end)
        yield from _stripped(body, Span(start, stop))
        start = max(start, stop)


def _stripped(body: str, span: Span) -> list[Span]:
    """A span without the white space at its ends; none where it has nothing else."""
    content = body[span.start : span.end].strip()
    if not content:
        return []
    first = body.index(content[0], span.start)
    return [Span(first, first + len(content))]


def _cuts(body: str, span: Span, language: str) -> Iterator[int]:
    """Offsets after the last character of each sentence, quote marks not counted."""
    from sentencex import get_sentence_boundaries  # type: ignore[import-untyped]

    string = body[span.start : span.end]
    marks = [mark.start() for mark in _QUOTE_MARK.finditer(string)]
    # Each mark's place in the string without marks, to find the way back.
    shifted = [mark - nth for nth, mark in enumerate(marks)]
    bare = _QUOTE_MARK.sub("", string) if marks else string
    ends = {stop.end() for stop in _STOP_IN_BRACKETS.finditer(bare)} if ")" in bare or "]" in bare else set()
    ends.update(
        stop.start() + 1
        for stop in _STOP_BEFORE_WORD.finditer(bare)
        if bare[stop.end()].isupper()
        and (bare.endswith(_AND_SO_ON, 0, stop.start()) or _ends_with_letter(bare, stop, language))
    )
    if not bare.isascii() and not _STOPS.isdisjoint(bare):
        ends.update(stop.end() for stop in _STOP.finditer(bare))
    for boundary in get_sentence_boundaries(language, bare):
        sentence = boundary["text"].rstrip()
        if sentence and sentence[-1] not in _NO_STOPS:
            ends.add(boundary["start_index"] + len(sentence))
    for end in sorted(ends):
        yield span.start + end + bisect_right(shifted, end - 1)


def _ends_with_letter(string: str, stop: re.Match[str], language: str) -> bool:
    """Whether a sentence ends with a capital before a stop, which sentencex mostly takes for an initial."""
    letter = stop.start() - 1
    if letter < 1 or not string[letter].isupper() or not string[letter - 1].isspace():
        return False
    before = string[max(0, letter + 1 - _TAIL) : letter + 1]
    return ends_with_letter(before, string[stop.end() : stop.end() + _TAIL], language)


_STOP_BEFORE_WORD = lazy_pattern(r"\.\s+(?=[^\W\d_])")
_AND_SO_ON = (
    "etc", "usw", "osv", "enz", "ecc", "itd", "itp", "idp", "ipd", "atd", "atp", "apod", "atď", "stb", "jne", "dll",
    "итд", "κλπ", "κ.λπ",
    *(f"{word} {rest}" for word in "иі" for rest in ("др", "пр", "т.д", "т.п", "т. д", "т. п")),
)  # fmt: skip
"""What stands at the end of a list, without its last full stop; before a capital the sentence ends with it, which
sentencex never thinks."""
_STOP_IN_BRACKETS = lazy_pattern(r"[.!?…](?=[)\]])")
_STOP = lazy_pattern(
    r"(?:[׃។៕۝]|፡፡|[।॥]+(?=\s*[\d०-९.]{1,7}\s*[।॥])|[。！？｡]|…(?=…*[^\W\d_a-zA-Z]))+|[།༎]+(?=\s)|﴿[٠-٩\d]{1,4}﴾"
)
"""What ends a verse or a sentence, and sentencex takes for a letter: in Hebrew, Khmer, Tibetan, before a figure."""
_STOPS = frozenset("׃។៕\u06dd፡।॥。！？｡…།༎﴿")
"""What that begins with."""

_NO_STOPS = "၊"  # the comma of Burmese
_OPENERS = "([（［"
_STOP_BEFORE_BRACKET = lazy_pattern(rf"[.!?…。！？][{re.escape(CLOSERS)}]*[)\]）］]$")
_EITHER = "“‟„«‹״"
"""Quote marks that open in some languages and close in others: what follows tells."""
_CLOSING = CLOSERS + _EITHER + " "
_FULL_STOPS = "。．｡"
"""Which may stand once more behind a quotation that has ended with one: 「行く。」。"""
_AFTER_CLOSER = lazy_pattern(r"[\s.,;:!?…)\]»”’—–-]|$")
_CLOSER_BLANKS = (" ", "\u00a0", "\u202f")
_APART_CLOSERS = ("»", "›", "”")
_CLOSER_APART = lazy_pattern(r"[ \u00a0\u202f]([»›”])(?!\w)")
_VERSE_NUMBER = lazy_pattern(r"\s?(?:[।॥]*\s*[\d०-९.]{1,7}\s*[।॥]+|[{(]?[פס][)}]?(?=\s|$))")
_ONLY_NUMBER = lazy_pattern(r"[।॥\s\d०-९.]*[।॥]|[….]*…[….]*")
"""What is no sentence by itself: the number of a verse, the dots before what comes after a silence."""
_INITIAL = lazy_pattern(r"(?<![^\W\d_])[^\W\d_]\.$")  # 44 a.C.
_GOES_ON_AFTER_DASH = lazy_pattern(r"[—–-]\s*")


def _after_closers(body: str, offset: int, end: int) -> int:
    """The offset moved behind what closes the words before it: quote marks, brackets, a note's or a verse's number."""
    if offset and body[offset - 1] in "।॥׃" and (number := _VERSE_NUMBER.match(body, offset, end)):
        return number.end()
    while offset < end:
        may_be_apart = body[offset] in _CLOSER_BLANKS and body[offset + 1 : offset + 2] in _APART_CLOSERS
        apart = _CLOSER_APART.match(body, offset, end) if may_be_apart else None
        if apart is not None:
            offset = apart.end()
        elif _closes(body, offset):
            offset += 1
        else:
            break
    return offset


def _closes(body: str, offset: int) -> bool:
    """Whether a character after the end of a sentence belongs to it."""
    if body[offset] in CLOSERS + SUPERSCRIPTS:
        return True
    return body[offset] in _EITHER and _AFTER_CLOSER.match(body, offset + 1) is not None


def _goes_on(after: str, language: str) -> bool:
    """Whether a sentence goes on behind what it quotes, in a language without small letters."""
    return (language == "ja" and after[0] in _GOES_ON) or (
        language == "zh" and _SAYS.match(after) is not None
    )


def _parts(body: str, left: Span, right: Span, language: str) -> bool:
    """Whether a sentence ends between two pieces: not in `“Where?” he asked`, nor in `vol. 2`."""
    before, after = body[left.start : left.end], body[right.start : right.end]
    last = before[-1]
    if not after.strip(_CLOSING + _FULL_STOPS) or (
        (last in "।॥" or "…" in before) and _ONLY_NUMBER.fullmatch(before)
    ):
        return False
    if last in _CLOSING and (after[0].islower() or _goes_on(after, language)):
        return False
    if last in ")]）］" and before[0] not in _OPENERS and _STOP_BEFORE_BRACKET.search(before):
        return False
    if left.end == right.start and (after[0] == "-" or _INITIAL.search(before)):
        return False
    dash = _GOES_ON_AFTER_DASH.match(after) if after[0] in "—–-" else None
    if dash is not None and after[dash.end() : dash.end() + 1].islower():
        return False
    return not (leads_on(before, after, language) or (len(before) <= 8 and _ENUMERATOR.fullmatch(before)))
