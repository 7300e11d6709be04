"""No query ends in anything but hits or a QueryError, whatever a reader pastes."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.search import LONGEST_QUERY, Hit, Mode, QueryError, Searchable, search, search_strings
from texts.search.regex import search_pattern
from texts.search.strings import as_searchable

PASSAGES = (
    "The US-led coalition fought al-Qa’ida near Tikrit; “we shall near them”, said an officer AND left.",
    "İzmir and Straße, naïve café, price: 5* (or not) ^ten^ {body}: NEAR/3; DROP TABLE texts; --",
    "A lone \ud800 surrogate, \u202eright to left\u202c, and [b]markup[/b]. aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
)

QUERIES = (
    "AND", "OR", "NOT", "NEAR", "NEAR(a b, 3)", "a AND", "NOT NOT a", "^a", "a*", "*", "a:b", "{body}: a",
    '"', '""', '"a', 'a"', '"a" "', "'", "''", "a''b", "“", "”", "“a", "„a«", "(", ")", "(a", "a)", "+", "a + b",
    "-a", "--", "US-led", "al-Qa’ida", "al-", "-", "- -", "a-b-c-d-e-f-g-h-i-j-k-l", "’", "’s", "s’s’s",
    "'; DROP TABLE texts; --", "1=1 OR '1'='1", "%", "_", "\\", "\\b", "[", "(?P<a", "(?i", "x{99999999999}", "\0",
    "\ud800", "a\udfff", "İ", "ß", "ẞ", "ŉ", "ﷺ", "\u0301", "\u00ad", "\u202e", "\U000e0041", "👩‍👩‍👧", "\x1b[2J",
    "...", "?!", "¶", "[/b]", "[@click=app.quit]a[/]", "\n", "\t", " ",
)  # fmt: skip


@pytest.fixture(scope="module")
def searchable() -> Searchable:
    return as_searchable(PASSAGES)


def asked(query: str, searchable: Searchable, mode: Mode, *, prefix_last: bool = False) -> list[Hit]:
    """The hits, checked for their bounds; none for a query that is refused in one line."""
    try:
        hits = search(query, [searchable], mode=mode, min_score=0, prefix_last=prefix_last)
    except QueryError as error:
        hits, refusal = [], str(error)
    else:
        refusal = "none"
    assert refusal
    assert "\n" not in refusal
    for hit in hits:
        assert 0 <= hit.span.start < hit.span.end <= len(searchable.body)
        assert hit.passage is not None
    return hits


@pytest.mark.promise("every FTS operator and quote: hits, or one line")
@pytest.mark.parametrize("mode", [Mode.FUZZY, Mode.EXACT, Mode.WORD])
@pytest.mark.parametrize("query", QUERIES)
def test_signs_of_other_query_languages_mean_nothing(query: str, mode: Mode, searchable: Searchable) -> None:
    asked(query, searchable, mode)
    asked(query, searchable, mode, prefix_last=True)


@pytest.mark.parametrize(
    "query", ["[", "(?P<a", "(?i", "x{99999999999}", "\\", "*", "(", "a)", "\ud800", "\0", ".*"]
)
def test_a_broken_regular_expression_is_refused_or_finds(query: str, searchable: Searchable) -> None:
    asked(query, searchable, Mode.REGEX)


@pytest.mark.parametrize(
    ("query", "quote"),
    [
        ("US-led", "US-led"),
        ("usled", "US-led"),
        ("al-Qa’ida", "al-Qa’ida"),
        ("al Qaeda", "al-Qa’ida"),
        ("'; DROP TABLE texts; --", "DROP TABLE texts"),
        ("İzmir", "İzmir"),
        ("izmir", "İzmir"),
        ("STRASSE", "Straße"),
        ("Strasse", "Straße"),
        ("naive cafe", "naïve café"),
        ('"near them', "near them"),
    ],
)
def test_hostile_looking_words_are_words(query: str, quote: str, searchable: Searchable) -> None:
    hit = asked(query, searchable, Mode.FUZZY)[0]
    assert searchable.body[hit.span.start : hit.span.end].endswith(quote)


def test_exact_search_takes_signs_as_they_are(searchable: Searchable) -> None:
    for query in (
        "5* (or not)",
        "^ten^",
        "{body}:",
        "NEAR/3;",
        "TEXTS; --".lower(),
        "[b]markup[/b]",
        "\ud800",
    ):
        hits = asked(query, searchable, Mode.EXACT)
        assert [searchable.body[hit.span.start : hit.span.end] for hit in hits] == [query]


@pytest.mark.parametrize(
    ("query", "mode"),
    [
        *((query, mode) for mode in (Mode.FUZZY, Mode.EXACT, Mode.WORD) for query in ("", " ", "\n\t")),
        ("", Mode.REGEX),
    ],
)
def test_a_blank_query_is_refused(query: str, mode: Mode, searchable: Searchable) -> None:
    with pytest.raises(QueryError, match="nothing to look for"):
        search(query, [searchable], mode=mode)


@pytest.mark.parametrize("query", ["?!", "– … ’", '""', "“ ”", "_"])
def test_fuzzy_search_needs_a_word(query: str, searchable: Searchable) -> None:
    with pytest.raises(QueryError, match="type a word"):
        search(query, [searchable])


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("piece", ["a", "near them ", '"', "(a*)*", "a-", "A.", "’", "\ud800", "ﷺ"])
def test_a_query_of_a_hundred_thousand_characters_is_refused_before_any_work(piece: str, mode: Mode) -> None:
    class Untouchable(Sequence[Searchable]):
        def __len__(self) -> int:
            raise AssertionError("the texts were looked at")

        __getitem__ = __len__  # type: ignore[assignment]

    query = piece * (100_000 // len(piece))
    with pytest.raises(QueryError, match=f"{LONGEST_QUERY:,} at most"):
        search(query, Untouchable(), mode=mode)


def test_too_many_words_are_refused(searchable: Searchable) -> None:
    words = ["".join(letters) for letters in itertools.product("abcdefghij", repeat=3)]
    with pytest.raises(QueryError, match="101 words, 100 at most"):
        search(" ".join(words[:101]), [searchable])
    with pytest.raises(QueryError, match="200 words, 100 at most"):
        search(f'"{" ".join(words[:200])}"', [searchable])


@pytest.mark.parametrize("pattern", [r"(a*)*b", r"(a|aa)+$", r"(.*)*x", r"^(\w+\s?)*$\d"])
def test_a_regular_expression_that_would_take_for_ever_is_cut(pattern: str) -> None:
    endless = as_searchable(["a" * 5_000 + "!"])
    with pytest.raises(QueryError, match=r"took more than 0\.2 s"):
        search_pattern(pattern, [endless], seconds=0.2)


def test_a_regular_expression_stays_inside_passages(searchable: Searchable) -> None:
    hits = search(r"(?s)left.*price", [searchable], mode=Mode.REGEX)
    assert hits == []


def test_notes_are_searched_as_safely_as_texts() -> None:
    notes = [(1, '"; DROP TABLE notes'), (2, "a" * 10_000), (3, ""), (4, "İ ß \ud800")]
    assert [hit.key for hit in search_strings("drop table", notes)] == [1]
    for query in QUERIES:
        try:
            hits = search_strings(query, notes, min_score=0)
        except QueryError:
            continue
        strings = dict(notes)
        assert all(0 <= hit.span.start < hit.span.end <= len(strings[hit.key]) for hit in hits)


@given(st.text(max_size=30), st.sampled_from((Mode.FUZZY, Mode.EXACT, Mode.WORD)), st.booleans())
def test_any_query_ends_well(query: str, mode: Mode, prefix_last: bool) -> None:
    asked(query, as_searchable(PASSAGES), mode, prefix_last=prefix_last)


@given(st.text(st.characters(), max_size=30), st.text(st.sampled_from('aAß’-" .İ\ud800\u0301'), max_size=12))
def test_any_query_ends_well_in_any_text(string: str, query: str) -> None:
    searchable = as_searchable([string, query])
    for mode in (Mode.FUZZY, Mode.EXACT, Mode.WORD):
        asked(query, searchable, mode)
