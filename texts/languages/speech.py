"""Whether a sentence goes on behind what it quotes, in scripts without small letters, where no capital tells it.

Who speaks tells it: a particle of quotation (`라고`, `と`, `என்று`), or a verb of saying, early where a language has it
before the speaker, and at the end of a short clause where it ends its sentences with the verb.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from texts.lazy_pattern import lazy_pattern


class _Speaking(NamedTuple):
    """Regular expressions for the words behind a quotation, each alternative a beginning unless it says otherwise."""

    particles: str = ""
    """What no sentence begins with, right behind a quotation."""
    first: str = ""
    """Verbs of saying that stand first or second."""
    last: str = ""
    """Verbs of saying that end the clause, within five words."""


_BY_LANGUAGE: Mapping[str, _Speaking] = MappingProxyType(
    {
        "am": _Speaking(r"ብሎ\b|ብላ\b|ብለው\b", "", "አለ|አለች|አሉ|አልኩ|ጠየቀ|ጠየቀች|ጠየቁ|መለሰ|መለሰች|ጮኸ"),
        "ar": _Speaking(
            "",
            "[وف]?(?:قال|قالت|قالوا|قلت|يقول|تقول|سأل|سألت|سأله|سألته|سألها|أجاب|أجابت|أجابه|أجابها|صاح|صاحت|صرخ|صرخت|همس|همست|هتف|هتفت|رد|ردت|ردّ|تساءل|تساءلت)",
        ),
        "bn": _Speaking(
            r"(?:বলে|এই বলে|আর|বলিয়া)(?!\w)",
            "",
            "বলল|বললো|বললেন|বললাম|বলেন|বলিল|বলিলেন|কহিল|কহিলেন|(?:জিজ্ঞেস|জিজ্ঞাসা|প্রশ্ন) (?:করল|করলো|করলেন|করিল|করিলেন)|"
            "শুধাল|শুধালেন|(?:উত্তর|জবাব) (?:দিল|দিলেন)",
        ),
        "fa": _Speaking(r"و(?!\w)", "", "گفت|گفتم|گفتند|پرسید|پرسیدم|پرسیدند|فریاد زد|داد زد|(?:پاسخ|جواب) داد"),
        "gu": _Speaking(r"(?:એમ|અને|કહીને)(?!\w)", "", "કહ્યું|પૂછ્યું|બોલ્યો|બોલી|બોલ્યા|(?:જવાબ|ઉત્તર) આપ્યો"),
        "he": _Speaking("", "אמר|אמרה|אמרו|אמרתי|שאל|שאלה|שאלו|שאלתי|ענה|ענתה|ענו|השיב|השיבה|צעק|צעקה|לחש|לחשה|קרא"),
        "hi": _Speaking(
            r"(?:और|कहकर|ऐसा|यह कहकर|इति|भनेर|र)(?!\w)",
            "",
            "पूछा|कहा|बोला|बोली|बोले|चिल्लाया|चिल्लाई|(?:उत्तर|जवाब) दिया|भन्यो|भने|भनिन्|भनी|सोध्यो|सोधे|सोधिन्|उवाच",
        ),
        "ja": _Speaking("[とってのはがをにもでだな]"),  # 「行こう。」と言った
        "ka": _Speaking(
            "", "იკითხა|ჰკითხა|თქვა|უთხრა|უპასუხა|მიუგო|დაიყვირა|იყვირა|წამოიძახა|ჩაილაპარაკა|დაიძახა|ამბობს|ეკითხება"
        ),
        "km": _Speaking("[^\\s។៕?!]{0,14}(?:សួរ|ឆ្លើយ|និយាយ|ស្រែក|ពោល|មានព្រះបន្ទូល)"),
        "kn": _Speaking("ಎಂದ(?!ಿಗ)|ಎನ್ನ|ಅಂತ(?![ಹೆೇ])", "", "ಕೇಳಿದನು|ಕೇಳಿದಳು|ಕೇಳಿದರು|ಕೇಳಿದ|ಹೇಳಿದನು|ಹೇಳಿದಳು|ಹೇಳಿದರು|ಹೇಳಿದ"),
        "ko": _Speaking(
            r"(?:이?라(?:고|며|면서|는|던|니|도)|(?:[고며는란던]|하(?:고|며|는|던|니|여|면서)|했|한다|하였))(?!\w)|했|하였|하신|하셨",
            "",
            "(?:물었|말했|말하였|대답했|대답하였|답했|외쳤|속삭였|소리쳤|중얼거렸|되물었|덧붙였|소리질렀)(?:다|습니다|어요|지)|묻는다|말한다",
        ),
        "lo": _Speaking("[^\\s?!]{0,14}(?:ຖາມ|ຕອບ|ເວົ້າ|ກ່າວ|ຮ້ອງ)"),
        "ml": _Speaking("എന്ന(?:\u0d4d|ു|ാ(?!ൽ|ല\u0d4d)|(?=\\s))", "", "ചോദിച്ചു|പറഞ്ഞു|മറുപടി നൽകി"),
        "mr": _Speaking(
            r"(?:असे|असं|म्हणून|आणि|असा|अशी)(?!\w)", "", "म्हणाला|म्हणाली|म्हणाले|विचारले|विचारलं|ओरडला|ओरडली|(?:उत्तर) दिले"
        ),
        "my": _Speaking("ဟု|ဟူ|လို့|ဆိုပြီး"),
        "pa": _Speaking(r"(?:ਅਤੇ|ਤੇ|ਕਹਿ ਕੇ)(?!\w)", "", "ਪੁੱਛਿਆ|ਕਿਹਾ|ਬੋਲਿਆ|ਬੋਲੀ|(?:ਜਵਾਬ|ਉੱਤਰ) ਦਿੱਤਾ"),
        "si": _Speaking("යැයි|යයි|කියා|කියලා", "", "ඇසුවේය|ඇසුවාය|කීවේය|කීවාය|පැවසුවේය|ඇසීය|කීය"),
        "ta": _Speaking(
            r"என்(?:று|ற|ப|னு(?=\s))|எனப்ப|என(?:[கசதப]\u0bcd)?(?=\s)", "",
            "கேட்டான்|கேட்டாள்|கேட்டார்|கேட்டேன்|சொன்னான்|சொன்னாள்|சொன்னார்|கூறினான்|கூறினாள்|கூறினார்",
        ),
        "te": _Speaking("అని|అన్న(?![ిీయ])|అంది|అంట|అంటూ", "", "అడిగాడు|అడిగింది|అడిగారు|చెప్పాడు|చెప్పింది|చెప్పారు"),
        "th": _Speaking("[^\\s?!]{0,14}(?:ถาม|ตอบ|กล่าว|ตะโกน|ร้อง|พูดขึ้น|เอ่ย)"),
        "ur": _Speaking(
            r"(?:اور|کہہ کر)(?!\w)", "", "پوچھا|کہا|بولا|بولی|بولے|چلایا|چلائی|پکارا|(?:جواب) دیا"
        ),
        "yi": _Speaking(
            "", "הא\u05b8?ט|הא\u05b8?בן|זא\u05b8?גט|זא\u05b8?גן|פ\u05bf?רעגט|ענטפ\u05bf?ערט|רופ\u05bf?ט|שרייט|מאכט"
        ),
        "zh": _Speaking(
            r"的(?![确確士])|了[吗嗎。，？]|[吗嗎]|[^\s，。！？；：…、不没沒]{1,10}?(?:(?<![小传傳听聽])[说說]|(?<![疑学學访訪顾顧])[问問]|[喊嚷吼]|(?<![报報])答|"
            r"[笑叹嘆骂罵喝叫哭]道)[道着著了]?[，。！？；：…]"  # “为什么？”他问。
        ),
    }
)  # fmt: skip
_SAME_AS = MappingProxyType({"as": "bn", "ne": "hi", "sa": "hi", "ti": "am"})
_WORDS_BEFORE = 4
_END = r"(?=\s*[.,;:!?…।॥۔،؛؟።፣፡]|\s*$)"

_EXCLAIMED = lazy_pattern(r"(?:と(?=[言い云叫思問聞答呼申])|って)")
"""行く！と叫んだ, without quotation marks."""


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    """The beginning of what goes on behind a quotation; none in languages whose small letters tell it."""
    said = _BY_LANGUAGE.get(_SAME_AS.get(language, language))
    if said is None:
        return None
    clause = r"(?:[^\s.,;:!?…।॥۔،؛؟።]+\s+)"
    found = [
        said.particles,
        rf"{clause}?(?:{said.first})(?![\w\u05b0-\u05c7])" if said.first else "",
        rf"{clause}{{0,{_WORDS_BEFORE}}}(?:{said.last}){_END}" if said.last else "",
    ]
    return re.compile("|".join(filter(None, found)))


def is_small(letter: str) -> bool:
    """Whether a letter is a small one of a script whose sentences begin with capitals, as those of Georgian do not."""
    return letter.islower() and not "\u10d0" <= letter <= "\u10ff"


def goes_on(after: str, language: str, *, joined: bool) -> bool:
    """Whether a sentence goes on with `after`, behind what it quotes in a language without small letters.

    `joined`: nothing stands between the quotation and what follows.
    """
    if language == "ko" and joined and after[0].isalpha():
        return True
    pattern = _pattern(language)
    return pattern is not None and pattern.match(after) is not None


def tells_exclamation(after: str, language: str) -> bool:
    """Whether `after` says who exclaimed or asked what stands before it without quotation marks."""
    return language == "ja" and _EXCLAIMED.match(after) is not None
