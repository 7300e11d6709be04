"""Plain text as it was set: paragraphs that only an indent tells, words broken at the ends of lines, soft hyphens."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from texts.load import load_bytes
from texts.load.plain import unwrapped
from texts.load.words_broken import WordJoiner

INDENTED = """\
    The harbour board met on the first of the month and
heard the engineer's report on the state of the mole,
which had moved by the breadth of a hand.
    Nobody at the table answered him for a while. Then the
treasurer asked what it would cost to bring forty stones
over from the island.
"""
BROKEN = """\
The commission insisted that the gov-
ernment would not negotiate with the armed groups, and that the elec-
tion was to be held in January, as had been announced by the prime min-
ister on Monday. The deputies, well-
known for their votes, did not agree with the govern-
ment at all."""
FLUSH = """\
The first paragraph of a chapter begins without an indent
in most books.
"""
VERSE = """\
    The sea is calm to-night,
  the tide is full,
    the moon lies fair
  upon the straits;
    on the French coast the light gleams"""


def passages(words: str) -> list[str]:
    text = load_bytes(words.encode(), "x.txt", furniture=False)
    return [" ".join(text.quote(passage.span).split()) for passage in text.passages]


@pytest.mark.parametrize("head", ["", "CHAPTER ONE\n", FLUSH])
def test_an_indent_parts_paragraphs(head: str) -> None:
    found = passages(head + INDENTED)
    assert found[-2].startswith("The harbour board")
    assert found[-2].endswith("a hand.")
    assert found[-1].startswith("Nobody at the table")
    assert len(found) == 2 + bool(head)


def test_tabs_and_wide_spaces_are_indents_too() -> None:
    assert len(passages(INDENTED.replace("    ", "\t"))) == 2
    assert len(passages(INDENTED.replace("    ", "\u3000\u3000"))) == 2


@pytest.mark.parametrize(
    "words",
    [
        VERSE,
        "def f(x):\n    return x\n\ndef g(y):\n    return y",
        "A list of things:\n   bread and wine\n   oil\n   salt and pepper and what else there is",
        "a line\nand another one\n    and one that stands in, alone",
    ],
)
def test_what_is_no_prose_stays_as_it_is(words: str) -> None:
    assert unwrapped(words) == words


def test_broken_words_are_whole_and_compounds_stay() -> None:
    (found,) = passages(BROKEN)
    for word in ("government would", "election", "minister", "well-known", "government at"):
        assert word in found
    assert "-" not in found.replace("well-known", "")


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        (("the al-", "Qaeda cells"), "al-Qaeda"),
        (("a US-", "led force"), "US-led"),
        (("the har¬", "bour"), "harbour"),
        (("des Kai⸗", "ſers"), "Kaiſers"),
        (("self-", "ish men"), "selfish"),
        (("self-", "government"), "self-government"),
        (("the re-", "election, and a re-election"), "re-election"),
        (("in time an in-", "crease of it"), "an increase of"),
        (("par la main, par-", "ler de la"), "parler"),
        (("Que dira-t-", "elle encore"), "dira-t-elle"),
        (("c’est-à-", "dire peu"), "c’est-à-dire"),
        (("en mai un arc-en-", "ciel clair"), "arc-en-ciel"),
        (("le porte-", "parole du roi"), "porte-parole"),
        (("ils porte-", "raient tout"), "porteraient"),
        (("le mot, lui dit-", "il alors"), "dit-il"),
        (("a well-inten-", "tioned man"), "well-intentioned"),
        (("in the state-of-", "the-art"), "state-of-the-art"),
        (("the vis-", "à-vis, and one more vis-à-vis"), "the vis-à-vis,"),
        (("um caso, disse-", "-lhe que"), "disse-lhe"),
        (("um guarda-", "chuva, o guarda\u2010chuva"), "um guarda-chuva"),
    ],
)
def test_which_hyphens_go(ends: tuple[str, str], words: str) -> None:
    lines = [
        "This is a page of prose that was set in a narrow col-",
        "umn, and whose words are bro-",
        "ken, such as",
    ]
    assert words in passages("\n".join((*lines, *ends, "which ends it.")))[0]


@pytest.mark.parametrize(("broken", "are_whole"), [(2, False), (3, True)])
def test_two_lines_in_a_hundred_that_end_in_a_hyphen_end_in_compounds(broken: int, are_whole: bool) -> None:
    ends = [("the quayside-", "lamplight"), ("a harbour-", "tugboat"), ("one foghorn-", "blast")]
    lines = [part for pair in ends[:broken] for part in pair]
    joiner = WordJoiner([*lines, *(f"nobody says number {number}" for number in range(100 - len(lines)))])
    assert joiner.flow(ends[0]) == ("the quaysidelamplight" if are_whole else "the quayside-lamplight")


@pytest.mark.parametrize("margin", ["", "     "])
def test_a_stanza_whose_lines_are_indented_in_turn_stays_one(margin: str) -> None:
    lines = (
        "O river, wide and brown,",
        "  O river, past the town,",
        "You took the boat away",
        "  Upon a market day.",
    )
    stanza = "\n".join(margin + line for line in lines)
    assert unwrapped(stanza) == stanza


def test_a_text_that_breaks_no_words_keeps_its_lines() -> None:
    words = "The wind had gone to the north -\nor so he said -\nand the boats lay still."
    assert unwrapped(words) == words


@pytest.mark.parametrize("name", ["x.txt", "x.md"])
def test_soft_hyphens_are_no_part_of_words(name: str) -> None:
    body = load_bytes("The govern\u00adment re\u00adpre\u00adsents.".encode(), name).body
    assert body == "The government represents."


@example("\n\nA¬")
@example("\n\n  ")
@given(st.text(st.sampled_from("ab -\n\t¬.A"), max_size=80))
def test_nothing_but_hyphens_and_white_space_changes(words: str) -> None:
    def letters(string: str) -> str:
        return "".join(c for c in string if c not in " -\n\t¬")

    assert letters(unwrapped(words)) == letters(words)


@given(st.text(st.sampled_from("ab \n\t.A"), max_size=80))
def test_where_no_word_is_parted_nothing_is_left_to_unwrap(words: str) -> None:
    assert unwrapped(unwrapped(words)) == unwrapped(words)


LINE = "and so the tide went out and came in again, day by day"


@pytest.mark.parametrize(
    ("indent", "is_one"),
    [
        (" ", False),
        ("  ", True),
        (" " * 12, True),
        (" " * 13, False),
        ("\t", True),
        ("\t" + " " * 5, False),
        ("\u3000", True),
        ("\u2003", False),
    ],
)
def test_an_indent_of_two_to_twelve_columns_begins_a_paragraph(indent: str, is_one: bool) -> None:
    first, second = f"{indent}{LINE}\n{LINE}", f"{indent}{LINE}\n{LINE}"
    assert unwrapped(f"{first}\n{second}") == (f"{first}\n\n{second}" if is_one else f"{first}\n{second}")


@pytest.mark.parametrize(
    ("lines", "is_parted"),
    [
        ([LINE, LINE, f"  {LINE}", LINE], True),  # the first paragraph may stand at the edge
        ([f"  {LINE}", LINE, f"    {LINE}", LINE], False),  # two ways to be indented are a list
        ([f"  {LINE}", f"  {LINE}"], False),  # all of it stands in
        ([LINE, f"  {LINE}", f"  {LINE}"], False),  # no paragraph has a second line
        (["  and so it went", "and came again", "  and so it went", "and came again"], False),  # too narrow
        ([f"  {LINE}", LINE.capitalize(), f"  {LINE}", LINE.capitalize()], False),  # verse
        ([f"  {LINE}", LINE.upper(), f"  {LINE}", LINE.upper()], True),
        ([f"  {LINE}", "and then", LINE, f"  {LINE}", LINE], False),  # a line that had room for more
        ([f"  {LINE}", *[LINE] * 7, "and then", LINE, f"  {LINE}", LINE], True),  # one of so many
        ([f"  {LINE}", *[LINE] * 4, "and then", LINE, f"  {LINE}", LINE], False),
    ],
)
def test_indents_part_paragraphs_of_prose_and_of_nothing_else(lines: list[str], is_parted: bool) -> None:
    assert ("\n\n" in unwrapped("\n".join(lines))) is is_parted


HANGING = """\
Ash, Ann. A report on the state of the mole in the winter of
    that year, with a plan of the harbour and a list of what
    it would cost to mend it, printed by the board.
Birch, Ben. What the mayor said of the mole, when nobody was
    there to hear it, and what became of him afterwards in the
    town where he went to live.
"""


def test_paragraphs_whose_first_line_stands_out_are_parted() -> None:
    assert [words.split(",")[0] for words in passages(HANGING)] == ["Ash", "Birch"]
    assert "".join(unwrapped(HANGING).split()) == "".join(HANGING.split())


STANZA = """\
The curfew tolls the knell of parting day,
  The lowing herd wind slowly o'er the lea,
The plowman homeward plods his weary way,
  And leaves the world to darkness and to me."""


@pytest.mark.parametrize(
    "lines",
    [
        STANZA,
        "- one item of several, which goes on over the end of its\n"
        "  line and then over the end of another line, as items do\n"
        "  of a list\n"
        "- another item of several, which goes on over the end of\n"
        "  its line and then over another, as\n"
        "  items do",
    ],
    ids=["verse", "list"],
)
def test_verse_and_lists_hang_and_stay_one(lines: str) -> None:
    assert unwrapped(lines) == lines


def test_the_margin_of_a_block_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    class Column(int):
        def __lt__(self, other: int) -> bool:
            nonlocal compared
            compared += 1
            return int(self) < int(other)

    monkeypatch.setattr("texts.load.plain._column", lambda line: Column(0))
    lines = 500
    unwrapped("the board met\n" * lines)
    assert 0 < compared < 10 * lines


HAN = (
    "　　港口建于一八二二年，城里的人都为它感到骄傲，\n因为整个海岸没有比它更大的。\n"
    "　　船长们都称赞那古老宽阔的防波堤，以及堤头的灯\n塔，人们从很远的地方就能看见它，还有守塔的 Ann\n"
    "Ash 和她的三个孩子。\n　　“你是谁？”\n　　“我是守塔人。”\n"
    "　　暴风雨过后，一切都不再是从前的样子，防波堤倒\n在那里，成了废墟。"
)
KANA = (
    "吾輩は猫である。名前はまだ無い。どこで生れたか\nとんと見当がつかぬ。何でも薄暗いじめじめした所\n"
    "でニャーニャー泣いていた事だけは記憶している。\n吾輩はここで始めて人間というものを見た。しかも\n"
    "書生という人間であった。\nそのあとは知らない。"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            HAN,
            [
                "　　港口建于一八二二年，城里的人都为它感到骄傲，因为整个海岸没有比它更大的。",
                "　　船长们都称赞那古老宽阔的防波堤，以及堤头的灯塔，"
                "人们从很远的地方就能看见它，还有守塔的 Ann Ash 和她的三个孩子。",
                "　　“你是谁？”",
                "　　“我是守塔人。”",
                "　　暴风雨过后，一切都不再是从前的样子，防波堤倒在那里，成了废墟。",
            ],
        ),
        (KANA, [KANA[: KANA.rindex("\n")].replace("\n", ""), "そのあとは知らない。"]),
        (
            f"第一章\n\n{KANA}\n\n終り",
            ["第一章", KANA[: KANA.rindex("\n")].replace("\n", ""), "そのあとは知らない。", "終り"],
        ),
    ],
)
def test_lines_of_chinese_and_japanese_go_on_inside_words(body: str, expected: list[str]) -> None:
    assert unwrapped(body).split("\n\n") == expected


@pytest.mark.parametrize(
    "body",
    [
        "静夜思\n\n床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。",
        "滾滾長江東逝水，浪花淘盡英雄是非成敗轉頭空。\n青山依舊在，幾度夕陽紅白髮漁樵江渚上。\n"
        "慣看秋月春風，一壺濁酒喜相逢古今多少事。\n都付笑談中是非成敗轉頭空青山依舊在。",
        "그는 항구에 갔다. 그리고 바다를 오랫동안 바라보았다 그래서\n"
        "아무 말도 하지 않았다. 그리고 바다를 오랫동안 바라보았다 또\n"
        "아무 말도 하지 않았다. 그리고 바다를 오랫동안 바라보았다 또\n갔다.",
        "一行目はとても長いけれども折り返されてはいないのである\n二行目は短い\n三行目もまた少し長いのだが同じではない\n四行目は終り",
    ],
)
def test_lines_of_verse_and_of_korean_stay(body: str) -> None:
    assert unwrapped(body) == body


def wrapped(wide: int, narrow: int, lines: int = 5) -> str:
    """Lines of so many wide and narrow letters, none of which ends a sentence."""
    return "\n".join(["港" * (wide - 6) + "a" * narrow + "港" * 6] * lines)


@pytest.mark.parametrize(
    ("wide", "narrow", "is_one"), [(12, 8, True), (11, 9, False), (20, 0, True), (8, 16, False)]
)
def test_a_text_is_chinese_or_japanese_where_six_in_ten_of_its_letters_are_wide(
    wide: int, narrow: int, is_one: bool
) -> None:
    body = wrapped(wide, narrow)
    assert unwrapped(body) == (body.replace("\n", "") if is_one else body)


@pytest.mark.parametrize(
    ("columns", "lines", "is_one"),
    [(30, 5, True), (28, 5, False), (160, 5, True), (162, 5, False), (40, 4, True), (40, 3, False)],
)
def test_how_wide_lines_of_chinese_are_wrapped_and_how_many_tell(
    columns: int, lines: int, is_one: bool
) -> None:
    body = wrapped(columns // 2, 0, lines)
    assert unwrapped(body) == (body.replace("\n", "") if is_one else body)


@pytest.mark.parametrize(("lines", "is_one"), [(18, True), (17, False)])
def test_one_line_in_twenty_may_be_wider(lines: int, is_one: bool) -> None:
    body = wrapped(20, 0, lines) + "\n\n" + "港" * 25
    assert (unwrapped(body).count("\n") == 2) is is_one


@pytest.mark.parametrize(("short", "is_one"), [(2, True), (3, False)])
def test_a_line_may_lack_the_room_of_a_stop_and_a_bracket(short: int, is_one: bool) -> None:
    rows = ["港" * 20, "港" * (20 - short), "港" * 20, "港" * 20, "港" * 20, "港" * 20]
    parted = "".join(rows[:2]), "".join(rows[2:])
    assert unwrapped("\n".join(rows)) == ("" if is_one else "\n").join(parted)
