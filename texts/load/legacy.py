"""Which encoding bytes are in that are no Unicode: the one in which they are the likeliest words.

A letter counts by its rank among those of the language that an encoding is for, in the manner of Kikui, Identifying
the coding system and language of on-line documents on the Internet, COLING 1996; a letter between those of another
script, or a capital after a small letter, counts against it. What charset-normalizer makes of the same files stands in
`docs/ARCHITECTURE.md`.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from math import log
from typing import NamedTuple, Self

from texts.lazy_pattern import lazy_pattern

_SAMPLE = 20_000
"""Bytes that are looked at."""
_CYRILLIC = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґў"
"""Russian, with what Ukrainian and Belarusian have besides."""
_UKRAINIAN = "оаиніврентсклудмпязьбгйчхцжїюєфшщґ"
_SOUTH_CYRILLIC = "аоиенртсвклудпмзгбјчћшжцхљњђџфѓќѕъщьюя"
"""Serbian, Macedonian and Bulgarian."""
_GREEK = "αοιετσνηυρπκμλςωδγχθφβξζψάόίέήύώϊϋΐΰ"
_HEBREW = "יוהלארתבמשנעםדחקפגצטכסןזךףץ"
_ARABIC = "اليمنورتبعدسفهكقحجشطةىصخذأضإزثءآئغظؤ"
_THAI = "านรกเอ่งมยลว้ดทสตะปบคัหีแจพชิไขใผ็ศโณถซธภฉษฟฏ"
_WESTERN = "éèàüöäçóáíêñúãßâôîåøæõûëïœùòìÿðþý"
"""Of several of the languages below in one text, or of one that is not there."""
_ROMANCE = ("éèàêçùôâîûœëïüÿ", "íóáéñúü", "ãçáéíóâêõàúôü", "èàùòìéóç", "àéèòíóúçïü")
"""French, Spanish, Portuguese, Italian, Catalan."""
_GERMANIC = ("üäößé", "éëïöüèó")
"""German, Dutch."""
_NORDIC = ("åäöæøé", "äåöé", "øåæéòóô", "äöå", "äõüöšž")
"""Of all of them; Swedish, Danish and Norwegian, Finnish, Estonian."""
_ICELANDIC = "áðíþéúöæóý"
_CENTRAL = (
    "áéíłąęóöőüűžýčěřšśżúůćńźťďňôľäăşţțșâîđ",
    "íáěéřčžýšůúďťňó",
    "áéíčžšýľťúňďôäĺŕó",
    "łąęóżśćńź",
    "áéöíóőüűú",
    "ăîşţâșțşţ",
    "čšžćđ",
)
"""Of all of them; Czech, Slovak, Polish, Hungarian, Romanian, Slovene and Croatian."""
_BALTIC = ("āščēžīūņļšėėįųąęģķõäöü", "ėšįųžčūąę", "āīēšūķļčžņģ")
"""Of both; Lithuanian, Latvian."""
_TURKISH = "ıişüğçöâîû"
_SIMPLIFIED = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成"
    "方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使"
    "情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老"
    "给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目"
    "太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王"
    "初与万"
)
_TRADITIONAL = (
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方"
    "多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情"
    "明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給"
    "世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太"
    "量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王初萬"
)
_KANA = "のにはをたがでてとしれさいるあっこなそもかられまくきすりうえおよけじどだめせみわちつ"
_KATAKANA = "ーンスルトリアイラドクロッシジテレフマムバタグニメカパプサコ"
_KANJI = (
    "日一国人年大十二本中長出三時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山"
    "話女北午百書先名川千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨言葉会社事自"
)
_HANGUL = (
    "이다는의에을가고하지한도로서사은기를나자어아대리있그시인들일해여수전정것라보과부와만상주적었으게장구국"
)

_FOR = {"cp1252": 2.0, "iso8859-2": -1.0, "iso8859-13": -1.0, "iso8859-5": -1.0} | dict.fromkeys(
    ("cp852", "cp855", "cp857", "cp861", "cp862", "cp865", "cp720", "cp737", "cp775", "cp1125", "mac-greek",
     "mac-iceland", "mac-latin2"), -6.0,
)  # fmt: skip
"""By how much more likely an encoding is than others before anything is seen: a sign or two tell nothing."""
_ASCII = -3.2
"""Logarithm of the likelihood of a character of ASCII: of each the same."""
_PUNCTUATION = -4.0
_WIDE_PUNCTUATION = -5.0
"""It takes two bytes, of which the other may have been a letter of ASCII."""
_UNLIKELY = -9.0
_OTHER_IDEOGRAPH = -8.5
_AGAINST = -5.0
"""For a letter that no language has there."""
_TYPOGRAPHY = frozenset("“”‘’„‚–—…«»·•°§£€©®™¿¡、。，：；？！「」『』（）《》“”〈〉・׳״־،؛؟")
_ODD = lazy_pattern(
    r"[a-zß-ÿа-яёα-ωάέήίόύώ][A-ZÀ-ÖØ-ÞА-ЯЁΑ-Ω]|[A-Za-z][\u0370-\u0e7f\u3040-\u9fff\uac00-\ud7a3]"
    r"|[\u0370-\u0e7f][A-Za-z]|[\u3040-\u9fff\uac00-\ud7a3][a-z]|[\x80-\x9f\ufffd]"
)

_LANGUAGES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("cp1252", "mac_roman", "cp850"), (_WESTERN, *_ROMANCE, *_GERMANIC, *_NORDIC)),
    (("cp1252", "cp861", "mac-iceland"), (_ICELANDIC,)),
    (("cp865",), _NORDIC),
    (("cp1250", "iso8859-2", "cp852", "mac-latin2"), _CENTRAL),
    (("cp1251", "koi8-r", "koi8-u", "iso8859-5", "cp866", "mac-cyrillic"), (_CYRILLIC,)),
    (("cp1251", "koi8-u", "cp1125"), (_UKRAINIAN,)),
    (("cp1251", "iso8859-5", "cp855"), (_SOUTH_CYRILLIC,)),
    (("cp1253", "iso8859-7", "cp737", "mac-greek"), (_GREEK,)),
    (("cp1254", "cp857"), (_TURKISH, _TURKISH + _WESTERN)),
    (("cp1255", "cp862"), (_HEBREW,)),
    (("cp1256", "iso8859-6", "cp720"), (_ARABIC,)),
    (("cp1257", "iso8859-13", "cp775"), _BALTIC),
    (("cp874",), (_THAI,)),
    (("gb18030",), (_SIMPLIFIED,)),
    (("big5",), (_TRADITIONAL,)),
    (("cp932", "euc_jp"), (_KANA + _KATAKANA + _KANJI,)),
    (("cp949",), (_HANGUL,)),
)
"""Encodings, and the letters of each language that is written in them, the most frequent first."""

CANDIDATES: tuple[str, ...] = tuple(dict.fromkeys(each for encodings, _ in _LANGUAGES for each in encodings))
"""The encodings that are tried. What comes first wins a tie."""


def likeliest(data: bytes) -> str:
    """The encoding in which bytes are the likeliest words; empty where they are none in any that is known."""
    sample = _sample(data)
    best, most = "", _UNLIKELY * len(sample)
    read = {encoding: _Reading.of(sample, encoding) for encoding in CANDIDATES}
    for encodings, languages in _LANGUAGES:
        for encoding in encodings:
            reading = read[encoding]
            if reading is None:
                continue
            likelihood = max(map(reading.likelihood, languages)) + _FOR.get(encoding, 0.0)
            if likelihood > most + 1e-9:
                best, most = encoding, likelihood
    return best


def _sample(data: bytes) -> bytes:
    """The lines at the head that hold more than ASCII: an end of a line parts no character in any of the encodings."""
    lines: list[bytes] = []
    size = 0
    for line in data[: 50 * _SAMPLE].splitlines(keepends=True):
        if not line.isascii():
            lines.append(line[:_SAMPLE] if len(line) <= _SAMPLE else line)
            size += len(line)
            if size >= _SAMPLE:
                break
    return b"".join(lines)


class _Reading(NamedTuple):
    """A sample as it reads in an encoding."""

    characters: Mapping[str, int]
    """How often each occurs."""
    against: int
    """How often two stand together that no word has so."""

    @classmethod
    def of(cls, sample: bytes, encoding: str) -> Self | None:
        """None where the sample is not in the encoding."""
        try:
            string = sample.decode(encoding)
        except UnicodeDecodeError:
            return None
        return cls(Counter(string), sum(1 for _ in _ODD.finditer(string)))

    def likelihood(self, letters: str) -> float:
        """Logarithm of its likelihood in a language that writes with these letters."""
        known = _table(letters)
        return _AGAINST * self.against + sum(
            count * _of_character(character, known) for character, count in self.characters.items()
        )


def _of_character(character: str, known: Mapping[str, float]) -> float:
    """Logarithm of the likelihood of a character among letters of a rank."""
    if character.isascii():
        return _ASCII
    found = known.get(character.lower())
    if found is not None:
        return found
    if character in _TYPOGRAPHY:
        return _WIDE_PUNCTUATION if character > "\u3000" else _PUNCTUATION
    if unicodedata.category(character) == "Mn":
        return _PUNCTUATION - 1
    is_ideograph = "\u4e00" <= character <= "\u9fff" and len(known) > _ALPHABET
    is_hangul = "\uac00" <= character <= "\ud7a3" and "이" in known
    return _OTHER_IDEOGRAPH if is_ideograph or is_hangul else _UNLIKELY - 1


_ALPHABET = 80
"""Letters of the largest alphabet."""
_FLAT, _LONG = 6, 24
"""Whole alphabets fall off less from letter to letter than the few letters that a language adds to ASCII."""
_FEWEST = 12
"""So many letters are reckoned with where a language has fewer: they are the rarer in its words."""


@cache
def _table(letters: str) -> Mapping[str, float]:
    """The logarithm of the likelihood of each letter by its rank."""
    ranks = {letter: rank for rank, letter in enumerate(dict.fromkeys(letters))}
    shift = _FLAT if len(ranks) > _LONG else 1
    total = sum(1 / (rank + shift) for rank in range(max(_FEWEST, len(ranks))))
    return {letter: log(1 / (rank + shift) / total) for letter, rank in ranks.items()}
