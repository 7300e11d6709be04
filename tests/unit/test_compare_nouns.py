"""Names in texts that write every noun with a capital: German, and English of about 1700."""

from __future__ import annotations

from texts.compare import names, read
from texts.model import Text
from texts.segment import passages

GERMAN = (
    "Am Montag sprach die Kanzlerin in Berlin mit Präsident Rohani über das Abkommen. Angela Merkel sagte, der Irak"
    " brauche Hilfe, und Merkels Minister nickten. Das Wasser und die Freiheit der Menschen seien wichtig."
    " Die Regierung wolle keine Soldaten schicken.\n\n"
    "Nach Teheran reiste Merkel nicht. In der Hauptstadt warteten die Menschen auf das Abkommen, und ein Soldat sagte"
    " nichts. Rohani lobte die Entscheidung, doch Merkel schwieg. Der Minister reiste mit Wasser und Brot ab."
)
ALSO_GERMAN = (
    "Die Bundeskanzlerin traf Rohani. Ein Abkommen ohne Angela Merkel gebe es nicht, sagte Karim Rohani in Teheran. Das"
    " Wasser im Fluss und die Entscheidung der Regierung waren Themen des Gesprächs."
    " Die Soldaten blieben in der Kaserne."
)
NOUNS = """
Wasser Freiheit Menschen Regierung Soldaten Soldat Abkommen Hauptstadt Minister Entscheidung Brot Montag Kanzlerin
Bundeskanzlerin Präsident Kaserne Fluss Themen Hilfe
"""
ENGLISH = (
    "On Monday the chancellor met President Rohani. Merkel said that Iraq needed help, and the ministers nodded."
    " The water and the freedom of the people were important to Merkel."
)
OF_1700 = (
    "The Captain of the Ship did bring the Merchants to the City, where a great Fire had burnt the Houses. In the"
    " Night the Winds blew, and the Sailors of the Ship saw the Flames from the Sea."
    " Thomas Farriner did say that the Oven was"
    " cold. The Mayor went to the Tower, and the Duke to the Bridge. The Goods of the Merchants were in the Church, and"
    " the Bells of the Church fell into the Nave. Thomas Farriner ran from the House over the Roof, and a Maid of the"
    " House died. The King gave the Order to pull the Houses down, and the Fire stood at the Temple. The Council of the"
    " City had no Money for the Streets, and the Poor of the Parish lay in the Fields. An Architect made a Plan for the"
    " Streets, but the Owners of the Ground would not have the Plan."
)

NOUNS_OF_1700 = """
Captain Ship Merchants City Fire Houses Night Winds Sailors Flames Sea Oven Tower Bridge Goods Church Bells Nave House
Roof Maid Order Temple Money Streets Poor Parish Fields Architect Plan Owners Ground
"""


def text(body: str, slug: str, language: str = "") -> Text:
    return Text(slug, slug, "", "", body, passages(body, furniture=False), language)


def found(left: str, right: str) -> set[str]:
    """The names of two texts, as they are shown."""
    return {name.label for name in names(read(text(left, "left")), read(text(right, "right")))}


def test_not_every_noun_of_german_is_a_name() -> None:
    shown = found(GERMAN, ALSO_GERMAN)
    assert {"Merkel", "Rohani", "Irak", "Teheran"} <= shown
    assert not shown & set(NOUNS.split())


def test_a_german_genitive_is_the_same_name() -> None:
    merkel = next(
        name
        for name in names(read(text(GERMAN, "left")), read(text(ALSO_GERMAN, "right")))
        if "Merkel" in name.label
    )
    assert {spelling.written for spelling in merkel.spellings} == {"Merkel", "Angela Merkel", "Merkels"}


def test_what_is_a_name_in_english_is_one_in_the_german_text_beside_it() -> None:
    shown = found(GERMAN, ENGLISH)
    assert any("Merkel" in name for name in shown)
    assert "Rohani" in shown
    assert not shown & {"Wasser", "Freiheit", "Menschen", "Minister"}


def test_english_that_writes_nouns_with_a_capital_is_told_by_its_articles() -> None:
    assert read(text(OF_1700, "fire")).capitalizes_nouns
    assert not read(text(ENGLISH * 20, "modern")).capitalizes_nouns
    shown = found(OF_1700, OF_1700.replace("Farriner", "Faryner"))
    assert any(name.startswith("Thomas F") for name in shown)
    assert not shown & set(NOUNS_OF_1700.split())


def test_nouns_keep_their_capital_among_the_words_of_a_text() -> None:
    words = {word.written: word.form for word in read(text(GERMAN, "left")).words}
    assert (words["Wasser"], words["Das"]) == ("Wasser", "das")
