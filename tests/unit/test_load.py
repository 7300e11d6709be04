"""A file becomes a text: its encoding, its body, its names."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from texts.load import LoadError, load, load_bytes, slugify
from texts.visible import visible

SHARED = Path(__file__).parents[3] / "shared"
WORDS = "The café on the quay — “Größe” — isn’t dear.\n\nIt’s naïve to say so…"


def body(data: bytes, encoding: str | None = None) -> str:
    return load_bytes(data, "quay.txt", encoding=encoding).body


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"],
)
def test_encodings_are_found(encoding: str) -> None:
    assert body(WORDS.encode(encoding)) == WORDS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "words", ["Привет, мир.\nЕщё строка.", "漢字の文章です。\n次の段落です。", "שלום עולם"]
)
def test_other_scripts_are_found(encoding: str, words: str) -> None:
    assert body(words.encode(encoding)) == words


def test_the_encoding_asked_for_is_used() -> None:
    assert body("Ναί.".encode("iso8859-7"), "iso8859-7") == "Ναί."
    assert body("žluťoučký".encode("cp1250"), "cp1250") == "žluťoučký"


@pytest.mark.parametrize(
    "encoding", ["nope", "rot13", "hex", "punycode", "idna", "unicode_escape", "a\0b", "\x1b[2J"]
)
def test_an_unknown_encoding_is_refused(encoding: str) -> None:
    with pytest.raises(LoadError, match=r"^there is no encoding .*try utf-8") as refused:
        body(b"abc", encoding)
    assert str(refused.value).isprintable()


def test_an_encoding_that_does_not_fit_is_refused() -> None:
    with pytest.raises(LoadError, match="is not written in utf-8"):
        body("éàü".encode("cp1252") * 3, "utf-8")


def test_a_broken_byte_in_utf_8_does_not_change_the_rest() -> None:
    assert body("Größe, café".encode() + b" wo\xffrd") == "Größe, café wo\ufffdrd"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_every_newline_is_one_newline(newline: str) -> None:
    assert body(f"One.{newline}{newline}Two.{newline}".encode()) == "One.\n\nTwo."


def test_tabs_stay_and_accents_are_composed_before_marks_are_made_visible() -> None:
    assert body("a\tb cafe\u0301 \u180e\x1b[2J".encode()) == "a\tb café ·␛[2J"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ផ្ទះ\u200bធំ\u200bណាស់", "ផ្ទះធំណាស់"),
        ("\u202bالميناء\u202c \u200f(1822)\u200e مغلق", "الميناء (1822) مغلق"),
        ("הנמל \u2067סגור\u2069 \u061cהיום", "הנמל סגור היום"),
        ("har\u2060bour\ufeff", "harbour"),
    ],
)
def test_what_nobody_sees_is_no_part_of_words(written: str, read: str, name: str) -> None:
    page = f"<html><body><p>{written}</p></body></html>" if name == "a.html" else written
    assert load_bytes(page.encode(), name, furniture=False).body == read


def test_a_mark_that_overrules_direction_is_shown() -> None:
    assert body("mole \u202egpj\u202c".encode()) == "mole ␦gpj"


def test_a_form_feed_is_no_sign() -> None:
    assert (
        body(b"\x0cThe mole\n\x0cwas mended.\n\nLast\x0cwords.\n\x0c")
        == "The mole\nwas mended.\n\nLast\nwords."
    )


def test_a_final_newline_makes_no_other_text() -> None:
    assert load_bytes(b"One.", "a.txt").sha256 == load_bytes(b"One.\n\n", "b.txt").sha256


@given(
    st.binary() | st.text().map(str.encode), st.sampled_from(["a.txt", "a.md", "-", "", "\x1b\n", "a/b\0.MD"])
)
@example(b"---\ntitle: [\n---\nx", "a.md")
@example(b"# \n\n=\n===", "a.md")
@example("o\u0338\u200b\u0338=\u2028\u0338".encode(), "a.txt")
def test_any_bytes_are_a_harmless_text_or_one_clear_line(data: bytes, name: str) -> None:
    try:
        text = load_bytes(data, name)
    except LoadError as error:
        refusal = str(error)
    else:
        refusal = ""
    if refusal:
        assert refusal.isprintable()
        return
    assert text.body == visible(text.body) == unicodedata.normalize("NFC", text.body)
    assert text.body.strip()
    assert "\r" not in text.body
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text.slug)
    assert text.title.strip()
    for words in (text.title, text.author, text.source):
        assert words == visible(words)
        assert "\n" not in words
    assert [p for p in text.passages if not p.is_furniture]


@pytest.mark.parametrize(
    ("data", "name", "title", "author", "slug"),
    [
        ("The long quiet\n\nIt began at dawn.", "000_61af90cd.txt", "The long quiet", "", "the-long-quiet"),
        ("The long quiet\n\nIt began.", "the-quay.txt", "The long quiet", "", "the-quay"),
        ("The long quiet\nBy Ann Ash\n\nIt began.", "1.txt", "The long quiet", "Ann Ash", "the-long-quiet"),
        (
            "Is it over?\n\nby ANN ASH and Tom van der Berg\n\nNo.",
            "-",
            "Is it over?",
            "ANN ASH and Tom van der Berg",
            "is-it-over",
        ),
        ("It began at dawn.", "a-chance_in-Baghdad.txt", "A chance in Baghdad", "", "a-chance-in-baghdad"),
        ("It began at dawn.", "a.txt", "It began at dawn.", "", "a"),
        (
            "It began at dawn, and then it went on all day.",
            "-",
            "It began at dawn, and then it went…",
            "",
            "began-dawn",
        ),
        ("The sea is calm,\nthe tide is full.", "dover.txt", "Dover", "", "dover"),
        (
            "Ebb.\n\nFlow.\n\nAnn Ash is a research fellow at the Institute",
            "tides.txt",
            "Tides",
            "Ann Ash",
            "tides",
        ),
        ("Iran is a country", "x1.txt", "Iran is a country", "", "x1"),
        (
            "# The *long* [quiet](http://x.y) #\nIt began.\n\nBy Ann Ash, in Valletta",
            "q.md",
            "The long quiet",
            "Ann Ash",
            "q",
        ),
        ("The quiet\n=========\n\nIt began.", "q.md", "The quiet", "", "q"),
        ("```\n# no title\n```\n\n# Title\n", "q.md", "Title", "", "q"),
        (
            "---\ntitle: 'Quiet: a tale'\nauthor:\n  - Ann Ash\n  - Tom Oak\n---\n# Other\n",
            "q.md",
            "Quiet: a tale",
            "Ann Ash, Tom Oak",
            "q",
        ),
        ("漢字の文章です。", "12.txt", "漢字の文章です。", "", "text"),
    ],
)
def test_names_are_guessed(data: str, name: str, title: str, author: str, slug: str) -> None:
    text = load_bytes(data.encode(), name)
    assert (text.title, text.author, text.slug) == (title, author, slug)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By J.R.R. Oak", "J.R.R. Oak"),
        ("BY JANE O'NEILL-ASH, Middle East editor", "JANE O'NEILL-ASH"),
        ("Written by Ali al-Ash and Jean-Luc van der Berg", "Ali al-Ash and Jean-Luc van der Berg"),
        ("*Dr. Anna Müller teaches history.*", "Dr. Anna Müller"),
        ("By land and sea", ""),
        ("Saudi Arabia is a member of a union", ""),
    ],
)
def test_author_lines(line: str, author: str) -> None:
    assert load_bytes(f"A head\n\n{line}".encode(), "x.txt").author == author


def test_names_that_are_given_are_kept() -> None:
    text = load_bytes(
        b"A head\n\nBy Ann Ash", "q.md", title="T\n\x1b", author="", source="Gazette\u202e", slug="My Slug!"
    )
    assert (text.title, text.author, text.source, text.slug) == ("T␤␛", "", "Gazette␦", "my-slug")


def test_markdown_keeps_its_source_and_hides_its_front_matter() -> None:
    source = "---\ntitle: Quiet\n---\n# Quiet\n\nIt *began*."
    text = load_bytes(source.encode(), "q.md")
    assert text.body == source
    assert [text.quote(p.span) for p in text.numbered] == ["# Quiet", "It *began*."]


def test_front_matter_in_toml_gives_title_and_author() -> None:
    for author in ('author = "Ann Ash"', 'authors = ["Ann Ash"]', '[author]\nname = "Ann Ash"'):
        source = f'+++\ntitle = "Quiet"  # for now\nweight = 3\n{author}\n+++\n\nIt *began*.'
        text = load_bytes(source.encode(), "q.md")
        assert (text.title, text.author, text.body) == ("Quiet", "Ann Ash", source)
        assert [text.quote(p.span) for p in text.numbered] == ["It *began*."]


def test_no_furniture_numbers_every_paragraph() -> None:
    assert len(load_bytes(b"---\na: b\n---\n\nOne.", "q.md", furniture=False).numbered) == 2


def test_load_takes_the_name_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "the-quay.TXT"
    path.write_text("It began at dawn.\n", encoding="utf-8")
    text = load(str(path))
    assert (text.slug, text.title, text.source) == ("the-quay", "The quay", "the-quay.TXT")
    assert text == load_bytes(path.read_bytes(), path.name)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("a-chance_in-baghdad.txt", "a-chance-in-baghdad"),
        ("the-report-of-the-committee-on-foreign-relations-2013.txt", "report-committee-2013"),
        ("the-report-of-the-committee-on-foreign-relations-2014.txt", "report-committee-2014"),
    ],
)
def test_a_slug_that_nobody_chose_has_the_words_that_tell_most(name: str, slug: str) -> None:
    assert load_bytes(b"Words.", name).slug == slug
    chosen = "a-name-that-somebody-chose-by-hand"
    assert load_bytes(b"Words.", name, slug=chosen).slug == chosen


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Arm’s length, still", "arms-length-still"),
        ("Ünïcödé STRASSE & Straße", "unicode-strasse-strasse"),
        ("The quick brown fox jumps over the lazy dog", "the-quick-brown-fox-jumps-over-the-lazy"),
        ("a" * 60, "a" * 40),
        ("--", "text"),
        ("漢字", "text"),
        ("", "text"),
    ],
)
def test_slugs(title: str, slug: str) -> None:
    assert slugify(title) == slug


@given(st.text())
def test_slugs_are_short_and_plain_and_slugs_of_themselves(title: str) -> None:
    slug = slugify(title)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= 40
    assert slugify(slug) == slug


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder ../shared with the client's articles is not here")
def test_the_articles_of_the_client() -> None:
    editorial, analysis = (load(path) for path in sorted((SHARED / "texts").glob("*.txt")))
    assert editorial.title.startswith("The recent gains in northern Iraq")
    assert (editorial.author, editorial.slug) == ("", "recent-gains")
    assert analysis.title.startswith("Iraq crisis: Old enemies")
    assert (analysis.author, analysis.source) == ("Shashank Joshi", "001_cd5b7b0d9770d0f4.txt")
