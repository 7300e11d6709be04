"""SRT and WebVTT: what is said flows together, with the time at which it begins."""

from __future__ import annotations

import pytest

from texts.load import load_bytes


def test_subtitles_flow_together_with_their_times() -> None:
    vtt = (
        "WEBVTT\n\nNOTE not said\n\nSTYLE\n::cue {}\n\n00:01.000 --> 00:03.000\n<v Ann>The harbour\nwas full\n\n"
        "a\n00:03.100 --> 00:05.000 align:start\nof <i>boats</i> &amp; men.\n\n"
        "00:09.000 --> 00:10.000\n- Whose?\n- Ours.\n"
    )
    found = "[0:00:01] Ann: The harbour was full of boats & men.\n\n[0:00:09] - Whose?\n- Ours."
    assert load_bytes(vtt.encode(), "x").body == found
    srt = "1\n00:00:01,000 --> 00:00:03,000\nThe harbour\n\n2\n01:00:03,100 --> 01:00:05,000\n{\\an8}of boats.\n"
    for encoding in ("utf-8", "utf-8-sig"):
        data = srt.replace("\n", "\r\n").encode(encoding)
        assert load_bytes(data, "x.txt").body == "[0:00:01] The harbour\n\n[1:00:03] of boats."


BLANK = " "
ROLLING = f"""WEBVTT
Kind: captions

00:00:00.160 --> 00:00:02.629 align:start position:0%
{BLANK}
so<00:00:00.440><c> the</c><00:00:00.720><c> mole</c>

00:00:02.629 --> 00:00:02.639
so the mole
{BLANK}

00:00:02.639 --> 00:00:05.269
so the mole
was<00:00:03.000><c> broken</c>

00:00:05.269 --> 00:00:05.279
was broken
{BLANK}

00:00:05.279 --> 00:00:08.000
was broken
by the storm
"""


def test_captions_that_roll_up_are_said_once() -> None:
    assert load_bytes(ROLLING.encode(), "x.vtt").body == "[0:00:02] so the mole was broken by the storm"


def test_what_is_said_twice_stays_where_captions_do_not_roll() -> None:
    said = ("Let it be.", "Let it be.", "And then?", "Nothing.", "Let it be.")
    cues = (f"00:0{n}.000 --> 00:0{n + 1}.000\n{words}" for n, words in enumerate(said))
    assert load_bytes("\n\n".join(("WEBVTT", *cues)).encode(), "x.vtt").body == f"[0:00:00] {' '.join(said)}"


def test_how_letters_are_said_is_not_said_twice() -> None:
    vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\n<ruby>東<rt>とう</rt>京<rt>きょう</rt></ruby>へ行く。\n"
    assert load_bytes(vtt.encode(), "x.vtt").body == "[0:00:01] 東京へ行く。"


@pytest.mark.parametrize("beginning", ["<v.", "<v ", "<c.", "<b ", "<rt "])
def test_no_tag_goes_on_past_where_the_next_begins(beginning: str) -> None:
    """A line of nothing but beginnings, as a damaged file may have, would else be gone through from each of them."""
    vtt = f"WEBVTT\n\n00:01.000 --> 00:03.000\n{beginning}<i>said</i>\n"
    assert load_bytes(vtt.encode(), "x.vtt").body == f"[0:00:01] {beginning}said"


def test_words_in_angle_brackets_and_braces_that_mark_nothing_up_are_said() -> None:
    srt = "1\n00:00:01,000 --> 00:00:03,000\n<FONT color=red>a < b</FONT> {sic}<br/> <Ada> b > a{\\an8}\n"
    assert load_bytes(srt.encode(), "x.srt").body == "[0:00:01] a < b {sic} <Ada> b > a"


def shown(*cues: tuple[str, str, str], newline: str = "\n") -> list[str]:
    """The lines of subtitles with these cues: when each begins and ends, and its words."""
    parts = (f"{number}\n{start} --> {end}\n{words}" for number, (start, end, words) in enumerate(cues, 1))
    source = "\n\n".join(parts).replace("\n", newline)
    return [line for line in load_bytes(source.encode(), "x.srt", furniture=False).body.split("\n") if line]


SAID = ("00:00:01,000", "00:00:02,000", "The harbour was full.")
GOING_ON = ("00:00:01,000", "00:00:02,000", "The harbour was")


@pytest.mark.parametrize(
    ("before", "start", "end", "parts"),
    [
        (SAID, "00:00:04,000", "00:00:05,000", 1),  # two seconds of silence are none
        (SAID, "00:00:04,001", "00:00:05,000", 2),
        (SAID, "00:00:04,1", "00:00:05,000", 2),  # a tenth
        (SAID, "00:00:03,000", "00:01:01,000", 1),  # a minute may be one paragraph
        (SAID, "00:00:03,000", "00:01:01,001", 2),
        (SAID, "00:03,000", "00:05,000", 1),
        (SAID, "01:00:02,000", "01:00:05,000", 2),
        (SAID, "00:01:02,000", "00:01:05,000", 2),
        (GOING_ON, "00:00:12,000", "00:00:13,000", 1),  # a sentence goes on over ten seconds
        (GOING_ON, "00:00:12,001", "00:00:13,000", 2),
        (GOING_ON, "00:00:03,000", "00:09:00,000", 1),
    ],
)
def test_a_paragraph_ends_with_a_sentence_and_a_pause(
    before: tuple[str, str, str], start: str, end: str, parts: int
) -> None:
    assert len(shown(before, (start, end, "of boats."))) == parts


@pytest.mark.parametrize(
    ("start", "told"),
    [
        ("00:00:00,000", "[0:00:00]"),
        ("00:00:59,999", "[0:00:59]"),
        ("00:01:00,000", "[0:01:00]"),
        ("00:59:59,9", "[0:59:59]"),
        ("01:00:00,000", "[1:00:00]"),
        ("100:02:03,000", "[100:02:03]"),
        ("2:03.000", "[0:02:03]"),
    ],
)
def test_the_time_is_told_in_hours_minutes_and_seconds(start: str, told: str) -> None:
    assert shown((start, "101:00:00,000", "Words.")) == [f"{told} Words."]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_cues_are_parted_by_lines_without_words(newline: str) -> None:
    cues = [SAID, ("00:00:08,000", "00:00:09,000", "And empty.")]
    assert shown(*cues, newline=newline) == ["[0:00:01] The harbour was full.", "[0:00:08] And empty."]
    source = "00:01.000 --> 00:02.000\nOne.\n \t\n00:08.000 --> 00:09.000\nTwo.\n".replace("\n", newline)
    assert load_bytes(source.encode(), "x.srt").body == "[0:00:01] One.\n\n[0:00:08] Two."


@pytest.mark.parametrize(("above", "is_cue"), [(0, True), (1, True), (2, True), (3, False)])
def test_two_lines_may_stand_above_the_time_of_a_cue(above: int, is_cue: bool) -> None:
    first = "WEBVTT\n\n00:01.000 --> 00:02.000\nOne.\n\n"
    line = "name\n"
    source = f"{first}{above * line}01:08.000 --> 01:09.000\nTwo.\n"
    assert ("[0:01:08] Two." in load_bytes(source.encode(), "x.vtt").body) is is_cue


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("- Whose?\n- Ours.", "- Whose?\n- Ours."),
        ("ANN:\nWhose?", "ANN:\nWhose?"),
        ("The harbour\nwas full.", "The harbour was full."),
        ("–Whose?\n— Ours.", "–Whose?\n— Ours."),
        ("five -\nsix", "five - six"),
        ("<v Ann>Whose?", "Ann: Whose?"),
        ("<v.loud Ann Ash>Whose?</v>", "Ann Ash: Whose?"),
        ("<b>a</b> <u>b</u> <c.red>c</c> <lang en>d</lang>", "a b c d"),
        ("a &lt; b &amp; c", "a < b & c"),
    ],
)
def test_who_speaks_and_what_is_said(words: str, read: str) -> None:
    assert shown(("00:00:01,000", "00:00:02,000", words)) == f"[0:00:01] {read}".split("\n")


@pytest.mark.parametrize(
    ("cues", "read"),
    [
        (["a", "a\nb"], "a a b"),  # two cues are too few to tell
        (["a", "a\nb", "b\nc"], "a b c"),
        (["a", "a\nb", "c", "d"], "a a b c d"),
        (["a", "a\nb", "b\nc", "d"], "a a b b c d"),  # half of them are not most
        (["a", "a\nb", "b\nc", "c\nd", "e"], "a b c d e"),
        (["a\nb", "a\nb\nc", "b\nc\nd"], "a b c d"),
        (["a\nb", "b\nc\nd", "c\nd\ne"], "a b c d e"),
    ],
)
def test_lines_that_roll_up_are_those_at_the_end_of_the_cue_before(cues: list[str], read: str) -> None:
    times = [(f"00:00:{n:02},000", f"00:00:{n:02},900", words) for n, words in enumerate(cues)]
    assert shown(*times) == [f"[0:00:00] {read}"]


ASS = """[Script Info]
Title: not said

[V4+ Styles]
Format: Name, Fontname
Style: Default,Arial

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,not said
Dialogue: 0,0:00:09.00,0:00:10.00,Default,,0,0,0,,- Whose?\\N- Ours.
Dialogue: 0,0:00:01.00,0:00:03.00,Default,Ann,0,0,0,,{\\i1}The harbour{\\i0}\\Nwas full,
Dialogue: 0,0:00:03.10,0:00:05.00,Default,,0,0,0,,of boats,\\hand men.
Dialogue: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,{\\an7\\p1}m 0 0 l 100 0{\\p0}
"""
LRC = """[ti: The Mole]
[ar:Ann Ash]
[00:12.00]The harbour was <00:13.00>full
[00:15.30]of boats

[00:18]
[00:19.00][00:40.00]and men
[00:30.5]that sang
"""


@pytest.mark.parametrize("name", ["x.ass", "x"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_is_said_in_ass_flows_together_in_its_order(name: str, end: str) -> None:
    found = "[0:00:01] The harbour was full, of boats, and men.\n\n[0:00:09] - Whose?\n- Ours."
    assert load_bytes(ASS.replace("\n", end).encode(), name).body == found


@pytest.mark.parametrize(
    ("said", "is_title"),
    [
        ("Title: The Mole, part 1", True),
        ("Title: Default Aegisub file", False),
        ("[Other]\nTitle: The Mole", False),
    ],
)
def test_ass_says_its_title_unless_a_program_does(said: str, is_title: bool) -> None:
    title = load_bytes(ASS.replace("Title: not said", said).encode(), "x.ass").title
    assert (title == said.removeprefix("Title: ")) == is_title
    assert title


@pytest.mark.parametrize("name", ["x.lrc", "x"])
def test_lyrics_are_verse_in_the_order_in_which_they_are_sung(name: str) -> None:
    text = load_bytes(LRC.encode(), name)
    assert (text.title, text.author) == ("The Mole", "Ann Ash")
    assert text.body == "The harbour was full\nof boats\n\nand men\nthat sang\nand men"


def test_a_line_of_lyrics_without_a_time_goes_on_where_it_stands() -> None:
    lyrics = "A song\n[by: Ben]\n[00:09.00][00:03.00]the mole\nand a boat\n[00:06.00]the sea\n"
    found = "A song\nthe mole\nand a boat\nthe sea\nthe mole\nand a boat"
    assert load_bytes(lyrics.encode(), "x.lrc").body == found


@pytest.mark.parametrize("times", [("10:15:30", "10:16:02"), ("00:00.00", "00:12.50"), ("00:12", "00:13")])
def test_times_in_a_conversation_are_no_lyrics(times: tuple[str, str]) -> None:
    talk = f"[{times[0]}] Ann: Is the mole built?\nAnd the quay?\n[{times[1]}] Ben: It is."
    assert load_bytes(talk.encode(), "x.txt").body == talk


def cue(start: str, end: str, *lines: str) -> str:
    return "\n".join((f"{start} --> {end}", *lines))


@pytest.mark.parametrize(
    ("words", "end", "start", "is_one"),
    [
        ("It rained.", "00:03.000", "00:05.000", True),
        ("It rained.", "00:03.000", "00:05.001", False),  # a pause of more than two seconds
        ("It rained", "00:03.000", "00:13.000", True),
        ("It rained", "00:03.000", "00:13.001", False),  # or of ten, inside a sentence
    ],
)
def test_a_pause_ends_a_paragraph(words: str, end: str, start: str, is_one: bool) -> None:
    source = "\n\n".join(("WEBVTT", cue("00:01.000", end, words), cue(start, "00:20.000", "then more.")))
    found = [f"[0:00:01] {words}", "then more."]
    clock = f"[0:00:{start[3:5]}]"
    expected = " ".join(found) if is_one else f"{found[0]}\n\n{clock} {found[1]}"
    assert load_bytes(source.encode(), "x.vtt").body == expected


@pytest.mark.parametrize(("end", "is_one"), [("01:01.000", True), ("01:01.001", False)])
def test_a_paragraph_is_a_minute_long_at_most(end: str, is_one: bool) -> None:
    cues = (cue("00:01.000", "00:59.000", "It rained."), cue("00:59.500", end, "All day."))
    found = load_bytes("\n\n".join(("WEBVTT", *cues)).encode(), "x.vtt").body
    assert found == (
        "[0:00:01] It rained. All day." if is_one else "[0:00:01] It rained.\n\n[0:00:59] All day."
    )


@pytest.mark.parametrize(
    ("time", "said"),
    [
        ("00:00.000", "0:00:00"),
        ("01:59:59.999", "1:59:59"),
        ("00:59:60,5", "1:00:00"),
        ("100:01:02.34", "100:01:02"),
        ("59:59.9", "0:59:59"),
    ],
)
def test_the_time_of_a_paragraph(time: str, said: str) -> None:
    source = f"WEBVTT\n\n1\nx\n{cue(time, '200:00:00.000', 'Words.')}\n\n4\nx\ny\n{cue(time, time, 'None.')}"
    assert load_bytes(source.encode(), "x.vtt").body == f"[{said}] Words."


def test_captions_roll_where_more_than_half_of_three_or_more_repeat_lines() -> None:
    """What is left of each is what was not said in the one before."""

    def body(*said: str) -> str:
        cues = (cue(f"00:0{n}.000", f"00:0{n + 1}.000", words) for n, words in enumerate(said))
        return load_bytes("\n\n".join(("WEBVTT", *cues)).encode(), "x.vtt").body.removeprefix("[0:00:00] ")

    assert body("a\nb", "b\nc") == "a b b c"
    assert body("a\nb", "b\nc", "b\nc\nd") == "a b c d"
    assert body("a\nb", "b\nc", "d\ne") == "a b b c d e"
    assert body("a\nb", "b\nc", "c\nd", "x") == "a b b c c d x", "half are not most"
    assert body("a\nb", "b\nc", "c\nd", "d\nx", "x") == "a b c d x"


def test_who_speaks_begins_a_line() -> None:
    lines = ("- Whose?", "Nobody knew.", "– Ours.", "<v.loud Ann Ash>It is", "Ann:", "said", "-", "x")
    found = load_bytes(f"WEBVTT\n\n{cue('00:01.000', '00:02.000', *lines)}".encode(), "x.vtt").body
    assert found == "[0:00:01] - Whose? Nobody knew.\n– Ours. Ann Ash: It is Ann:\nsaid - x"


def test_events_that_are_said_are_no_part_of_ass() -> None:
    cue = "1\n00:00:01,000 --> 00:00:02,000\n[events]\nIt began.\n"
    assert load_bytes(cue.encode(), "x.srt").body == "[0:00:01] [events] It began."


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("{\\p1}m 0 0 l 9 9{\\p0}The mole", "The mole"),
        ("The {\\an7\\p2}m 0 0{\\i1}l 9 9{\\p1}b 1 1{\\p0\\b1}mole{x} is {old", "The mole is {old"),
        ("{\\pos(1,2)\\pbo9}The mole", "The mole"),
        ("{" * 200_000, "{" * 200_000),  # within the seconds that a test has
    ],
)
def test_what_is_drawn_in_ass_is_not_said(event: str, said: str) -> None:
    file = f"[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,,,0,0,0,,{event}\n"
    assert load_bytes(file.encode(), "x.ass", furniture=False).body == f"[0:00:01] {said}"


def test_a_line_of_a_caption_that_looks_sung_is_said() -> None:
    source = f"WEBVTT\n\n{cue('00:01.000', '00:02.000', '[00:12.00] says the clock')}\n"
    assert load_bytes(source.encode(), "x.vtt").body == "[0:00:01] [00:12.00] says the clock"
