"""Search finds words of any language: scripts without blanks, marks and forms, what is written in one with a word."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.model import Passage, Span, Text
from texts.quotes import places
from texts.search import Mode, search
from texts.search.query import parse
from texts.search.strings import as_searchable
from texts.search.variants import with_affixes
from texts.tokens import is_letter_edge
from texts.typography import fold_word

CHINESE = ("太初有道，道与神同在。", "耶穌對門徒說：耶稣爱你们。大、人。", "耶 稣 来了")
KOREAN = ("예수께서 말씀하시되 예수는 하나님의 아들이라", "그리스도예수의 종 예수", "예수를 믿으라 예순")
HINDI = ("की के का कि किया में मे है", "क्षमा कक्ष क्या है")


def found(query: str, *passages: str, mode: Mode = Mode.FUZZY) -> list[str]:
    """The quotes of the hits, best first."""
    searchable = as_searchable(passages)
    return [searchable.body[h.span.start : h.span.end] for h in search(query, [searchable], mode=mode)]


@pytest.mark.parametrize("query", ["耶稣", "耶穌", '"耶稣"'])
def test_a_word_of_a_script_without_blanks_is_found_in_every_place(query: str) -> None:
    assert found(query, *CHINESE) == ["耶穌", "耶稣", "耶 稣"]


@pytest.mark.parametrize(
    ("query", "passage", "times"),
    [
        ("言葉", "初めに言葉があった。言葉は神と共にあった。言、葉", 2),
        ("コンピューター", "ｺﾝﾋﾟｭｰﾀｰとコンピューター", 2),
        ("พระเจ้า", "ในปฐมกาลพระเจ้าทรงสร้าง พระเจ้า", 2),
        ("ព្រះបន្ទូល", "ព្រះបន្ទូលគង់នៅ ហើយព្រះ\u200bបន្ទូល", 2),
        ("နှုတ်ကပတ်တော်", "အစအဦး၌ နှုတ်ကပတ်တော်ရှိ၏။ နှုတ်ကပတ်တော်", 2),
        ("བཀའ", "ཐོག་མར་བཀའ་ཡོད། བཀའ་ནི", 2),
        ("བཀའ་ཡོད", "ཐོག་མར་བཀའ་ཡོད། བཀའ་ནི", 1),
        ("வார்த்தை", "ஆதியிலே வார்த்தை இருந்தது, அந்த வார்த்தை", 2),
        ("ঈশ্বর", "এবং বাক্য ঈশ্বরের কাছে। ঈশ্বর ছিলেন।", 2),
    ],
)
@pytest.mark.parametrize("mode", [Mode.FUZZY, Mode.EXACT])
def test_words_of_asia_are_found_as_often_as_they_stand_there(
    query: str, passage: str, times: int, mode: Mode
) -> None:
    assert len(found(query, passage, mode=mode)) == times


def test_a_long_run_with_another_character_is_found_where_none_is_the_same() -> None:
    assert found("耶稣对门生说", *CHINESE) == ["耶穌對門徒說"]
    assert found("道與神", *CHINESE) == ["道与神"]
    assert found("道與人", *CHINESE) == [], "three characters are found as typed or not at all"


@pytest.mark.parametrize(
    ("typed", "needed"), [(1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (6, 5), (7, 6), (8, 6), (9, 7), (12, 9)]
)
def test_one_character_in_four_of_a_long_run_may_be_missing(typed: int, needed: int) -> None:
    run = "天地玄黃宇宙洪荒日月盈昃"[:typed]
    for there in range(1, typed + 1):
        assert bool(found(run, f"水{run[:there]}水火木土金。")) is (there >= needed)


def test_a_korean_word_is_found_with_its_particles() -> None:
    assert found("예수", *KOREAN) == ["예수", "예수께서", "예수는", "예수를", "그리스도예수의"]
    assert found("종", *KOREAN, "종이 종과") == ["종", "종이", "종과"]


def test_a_persian_word_is_found_with_what_a_joiner_sets_off() -> None:
    assert found("خانه", "این خانه بزرگ است", "خانه‌ی ما", "به خانم") == ["خانه", "خانه‌ی"]


@pytest.mark.parametrize(
    ("query", "passage", "quotes"),
    [
        ("كلمة", "الكلمة والكلمة كلمات", ["الكلمة", "والكلمة"]),
        ("الكلمة", "كلمة بالكلمة", ["كلمة", "بالكلمة"]),
        ("דבר", "הדבר ודבר לדבר", ["הדבר", "ודבר", "לדבר"]),
        ("הדבר", "דבר וְהַדָּבָר", ["דבר", "וְהַדָּבָר"]),
    ],
)
def test_articles_and_words_of_one_letter_before_a_word_do_not_matter(
    query: str, passage: str, quotes: list[str]
) -> None:
    assert found(query, passage) == quotes


@pytest.mark.parametrize(
    ("query", "written"),
    [
        ("אלהים", "אֱלֹהִים"),
        ("الكلمة", "الْكَلِمَةُ"),
        ("الجمهورية", "الجمهوريـــة"),
        ("احمد", "أحمد"),
        ("λογος", "λόγος"),
        ("αρχη", "ἀρχῇ"),
        ("cano", "canō"),
        ("aeroskobing", "Ærøskøbing"),
        ("lodz", "Łódź"),
        ("strasse", "Straße"),
        ("thorr", "Þórr"),
        ("fire", "ﬁre"),
        ("abc", "ＡＢＣ"),
        ("经济", "經濟"),
        ("ինչպես", "Ինչպե՞ս"),
        ("ߞߊ߲", "ߞߊ߲ߺߺ"),
        ("ᠮᠣᠩᠭᠣᠯ", "ᠮᠣᠩ\u180aᠭᠣᠯ"),
        ("അവൻ", "അവന്\u200d"),
        ("উৎসব", "উত্\u200dসব"),
        ("2024", "٢٠٢٤"),
        ("2024", "۲۰۲۴"),
    ],
)
@pytest.mark.parametrize("mode", [Mode.FUZZY, Mode.EXACT, Mode.WORD])
def test_marks_and_forms_do_not_matter_to_a_query_without_them(query: str, written: str, mode: Mode) -> None:
    assert found(query, f"x {written} x", mode=mode) == [written]
    if mode is Mode.FUZZY:
        assert found(written, f"x {query} x") == [query]


@pytest.mark.parametrize(
    ("query", "written", "part"),
    [("हिन्दी", "हिंदी", "हिन्"), ("शान्ति", "शांति", "शान"), ("હિન્દી", "હિંદી", "હિન્")],
)
def test_a_nasal_may_be_written_as_a_dot_and_exact_search_finds_it_as_typed(
    query: str, written: str, part: str
) -> None:
    assert found(query, f"{written} {query}") == [written, query]
    for mode in (Mode.EXACT, Mode.WORD):
        assert found(query, f"{written} {query}", mode=mode) == [query]
        assert found(written, f"{written} {query}", mode=mode) == [written]
    assert found(part, written, query, mode=Mode.EXACT), "part of a word that the index has with a dot"


def test_capitals_of_turkish_are_found_with_its_other_marks() -> None:
    assert found("ışık", "Işık IŞIK şimdi", mode=Mode.EXACT) == ["Işık", "IŞIK"]
    assert found("şimdi", "ŞİMDİ", mode=Mode.EXACT) == ["ŞİMDİ"]


def test_cherokee_is_written_in_capitals() -> None:
    for mode in Mode:
        assert found("ᏣᎳᎩ", "ᏣᎳᎩ ꮳꮃꭹ", mode=mode) == ["ᏣᎳᎩ", "ꮳꮃꭹ"], mode


@pytest.mark.parametrize(
    ("query", "others"),
    [("אֱלֹהִים", "אלהים"), ("الْكَلِمَةُ", "الكلمة"), ("ἀρχῇ", "αρχη"), ("canō", "cano"), ("أحمد", "احمد")],
)
def test_marks_that_are_typed_matter_with_exact(query: str, others: str) -> None:
    assert found(query, f"{others} {query}", mode=Mode.EXACT) == [query]


def test_hindi_words_are_found_whole() -> None:
    assert found("की", *HINDI) == ["की"]
    assert found("में", *HINDI) == ["में"]
    assert found("क्ष", *HINDI, mode=Mode.EXACT) == ["क्ष", "क्ष"]
    assert found("हिन्दी", "वह हिन्दी में बोलेगी", mode=Mode.WORD) == ["हिन्दी"]


@pytest.mark.parametrize("query", ["'hello'", "o'clock", "“hello”", "5'"])
@pytest.mark.parametrize("mode", [Mode.EXACT, Mode.WORD])
def test_exact_search_and_marking_agree_on_typography(query: str, mode: Mode) -> None:
    body = "He said ‚hello‘ at ten o′clock; „hello“, and 5′ more."
    text = Text("t", "T", "", "", body, (Passage(Span(0, len(body)), 1),))
    quotes = found(query, text.body, mode=mode)
    assert len(quotes) == 1
    assert [text.quote(span) for span in places(text, query)] == quotes


LETTERS = st.text(st.sampled_from("कक्षि्ीাকশবরেสวัดี神道예수אֱבּأَab ́\u200b"), max_size=12)


@given(st.lists(LETTERS, min_size=1, max_size=3), LETTERS, st.sampled_from(list(Mode)))
def test_no_hit_begins_or_ends_inside_a_letter(passages: list[str], query: str, mode: Mode) -> None:
    passages = [unicodedata.normalize("NFC", passage) for passage in passages]
    if mode is Mode.REGEX or not query.strip() or not any(c.isalnum() for c in query):
        return
    searchable = as_searchable(passages)
    for hit in search(query, [searchable], mode=mode, min_score=0):
        assert is_letter_edge(str(searchable.body), hit.span.start)
        assert is_letter_edge(str(searchable.body), hit.span.end)


def test_a_match_of_a_regular_expression_has_whole_letters() -> None:
    assert found("ह.न", "हिन्दी", mode=Mode.REGEX) == ["हिन्दी"]
    assert found("ব", "ঈশ্বরের", mode=Mode.REGEX) == ["শ্ব"]


def affixed(word: str, text: str) -> set[str]:
    """The words of a text that are a folded word with something written to it."""
    index = as_searchable([text]).index
    return {index.word(number) for number, _ in with_affixes(fold_word(word), index)}


@pytest.mark.parametrize(
    ("word", "text", "words"),
    [
        ("באר", "הבאר אר האר באר", ["הבאר"]),
        ("האב", "אב באב הבאב", []),  # two letters are left of it, and may be anything
        ("הארץ", "ארץ בארץ והארץ בהארץ הארץ", ["והארץ", "בהארץ", "ארץ", "בארץ"]),
        ("והארץ", "ארץ הארץ לארץ", ["ארץ", "הארץ", "לארץ"]),
        ("ב", "הב וב", []),
        ("בן", "הבן ובן שבן", ["הבן", "ובן", "שבן"]),
        ("الاب", "اب باب بالاب", ["بالاب"]),
        ("الكلمة", "كلمة وكلمة الكلمة", ["كلمة", "وكلمة"]),
        ("والكلمة", "كلمة الكلمة", ["كلمة", "الكلمة"]),
        ("예수", "예수는 그예수 예수", ["예수", "예수는", "그예수"]),
        ("종", "종이 종소리 큰종", ["종이"]),
        ("خانه", "خانه‌ی خانه‌ها خانه‌های خانه‌ام خانم", ["خانه‌ی", "خانه‌ها", "خانه‌های", "خانه‌ام"]),
        ("کتاب", "کتاب‌ها کتابان کتابخانه", ["کتاب‌ها"]),
        ("باد", "بادام بادها", ["بادها"]),
        ("مو", "موی موها", []),
        ("वचन", "वचनो वचनकाल वचनकालय", ["वचनो", "वचनकाल"]),
        ("वच", "वचन", []),
        ("abc", "abcd", []),
        ("дом", "дома", []),
    ],
)
def test_what_may_be_written_to_a_word(word: str, text: str, words: list[str]) -> None:
    assert affixed(word, text) == set(map(fold_word, words))


@pytest.mark.parametrize(
    ("query", "core"),
    [
        ("al-Maliki", "maliki"),
        ("de-Gaulle", "gaulle"),
        ("North-Korea", None),
        ("al-Ab", None),
        ("al-Abu-Bakr", None),
    ],
)
def test_only_a_particle_leaves_a_name_that_stands_for_the_whole(query: str, core: str | None) -> None:
    ((term,), _) = parse(query).units[0]
    assert term.core == core
