"""What a word is, in any script."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.model import Span
from texts.tokens import WORD, WordPattern, is_letter_edge, is_word_edge
from texts.typography import fold_text, fold_word, split_words

SCRIPTS = st.text(
    st.sampled_from(
        "ab1Z_é'’ʼ.- \n\u0301\u00ad\u200d" + 'हिन्दीמֹשֶׁה"٣كِتـاب' + "耶稣言葉がカ한국" + "พระเจ้าព្រះบထွန်བཀའ🦆"
    ),
    max_size=30,
)


@pytest.mark.parametrize(
    ("string", "words"),
    [
        ("Don’t ask the U.S. twice", "Don’t|ask|the|U.S.|twice"),
        ("हिन्दी और दिल्ली", "हिन्दी|और|दिल्ली"),
        ("בְּרֵאשִׁית בָּרָא", "בְּרֵאשִׁית|בָּרָא"),
        ('צה"ל אמר "שלום"', 'צה"ל|אמר|שלום'),
        ("كِتَـابٌ جديد", "كِتَـابٌ|جديد"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("வார்த்தை தேவன்", "வார்த்தை|தேவன்"),
        ("耶稣ABC12", "耶|稣|ABC12"),
        ("言葉がある", "言|葉|が|あ|る"),
        ("한국어 텍스트", "한국어|텍스트"),
        ("เจ้ากำ", "เ|จ้|า|กำ"),
        ("ព្រះ", "ព្រះ"),
        ("co\u00adoperate", "co\u00adoperate"),
        ("a paral·lel", "a|paral·lel"),
        ("Ինչպե՞ս ես, այո՛", "Ինչպե՞ս|ես|այո՛"),
        ("ᠮᠣᠩ\u180aᠭᠣᠯ ᠬᠡᠯᠡ", "ᠮᠣᠩ\u180aᠭᠣᠯ|ᠬᠡᠯᠡ"),
    ],
)
def test_a_word_is_a_run_of_letters_with_their_marks(string: str, words: str) -> None:
    assert WORD.findall(string) == words.split("|")


@given(st.text("ab1Zé'’ʼ‘`_-. U\n", max_size=30))
def test_all_expressions_agree_on_latin(string: str) -> None:
    assert WORD.findall(string + " é") == [*WORD.findall(string), "é"]  # which is not ASCII
    foreign = string + " 字"  # which calls for the expression of all scripts
    assert WORD.findall(foreign) == [*WORD.findall(string), "字"]


@given(SCRIPTS)
def test_no_word_parts_a_letter_from_its_marks(string: str) -> None:
    for word in WORD.finditer(string):
        assert is_letter_edge(string, word.start())
        assert is_letter_edge(string, word.end())
        assert is_word_edge(string, word.start())
        assert is_word_edge(string, word.end())


@given(SCRIPTS)
def test_splitting_loses_nothing(string: str) -> None:
    pieces = WORD.split(string)
    assert "".join(pieces) == string
    assert pieces[1::2] == WORD.findall(string)


@given(SCRIPTS, st.booleans(), st.booleans())
def test_a_folded_letter_leads_back_to_a_letter_with_its_marks(
    string: str, case: bool, accents: bool
) -> None:
    string = unicodedata.normalize("NFC", string)
    folded = fold_text(string, case=case, accents=accents)
    for k in range(len(folded.text)):
        if is_letter_edge(folded.text, k) and is_letter_edge(folded.text, k + 1):
            span = folded.back(Span(k, k + 1))
            assert is_letter_edge(string, span.end)


def test_an_expression_can_be_added_to_that_of_a_word() -> None:
    tokens = WordPattern(after=r"|\S")
    assert tokens.findall("so, हिन्दी!") == ["so", ",", "हिन्दी", "!"]


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("בְּרֵאשִׁית", "בראשית"),
        ("الْكَلِمَةُ", "الكلمه"),
        ("كـتـاب", "كتاب"),
        ("أَحْمَد", "احمد"),
        ("ایران", "ايران"),
        ("経済", "經濟"),
        ("經濟", "经济"),
        ("ﾊﾟﾝ", "パン"),
        ("ＡＢＣ", "abc"),
        ("٣٢", "32"),
        ("λόγος", "λογοσ"),
        ("τῷ", "τω"),
        ("Ærø", "aero"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("Þór", "thor"),
        ("amō", "amo"),
        ("क़लम", "कलम"),
    ],
)
def test_forms_of_one_word_fold_to_one(written: str, other: str) -> None:
    assert fold_word(written) == fold_word(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("か", "が"), ("हिन्दी", "हिनदी"), ("하", "한"), ("мой", "мои"), ("ก่", "ก้"), ("カ", "か")],
)
def test_different_words_do_not(one: str, other: str) -> None:
    assert fold_word(one) != fold_word(other)


def test_what_is_remembered_of_one_string_is_not_told_of_another() -> None:
    long = "one two " * 5_000
    for string in ("one two", "", "one two", long, "three", long, "", "three"):
        parts, folded = split_words(string)
        assert parts == WORD.split(string)
        assert folded.keys() == set(WORD.findall(string))


@given(SCRIPTS | st.text("ab1Zé'’.U \n", max_size=30))
def test_words_are_folded_together_as_they_are_one_by_one(string: str) -> None:
    assert split_words(string)[1] == {word: fold_word(word) for word in WORD.findall(string)}
