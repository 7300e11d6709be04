"""Which full stops end no sentence: those of abbreviations, ordinals, dates and initials.

The lists of abbreviations are short: what stands in prose and its references, as dictionaries and the Unicode CLDR's
exceptions for breaking sentences have it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from texts.languages.initials import ends_with_letter, has_openers, is_uncased_initial, opens_sentence
from texts.lazy_pattern import lazy_pattern


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


class _Abbreviations(NamedTuple):
    """Words in small letters, without their last full stop; those with a capital are words too without one."""

    always: str = ""
    """Never at the end: titles, `cf.`"""
    small: str = ""
    """Not at the end before a small letter: `etc.`"""
    number: str = ""
    """Not at the end before a number: `vol.`"""
    name: str = ""
    """Not at the end before what opens no sentence, nor in capitals: `bd. Voltaire`, but `une BD. Elle…`"""


_ALWAYS = _words("approx ca cf ed eds esp trans viz")
_BEFORE_NUMBERS = (
    "approx art bk bks ca ch chap chaps chs col cols fol l ll n nn p pp pt pts sec secs v vol vols vv"
)
_BY_LANGUAGE: Mapping[str, _Abbreviations] = MappingProxyType(
    {
        "ar": _Abbreviations("د أ", "", "ص ج"),
        "bn": _Abbreviations("অধ্যা আর এইচ এন এফ এম এল এস ড ডা প্রফেসর মি মিসেস মো মোঃ মোহাঃ শ্রী"),
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
            "dr frl hl hll hr prof sel st vgl fa",
            "ggf evtl resp usw",
            "abb abs anm art aufl bd bde bl jg kap nr s sp str",
        ),
        "el": _Abbreviations("αγ βλ κ κα κκ πρβλ", "κ.ά κ.λπ μ.χ π.χ χ", "αρ εικ κεφ σ σελ σσ στ τ"),
        "en": _Abbreviations("", "gen lib vid", "cap dom fol lib par tom vers"),
        "es": _Abbreviations(
            "d da dña dr dra ej excmo fr gral ilmo ing lic prof profa sr sra sres srta sta sto ud uds vd vds",
            "a.c c d.c etc",
            "art arts cap caps fig lib núm núms pág págs t",
        ),
        "et": _Abbreviations("dr nt prof s.t vt", "a jne", "lk nr ptk"),
        "fi": _Abbreviations("dr esim huom ks mm ns prof toim ts vrt", "jne ym yms", "luku nro"),
        "fr": _Abbreviations(
            "apr av c.-à-d dr env i.e mgr mlle mlles mm mme mmes pr ste voy",
            "etc j.-c", "chap fig liv no nos t", "bd boul"
        ),
        "gu": _Abbreviations("આર એચ એન એફ એમ એલ એસ ડૉ ડો પ્રો શ્રી"),
        "hi": _Abbreviations("इं कु डा डॉ पं प्रो मो श्री श्रीमती स्व प्रा ॲड एम एन एस एल आर एच एफ एक्स वाय वाई", "", "क्र पृ सं"),
        "hr": _Abbreviations("dr mr npr prof sv tj tzv usp", "god itd sl", "br čl gl str sv"),
        "hu": _Abbreviations("dr ifj ill kb ld pl prof szerk ún vö özv i.e i.sz kr.e kr.u", "stb", "fej old"),
        "id": _Abbreviations("bpk dr drs ir mis prof sdr", "dll dsb", "hlm no"),
        "is": _Abbreviations("dr próf sbr t.d þ.e", "o.s.frv", "bls kafli nr"),
        "it": _Abbreviations(
            "arch avv dott dott.ssa egr gent ing mons on prof prof.ssa rev s sen sig sig.ra sigg ss card em",
            "a.c c d.c ecc",
            "artt cap capp fig lib pag pagg t voll",
        ),
        "kn": _Abbreviations("ಆರ್ ಎಂ ಎಚ್ ಎನ್ ಎಫ್ ಎಲ್ ಎಸ್ ಡಾ ಪ್ರೊ ಶ್ರೀ"),
        "la": _Abbreviations(
            "app chr cn kal non q ser sp ti Agr Ap Mam Sex Vop Caes Cic Hor Liv Ov Plin Quint Sall Suet Tac Verg",
            "apr aug d dec f febr ian iul iun kal mai mart n nov oct sept",
            "cap chr lib vers aen an ann att ep epist hist met od sat",
        ),
        "lt": _Abbreviations("dr pvz prof t.y žr", "d m t.t", "nr psl skyr"),
        "lv": _Abbreviations("dr piem prof sal skat t.i", "u.c utt", "lpp nr nod"),
        "ml": _Abbreviations("ആർ എം എച്ച് എഫ് എൻ എൽ എസ് ഡോ പ്രൊഫ പ്രൊ ശ്രീ"),
        "nl": _Abbreviations("bijv d.w.z dhr dr ds ir mej mevr mw prof a.u.b i.p.v m.a.w m.b.t o.a t.a.v "
            "t.o.v",
            "e.d enz", "art blz nr"),
        "pa": _Abbreviations("ਆਰ ਐਚ ਐਨ ਐਮ ਐਲ ਐਸ ਡਾ ਪ੍ਰੋ ਸ"),
        "pl": _Abbreviations(
            "al dr gen hab inż ks m.in np ok płk por prof red tj tzn tzw ul wyd św ur zm zob", "in itd itp r w",
            "nr rozdz rys s str t tab",
        ),
        "pt": _Abbreviations(
            "cf d dr dra exmo profa sr sra sres srta", "a.c d.c etc", "art arts cap caps fig núm pág págs"
        ),
        "ro": _Abbreviations("cf dl dna dr ex prof sf", "d.hr etc î.hr", "art cap nr pag"),
        "ru": _Abbreviations(
            "акад г-жа г-н д-р див им напр пер пл проф св см ср т.е т.к т.н ул ген гр кн",
            "в вв г гг д др е млн п пр р руб т т.д т.п тыс э ін",
            "вып гл д илл кв кн л п пп рис с ст стр т табл буд корп",
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
        "ta": _Abbreviations("ஆர் எச் எஃப் எம் என் எல் எஸ் டாக்டர் திரு திருமதி பேரா முனைவர்"),
        "te": _Abbreviations("ఆర్ ఎం ఎఫ్ ఎమ్ ఎల్ ఎస్ ఎన్ డా ప్రొ శ్రీ హెచ్"),
        "tl": _Abbreviations("atty bb bgy dr engr g gng hen kgg kon prop sta sto"),
        "tr": _Abbreviations(
            "alb av bkz cad doç dr gen haz krş mah prof sn sok vd yrd çev öğr örn", "vb vs",
            "c i.s i.ö i̇.s i̇.ö m.s m.ö md nr s sf sy",
        ),
        "vi": _Abbreviations("bs cn gs ks ls pgs pgs.ts gs.ts tp ths ts tx ubnd"),
    }
)  # fmt: skip
_SAME_AS = MappingProxyType(
    {
        "af": "nl",
        "as": "bn",
        "be": "ru",
        "bg": "ru",
        "gl": "es",
        "mk": "ru",
        "mr": "hi",
        "ne": "hi",
        "no": "da",
        "uk": "ru",
    }
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
_NUMBER = lazy_pattern(r"[\[(]?(?:\d|[IVXLC]+\b|[ivxlc]+(?=[.,;:)]))")
_PRONOUN = lazy_pattern(r"I(?:['’]|,? too\b|\s+(?!(?:and|for|in|of|on|or|p|pp|to)\b)[a-z])")
"""`He took his cap. I laughed`, but `chap. I of Exodus`."""
_INITIALS = lazy_pattern(r"(?!j\.-c$)[^\W\d_](?:\.?-[^\W\d_])+")
_SPACED = lazy_pattern(r"(?<![^\W\d_])([^\W\d_]{1,2}\.) ([^\W\d_]{1,2})$")
"""An abbreviation of two words, with the blank that some set in it: `bl. a.`"""
_REST_OF_SPACED = lazy_pattern(r"[^\W\d_]{1,2}(?=\.)")
_LAST_WORD = lazy_pattern(r"""[^\s(\[«»„“”"'’‘]*$""")
_FIRST_WORD = lazy_pattern(r"\w+")
_SHORTENING = ".۔"
"""Full stops that stand behind abbreviations too."""
_NUMERALS_FIRST = ("hu", "tr")
"""Languages that set the number of a king before his name: `IV. Béla`."""
_REGNAL = lazy_pattern("[IVXLC]{1,8}|[ivxlc]{2,8}")
_NUMERALS = frozenset("IVXLCivxlc")
_BEFORE_KING = lazy_pattern("[IVX]|[IVXLC]{2,8}")
"""Not `il`, which is a province in Turkish, nor vitamin C."""
_KOREAN_DATE = lazy_pattern(r"(?<!\d)\d{4}(?:\.\s?\d{1,2}){0,2}$")
_KOREAN_MONTH = lazy_pattern(r"\d{1,2}\s?\.")
_KOREAN_DAY = lazy_pattern(r"\d{4}\.\s?\d{1,2}\.\s?\d{1,2}$")
TAIL = 60
"""Characters before a cut that are looked at."""


@cache
def _sets(language: str) -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """The abbreviations of a language, and before a number those of all."""
    always, small, number, name = _BY_LANGUAGE.get(_SAME_AS.get(language, language), _Abbreviations())
    return _words(always), _words(small), _words(f"{_BEFORE_NUMBERS} {number}"), _words(name)


def leads_on(before: str, after: str, language: str) -> bool:
    """Whether the full stop that `before` ends with ends no sentence in a language, `after` being what follows."""
    if before[-1] not in _SHORTENING or not after:
        return False
    written = before[-TAIL:-1]
    word = _LAST_WORD.search(written)
    if word is None or not word[0]:
        return False
    return (
        _is_abbreviation(written, word[0], after, language)
        or (not word[0].isascii() and is_uncased_initial(written, word[0], after, language))
        or (
            (written[-1] in _NUMERALS or written[-1].isdecimal())
            and _counts(written, word[0], after, language)
        )
        or (
            (language not in _KNOWS_INITIALS or not word[0].isascii())
            and _is_initial(written, word[0], after, language)
        )
    )


def _is_abbreviation(written: str, word: str, after: str, language: str) -> bool:
    """Whether the word that ends what is written is a shortened one, which no sentence ends with before `after`."""
    always, small, number, before_name = _sets(language)
    name = word.casefold()
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
    if word in _ALWAYS or name in always or word in always or ("-" in name and _INITIALS.fullmatch(name)):
        return True
    if name in before_name:
        return not (word.isupper() or opens_sentence(after, language))
    return (name in small and after[0].islower()) or (
        name in number
        and _NUMBER.match(after) is not None
        and not (language == "en" and _PRONOUN.match(after))
    )


def _counts(written: str, number: str, after: str, language: str) -> bool:
    """Whether the number that ends what is written counts what follows: a king, a day, anything by an ordinal."""
    if after[0].islower() and _REGNAL.fullmatch(number):
        return True
    if language in _NUMERALS_FIRST and _BEFORE_KING.fullmatch(number) and not opens_sentence(after, language):
        return True
    if language == "ko":
        return _is_korean_date(written, after)
    return language in _ORDINALS and _is_ordinal(written.casefold(), number.casefold(), after, language)


def _is_korean_date(before: str, after: str) -> bool:
    """Whether a number with a full stop is part of a date: 1919. 3. 1. 독립선언, but not 1945. 30명."""
    date = _KOREAN_DATE.search(before)
    if date is None:
        return False
    if "." not in date[0]:
        return _KOREAN_MONTH.match(after) is not None
    return after[0].isdecimal() or _KOREAN_DAY.fullmatch(date[0]) is not None


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


@cache
def knows_units(language: str) -> bool:
    """Whether there are abbreviations and words by which `ends_with_unit` tells anything of a language."""
    return bool(_sets(language)[1]) and has_openers(language)


def ends_with_unit(before: str, after: str, language: str) -> bool:
    """Whether a sentence ends with the abbreviation at the end of `before`: `в 1900 г. Потом`, but `в г. Москве`."""
    word = _LAST_WORD.search(before)
    return word is not None and word[0].casefold() in _sets(language)[1] and opens_sentence(after, language)
