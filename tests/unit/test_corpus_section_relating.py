"""Sections are related as whole texts are, and what is found in them is told as a place of the whole text."""

from __future__ import annotations

from texts.corpus.corpus_texts import CorpusText
from texts.corpus.pairs import Pair
from texts.corpus.section_relating import SectionOfText, SectionPair, SectionRelater
from texts.corpus.sections import MOST_PASSAGES, sections_of
from texts.load import load_bytes
from texts.model import Text
from texts.relate import relate

FILLING = "\n\n".join(f"On day {n} the {n}th ship of the season lay idle." for n in range(MOST_PASSAGES))
NEWS = [
    "The council of Valletta closed the old harbour to grain on Monday.",
    "Nobody in the town spoke of anything else.",
    "The dockers of Marsa refused the contract that Lord Grantham had offered them.",
]
ECHO = [
    "Cooks prefer lemon.",
    "Dockers at Marsa have refused the contract offered by Lord Grantham.",
    "Grain may not enter the old harbour: the council of Valletta has closed it.",
]


def text_of(*paragraphs: str, name: str) -> Text:
    return load_bytes("\n\n".join(paragraphs).encode(), f"{name}.txt")


LEFT = text_of(FILLING, *NEWS, name="news")
RIGHT = text_of(*ECHO, name="echo")
KNOWN = (
    CorpusText(
        "news",
        title="News",
        author="A",
        date="1863",
        source="s",
        series="daily",
        path="news.txt",
        language="en",
    ),
    CorpusText("echo", title="Echo", language="en"),
)


class Shelf:
    """The sections of the two texts, and which were fetched."""

    def __init__(self) -> None:
        self.fetched: list[SectionPair] = []
        self.sections = [list(sections_of(text)) for text in (LEFT, RIGHT)]

    def fetch(self, key: SectionPair) -> SectionOfText:
        self.fetched.append(key)
        corpus, number = key
        sections = self.sections[corpus]
        return SectionOfText(KNOWN[corpus], sections[number % len(sections)], ("mine", "")[corpus])


ALL = [(left, right) for left in range(len(NEWS)) for right in range(len(ECHO))]


def related(min_score: float = 0) -> list[tuple[int, Pair]]:
    return list(SectionRelater(Shelf().fetch).related((0, 1), (1, 0), ALL, min_score))


def test_sections_say_what_relating_them_as_texts_says() -> None:
    texts = [text_of(*NEWS, name="news"), RIGHT]
    relations = relate(*texts)
    found = {ALL[place]: pair for place, pair in related()}
    expected = [each for left in range(1, 4) for each in relations.for_left(left, 0)]
    assert {(each.left - 1, each.right - 1): each.score for each in expected} == {
        pair: each.score for pair, each in found.items()
    }
    assert {(0, 2), (2, 1)} <= found.keys()
    assert found[0, 2].score > 50
    for each in expected:
        evidence = relations.evidence(each.left, each.right)
        pair = found[each.left - 1, each.right - 1]
        assert [texts[0].quote(word.left) for word in evidence] == [LEFT.quote(e.left) for e in pair.evidence]
        assert [word.score for word in evidence] == [word.score for word in pair.evidence]


def test_places_and_numbers_are_those_of_the_whole_text() -> None:
    found = related()
    assert any(pair.evidence for _, pair in found), "else this proves nothing"
    for place, pair in found:
        left, right = ALL[place]
        assert (pair.left.passage, pair.right.passage) == (MOST_PASSAGES + left + 1, right + 1)
        assert pair.left.quote == NEWS[left] == LEFT.body[pair.left.start : pair.left.end]
        assert pair.right.quote == ECHO[right] == RIGHT.body[pair.right.start : pair.right.end]
        if pair.left.sentence is not None:
            assert LEFT.quote(pair.left.sentence) in NEWS[left]
        for each in pair.evidence:
            assert LEFT.quote(each.left) in NEWS[left]
            assert RIGHT.quote(each.right) in ECHO[right]


def test_a_side_says_what_the_corpus_knows_of_its_text() -> None:
    pair = related()[0][1]
    left = pair.left
    assert (left.text, left.title, left.author, left.date, left.source) == ("news", "News", "A", "1863", "s")
    assert (left.series, left.path, left.corpus) == ("daily", "news.txt", "mine")
    assert (pair.right.text, pair.right.title, pair.right.corpus) == ("echo", "Echo", "")


def test_only_wanted_pairs_above_the_score_are_told() -> None:
    relater = SectionRelater(Shelf().fetch)
    found = list(relater.related((0, 1), (1, 0), [(2, 1), (1, 0), (0, 2)], 30))
    assert [place for place, _ in found] == [0, 2]
    best = max(pair.score for _, pair in related())
    assert [pair.score for _, pair in related(best)] == [best]


def test_other_names_for_a_word_count() -> None:
    wanted = [(2, 1)]
    plain = list(SectionRelater(Shelf().fetch).related((0, 1), (1, 0), wanted, 0))
    named = SectionRelater(Shelf().fetch, [["dockers", "offered"]])
    assert list(named.related((0, 1), (1, 0), wanted, 0)) != plain


def test_a_section_is_fetched_once_for_those_that_come_after_it() -> None:
    shelf = Shelf()
    relater = SectionRelater(shelf.fetch)
    first = list(relater.related((0, 1), (1, 0), ALL, 0))
    assert list(relater.related((0, 1), (1, 0), ALL, 0)) == first
    assert shelf.fetched == [(0, 1), (1, 0)]
    for number in range(1, 64):  # as many are kept; the left one is asked for each time
        list(relater.related((0, 1), (1, number), [], 0))
    assert shelf.fetched.count((0, 1)) == 1
    assert list(relater.related((0, 1), (1, 0), ALL, 0)) == first
    assert shelf.fetched.count((1, 0)) == 2
