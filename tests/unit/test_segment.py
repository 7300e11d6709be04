"""Paragraphs, sentences and words: where they begin and end, and that nothing falls between them."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from texts.languages.abbreviations import leads_on
from texts.languages.sentences import sentences
from texts.model import Span
from texts.segment import front_matter_end, paragraphs, passages, words

PIECES = [
    "The tide came in.",
    "“We will go. We will not.”",
    "Mr. Ash",
    " ",
    "\n",
    "\n\n",
    "\t",
    "vol. 2",
    '"',
    "(",
    ")",
]
PIECES += [
    "’",
    "no end",
    "# Head",
    "---\n",
    "a: b\n",
    "U.S.",
    "…",
    "?!",
    "漢字。",
    "é",
    "\u00a0",
    "x" * 120,
    "1. ",
    "*",
]
BODIES = st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join))


def quotes(body: str, spans: list[Span]) -> list[str]:
    return [body[span.start : span.end] for span in spans]


def split(body: str) -> list[str]:
    return quotes(body, sentences(body, Span(0, len(body))))


def blocks(body: str) -> list[str]:
    return quotes(body, paragraphs(body))


def covers(body: str, whole: Span, spans: list[Span]) -> bool:
    """Whether the spans are in order, apart, without white space at their edges, and leave only white space out."""
    left_out = list(body[whole.start : whole.end])
    for start, end in spans:
        left_out[start - whole.start : end - whole.start] = " " * (end - start)
    return (
        all(whole.start <= start < end <= whole.end for start, end in spans)
        and all(body[start:end] == body[start:end].strip() for start, end in spans)
        and all(left.end <= right.start for left, right in pairwise(spans))
        and not "".join(left_out).strip()
    )


@given(BODIES)
def test_paragraphs_cover_the_body(body: str) -> None:
    assert covers(body, Span(0, len(body)), paragraphs(body))


@given(BODIES)
def test_passages_are_the_paragraphs_numbered_without_gaps(body: str) -> None:
    found = passages(body)
    assert [passage.span for passage in found] == paragraphs(body)
    numbers = [passage.number for passage in found if passage.number is not None]
    assert numbers == list(range(1, len(numbers) + 1))


@given(BODIES, st.data())
def test_sentences_and_words_cover_any_span(body: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(body)))
    span = Span(start, data.draw(st.integers(start, len(body))))
    assert covers(body, span, sentences(body, span))
    letters = [body[word.start : word.end] for word in words(body, span)]
    assert "".join(filter(str.isalnum, "".join(letters))) == "".join(
        filter(str.isalnum, body[span.start : span.end])
    )


@pytest.mark.parametrize(
    "expected",
    [
        ["Mr. Ash went in.", "He saw U.S. forces there.", "See p. 5 for more.", "No.", "Yes!", "Oh."],
        ["It was so.", "… “We will go.", "We will not.”", "Then they left."],
        ["“Where?” he asked.", "“There!” she cried.", "“Is it so,” he said, “that we go?”", "Yes."],
        ['"One two.', 'Three four."', '"Five.', 'Six."', "'One.", "Two.'", "Three."],
        ["She said: “He must go.", "There is no other way.", "He should leave”.", "Nobody spoke."],
        ["He said: ‘It’s over.", "I’m gone.’", "The boys’ dogs’ tails.", "’Tis true."],
        ["See vol. 2 and ch. IV.", "Approx. 3 men.", "1. First.", "2. Second."],
        ["He cited it.[12]", "Then he left.¹", "And went."],
        ["日本語です。", "「次の文です。」", "そして。"],
        ["Ünïcödé — é.", "Größe.", "“Ça va?”", "Ñ."],
        ["He lives in the U.S. Mr. Ash does not.", "It was 5 p.m.", "We left on Jan. 5 with J. K. Rowe."],
        ["a line of verse\nwithout a stop\nand an end."],
    ],
    ids=lambda expected: expected[0][:20],
)
def test_sentences(expected: list[str]) -> None:
    assert split(" ".join(expected).replace("。 ", "。").replace("」 ", "」")) == expected


@pytest.mark.parametrize("body", ["", " ", "\n\n", "\u00a0\t"])
def test_white_space_has_no_sentence_and_no_paragraph(body: str) -> None:
    assert split(body) == []
    assert blocks(body) == []


@given(
    st.lists(st.sampled_from([*"Ab1 .!?;:'\"()[]-", "\n", "é", " vol. 2", " Mr. ", " etc. "]), max_size=12),
    st.sampled_from(["en", "de", "el", "hy", "ja", "my", "xx"]),
)
@example(list("Ab; Ab"), "el")
@example([*"Ab: Ab"], "hy")
@example([*'"Ab." '], "en")
@example([*"Ab.)"], "en")
def test_what_has_no_stop_inside_is_cut_as_what_has_one(pieces: list[str], language: str) -> None:
    body = "".join(pieces)
    span = Span(0, len(body))
    found = sentences(body, span, language)
    with patch("texts.languages.sentences._MAY_PART", re.compile("")):  # which all of them have
        assert sentences(body, span, language) == found


def test_sentences_of_a_span_are_offsets_into_the_body() -> None:
    body = "é Before. ñ Inside one. “Inside two.” After."
    span = Span(body.index("ñ"), body.index(" After"))
    assert quotes(body, sentences(body, span)) == ["ñ Inside one.", "“Inside two.”"]


def test_words_have_inner_apostrophes_and_initials_their_dots() -> None:
    body = "Shi’ite-led U.S. troops’ al-Qa’ida, 1,000 snake_case."
    assert quotes(body, words(body, Span(0, len(body)))) == [
        *("Shi’ite", "led", "U.S.", "troops", "al", "Qa’ida", "1", "000", "snake", "case"),
    ]


def test_blank_lines_part_paragraphs_also_with_spaces_in_them() -> None:
    assert blocks("  One.  \n \t\n\u00a0\nTwo.\n\n\n\nThree.\n") == ["One.", "Two.", "Three."]


PROSE = (
    "The harbour lay quiet under a low sky while the crews unloaded the last of the grain and nobody on the quay "
    "spoke of the strike that had ended the day before, nor of the men who had not come back to work that morning."
)


@pytest.mark.parametrize("width", [40, 72, 100, 120, 140])
def test_wrapped_lines_are_one_paragraph(width: int) -> None:
    import textwrap

    wrapped = textwrap.fill(f"{PROSE} {PROSE}", width)
    assert blocks(wrapped) == [wrapped]
    assert blocks(f"{wrapped}\n\n{wrapped}\n") == [wrapped, wrapped]


def test_long_lines_without_blank_lines_are_paragraphs() -> None:
    lines = [PROSE, PROSE[:150] + ".", "A cross-heading", PROSE[40:]]
    assert blocks("\n".join(lines)) == lines
    assert blocks("Title\n\n" + "\n".join(lines)) == ["Title", *lines]


def test_two_long_lines_that_end_sentences_are_two_paragraphs() -> None:
    lines = ["So it went on, " * 8 + "and that was the end of it.", "Then it went on, " * 6 + "and so on."]
    assert blocks("\n".join(lines) + "\n\nTail.") == [*lines, "Tail."]


def test_verse_addresses_and_lists_are_one_paragraph_each() -> None:
    stanza = "The sea is calm,\nthe tide is full,\nthe moon lies fair"
    address = "Port Office\n12 Quay Street\nValletta"
    assert blocks(f"{stanza}\n\n{address}") == [stanza, address]


def test_a_text_without_blank_lines_has_a_paragraph_a_line() -> None:
    lines = [
        "First short line",
        "A second one that is rather longer than the first",
        "Third",
        "And the fourth.",
    ]
    assert blocks("\n".join(lines)) == lines


def test_a_column_of_words_is_not_wrapped_prose() -> None:
    assert len(blocks("short\n" * 50)) == 50


def test_scripts_without_spaces_are_not_taken_for_wrapped() -> None:
    lines = ["漢字の文章です" * 20, "次の段落です" * 9, "終わりの段落" * 15]
    assert blocks("\n".join(lines)) == lines


def test_markdown_headings_and_front_matter_stand_alone() -> None:
    body = "---\ntitle: Tides\n---\n# Tides\nThe sea is calm.\n## Ebb\nIt goes."
    assert blocks(body) == ["---\ntitle: Tides\n---", "# Tides", "The sea is calm.", "## Ebb", "It goes."]
    assert [passage.number for passage in passages(body)] == [None, 1, 2, 3, 4]
    assert [passage.number for passage in passages(body, furniture=False)] == [1, 2, 3, 4, 5]


def test_front_matter_in_toml_stands_alone() -> None:
    front = '+++\ntitle = "Tides"\n\n[params]\nlist = [\n  "a",\n]\n+++'
    body = f"{front}\n# Tides\nThe sea is calm."
    assert blocks(body) == [front, "# Tides", "The sea is calm."]
    assert [passage.number for passage in passages(body)] == [None, 1, 2]


@pytest.mark.parametrize(
    "body",
    [
        "+++\nno key here\n+++\n",
        "+++\na = 1\n",
        "+++ a = 1\n+++\n",
        "+++\n+++\n",
        "+++\na = " + "[" * 9999 + "\n+++\n",
    ],
)
def test_plus_signs_are_not_front_matter(body: str) -> None:
    assert front_matter_end(body) == 0


@pytest.mark.parametrize(
    "body", ["---\n\nNo key here.\n---\n", "---\ntitle: x\n", "--- a\n", "-----\na: b\n-----\n", ""]
)
def test_a_rule_is_not_front_matter(body: str) -> None:
    assert front_matter_end(body) == 0


def test_one_passage_a_line_between_blank_lines() -> None:
    """As the sets of aligned passages are written: every paragraph one passage, whatever is in it."""
    lines = [
        "Share",
        "x" * 300,
        "—",
        "1. And",
        "# Not a heading?",
        "* * *",
        "“Yes.”",
        "---",
        "By Ann Ash",
        "a, b;",
    ]
    assert blocks("\n\n".join(lines) + "\n") == lines


def test_the_readers_word_stands_above_the_rule() -> None:
    body = "One thing is said here.\n\nAnother thing is said here.\n\nA third one."
    second = body.index("Another")
    assert [p.number for p in passages(body, overrides={second: True})] == [1, None, 2]
    assert [p.number for p in passages(body, furniture=False, overrides={second: True})] == [1, None, 2]
    front = "---\ntitle: Tides\n---\nThe sea."
    assert [p.number for p in passages(front, overrides={0: False})] == [1, 2]


def test_importing_segment_loads_no_furniture_and_nothing_heavy() -> None:
    code = (
        "import sys, texts.segment, texts.visible\n"
        "heavy = {'numpy', 'rapidfuzz', 'textual', 'rich', 'sqlite_utils', 'sentencex', 'texts.boilerplate.article'}\n"
        "heavy |= {'texts.languages.sentences'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# A paragraph a line, `|` where one sentence ends and the next begins; after it a blank, but in Chinese and Japanese.
SENTENCES = """
de Am 3. Oktober kam er.|Dann ging er.
de Wien, 3. Jänner 1900.|Linz, 1. Feber abends.|Graz, 2. März früh.
de Der 2. Weltkrieg endete im 20. Jahrhundert.|Danach war Ruhe.
de Er lebte vom 1. bis 5. Mai dort.|Ja.
de „Wo ist er?“ fragte sie.|„Hier.“|Er ging.
de Sie rief: „Komm!“|Er kam.
de »Nein.«|Sie blieb.
de Das war z. B. Dr. Müller, d. h. der Arzt.|Gut.
de Friedrich II. von Preußen siegte.|Er war alt.
de Siehe Abb. 3 und Kap. 4, vgl. S. 12 ff. und Anm. 5.|Ende.
de Er kam um 3.|Dann schlief er.
de Der hl. Paulus und die hl. Anna kamen.|Amen.
de Das geschah 1990.|Dann kam er.
de Im Jahre 70 n. Chr. fiel die Stadt.|Sie brannte.
fr Il est né le 1er mai.|M. Dupont vint.
fr « Oui. »|Il part.
fr « Non ! » dit-il.|Elle rit.
fr « Où ? »|Elle part.
fr Mme. Dupont et MM. Durand et Roy arrivent.|Bien.
fr Voir p. 3 et chap. 4, t. 2, no. 5.|Fin.
fr En 52 av. J.-C. il vainquit.|Il mourut.
fr “Oui.”|Il part.
fr Saint Louis, i.e. Louis IX, c.-à-d. le roi.|Oui.
fr J.-J. Rousseau écrit.|Il part.
es El Sr. Pérez llegó el 3 de mayo.|Se fue.
es ¿Qué?|¡No!
es EE. UU. ganó.|Bien.
es «Sí.»|Se fue.
es —¿Vienes? —preguntó él.|Ella rió.
es Véase pág. 3 y cap. 4, núm. 5.|Fin.
es Nació en 44 a. C. en Roma.|Murió.
es La Dra. Ruiz y Ud. saben.|Sí.
it Il sig. Rossi arrivò il 3 maggio.|Partì.
it Il dott. Bianchi tacque.|«Sì.»|Partì.
it L'on. Verdi e l'avv. Neri vennero.|Bene.
it Vedi pag. 3 e cap. 4, n. 5, art. 6.|Fine.
it Nel 44 a.C. morì Cesare.|Poi venne Ottaviano.
it Papa Giovanni XXIII parlò.|Tacque.
it “Sì?” chiese.|Rise.
it S. Pietro e ss. Anna.|Amen.
ru Он родился 3 мая 1900 г. в Москве.|Потом уехал.
ru А. С. Пушкин писал.|«Да».|Он ушёл.
ru Это книги, т. е. рукописи.|Он ушёл.
ru Ул. Ленина, д. 5, кв. 3.|Да.
ru См. стр. 3, гл. 4, рис. 5.|Конец.
ru В XIX в. жил св. Серафим.|Он молился.
ru «Где он?» — спросила она.|«Здесь».
ru Проф. Иванов и акад. Петров пришли.|Хорошо.
ru Это стоило 3 тыс. руб. в год.|Да.
el Τί εἶπεν;|Οὐκ οἶδα.
el Ὁ Ἰησοῦς εἶπεν· ἐγώ εἰμι.|Ἔφυγε.
el «Ναί.»|Ἔφυγε.
el Στις 3 Μαΐου 44 π.Χ. ήρθε ο κ. Παπαδόπουλος.|Έφυγε.
el Βλ. σ. 3 και κεφ. 4.|Τέλος.
el Μήλα, αχλάδια κ.λπ. και π.χ. σύκα.|Ναι.
el Τί λέγει;|Ναί.
he בראשית ברא אלהים׃|והארץ היתה תהו׃
he הוא אמר "שלום."|ואז הלך.
he מה זה?|לא ידעתי.
he ב־3 במאי בא ד״ר כהן.|הוא ישב.
he ויהי ערב׃ פ|ויאמר אלהים׃
he ״בוא.״|הוא בא.
he ר׳ עקיבא אמר.|שמע.
ar ما هذا؟|لا أدري.
ar قال «نعم.»|ثم ذهب.
ar في 3 مايو جاء د. أحمد.|ثم جلس.
ar انظر ص. 3 من الكتاب.|انتهى.
ar بسم الله الرحمن الرحيم ﴿١﴾|الحمد لله رب العالمين ﴿٢﴾
ar قال أ. د. علي.|ثم سكت.
hi राम आया।|सीता गई॥ १॥|फिर?|हाँ।
hi डॉ. शर्मा ३ मई को आए।|उसने कहा “हाँ।”|फिर गया।
hi पं. नेहरू और प्रो. राव आए।|सब बैठे।
hi धर्मक्षेत्रे कुरुक्षेत्रे ॥१॥|दृष्ट्वा तु पाण्डवानीकं ॥२॥
zh 他說：「你好。」|然後走了。
zh 什麼？|不！|他走了。
zh “好。”|他走了。
zh “为什么？”他问。|他走了。
zh 「為什麼？」老人問道，「你是誰？」|沒有人答。
zh “走吧！”她笑着说。|“好。”|我不知道。
zh “走吧。”|然后他看小说。
cs Pijí čaj, tj. Vltavu, mj. Labe, např. Plzeň atd. a víno.|Viz tzv. Černý dům na str. 5.
sk Mal napr. Dunaj a tzv. Starý most.|Išiel.
sv Han såg t.ex. Stockholm, bl.a. Gamla stan, m.m. och bröd.|Han gick osv.|Sedan kom jag.
sv Han såg t. ex. Stockholm och bl. a. Uppsala.|Han gick.
da Han så f.eks. Odense og bl.a. Ribe osv. og gik.|Så kom jeg.
tr Elma, armut vb. meyveler vardı.|Ali vd. Ankara'ya gitti, bkz. Şekil ve örn. İzmir.
ru Он читал, т.е. Пушкина, и т.д. и так далее.|Потом ушёл, т. е. Толстой, напр. Чехов, т.к. Иван.
zh （完。）|3月5日他走了。
zh 他走了！|3月回來。
zh 他（為什麼？）走了。|完。
zh 價錢是3.5元。|好。
zh 真的？！|是的。。。|好……|他走了。
ja 「行こう。」と言った。|彼は行った。
ja 『はい。』|彼は去った。
ja 何？|いや！|3月5日だ。
ja （終わり。）|次。
ja 彼は（なぜ？）去った。|終わり。
ja 「モーニング娘。」は歌った。|終わり。
ja 「来て！」の声。|彼は来た。
ja 「行こう。|早く。」と言った。|彼は行った。
la In principio erat Verbum.|Quid est?|Nescio.
la M. Tullius Cicero a. d. III Kal. Mai. venit.|L. Catilina fugit.
la «Ita.»|Abiit.
la Vide cap. 3 et lib. 4, v. 5.|Finis.
la Cn. Pompeius et Q. Fabius Sp. f. venerunt.|Sic.
la Natus est id. Apr. anno p. Chr. n. 30.|Obiit.
la "Quo vadis?" inquit.|Tacuit.
en He said (why?) nothing.|(It was late.)|He left.
en “Where?” he asked.|“Here.”|He went.
en See vol. 2, pp. 3–4.|End.
en He was born on Oct. 3 in St. Louis.|He left.
cs Narodil se 3. října v Praze.|Odešel.
cs „Kde je?“ zeptal se.|„Tady.“|Odešel.
pl Urodził się 3. maja w XX w. w Krakowie.|Odszedł.
pl „Tak.”|Odszedł.
da Han blev født den 3. oktober.|Så gik han.
da »Ja.«|Han gik.
fi Hän syntyi 3. lokakuuta.|Sitten hän lähti.
hu Október 3. napján jött.|Elment.
tr Saat 3. gün geldi.|Gitti.
am ሰላም ነው።|ደህና።
hy Ես եկա։|Նա գնաց։
ur وہ آیا۔|میں گیا۔
fa او آمد.|چه؟|هیچ.
th เขามา ฉันไป
km ព្រះបន្ទូល គង់នៅ។|ព្រះ។
bo ཐོག་མར་བཀའ་ཡོད།|བཀའ་ཡོད།
my အစအဦး၌၊ ရှိ၏။|ဖြစ်၏။
xx One.|Two.
zh 他说：“来。”|他走了。
es El Sr. López vino.|¿Quién es?
hi वह गया।|मैं आया।
hi ।।1.1।। धृतराष्ट्र बोले - हे संजय!|उन्होंने क्या किया?
hi धर्मक्षेत्रे कुरुक्षेत्रे समवेता युयुत्सवः।|मामकाः किमकुर्वत सञ्जय।।1.1।।|दूसरा।
am ይህ ነው፡፡|እዚህ አለ፡፡
sr Рођен је 3. јануара 1900. године.|Умро је 1950. у Београду, тј. у болници.
hr Rođen je 3. siječnja 1900. u Zagrebu.|Vidi npr. str. 5.
sl Rojen je bil 3. januarja 1900. v Ljubljani.|Glej npr. str. 5.
sk Prišiel 3. januára.|Odišiel.
et Ta sündis 3. jaanuaril 1900. a. Tallinnas.|Vt lk. 12 ja dr. Kask.
lv Viņš dzimis 1900. gada 3. janvārī.|Skat. 12. lpp.
lt Žr. dr. Jonas, pvz. Vilnius.|Pabaiga.
is Hann fæddist 3. janúar 1900.|Sjá bls. 12.
fi Hän kuoli ns. luonnollisesti, vrt. s. 5.|Katso esim. Turku.
hu Ld. a 12. oldalt.|Jött dr. Kovács és pl. Nagy stb. is.
pl Por. s. 12, m.in. Kraków i in. miasta.|Ks. Jan przyszedł.
pt Cf. pág. 12.|A D. Maria veio.
ro Dl. Popescu a venit.|Vezi pag. 12.|În anul 44 î.Hr. a murit.
ca El Sr. Puig va venir.|Vegeu la pàg. 12.
id Bpk. Budi dan dr. Siti datang.|Selesai.
sw Bw. Juma alikuja.|Mwisho.
mk Роден на 3 јануари 1900 г. во Скопје.|Крај.
cs Šel s otcem apod.|Šel pak domů.
ru Купил хлеба и т.п.|Потом ушёл.|Там были Пушкин и др.|Он тоже.
uk Купив хліба і т. д.|Потім пішов.
de Er kaufte Brot, Salz usw.|Dann ging er.
en He bought bread, salt, etc.|Then he left.
cs Přišel J. Novák.|Dne přišel F. X. Šalda.
fr Il vit J. Dupont et A. Martin.|Il mourut.
ru Пришёл И. Новак.|Они ушли.
uk Прийшов І. Франко.|Вони пішли.
en He read Ф. М. Достоевский.|He left.
fr Il manque de vitamine C.|Puis il mange.|C’est le plan B.|Le médecin part.
fr Il lut J. Le Goff, G. L’Hermite et P. La Roque.|On loue le point M.|L’enfant dort.
fr Il y a deux voies : A. Le chemin ; B. La route.
es Tengo el plan B.|Este basta.|Vinieron A. De la Torre y J. El Hachmi.
it Gioca in serie B.|La squadra perde.|Vennero P. La Pira, G. Di Vittorio e A. De Gasperi.
pt É o plano B.|Isso basta.
nl Dat is plan B.|Het werkt.|Daar kwamen J. De Vries en P. Van den Berg.
de Es fehlt Vitamin C.|Dann kam Josef K.|Er las J. Roth.
ru Это буква Я.|Потом пришёл А. Пушкин.|Он слушал группу А. Макаревича.
uk Ось план Б.|Він готовий.
pl To plan J. Nowaka.|To plan B.|To witamina C.|Jan przyszedł.
cs Máme plán B.|To stačí.|Je to plán J. Nováka.
sv Det är plan B.|Den fungerar.|Där satt J. De Geer.
hu Ez a B.|Az jó.|Jött K. Kovács.
el Το σχέδιο Β.|Αυτό αρκεί.|Ήρθε ο Γ. Σεφέρης.
tr Bu plan B.|Bu yeter.
en She took vitamin C.|Smith took none.
de Es spielte der Pianist A. Brendel.|Er ging.
fr Il vit place J. Jaurès.|Dans ses lettres P. Valéry le dit.|Le groupe J. Dupont chante.
es Vive en la plaza A. Machado.|Luego se va.
pl Przyszedł literat J. Kowalski.|To litera C.|Jan milczy.
en In his letters E. Bishop says it.|The literary J. Smith came.|The letter J. S. Bach wrote is lost.
ja 彼は「行く」と言った。|…それから？|わからない……。|終わり。
zh “真的？！”他问。|……然后呢？|没有了。
la Ti. Gracchus, M'. Curius et Ap. Claudius adfuerunt.|Deinde abierunt.
la Cic. Att. 1.14; Verg. Aen. 2.3; Liv. 3.4.|Vide infra.
la D. O. M. sacrum.|Obiit an. XXX.
he פרופ׳ כהן וגב׳ לוי באו.|ד״ר מ. לוי ישב.
he א. ב. יהושע כתב ספר.|ש. י. עגנון קרא.
ar قال أ.د. محمد علي.|ثم ذهب.
ar بسم الله الرحمن الرحيم۝١|الحمد لله رب العالمين۝٢
fa دکتر م. معین آمد.|او رفت.
fa گفت: «کجا می‌روی؟» و رفت.|تمام.
ur وہ گیا۔|“تم کون ہو؟” اس نے پوچھا۔|ختم۔
ur ڈاکٹر م۔ اقبال آئے۔|وہ گئے۔
hi उसने पूछा, “तुम कौन हो?” और चला गया।|फिर?
bn ড. ইউনূস এলেন।|তিনি বসলেন।
bn মো. রহিম বাড়ি গেল।|কে?|আমি।
bn “তুমি কে?” সে বলল।|আমি গেলাম।
ta திரு. ராமன் வந்தார்.|அவர் சென்றார்.
ta மு. கருணாநிதி எழுதினார்.|யார்?|அவர்.
ta “நீ யார்?” என்று கேட்டான்.|அவன் போனான்.
ta கி.மு. 300 இல் வாழ்ந்தார்.|முடிவு.
te డా. రావు వచ్చారు.|ఆయన వెళ్ళారు.
kn ಡಾ. ರಾವ್ ಬಂದರು.|ಅವರು ಹೋದರು.
mr पु. ल. देशपांडे आले.|ते बसले.
mr “तू कोण?” तो म्हणाला.|ती गेली.
ne डा. शर्मा आए।|उनी बसे।
th พ.ศ. ๒๕๐๐ เขามา
th ดร. สมชาย มา
km «អ្នកជានរណា?» គាត់សួរ។|ខ្ញុំទៅ។
my သူလာသည်။|“ဘယ်သူလဲ။” ဟုမေးသည်။|ငါသွားသည်။
zh 他问：“她说‘不！’了吗？”|没有。
ja ﹁行こう。﹂と言った。|彼は来た。
ja ﹃行こう。﹄|彼は来た。
ja 行く！と叫んだ。
ko “어디 가?” 그가 물었다.|그녀는 웃었다.
ko “나는 간다.”라고 말했다.|그녀는 웃었다.
ko “나는 간다.”고 그가 말했다.|그녀는 웃었다.
ko “가자!”라며 웃었다.|끝.
ko “가자!” 하고 말했다.|끝.
ko “가자.” 라고 그가 말했다.|끝.
ko — 가자. — 라고 말했다.|끝.
ko ‘누구냐?’ 하는 소리가 났다.|끝.
ko 1919. 3. 1. 만세를 불렀다.|끝.
vi TS. Nguyễn Văn An đến.|GS. Trần về.
vi TP. Hồ Chí Minh rất đông.|Ông đi.
vi PGS.TS. Lê Văn B đến.|Xong.
ka ი. ჭავჭავაძე დაიბადა.|ის მწერალი იყო.
ka „სად მიდიხარ?“ იკითხა მან.|„სახლში.“|წავიდა.
ka ე.ი. ის მოვიდა.|ა.შ. წავიდა.
am እንዴት ነህ?|ደህና ነኝ።|“ማን ነው?” አለ።|ሄደ።
yi „וווּ גייסטו?“ האָט ער געפֿרעגט.|זי האָט געשוויגן.
yi י. ל. פּרץ האָט געשריבן.|ער איז געשטאָרבן.
tl Si G. Rizal ay dumating.|Si Gng. Cruz ay umalis.|Si Bb. Reyes.
en Ye K. of Fr. came vnto ye towne.|Anno Dom. 1588.|It was lost.
en Chap. IV. of the Booke.|He went.
en K. Henry VIII. died.|Q. Mary raigned.
en —Where? he said.|—Here, said Stephen.
en It was wrong.*|He left.†|Fine.
de Die Fa. Müller u. Co. ging bankrott.|Ende.
fr Voy. l. I, ch. III, § 2.|Fin.
fr Louis XIV. mourut en 1715.|Le peuple rit.
fr Il habite au 5, av. Foch, bd. Raspail.|Fin.
it S. Em. il card. Rossi, S. E. mons. Bianchi.|Fine.
ru Л. Н. Толстой, гр. Толстой, кн. Болконский.|Конец.
ru г. Москва, ул. Ленина, д. 3, корп. 2.|Конец.
ru Это было в 1900 г.|Потом он уехал.
ru Это было в XIX в.|Потом он уехал.
pl Ur. 3 maja 1900 r.|Zm. 5 maja.
pl Jan III Sobieski, zob. s. 5 i n.|Koniec.
nl Hij kwam a.u.b. op tijd, m.a.w. vroeg, o.a. hier, t.a.v. mij.|Klaar.
sv – Vart ska du? frågade han.|– Hem.
hu Kr. e. 44-ben meghalt.|Vége.
ro — Unde te duci? întrebă el.|— Acasă.
ko 철수가 “왜?” 하고 물었다.|영희가 “몰라!”라고 답했다.
ar «من أنت؟» سأله الرجل.|سكت.
fa «کجا؟» علی از مادرش پرسید.|مادر خندید.
fa دکتر ع. شریعتی آمد.|ا. شاملو شعر خواند.
ur “کہاں؟” علی نے پوچھا۔|ماں ہنسی۔
hi “कहाँ?” माँ ने हँसकर पूछा।|वह चुप रहा।
bn “কোথায়?” মা জিজ্ঞেস করলেন।|সে চুপ।
ta “எங்கே?” என அம்மா கேட்டாள்.|அவன் சிரித்தான்.
ta எழுத்தாளர் மு. வரதராசன் வந்தார்.|பேரா. க. அன்பழகன் பேசினார்.
te “ఎక్కడ?” అని అమ్మ అడిగింది.|వాడు నవ్వాడు.
te శ్రీ శ్రీ. పి. వి. నరసింహారావు వచ్చారు.|మంచిది.
kn “ಎಲ್ಲಿ?” ಎಂದು ಅಮ್ಮ ಕೇಳಿದಳು.|ಅವನು ನಕ್ಕನು.
kn ಕು. ವೆಂ. ಪು. ಬರೆದರು.|ಒಳ್ಳೆಯದು.
ml “എവിടെ?” എന്ന് അമ്മ ചോദിച്ചു.|അവൻ ചിരിച്ചു.
mr “कुठे?” असे आईने विचारले.|तो हसला.
mr लेखक वि. स. खांडेकर आले.|ते बसले.
mr ह. ना. आपटे आले.|ते बसले.
gu “ક્યાં?” માએ પૂછ્યું.|તે હસ્યો.
pa “ਕਿੱਥੇ?” ਮਾਂ ਨੇ ਪੁੱਛਿਆ।|ਉਹ ਹੱਸਿਆ।
ne “कहाँ?” आमाले सोधिन्।|ऊ हाँस्यो।
he "לאן?" שאל האיש.|"הביתה."|הוא הלך.
he הוא קרא את ש"י עגנון.|נח נ. כתב.
he פרופ' י. ליבוביץ דיבר.|סוף.
he ב"כ הנאשם, עו"ד ר. כהן, טען.|סוף.
yi „ווער ביסטו?“ פֿרעגט זי.|ער שווײַגט.
ka „ვინ ხარ?“ ჰკითხა კაცმა.|„მე.“|ის წავიდა.
ka — ვინ ხარ?|— მე ვარ.|ის წავიდა.
ka აკაკი წერეთელი და ი. ჭავჭავაძე მეგობრობდნენ.|კარგი.
am ዶ.ር. አበበ መጣ።|በ1990 ዓ.ም. ተወለደ።
am “የት?” እናቱ ጠየቀች።|እሱ ሳቀ።
km ស.រ.អា. ជាប្រទេស។|ចប់។
th “ไปไหน?” เขาถาม
my “ဘယ်လဲ။” လို့မေးတယ်။|သူပြုံးတယ်။
bo ༄༅། །བོད་ཀྱི་ལོ་རྒྱུས།|དེ་ནས།
bo ང་ཡིན་ནོ། །|དེ་ནས་སོང་། །|རྫོགས་སོ།། །།
zh 他看《走吧！》这本书。|好。
zh “砰！”的一声。|门开了。
ja ﹁行くな！﹂と叫んだ。|﹁はい。﹂|彼は去つた。
ja 〈終わり。〉|次。
vi GS.TS. Nguyễn Lân đến Q. 1, TP. HCM.|Ông nói.
en He lived under Louis XIV. and died.|Then I. came.
en What! shall I goe? said he.|Well! he went.
en Note † is here.|It was so.†|Fine.
sr — Где је? упита он.|— Овде.
tr III. Selim ve IV. Murad öldü.|Bitti.
ko “나는 간다.”|그는 웃었다.|“왜?”|아무도 없었다.
ko “누구?”|하늘이 맑다.
ko “가자.”|하나도 없다.
hi “कहाँ?”|माँ हँस पड़ी।
ta “எங்கே?”|அம்மா சிரித்தாள்.
mr तू ये.|मी जातो.|ती का?|तो हो.
he הוא גר בכיתה א.|היא למדה.
zh “走了。”|了不起。
zh “走了。”|的士来了。
ko 그 해는 1945.|30명이 갔다.
ko 1919. 3. 1 만세를 불렀다.|끝.
he הוא בא ביום א.|היא הלכה.
en She gave it to Tom.|I was glad.
en He took off his cap.|I laughed.
en The poor old chap.|I’d have wept.
en Below par.|I, too, thought so.
en See cap. I of the rule, tom. II, and chap. I, p. 3.|Fine.
en It was about women’s lib.|They gave her the gen.|We saw the vid.|It was long.
fr Il lit une BD.|Elle dort.
fr Il lit une BD.|Marie dort.
fr Il vint au bd.|Elle partit.
fr Il habite Bd. Voltaire.|Fin.
la Erant viri sex.|Deinde abierunt.
la Sex. Roscius adfuit.|Vide Ov. Met. 1.5.
ru Прибыл полк.|Солдаты пели.
tr Ankara bir il.|Orası ilçe.
tr Bunda çok vitamin C.|O gitti.
hu Ez a C.|Az meg a D.
hu Ez az V.|Az meg a X.
ta “எங்கே?”|என் வீடு பெரியது.
ta “எங்கே?”|என்ன இது?
ta “எங்கே?”|எனக்கு தெரியாது.
ta “எங்கே?”|என்னுடைய வீடு பெரியது.
ta “எங்கே?” எனக் கேட்டான்.|அவன் போனான்.
ml “വരൂ.”|എന്നാൽ അവൻ പോയി.
ml “വരൂ.”|എന്നെ വിളിച്ചു.
ml “വരൂ.”|എന്നിട്ട് അവൻ പോയി.
ml “വരൂ.” എന്നാണ് അവൻ ഉദ്ദേശിച്ചത്.|ശരി.
te “పద.”|అన్నీ పోయాయి.
te “పద.” అన్న మాట వినిపించింది.|సరే.
kn “ಬಾ.”|ಎಂದಿಗೂ ಇಲ್ಲ.
kn “ಬಾ.”|ಅಂತಹ ಜನ ಇದ್ದರು.
kn “ಬಾ.” ಅಂತ ಅವನು ಕೂಗಿದ.|ಸರಿ.
"""


@pytest.mark.parametrize("line", SENTENCES.strip().split("\n"))
def test_sentences_end_as_in_their_language(line: str) -> None:
    language, _, paragraph = line.partition(" ")
    expected = paragraph.split("|")
    paragraph = ("" if language in ("zh", "ja") else " ").join(expected)
    found = sentences(paragraph, Span(0, len(paragraph)), language)
    assert [paragraph[slice(*span)] for span in found] == expected


@pytest.mark.parametrize(
    ("before", "after", "language"),
    [
        ("as ed.", "Smith has it", "en"),
        ("see cf.", "The", "en"),
        ("Mlle.", "Dupont", "fr"),
        ("der Hl.", "Georg", "de"),
        ("J.-C.", "est né", "fr"),
        ("A.-B.", "Ash", "en"),
        ("usw.", "und so fort", "de"),
        ("vol.", "3", "en"),
        ("vol.", "(3)", "en"),
        ("S.", "XIV", "de"),
        ("см.", "Там", "uk"),
        ("(ed.", "Smith", "en"),
        ("“cf.", "Smith", "en"),
        ("am 3.", "Oktober", "de"),
        ("der 20.", "Jahrhundertwende", "de"),
        ("im 20.", "Jahrhundert", "de"),
        ("der XX.", "Armee", "de"),
        ("den 3.", "října", "cs"),
        ("3.", "oktober", "da"),
        ("Přišel J.", "Novák", "cs"),
        ("psal V.", "Novák", "cs"),
        ("V.", "Novák", "cs"),
        ("Er las Ф.", "Достоевский", "de"),
        ("im Jahr 1999.", "oktober", "de"),
    ],
)
def test_a_full_stop_after_an_abbreviation_or_an_ordinal_ends_no_sentence(
    before: str, after: str, language: str
) -> None:
    assert leads_on(before, after, language)


@pytest.mark.parametrize(
    ("before", "after", "language"),
    [
        ("the end.", "Then", "en"),
        ("as ed!", "Smith", "en"),
        ("as ed.", "", "en"),
        (".", "Then", "en"),
        ("he said “.", "Then", "en"),
        ("der hl.", "Georg", "en"),
        ("usw.", "Dann", "de"),
        ("the vol.", "Three", "en"),
        ("vol.", "XIVth", "en"),
        ("am 3.", "Oktober", "en"),
        ("page 3.", "then", "en"),
        ("kl. 3.", "Then", "da"),  # only German has capitals after an ordinal
        ("im Jahr 1999.", "Oktober", "de"),
        ("es waren 20.", "Jahrhunderte", "de"),
        ("im 20.", "Dann", "de"),  # no noun
        ("20.", "Jahrhundert", "de"),
        ("am 3.", "— Oktober", "de"),
        ("am 12345.", "tag", "de"),
        ("am x3.", "tag", "de"),
        ("Umřel Karel V.", "Potom", "cs"),
        ("Fue en el siglo X.", "Entonces", "es"),
        ("Foi no século V.", "Depois", "pt"),
        ("to je a.", "Potom", "cs"),
        ("Der Plan B.", "Dann", "de"),
    ],
)
def test_a_full_stop_after_any_other_word_ends_one(before: str, after: str, language: str) -> None:
    assert not leads_on(before, after, language)


@pytest.mark.parametrize(
    ("language", "whole"),
    [
        ("ja", ["そして「いいえ！」。", "終わり。"]),
        ("pt", ["Ver pág. 5 e art. 3.", "A Sra. Lima não veio."]),
        ("nl", ["Het was, d.w.z. bijna, niets.", "Mevr. Smit ging naar huis.", "Zie blz. 5."]),
    ],
)
def test_what_ends_no_sentence_leads_on(language: str, whole: list[str]) -> None:
    body = ("" if language == "ja" else " ").join(whole)
    assert [body[one.start : one.end] for one in sentences(body, Span(0, len(body)), language)] == whole


@pytest.mark.parametrize(("length", "count"), [(99, 1), (100, 2)])
def test_a_line_of_a_hundred_characters_is_a_paragraph_s_worth(length: int, count: int) -> None:
    lines = "\n".join(("x" * (length - 1) + ".", "y" * 40 + "."))
    body = f"A paragraph.\n\n{lines}\n\nAnother one."
    assert len(passages(body, furniture=False)) == 2 + count


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ("#harbour was full\nof boats that day", 1),
        ("# harbour\nof boats that day\n# mole", 3),
        ("####### harbour\nof boats that day", 1),
    ],
)
def test_a_word_behind_a_number_sign_is_no_heading(lines: str, count: int) -> None:
    assert len(passages(f"A paragraph.\n\n{lines}", furniture=False)) == 1 + count
