"""What is claimed of two passages is so: with counterparts missing, a shared imprint, or nothing but order."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from tests.unit.test_relate import FABLES, RETOLD, text
from texts.compare import coverage
from texts.model import Span
from texts.relate import DEFAULT_SCORE, Relations, WhichText, relate
from texts.relate.spans import related_to_span

GOSPELS = Path(__file__).with_name("data") / "claims" / "gospels.json"
IMPRINT = (
    "The Evening Courier is published every weekday by the Courier Company, which is owned by its readers. Letters to "
    "the editor should not be longer than two hundred words and must be signed with name and address."
)
BRIDGE = (
    "The city council voted on Tuesday to close the two lanes of the northern bridge to lorries until the spring, "
    "after engineers had found cracks in its third pier.",
    "Farmers from the valley said that the closure would cost them an hour each way, and that nobody had asked them "
    "before the vote was taken.",
    "The mayor answered that a bridge which falls into the river costs more than an hour, and promised a ferry for "
    "milk and cattle by the end of the month.",
)
CELLO = (
    "A cellist of nineteen won the competition of the conservatory on Sunday night with a sonata that had not been "
    "played in public since 1911.",
    "The jury of five had listened to forty candidates in three days, and two of its members were seen asleep in the "
    "second round.",
    "She said that she would rather have had a bicycle.",
)
ELSEWHERE = (
    "Glaciers carve valleys with a rounded floor, whereas torrents cut gorges.",
    "Limestone dissolves in rain, and caverns are left under the plateau.",
    "Basalt cools into columns with six edges, as every geologist is taught.",
)


def shown(relations: Relations) -> set[tuple[int, int]]:
    return {(pair.left, pair.right) for pair in relations.pairs()}


def test_one_shared_imprint_relates_nothing_else() -> None:
    assert shown(relate(text([*BRIDGE, IMPRINT]), text([*CELLO, IMPRINT]))) == {(4, 4)}
    assert shown(relate(text(BRIDGE), text(CELLO))) == set()


@pytest.mark.parametrize("beside", [(), CELLO[:1], CELLO[:2], CELLO, ELSEWHERE[:1]])
@pytest.mark.parametrize("own", [(), BRIDGE[1:2], BRIDGE[1:]])
def test_a_passage_is_claimed_for_its_reprint_in_texts_of_a_few_passages(
    own: tuple[str, ...], beside: tuple[str, ...]
) -> None:
    reprint = BRIDGE[0].replace("council", "counoil").replace("bridge", "brldge").replace("spring", "sprinq")
    relations = relate(text([BRIDGE[0], *own]), text([reprint, *beside]))
    assert shown(relations) == {(1, 1)}


@pytest.mark.parametrize("own", [BRIDGE[:1], BRIDGE[:2], BRIDGE])
def test_two_texts_of_a_few_passages_that_share_no_matter_have_no_pairs(own: tuple[str, ...]) -> None:
    assert shown(relate(text(own), text(CELLO[:2]))) == set()
    assert shown(relate(text(own), text(ELSEWHERE[:2]))) == set()


def test_a_passage_whose_counterpart_is_gone_gets_none() -> None:
    kept = [k for k in range(len(RETOLD)) if k not in (2, 5, 8)]
    relations = relate(text(FABLES), text([RETOLD[k] for k in kept]))
    assert {left for left, _ in shown(relations)}.isdisjoint({3, 6, 9})
    found = {(k + 1, place + 1) for place, k in enumerate(kept)}
    assert shown(relations) <= found
    assert len(shown(relations)) >= len(found) - 1
    covered = coverage(relations.left, relations.right, relations.pairs())
    assert abs(covered.left_share - 0.7) <= 0.1


def test_of_two_versions_nine_in_ten_pairs_shown_are_right_and_hardly_any_is_missed() -> None:
    gospels = json.loads(GOSPELS.read_text(encoding="utf-8"))
    pairs = shown(relate(text(gospels["matthew"]), text(gospels["mark"])))
    gold = {(number, number) for number in range(1, len(gospels["mark"]) + 1)}
    assert len(pairs & gold) >= 0.9 * max(len(pairs), len(gold))


@pytest.mark.parametrize("seed", range(4))
def test_coverage_with_passages_removed_gives_a_range_that_has_the_truth(seed: int) -> None:
    gospels = json.loads(GOSPELS.read_text(encoding="utf-8"))
    chance = random.Random(seed)
    right = [passage for passage in gospels["mark"] if chance.random() >= 0.3]
    relations = relate(text(gospels["matthew"]), text(right))
    covered = coverage(relations.left, relations.right, relations.pairs())
    truth = len(right) / len(gospels["matthew"])
    assert covered.left_share - 0.04 <= truth <= covered.shares_at_most[0] + 0.03
    assert covered.shares_at_most[0] - covered.left_share <= 0.15


@pytest.mark.parametrize("gone", [3, 4, 7])
def test_order_makes_no_claim_for_what_stands_where_a_counterpart_would(gone: int) -> None:
    right = list(RETOLD)
    right[gone] = ELSEWHERE[gone % 3]
    relations = relate(text(FABLES), text(right))
    assert gone + 1 not in {left for left, _ in shown(relations)}


def test_what_is_shown_has_evidence() -> None:
    for left, right in ((FABLES, RETOLD), (BRIDGE, CELLO), (FABLES, CELLO), (FABLES, FABLES)):
        relations = relate(text(left), text(right))
        for pair in relations.pairs(1):
            assert relations.evidence(pair.left, pair.right), (pair.left, pair.right)


def test_a_claim_is_the_same_from_either_side_and_falls_with_the_rank() -> None:
    there, back = relate(text(FABLES), text(RETOLD)), relate(text(RETOLD), text(FABLES))
    for number in range(1, len(FABLES) + 1):
        scores = [pair.score for pair in there.for_left(number, 0)]
        assert scores == sorted(scores, reverse=True)
        assert scores == pytest.approx([pair.score for pair in back.for_right(number, 0)], rel=1e-3)


def test_a_quotation_in_a_longer_passage_on_something_else_counts() -> None:
    quoting = f"{ELSEWHERE[0]} {FABLES[4]} {ELSEWHERE[1]} {ELSEWHERE[2]}"
    relations = relate(text(FABLES), text([*ELSEWHERE, quoting, *CELLO]))
    assert shown(relations) == {(5, 4)}


def quoted(words: int, turn: int) -> tuple[list[str], list[str], dict[int, int]]:
    """Passages, longer ones about something else that quote so many words of one each, and which one that is."""
    gospels = json.loads(GOSPELS.read_text(encoding="utf-8"))
    chance = random.Random(100 * words + turn)
    sources, hosts = [passage for passage in gospels["mark"] if len(passage.split()) >= 50], gospels["acts"]
    asked = chance.sample(range(len(sources)), len(hosts))
    right = []
    for source, host in zip(asked, hosts, strict=True):
        run, around = sources[source].split(), host.split()
        first, place = chance.randrange(len(run) - words + 1), chance.randrange(len(around))
        right.append(" ".join([*around[:place], *run[first : first + words], *around[place:]]))
    return sources, right, {source + 1: nth for nth, source in enumerate(asked, 1)}


@pytest.mark.parametrize(("words", "first"), [(8, 0.9), (12, 0.97), (18, 1.0), (25, 1.0)])
def test_what_quotes_a_passage_word_for_word_is_found_first_however_long_it_is(
    words: int, first: float
) -> None:
    found, back, quotations = 0, 0, 0
    for turn in range(6):
        left, right, gold = quoted(words, turn)
        relations = relate(text(left), text(right))
        for source, host in gold.items():
            found += relations.for_left(source, 0)[0].right == host
            back += relations.for_right(host, 0)[0].left == source
        quotations += len(gold)
    assert min(found, back) >= first * quotations, (found, back, quotations)


def test_the_same_passage_told_twice_has_two_counterparts() -> None:
    relations = relate(text(FABLES), text([*FABLES, *FABLES[:3]]))
    assert {(1, 1), (1, 11), (2, 2), (2, 12)} <= shown(relations)


def test_a_text_with_few_passages_means_the_same_by_its_scores() -> None:
    for first in range(0, 9, 3):
        relations = relate(text(FABLES[first : first + 3]), text(RETOLD[first : first + 3]))
        assert shown(relations) <= {(1, 1), (2, 2), (3, 3)}
        assert len(shown(relations)) >= 1
        assert shown(relate(text(FABLES[first : first + 3]), text(ELSEWHERE))) == set()
    assert DEFAULT_SCORE == 50


def made_up(seed: int, count: int) -> list[str]:
    chance = random.Random(seed)
    return [
        "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(3))
        for _ in range(count)
    ]


def test_order_confirms_words_and_does_not_stand_in_for_them() -> None:
    words, others = made_up(1, 240), made_up(2, 12)
    left = [" ".join([*words[8 * k : 8 * k + 8], "lantern" if k % 3 == 0 else "ladder"]) for k in range(30)]
    right = [" ".join([*words[8 * k : 8 * k + 3], *words[8 * k + 4 : 8 * k + 6]]) for k in range(30)]
    right[12] = " ".join([*others, "lantern"])
    assert shown(relate(text(left), text(right))) == {(k + 1, k + 1) for k in range(30) if k != 12}


def test_few_long_passages_are_claimed_for_standing_where_a_counterpart_would() -> None:
    gospels = json.loads(GOSPELS.read_text(encoding="utf-8"))
    found, claimed, places = 0, 0, len(gospels["mark"])
    for first in range(4):
        right = list(gospels["mark"])
        gone = range(first, places, 4)
        for k, other in zip(gone, gospels["acts"], strict=False):
            right[k] = other
        pairs = shown(relate(text(gospels["matthew"]), text(right)))
        found += len(pairs & {(k + 1, k + 1) for k in range(places) if k not in gone})
        claimed += len({left for left, _ in pairs} & {k + 1 for k in gone})
    assert found >= 0.95 * 3 * places
    assert claimed <= places / 3


def test_what_is_near_to_all_alike_is_the_counterpart_of_none() -> None:
    words, others = made_up(3, 60), made_up(4, 60)
    same = "harvest barley granary sickle"
    left = [" ".join([same, *words[3 * k : 3 * k + 3]]) for k in range(20)]
    right = [" ".join([same, *others[3 * k : 3 * k + 3]]) for k in range(20)]
    assert len(shown(relate(text(left), text(right)))) <= 4


REFRAIN = "The lanterns burn low by the harbour wall, and nobody comes to mend the nets."


@pytest.mark.parametrize("times", [5, 10, 20])
@pytest.mark.parametrize("quoting", [REFRAIN, f"{ELSEWHERE[0]} {REFRAIN} {ELSEWHERE[1]}"])
def test_a_refrain_is_claimed_for_its_quotation_however_often_it_stands(times: int, quoting: str) -> None:
    verses = json.loads(GOSPELS.read_text(encoding="utf-8"))["mark"]
    left = [passage for verse in verses[:times] for passage in (verse, REFRAIN)] + verses[times:]
    relations = relate(text(left), text([*CELLO, quoting, *BRIDGE, *ELSEWHERE]))
    assert shown(relations) == {(2 * nth, 4) for nth in range(1, times + 1)}


def test_a_formula_that_many_passages_repeat_is_no_quotation() -> None:
    verses = json.loads(GOSPELS.read_text(encoding="utf-8"))["mark"]
    formula = "and the king said unto his servants"
    left = [f"{verse} {formula}." for verse in verses[:12]]
    assert shown(relate(text(left), text([*CELLO, f"{ELSEWHERE[0]} {formula}.", *BRIDGE]))) == set()


KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわ"
PARTICLES = ("は", "が", "を", "に", "の", "と", "して", "のです", "から", "まで", "ました", "である")


def kana(chance: random.Random, count: int) -> list[str]:
    return ["".join(chance.choice(KANA) for _ in range(3)) for _ in range(count)]


def test_where_each_letter_is_a_word_what_any_two_passages_share_is_no_counterpart() -> None:
    chance = random.Random(1)

    def sentence(words: list[str]) -> str:
        return "".join(word + chance.choice(PARTICLES) for word in words) + "。"

    told = [kana(chance, 6) for _ in range(60)]
    left = [sentence(words) for words in told]
    right = [sentence([*words[:3], *kana(chance, 1), words[4], *kana(chance, 1)]) for words in told]
    gone = range(1, 60, 3)
    for k in gone:
        right[k] = sentence(kana(chance, 6))
    pairs = shown(relate(text(left), text(right)))
    assert len(pairs & {(k + 1, k + 1) for k in range(60) if k not in gone}) >= 38
    assert len({left for left, _ in pairs} & {k + 1 for k in gone}) <= 12


def test_what_is_selected_is_found_where_it_was_quoted_from_and_not_beside_its_passage() -> None:
    gospels = json.loads(GOSPELS.read_text(encoding="utf-8"))
    right, sources = [*gospels["mark"], *gospels["acts"]], gospels["acts"]
    found = 0
    for first in (2, 20, 40):
        quoted = [" ".join(source.split()[first : first + 8]) for source in sources]
        left = [f"{passage} {each}" for passage, each in zip(gospels["matthew"], quoted, strict=False)]
        relations = relate(text([*left, *gospels["matthew"][len(left) :]]), text(right))
        for nth, each in enumerate(quoted, 1):
            end = relations.left.passage(nth).span.end
            answers = related_to_span(relations, WhichText.LEFT, Span(end - len(each), end))
            found += answers[0].right == len(gospels["mark"]) + nth
    assert found >= 22


def test_addresses_and_file_names_are_no_evidence() -> None:
    first, second = (
        "https://example.org/2013/07/news/bridge-closed-to-lorries-until-the-spring.html",
        "org / 2013 / 07 / news / bridge - closed - to - lorries - until - spring",
    )
    third = "http: / / www. example. org / 2013 - news / bridge - closed - to - lorries. html"
    assert shown(relate(text([third, *BRIDGE]), text([third.replace("bridge", "cello"), *CELLO]))) == set()
    other = "http://example.net/2014/02/news/cellist-closed-bridge-to-lorries-until-the-spring.html"
    for mine in (first, second):
        assert shown(relate(text([mine, *BRIDGE]), text([other, *CELLO]))) == set()
        assert shown(relate(text([mine, *BRIDGE]), text([other, *ELSEWHERE]))) == set()


def test_a_passage_of_a_text_beside_itself_is_no_rival_of_those_that_say_the_same() -> None:
    both = text([*FABLES, *RETOLD])
    found = shown(relate(both, both))
    counterparts = {(nth, nth + len(FABLES)) for nth in range(1, len(FABLES) + 1)}
    assert {(nth, nth) for nth in range(1, len(FABLES) + len(RETOLD) + 1)} <= found
    assert len(counterparts & found) >= len(FABLES) - 2


@pytest.mark.parametrize(
    ("mine", "other", "around", "elsewhere"),
    [
        (
            "Am 16. Oktober 2008 eingestellt.",
            "Von der Redaktion, 20. Oktober 2008.",
            ("Der Rat hat die Brücke am Dienstag für Lastwagen gesperrt, weil ein Pfeiler Risse hat.",),
            ("Gletscher haben Täler mit rundem Boden geformt, Bäche dagegen enge Schluchten.",),
        ),
        (
            "Publié le 16 février 2008.",
            "Par notre rédaction, le 20 février 2008.",
            ("Le conseil a fermé le pont aux camions mardi, parce qu’une pile est fissurée.",),
            ("Les glaciers ont creusé des vallées au fond arrondi, et les torrents des gorges étroites.",),
        ),
    ],
)
def test_a_date_is_no_evidence_in_any_language(
    mine: str, other: str, around: tuple[str, ...], elsewhere: tuple[str, ...]
) -> None:
    assert not relate(text([mine, *around]), text([other, *elsewhere])).pairs(0.1)


def test_a_long_name_is_one_piece_of_evidence() -> None:
    name = "the Permanent Commission of Inland Waterways"
    asked = f"Barges carried gravel through the old lock at night, and {name} counted them."
    named = f"A clerk of {name} retired on Tuesday with a silver watch and a speech by his niece."
    answer = "He slept beside the old lock, and dreamt of barges and of a house by the sea."
    relations = relate(text([asked, *BRIDGE]), text([named, answer, *CELLO]))
    assert [pair.right for pair in relations.for_left(1, 0)][:1] == [2]


@pytest.mark.parametrize(
    ("mine", "other"),
    [
        ("The parrot laughed.", "A parrot sat on the windowsill and said nothing."),
        ("He had a lantern.", "One lantern hung there."),
    ],
)
def test_a_word_that_two_texts_on_different_matters_share_is_chance(mine: str, other: str) -> None:
    assert shown(relate(text([mine, *BRIDGE]), text([other, *CELLO]))) == set()


NEWS = Path(__file__).parents[1] / "bench/news.json"


def test_three_of_four_pairs_shown_of_two_reports_of_one_event_are_right() -> None:
    found, right, findable = 0, 0, 0
    for part in json.loads(NEWS.read_text(encoding="utf-8"))["parts"]:
        pairs = shown(relate(text(part["A"]), text(part["B"])))
        gold = {(int(left) + 1, int(other) + 1) for left, others in part["gold"].items() for other in others}
        found, right, findable = found + len(pairs), right + len(pairs & gold), findable + len(gold)
    assert right >= 0.75 * found
    assert right >= 0.5 * findable


def test_a_date_alone_is_no_evidence() -> None:
    mine, other = "Posted on Tuesday, 16 December 2008.", "Written by our staff, December 20, 2008."
    assert shown(relate(text([mine, *BRIDGE]), text([other, *ELSEWHERE]))) == set()
