"""Search finds what a reader means, shows exactly where, and puts the likeliest first."""

from __future__ import annotations

import json
import random
from array import array
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

from texts.lexicon import Aliases, root, stem
from texts.load import load
from texts.model import Passage, Span
from texts.search import Hit, Mode, QueryError, Searchable, around, concordance, search, search_strings
from texts.search.build import build_index
from texts.search.index import Column
from texts.search.query import Term, parse
from texts.search.strings import as_searchable
from texts.search.variants import most_edits
from texts.tokens import WORD, is_letter_edge
from texts.typography import fold_text, fold_word

SHARED = Path(__file__).resolve().parents[3] / "shared"


def found(query: str, *passages: str, **how: object) -> list[str]:
    """The quotes of the hits, best first."""
    searchable = as_searchable(passages)
    return quotes(search(query, [searchable], **how), searchable)  # type: ignore[arg-type]


def named(slug: str, *passages: str) -> Searchable:
    """A text of these passages with a slug of its own."""
    text = as_searchable(passages)
    return Searchable(slug, text.body, text.index, text.passages)


def quotes(hits: Sequence[Hit], searchable: Searchable) -> list[str]:
    return [searchable.body[hit.span.start : hit.span.end] for hit in hits]


# Words


@pytest.mark.parametrize(
    "query", ["Sistani", "Systani", "Sistany", "Sitsani", "Sstani", "Sisttani", "Sestany"]
)
def test_a_name_is_found_however_it_is_spelt(query: str) -> None:
    assert found(query, "Tehran heard nothing.", "Then Sistani spoke.") == ["Sistani"]


@pytest.mark.parametrize(
    ("query", "passage", "quote"),
    [
        ("mayor", "the Mayor’s plea", "Mayor’s"),
        ("mayor's", "the mayor", "mayor"),
        ("Shiite", "a Shi’ite shrine", "Shi’ite"),
        ("shi'ite", "a Shiite shrine", "Shiite"),
        ("cafe", "the Café closed", "Café"),
        ("café", "the cafe closed", "cafe"),
        ("US", "the U.S. said", "U.S."),
        ("burning", "the mill burned", "burned"),
        ("cities", "one city", "city"),
    ],
)
def test_accents_apostrophes_dots_and_endings_do_not_matter(query: str, passage: str, quote: str) -> None:
    assert found(query, passage) == [quote]


@pytest.mark.parametrize("query", ["cooperation", "co-operation", "coöperation", "co–operation"])
@pytest.mark.parametrize(
    "written", ["cooperation", "co-operation", "co‑operation", "co-\noperation", "co\u00adoperation"]
)
def test_a_compound_is_found_hyphenated_or_not(query: str, written: str) -> None:
    assert found(query, f"Full {written} was promised.")[:1] == [written]


@pytest.mark.parametrize(
    ("query", "written"),
    [
        ("3000", "3,000"),
        ("3000", "3.000"),
        ("3000", "3\u202f000"),
        ("3000", "3 000"),
        ("1234567", "1 234 567"),
        ("1234567", "1,234,567"),
        ("3000", "٣٬٠٠٠"),
        ("3,000", "3,000"),
    ],
)
def test_a_number_is_found_with_its_thousands_set_off(query: str, written: str) -> None:
    assert found(query, f"Of the 000 there were {written} in all.")[:1] == [written]


@pytest.mark.parametrize(
    "written", ["2024,300", "3,0000", "3,000x", "x3,000", "3, 000", "3  000", "2024 300"]
)
def test_what_is_no_number_of_thousands_is_not_one(written: str) -> None:
    assert written not in found("3000", f"There were {written} in all.")


def test_a_compound_written_apart_is_found_hyphenated_first() -> None:
    assert found("co operation", "An operation, a co-op.", "Full co-operation.")[0] == "co-operation"


@pytest.mark.parametrize("written", ["co operation", "co-operation", "cooperation"])
@pytest.mark.parametrize("query", ["co operation", "co-operation", "cooperation"])
def test_a_compound_is_found_joined_hyphenated_or_in_two(query: str, written: str) -> None:
    assert found(query, f"Full {written} was promised.", "Nothing was said.") == [written]


def test_a_word_is_looked_for_in_two_only_where_it_is_nowhere_in_one() -> None:
    assert found("notable", "He was not able to come.") == ["not able"]
    assert found("notable", "A notable man was not able to come.") == ["notable"]
    assert found("Nadia", "No, Ad, i a n a d.") == []


def test_words_that_make_another_word_are_still_looked_for_one_by_one() -> None:
    hits = found("every day", "Day by day, every one.", "An everyday matter.", "It came every day.")
    assert hits[0] == "every day"
    assert set(hits[1:]) == {"day, every", "everyday"}


def test_a_name_is_found_without_its_particle_but_with_it_first() -> None:
    assert found("al-Maliki", "Maliki left.", "al-Maliki stayed.", "Al Maliki spoke.") == [
        "al-Maliki",
        "Al Maliki",
        "Maliki",
    ]


def test_one_place_is_one_hit() -> None:
    assert found("al Qaeda", "They fought al-Qa’ida there.") == ["al-Qa’ida"]


@pytest.mark.parametrize(
    ("query", "passage"),
    [
        ("is", "as it was in us"),
        ("cat", "dog"),
        ("xyzzy", "the mill burns"),
        ("Iran", "a plan"),
        ("war", "wax far"),
    ],
)
def test_short_and_distant_words_stay_apart(query: str, passage: str) -> None:
    assert "cat" not in passage
    assert found(query, passage, min_score=60) == []


@pytest.mark.parametrize(("query", "found_first"), [("gieh", "gibeah"), ("stih", "saith"), ("ogig", "going")])
def test_four_letters_may_have_lost_two_if_no_other_is_wrong(query: str, found_first: str) -> None:
    assert found(query, f"and {found_first} was there")[:1] == [found_first]


@pytest.mark.parametrize(("query", "passage"), [("qwer", "power and queer"), ("Iraq", "Iberia and Israel")])
def test_four_letters_with_two_slips_stay_apart(query: str, passage: str) -> None:
    assert found(query, passage) == []


def test_a_slip_beside_a_swap_is_two_edits() -> None:
    assert found("stnwad", "Let it stand.") == ["stand"]


def test_lost_and_swapped_letters_are_likelier_than_wrong_ones() -> None:
    assert found("fhter", "a fetter", "a father") == ["father", "fetter"]


def test_a_short_word_of_a_phrase_may_be_a_slip_even_where_it_is_a_word() -> None:
    passages = ("And the Philistine said to David.", "An old man, sad and ill, met the others.")
    assert found('"an the philistine sad"', *passages) == ["the Philistine said"]


def test_what_is_spelt_so_hides_what_is_much_worse() -> None:
    assert found("form", "the form", "the farm from the fort") == ["form"]


def test_the_same_word_comes_before_its_kin_and_its_misspellings() -> None:
    assert found("Tehran", "Teheran", "Tehrani", "Tehran") == ["Tehran", "Teheran", "Tehrani"]


@pytest.mark.parametrize(
    ("query", "other"), [("Shia", "Shi’ite"), ("Peking", "Beijing"), ("Qaeda", "Qa’ida")]
)
def test_other_names_are_found(query: str, other: str) -> None:
    assert found(query, f"They said {other} again.") == [other]


def test_a_reader_adds_other_names() -> None:
    passage = "He rode to Shechem."
    assert found("Nablus", passage) == []
    assert found("Nablus", passage, aliases=Aliases([("Nablus", "Shechem")])) == ["Shechem"]


def test_capitals_find_capitals_where_there_are_any_and_small_letters_do_not_care() -> None:
    assert found("US", "they told us", "the US left") == ["US"]
    assert found("The", "the end", "The end", "then the rest") == ["The"]
    assert found("Mill", "the mill", "John Mill") == ["Mill"]
    assert found("Mill", "the mill", "a mill") == ["mill", "mill"]
    assert found("SISTANI", "Ali Sistani") == ["Sistani"]
    assert found("Systani", "Ali Sistani", "sistani") == ["Sistani", "sistani"]
    assert found("mill", "the mill", "John Mill") == ["mill", "Mill"]


def test_a_word_still_being_typed_finds_what_begins_so() -> None:
    assert found("Sist", "Then Sistani spoke.", prefix_last=True) == ["Sistani"]
    assert found("Sist", "Then Sistani spoke.") == []
    assert found("The", "There they are, the men.", "The end.", prefix_last=True) == ["The", "There"]
    assert found("The", "they are the men.", prefix_last=True) == ["the", "they"]
    assert found("old mi", "The old mill.", prefix_last=True) == ["old mill"]
    assert found("mi ", "The old mill.", prefix_last=True) == []


# Several words


def test_several_words_rank_by_how_many_are_there_and_how_close() -> None:
    apart = "The river rose in spring; long after that, and far from there, a mill burned."
    together = "The river by the mill."
    one = "No river runs here."
    assert [
        hit.passage for hit in search("river mill", [as_searchable([one, apart, together])], min_score=0)
    ] == [3, 2, 1]


def test_words_in_order_come_before_words_out_of_order() -> None:
    assert found("stone bridge", "a bridge stone", "a stone bridge") == ["stone bridge", "bridge stone"]


def test_a_rare_word_says_more_than_a_common_one() -> None:
    passages = ["The mayor came."] * 9 + ["The mayor saw Sistani.", "Sistani left."]
    hits = search("mayor sistani", [as_searchable(passages)], min_score=0)
    assert [hit.passage for hit in hits[:2]] == [10, 11]


def test_words_without_a_subject_only_decide_between_hits() -> None:
    hits = search("the mill at Harrow", [as_searchable(["A mill, a Harrow.", "The mill at Harrow."])])
    assert [hit.passage for hit in hits] == [2, 1]
    assert hits[0].score > hits[1].score


def test_a_query_of_words_without_a_subject_finds_them() -> None:
    assert found("to be or not to be", "To be, or not to be.") == ["To be, or not to be"]


# The order typed


LINCOLN = (
    "The people came, and the people went; a people without an aim.",
    "Government for the people, said one; of the people, said another.",
    "That government of the people, by the people, for the people, shall not perish.",
)


def test_the_line_that_has_the_whole_query_comes_first() -> None:
    hits = found("of the people, by the people, for the people", *LINCOLN)
    assert hits[0] == "of the people, by the people, for the people"
    assert len(hits) == 6, "then every other place of the one word with a subject"


@pytest.mark.parametrize("query", ["of the people", "people shall not", "by the people for"])
def test_light_words_decide_between_places_of_one_word(query: str) -> None:
    hits = search(query, [as_searchable(LINCOLN)])
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].score == 100
    assert (hits[1].score == 100) == (query == "of the people"), "which stands there twice"
    quote = found(query, *LINCOLN)[0]
    assert fold_text(quote).text.replace(",", "") == query


def test_a_light_word_in_another_passage_decides_nothing() -> None:
    passages = ["He spoke of the", "people here.", "A part of people."]
    hits = search("of people", [as_searchable(passages)])
    assert [(hit.passage, hit.score) for hit in hits] == [(3, 100), (2, 95)]


def test_a_query_with_a_slip_is_found_whole_before_words_of_it_spelt_so() -> None:
    assert (
        found("that they migt be", "Might came.", "So that they might be there.")[0] == "that they might be"
    )


@pytest.mark.parametrize("middle", ["far away", "far away from there " * 9])
def test_a_passage_with_all_words_comes_before_one_with_most(middle: str) -> None:
    most = "The old stone bridge by the wooden water mill, over the river."
    all_of_them = f"The old mill by the stone bridge; {middle}, a wooden gate, water, a river and a ferry."
    query = "old stone bridge wooden water mill river ferry"
    assert [hit.passage for hit in search(query, [as_searchable([most, all_of_them])], min_score=0)] == [2, 1]


def test_a_query_finds_compounds_in_its_row() -> None:
    assert found("went up to Beth-el", "Bethel went up.", "He went up to Bethel.")[0] == "went up to Bethel"
    assert (
        found("full cooperation of all", "All full.", "Full co-operation of all.")[0]
        == "Full co-operation of all"
    )


@given(
    st.lists(st.sampled_from(["the", "of", "people", "mill", "old", "a-b", "ab"]), min_size=1, max_size=40),
    st.data(),
)
def test_what_stands_in_a_row_as_typed_is_found_first(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, min(len(words), start + 5)))
    query = " ".join(words[start:end])
    hits = search(query, [as_searchable([" ".join(words)])])
    assert hits[0].score == 100
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for limit in (1, 2):
        assert search(query, [as_searchable([" ".join(words)])], limit=limit) == hits[:limit]


GOSPELS = Path(__file__).with_name("data") / "claims/gospels.json"


def ranks(typed: Callable[[random.Random, list[str]], tuple[str, set[str]]]) -> list[float]:
    """Reciprocal ranks of the first passage that has the words that are meant, for what is typed of each passage."""
    gospels = json.loads(GOSPELS.read_text(encoding="utf-8"))
    passages = [*gospels["matthew"], *gospels["mark"], *gospels["acts"]]
    searchable, chance = as_searchable(passages), random.Random(3)
    words = [[fold_word(word) for word in WORD.findall(passage)] for passage in passages]
    found = []
    for own in words:
        query, meant = typed(chance, own)
        hits = dict.fromkeys(hit.passage for hit in search(query, [searchable]))
        right = [
            rank
            for rank, number in enumerate(hits, 1)
            if number and meant <= in_rows(words[number - 1], meant)
        ]
        found.append(1 / right[0] if right else 0.0)
    return found


def in_rows(words: list[str], meant: set[str]) -> set[str]:
    """The words of a passage, or its rows of words where rows are meant."""
    length = max(len(each.split()) for each in meant)
    return {" ".join(words[k : k + length]) for k in range(len(words))}


def test_four_words_in_a_row_are_found_without_quotation_marks() -> None:
    def typed(chance: random.Random, words: list[str]) -> tuple[str, set[str]]:
        start = chance.randrange(len(words) - 4)
        row = " ".join(words[start : start + 4])
        return row, {row}

    found = ranks(typed)
    assert sum(found) >= 0.97 * len(found)


def test_three_loose_words_are_found_with_a_slip_in_one() -> None:
    def typed(chance: random.Random, words: list[str]) -> tuple[str, set[str]]:
        meant = chance.sample(sorted({word for word in words if len(word) >= 6}), 3)
        slip = chance.randrange(1, 5)
        return " ".join([*meant[:2], meant[2][:slip] + meant[2][slip + 1 :]]), set(meant)

    found = ranks(typed)
    assert sum(found) >= 0.97 * len(found)


# Phrases


@pytest.mark.parametrize("query", ['"the old mill"', "“the old mill”", "„the old mill“", "«the old mill»"])
def test_quotation_marks_of_any_kind_make_a_phrase(query: str) -> None:
    assert found(query, "An old mill, the new.", "They saw the old mill.")[0] == "the old mill"


def test_a_phrase_may_be_misspelt_and_may_have_small_gaps() -> None:
    passage = "Talks on a national unity government began."
    for query in ('"national unity goverment"', '"nationel untiy government"', '"national government"'):
        assert found(query, passage) == ["national unity government"]


@pytest.mark.parametrize(
    ("typed", "needed"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 4), (6, 4), (7, 5), (9, 6)]
)
def test_one_word_in_three_of_a_phrase_may_be_missing(typed: int, needed: int) -> None:
    words = ("alder", "birch", "cedar", "dogwood", "elder", "fuchsia", "ginkgo", "hazel", "ivory")[:typed]
    for there in range(1, typed + 1):
        assert bool(found(f'"{" ".join(words)}"', f"Under {' '.join(words[:there])} nobody sat.")) is (
            there >= needed
        )


def test_a_phrase_keeps_its_order_and_stays_in_its_passage() -> None:
    assert found('"unity national"', "national unity") == []
    assert found('"old mill"', "It was old.", "Mill wheels turned.") == []


def test_a_phrase_is_required_and_words_beside_it_only_help() -> None:
    passages = ["The mayor spoke.", "The old mill burned.", "The mayor saw the old mill."]
    assert [hit.passage for hit in search('"old mill" mayor', [as_searchable(passages)], min_score=0)] == [
        3,
        2,
    ]


def test_words_of_a_hit_are_given_one_by_one() -> None:
    searchable = as_searchable(["The old stone mill burned."])
    (hit,) = search('"old mill"', [searchable])
    assert [searchable.body[word.start : word.end] for word in hit.words] == ["old", "mill"]
    assert hit.span == Span(hit.words[0].start, hit.words[-1].end)


def test_a_compound_and_its_part_are_one_word_of_a_hit() -> None:
    searchable = as_searchable(["Full co-operation."])
    (hit,) = search("operation cooperation", [searchable])
    assert [searchable.body[word.start : word.end] for word in hit.words] == ["co-operation"]


def test_what_stands_in_the_place_of_a_word_decides_between_phrases() -> None:
    assert (
        found('"skizrt of th robe"', "Skirt of Saul’s robe.", "Skirt of thy robe.")[0] == "Skirt of thy robe"
    )


# Exact, word, regular expression


def test_exact_search_finds_characters_anywhere_in_a_word() -> None:
    assert found("mill", "The mill of Millers.", mode=Mode.EXACT) == ["mill", "Mill"]
    assert found("old mi", "the old  mill", mode=Mode.EXACT) == ["old  mi"]
    assert found("sistany", "Sistani", mode=Mode.EXACT) == []


def test_word_search_goes_from_edge_to_edge() -> None:
    assert found("mill", "The mill of Millers, windmill.", mode=Mode.WORD) == ["mill"]
    assert found("US-led", "a US-led force, US-leds", mode=Mode.WORD) == ["US-led"]


@pytest.mark.parametrize("mode", [Mode.EXACT, Mode.WORD])
@pytest.mark.parametrize(
    ("query", "written"),
    [
        ("mayor's", "mayor’s"),
        ('"no"', "“no”"),
        ("cafe", "Café"),
        ("co-op", "co–op"),
        ("cooperate", "co\u00adoperate"),
        ("old mill", "old\nmill"),
        ("strasse", "Straße"),
    ],
)
def test_quotes_dashes_accents_and_breaks_are_made_one(query: str, written: str, mode: Mode) -> None:
    assert found(query, f"He said {written} then.", mode=mode) == [written]


@pytest.mark.parametrize("mode", [Mode.EXACT, Mode.WORD, Mode.REGEX])
def test_case_matters_where_the_query_has_capitals(mode: Mode) -> None:
    assert found("mill", "Mill mill", mode=mode) == ["Mill", "mill"]
    assert found("Mill", "Mill mill", mode=mode) == ["Mill"]


@pytest.mark.parametrize("mode", [Mode.EXACT, Mode.WORD])
def test_accents_matter_where_the_query_has_one(mode: Mode) -> None:
    assert found("resume", "résumé resume résumé", mode=mode) == ["résumé", "resume", "résumé"]
    for query in ("résumé", "résumé", "RÉSUMÉ".lower()):
        assert found(query, "résumé Résumé resume résumé", mode=mode) == [
            "résumé", "Résumé", "résumé",
        ]  # fmt: skip
    assert found("Résumé", "résumé Résumé", mode=mode) == ["Résumé"]
    assert found("é", "e é é ee", mode=mode) == ["é", "é"]


@given(st.text(max_size=20), st.text("eé́ßﬁ ´-x", min_size=1, max_size=8))
def test_what_is_found_with_accents_is_found_where_it_stands(before: str, query: str) -> None:
    body = f"{before} {query} x"
    folded = fold_text(body, accents=False)
    spans = [folded.back(Span(k, k + 1)) for k in range(len(folded.text))]
    assert all(0 <= span.start < span.end <= len(body) for span in spans)
    assert spans == sorted(spans)


def test_a_regular_expression_matches_inside_passages() -> None:
    assert found(r"m\w+l\b", "a mill", "Mel and a mall", mode=Mode.REGEX) == ["mill", "Mel", "mall"]
    assert found(r"\Bill\W?$", "a mill.\nill", mode=Mode.REGEX) == ["ill."]
    assert found("x*", "no such letter", mode=Mode.REGEX) == []
    assert found("caf[e\u0301]s?\\b", "cafés, café", mode=Mode.REGEX) == ["cafés", "café"]


def test_a_query_has_a_hundred_words_at_most() -> None:
    most = " ".join(f"word{letter}{other}" for letter in "abcdefghij" for other in "klmnopqrst")
    search(most, [])
    with pytest.raises(QueryError, match="101 words, 100 at most"):
        search(f"{most} again", [])


def test_a_broken_regular_expression_is_refused_with_a_reason() -> None:
    with pytest.raises(QueryError, match="unterminated character set"):
        found("[a", "a", mode=Mode.REGEX)


@pytest.mark.parametrize("mode", list(Mode))
def test_a_limit_keeps_the_first(mode: Mode) -> None:
    passages = ["a mill", "the mill", "one mill"]
    everything = search("mill", [as_searchable(passages)], mode=mode)
    assert len(everything) == 3
    for limit in range(4):
        assert search("mill", [as_searchable(passages)], mode=mode, limit=limit) == everything[:limit]


# Texts


@pytest.mark.parametrize("mode", list(Mode))
def test_furniture_is_left_out_unless_asked_for(mode: Mode) -> None:
    body = "Share this mill\n\nThe mill burned."
    passages = (Passage(Span(0, 15), None), Passage(Span(17, 33), 1))
    searchable = Searchable("a", body, build_index(body, passages), passages)
    assert [hit.passage for hit in search("mill", [searchable], mode=mode)] == [1]
    assert [hit.passage for hit in search("mill", [searchable], mode=mode, furniture=True)] == [None, 1]


@pytest.mark.parametrize("mode", list(Mode))
def test_hits_of_several_texts_come_best_first_then_in_their_order(mode: Mode) -> None:
    texts = [
        named("one", "a mill"),
        named("two", "No.", "mill mill"),
    ]
    hits = search("mill", texts, mode=mode)
    assert [(hit.text, hit.passage, hit.span.start) for hit in hits] == [
        ("one", 1, 2),
        ("two", 2, 5),
        ("two", 2, 10),
    ]


def test_a_variant_in_one_text_is_judged_beside_the_best_of_all() -> None:
    texts = [named("one", "Tehran"), named("two", "Teheran")]
    assert [hit.text for hit in search("Teheran", texts)] == ["two", "one"]


def test_strings_are_found_by_their_keys() -> None:
    notes = [("a", "Whose plea?"), ("b", ""), ("c", "The mayor’s plea, again a plea")]
    hits = search_strings("pleas", notes)
    assert [(hit.key, hit.span) for hit in hits] == [
        ("a", Span(6, 10)),
        ("c", Span(12, 16)),
        ("c", Span(26, 30)),
    ]
    assert all(hit.words == (hit.span,) for hit in hits)


def test_a_concordance_keeps_whole_words_on_either_side() -> None:
    searchable = as_searchable(["Nobody at all\tsaw the old mill burn down that night."])
    (line,) = concordance(search("mill", [searchable]), [searchable], width=11)
    assert (line.left, line.keyword, line.right) == (" the old ", "mill", " burn down ")


def test_around_a_hit_stand_its_neighbours() -> None:
    searchable = as_searchable(["one", "two", "three mill", "four"])
    (hit,) = search("mill", [searchable])
    before, own, after = around(hit, searchable, 1)
    assert [passage.number for passage in (*before, own, *after)] == [2, 3, 4]


# Queries


def test_a_query_is_taken_apart() -> None:
    query = parse("the “old mills” al-Maliki burn burn")
    assert [tuple(term.word for term in unit.terms) for unit in query.units] == [
        ("old", "mills"),
        ("almaliki",),
        ("burn",),
    ]
    assert [unit.quoted for unit in query.units] == [True, False, False]
    assert [term.word for term in query.light] == ["the"]
    assert query.units[1].terms[0].core == "maliki"


# The client's articles


@pytest.fixture(scope="module")
def articles() -> list[Searchable]:
    paths = sorted((SHARED / "texts").glob("00[01]_*.txt"))
    if len(paths) != 2:
        pytest.skip("no ../shared/texts beside the repository")
    texts = [load(path, slug=path.name[:3]) for path in paths]
    return [Searchable(t.slug, t.body, build_index(t.body, t.passages), t.passages) for t in texts]


def places(hits: Sequence[Hit]) -> list[tuple[str, int | None]]:
    return sorted({(hit.text, hit.passage) for hit in hits})


@pytest.mark.parametrize("query", ["Sistani", "Systani"])
def test_sistani_is_in_one_passage_of_either_article(query: str, articles: list[Searchable]) -> None:
    assert places(search(query, articles)) == [("000", 9), ("001", 6)]


def test_both_spellings_of_maliki_come_first(articles: list[Searchable]) -> None:
    hits = search("Nouri al Maliki", articles)
    first = {" ".join(articles[int(h.text)].body[h.span.start : h.span.end].split()) for h in hits[:2]}
    assert {fold_word(words.split()[0]) for words in first} == {"nouri", "nuri"}
    assert {hit.text for hit in hits[:2]} == {"000", "001"}


def test_what_is_in_neither_article_is_not_found(articles: list[Searchable]) -> None:
    assert search("xyzzy", articles) == []


def test_tehran_is_found_in_both_spellings(articles: list[Searchable]) -> None:
    hits = search("Tehran", articles)
    spelt = {fold_word(articles[int(h.text)].body[h.span.start : h.span.end]) for h in hits}
    assert {"tehran", "teheran"} <= spelt


# Properties

LETTERS = st.text(st.sampled_from("abcdeéAB’-"), min_size=1, max_size=8)
STRINGS = st.lists(st.lists(LETTERS, max_size=8).map(" ".join), min_size=1, max_size=3)


def may_stand_for(found: str, term: Term, aliases: Aliases) -> bool:
    """Whether a folded word of a text is one that a term of a query may stand for."""
    if found == term.word or stem(found) == stem(term.word) or root(found) in aliases.of(root(term.word)):
        return True
    letters = max(map(len, term.parts), default=len(term.word))
    most = max(most_edits(letters), 2 if letters >= 4 else 0)
    return DamerauLevenshtein.distance(found, term.word) <= most or found in term.joined


@given(STRINGS, st.lists(LETTERS, min_size=1, max_size=3).map(" ".join), st.booleans())
def test_a_fuzzy_hit_shows_words_within_the_edits_allowed(
    strings: list[str], query: str, quoted: bool
) -> None:
    query = f'"{query}"' if quoted else query
    try:
        parsed = parse(query)
    except QueryError:
        assume(False)
    plain = [term for unit in parsed.units for term in unit.terms] + list(parsed.light)
    terms = plain + [Term(part, part) for term in plain for part in term.parts]
    searchable, aliases = as_searchable(strings), Aliases()
    for hit in search(query, [searchable], min_score=0):
        assert 0 <= hit.score <= 100
        assert hit.passage is not None
        passage = searchable.passages[hit.passage - 1].span
        assert passage.start <= hit.span.start < hit.span.end <= passage.end
        assert hit.span == Span(hit.words[0].start, hit.words[-1].end)
        assert all(left.end <= right.start for left, right in pairwise(hit.words))
        for word in hit.words:
            parts = [fold_word(part) for part in WORD.findall(searchable.body[word.start : word.end])]
            candidates = ["".join(parts), *parts]
            assert any(may_stand_for(c, term, aliases) for c in candidates for term in terms)


@given(st.lists(st.text(st.characters(categories=("L", "N", "P", "Z")), max_size=30), min_size=1, max_size=3))
def test_any_word_of_a_text_is_found_where_it_stands(strings: list[str]) -> None:
    searchable = as_searchable(strings)
    for word in WORD.finditer(str(searchable.body)):
        if not fold_text(word[0]).text.strip() or not is_letter_edge(str(searchable.body), word.start()):
            continue  # nobody sees it, or it is a sign on no letter
        hits = search(word[0], [searchable], mode=Mode.WORD)
        assert Span(*word.span()) in [hit.span for hit in hits]


@given(STRINGS, st.data())
def test_fuzzy_search_finds_every_occurrence_of_a_word_spelt_so(
    strings: list[str], data: st.DataObject
) -> None:
    searchable = as_searchable(strings)
    words = [word for word in WORD.finditer(str(searchable.body)) if fold_word(word[0])]
    assume(words)
    word = data.draw(st.sampled_from(words))
    spans = [hit.span for hit in search(word[0], [searchable], min_score=0)]
    assert any(span.start <= word.start() and word.end() <= span.end for span in spans)


@given(st.lists(st.integers(0, 2**32 - 1), max_size=40), st.data())
def test_numbers_read_a_piece_at_a_time_are_those_that_are_there(
    numbers: list[int], data: st.DataObject
) -> None:
    kept = b"head" + array("I", numbers).tobytes() + b"tail"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Column, "_LEAST", 4)
        patch.setattr(Column, "_MOST", 8)
        column = Column(kept, 4, len(kept) - 4)
        places = data.draw(st.lists(st.integers(0, max(0, len(numbers) - 1)), max_size=8)) if numbers else []
        assert [column[place] for place in places] == [numbers[place] for place in places]
        assert list(column) == numbers
        low, high = sorted(data.draw(st.tuples(st.integers(0, 45), st.integers(0, 45))))
        assert column[low:high].tolist() == numbers[low:high]
        with pytest.raises(IndexError):
            column[len(numbers)]
