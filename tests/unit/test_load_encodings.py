"""Files in encodings from before Unicode: the words are read, however short the file is."""

from __future__ import annotations

from pathlib import Path

import pytest

from texts.load import load_bytes
from texts.load.legacy import CANDIDATES, likeliest

FILES = Path(__file__).parent / "data" / "encodings"
BEGINNINGS = {
    "ar1256": "في البدء كان الكلمة",
    "big5": "太初有道，道與神同在",
    "el1253": "Στην αρχή ήταν ο Λόγος",
    "eucjp": "はじめに言葉があった。",
    "gbk": "太初有道，道与神同在",
    "he1255": "בראשית היה הדבר",
    "pl1250": "Na początku było Słowo",
    "ru1251": "В начале было Слово",
    "rukoi8": "В начале было Слово",
    "sjis": "はじめに言葉があった。",
    "tr1254": "Başlangıçta Söz vardı.",
}
OTHERS = (
    ("cp1252", "Le garçon a mangé à la crêperie, puis il est allé au théâtre."),
    ("cp1252", "Der Müller grüßt die schöne Königin."),
    ("cp1252", "“Quotes” – and dashes… it’s fine"),
    ("cp1252", "El niño comió piña y después volvió a España."),
    ("cp1252", "Ærlig talt, så er det på øya"),
    ("cp1252", "a naïve façade, a café, £5 at 20°"),
    ("mac_roman", "it’s “naïve” at the café – said Zoë"),
    ("cp1250", "Škoda žije v Čechách a řeka teče"),
    ("cp1250", "Zażółć gęślą jaźń"),
    ("iso8859-2", "Zażółć gęślą jaźń, powiedział Łukasz śmiejąc się"),
    ("cp866", "Добрый день, товарищи"),
    ("iso8859-5", "Старый учитель написал письмо брату."),
    ("koi8-u", "Взимку річка замерзла, і рибалки вийшли на лід."),
    ("cp850", "L'été dernier, le maire de Besançon a décidé d'ouvrir l'école à tous."),
    ("cp850", "Der Bürgermeister möchte die Straße für Fußgänger öffnen."),
    ("cp850", "El niño pequeño soñaba con la montaña. ¿Dónde está el corazón?"),
    ("mac_roman", "Älven var frusen på våren och fiskarna gick över isen till ön."),
    ("iso2022_jp", "春になると川辺の村は花でいっぱいになった。"),
    (
        "utf-16-le",
        "Река замёрзла, и рыбаки вышли на лёд, а старый учитель написал письмо своему брату в Казань.",
    ),
    (
        "utf-16-be",
        "Река замёрзла, и рыбаки вышли на лёд, а старый учитель написал письмо своему брату в Казань.",
    ),
    ("cp1252", "Hver maður er borinn frjáls og jafn öðrum að virðingu og réttindum."),
    ("cp1252", "Þetta er góð bók, sagði maðurinn við stúlkuna."),
    ("cp1254", "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar."),
    ("iso8859-2", "Všichni lidé se rodí svobodní a sobě rovní co do důstojnosti a práv."),
    ("cp852", "Všichni lidé se rodí svobodní a sobě rovní co do důstojnosti a práv."),
    ("cp852", "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw."),
    (
        "cp857",
        "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar, akıl ve vicdana sahiptirler.",
    ),
    ("cp737", "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια."),
    ("cp862", "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם."),
    ("iso8859-6", "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق."),
    ("cp720", "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق."),
    ("cp775", "Visi žmonės gimsta laisvi ir lygūs savo orumu ir teisėmis."),
    ("cp1125", "Всі люди народжуються вільними і рівними у своїй гідності та правах."),
    ("cp1251", "Сите луѓе се раѓаат слободни и еднакви по достоинство и права."),
    ("cp1253", "Καλημέρα κόσμε"),
    ("cp1255", "שלום עולם, מה שלומך היום"),
    ("cp1256", "مرحبا بالعالم"),
    ("cp1257", "Latviešu valoda ir skaista, un mēs to mīlam"),
    ("cp874", "สวัสดีชาวโลก"),
    ("cp949", "안녕하세요 세계 여러분"),
    ("gb18030", "你好世界，我们来自中国"),
    ("big5", "臺灣是一個美麗的島嶼"),
    ("cp932", "こんにちは世界、日本語の文章です"),
)


@pytest.mark.parametrize("name", BEGINNINGS)
def test_the_words_of_files(name: str) -> None:
    assert load_bytes((FILES / f"{name}.txt").read_bytes(), "x.txt").body.startswith(BEGINNINGS[name])


@pytest.mark.parametrize(("encoding", "words"), OTHERS)
def test_a_line_is_enough(encoding: str, words: str) -> None:
    assert load_bytes(words.encode(encoding), "x.txt").body == words


@pytest.mark.parametrize(("encoding", "words"), OTHERS)
def test_an_encoding_that_is_asked_for_stands_above_any_guess(encoding: str, words: str) -> None:
    assert load_bytes(words.encode(encoding), "x.txt", encoding=encoding).body == words


def test_every_byte_is_taken_by_some_encoding() -> None:
    for byte in range(0x80, 0x100):
        assert likeliest(bytes([byte]) * 3 + b" word") in {"", *CANDIDATES}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("В начале было Слово, и Слово было у Бога".encode("cp1251"), "read as windows-1251, by its letters"),
        ("Le garçon a mangé à la crêperie".encode("cp1252"), "read as windows-1252, by its letters"),
        ("it’s “naïve” at the café – said Zoë".encode("mac_roman"), "read as mac-roman, by its letters"),
        ("Words as Windows saves them.".encode("utf-16-le"), "read as utf-16-le, by its letters"),
        ("café, thé, élan".encode() + b" \xff", "1 character is broken: it was read as UTF-8"),
    ],
)
def test_a_guess_is_told_and_what_was_asked_for_is_not(data: bytes, told: str) -> None:
    said: list[str] = []
    for name in ("x.txt", "x.md"):
        load_bytes(data, name, remark=said.append)
    assert said == [f"{told} (--encoding names another)"] * 2
    if b"\0" not in data:
        load_bytes(data, "x.txt", encoding="latin-1", remark=said.append)
    for certain in ("café".encode(), "café".encode("utf-8-sig"), "café".encode("utf-16"), b"cafe"):
        load_bytes(certain, "x.txt", remark=said.append)
    assert len(said) == 2
