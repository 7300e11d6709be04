"""The language of a text is told, and its words are taken as those of that language."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texts.languages.early_english import modern_root
from texts.languages.morphology import ENGLISH, is_in_old_spelling, morphology_of
from texts.languages.old_spelling import KEYS, is_old, spellings_of
from texts.languages.telling import NAMES, UNKNOWN, code_of, language_of, listed, sample_of, stop_words
from texts.lexicon import root
from texts.model import Text

SAMPLES = {
    "en": "The light was in the world, and the world was made by him, and they did not know him.",
    "de": "Das Licht war in der Welt, und die Welt ist durch ihn gemacht, aber sie hat ihn nicht erkannt.",
    "fr": "La lumière était dans le monde, et le monde a été fait par elle, mais il ne l’a pas connue.",
    "es": "La luz estaba en el mundo, y el mundo fue hecho por ella, pero no la conocieron.",
    "it": "La luce era nel mondo, e il mondo fu fatto per mezzo di lei, ma non la conobbero.",
    "pt": "A luz estava no mundo, e o mundo foi feito por ela, mas não a conheceram.",
    "nl": "Het licht was in de wereld, en de wereld is door hem gemaakt, maar zij heeft hem niet gekend.",
    "la": "Lux in mundo erat et mundus per ipsum factus est sed eum non cognovit.",
    "sv": "Ljuset var i världen, och världen hade blivit till genom honom, men den kände honom inte.",
    "pl": "Światło było na świecie, a świat powstał przez nie, lecz nie poznał go i nie przyjął.",
    "ru": "Свет был в мире, и мир через него начал быть, но его не познал.",
    "el": "Το φως ήταν στον κόσμο και ο κόσμος έγινε από αυτό, αλλά δεν το γνώρισε.",
    "he": "האור היה בעולם והעולם נעשה על ידו אך העולם לא הכיר אותו",
    "ar": "كان النور في العالم وكان العالم به ولم يعرفه العالم من قبل",
    "fa": "نور در جهان بود و جهان به وسیله او آفریده شد، اما جهان او را نشناخت",
    "hi": "ज्योति जगत में थी और जगत उसके द्वारा बना, परन्तु जगत ने उसे नहीं पहचाना।",
    "zh": "光在世界里，世界是借着他造的，世界却不认识他。",
    "ja": "光は世にあり、世はそれによって造られたが、世はそれを知らなかった。",
    "ko": "빛이 세상에 있었고 세상은 그로 말미암아 지은 바 되었으나 세상이 알지 못하였다.",
    "th": "ความสว่างอยู่ในโลก และโลกถูกสร้างขึ้นทางพระองค์",
    "da": "Alle mennesker er født frie og lige i værdighed og rettigheder. De er udstyret med fornuft og samvittighed, "
    "og de bør handle mod hverandre i en broderskabets ånd.",
    "no": "Alle mennesker er født frie og med samme menneskeverd og menneskerettigheter. De er utstyrt med fornuft og "
    "samvittighet og bør handle mot hverandre i brorskapets ånd.",
    "is": "Hver maður er borinn frjáls og jafn öðrum að virðingu og réttindum. Menn eru gæddir vitsmunum og samvisku, "
    "og ber þeim að breyta bróðurlega hverjum við annan.",
    "af": "Alle menslike wesens word vry, met gelyke waardigheid en regte, gebore. Hulle het rede en gewete en behoort "
    "in die gees van broederskap teenoor mekaar op te tree.",
    "ca": "Tots els éssers humans neixen lliures i iguals en dignitat i en drets. Són dotats de raó i de consciència, "
    "i han de comportar-se fraternalment els uns amb els altres.",
    "gl": "Tódolos seres humanos nacen libres e iguais en dignidade e dereitos e, dotados como están de razón e "
    "conciencia, débense comportar fraternalmente uns cos outros.",
    "sk": "Všetci ľudia sa rodia slobodní a rovní v dôstojnosti aj v právach. Sú obdarení rozumom a svedomím a majú sa "
    "k sebe správať v duchu bratstva.",
    "cs": "Všichni lidé se rodí svobodní a sobě rovní co do důstojnosti a práv. Jsou nadáni rozumem a svědomím a mají "
    "spolu jednat v duchu bratrství.",
    "sl": "Vsi ljudje se rodijo svobodni in imajo enako dostojanstvo in enake pravice. Obdarjeni so z razumom in "
    "vestjo in bi morali ravnati drug z drugim kakor bratje.",
    "hr": "Sva ljudska bića rađaju se slobodna i jednaka u dostojanstvu i pravima. Ona su obdarena razumom i sviješću "
    "i trebaju jedna prema drugima postupati u duhu bratstva.",
    "et": "Kõik inimesed sünnivad vabadena ja võrdsetena oma väärikuselt ja õigustelt. Neile on antud mõistus ja "
    "südametunnistus ja nende suhtumist üksteisesse peab kandma vendluse vaim.",
    "lv": "Visi cilvēki piedzimst brīvi un vienlīdzīgi savā pašcieņā un tiesībās. Viņi ir apveltīti ar saprātu un "
    "sirdsapziņu, un viņiem jāizturas citam pret citu brālības garā.",
    "lt": "Visi žmonės gimsta laisvi ir lygūs savo orumu ir teisėmis. Jiems suteiktas protas ir sąžinė ir jie turi "
    "elgtis vienas kito atžvilgiu kaip broliai.",
    "sq": "Të gjithë njerëzit lindin të lirë dhe të barabartë në dinjitet dhe në të drejta. Ata kanë arsye dhe "
    "ndërgjegje dhe duhet të sillen ndaj njëri tjetrit me frymë vëllazërimi.",
    "cy": "Genir pawb yn rhydd ac yn gydradd â'i gilydd mewn urddas a hawliau. Fe'u cynysgaeddir â rheswm a chydwybod, "
    "a dylai pawb ymddwyn y naill at y llall mewn ysbryd cymodlon.",
    "ga": "Saolaítear na daoine uile saor agus comhionann ina ndínit agus ina gcearta. Tá bua an réasúin agus an "
    "choinsiasa acu agus dlíd iad féin d'iompar de mheon bráithreachais i leith a chéile.",
    "eu": "Gizon emakume guztiak aske jaiotzen dira, duintasun eta eskubide berberak dituztela; eta ezaguera eta "
    "kontzientzia dutenez gero, elkarren artean senide legez jokatu beharra dute, eta hau ez da gutxi.",
    "eo": "Ĉiuj homoj estas denaske liberaj kaj egalaj laŭ digno kaj rajtoj. Ili posedas racion kaj konsciencon, kaj "
    "devus konduti unu al alia en spirito de frateco.",
    "id": "Semua orang dilahirkan merdeka dan mempunyai martabat dan hak-hak yang sama. Mereka dikaruniai akal dan "
    "hati nurani dan hendaknya bergaul satu sama lain dalam semangat persaudaraan.",
    "sw": "Watu wote wamezaliwa huru, hadhi na haki zao ni sawa. Wote wamejaliwa akili na dhamiri, hivyo yapasa "
    "watendeane kindugu.",
    "tl": "Ang lahat ng tao ay isinilang na malaya at pantay-pantay sa karangalan at mga karapatan. Sila ay "
    "pinagkalooban ng katwiran at budhi at dapat magpalagayan ang isa't isa sa diwa ng pagkakapatiran.",
    "uk": "Всі люди народжуються вільними і рівними у своїй гідності та правах. Вони наділені розумом і совістю і "
    "повинні діяти у відношенні один до одного в дусі братерства.",
    "be": "Усе людзі нараджаюцца свабоднымі і роўнымі ў сваёй годнасці і правах. Яны надзелены розумам і сумленнем і "
    "павінны ставіцца адзін да аднаго ў духу брацтва, і гэта не ўсё.",
    "sr": "Сва људска бића рађају се слободна и једнака у достојанству и правима. Она су обдарена разумом и свешћу и "
    "треба једни према другима да поступају у духу братства.",
    "mk": "Сите човечки суштества се раѓаат слободни и еднакви по достоинство и права. Тие се обдарени со разум и "
    "совест и треба да се однесуваат еден кон друг во духот на општо човечката припадност.",
    "bg": "Всички хора се раждат свободни и равни по достойнство и права. Те са надарени с разум и съвест и следва да "
    "се отнасят помежду си в дух на братство.",
    UNKNOWN: "12 34 — 56",
}


@pytest.mark.parametrize(("code", "sample"), SAMPLES.items())
def test_the_language_of_a_sentence_is_told(code: str, sample: str) -> None:
    assert language_of(sample) == code


def test_every_list_of_words_is_of_a_language_with_a_name() -> None:
    assert set(listed()) <= set(NAMES)
    assert all(map(stop_words, listed()))


@given(st.text(max_size=80))
def test_any_text_has_a_language_or_none(body: str) -> None:
    assert language_of(body) in {UNKNOWN, *NAMES}


def test_kana_among_many_other_scripts_is_japanese() -> None:
    assert language_of("ああ α б א ա ა") == "ja"


@pytest.mark.parametrize(
    ("old", "modern"),
    [
        ("lyfe", "life"),
        ("sonne", "son"),
        ("vnto", "unto"),
        ("haue", "have"),
        ("euer", "ever"),
        ("iudge", "judge"),
        ("iesus", "jesus"),
        ("worde", "word"),
        ("beginnynge", "beginning"),
        ("shyneth", "shine"),
        ("darcknes", "darkness"),
        ("heuene", "heaven"),
        ("shepe", "sheep"),
        ("glorie", "glory"),
        ("commaundement", "commandment"),
        ("beleve", "believe"),
        ("lijf", "life"),
        ("liyt", "light"),
        ("thingis", "things"),
        ("fadir", "father"),
    ],
)
def test_an_old_spelling_has_the_root_of_its_modern_word(old: str, modern: str) -> None:
    assert modern_root(old) == modern_root(modern)


@pytest.mark.parametrize(
    ("one", "other"), [("so", "son"), ("one", "on"), ("made", "mad"), ("not", "note"), ("then", "than")]
)
def test_two_modern_words_are_never_one(one: str, other: str) -> None:
    assert modern_root(one) != modern_root(other)


def test_the_old_spellings_of_a_word_are_found_in_a_vocabulary() -> None:
    words = ["so", "sonne", "sonnes", "soone", "son", "sunne", "lyfe"]

    def words_from(letter: str, length: int) -> list[str]:
        return [word for word in words if word[0] == letter and len(word) == length]

    assert set(spellings_of("son", "en", words_from)) == {"sonne", "sonnes"}
    assert set(spellings_of("life", "en", words_from)) == {"lyfe"}


@pytest.mark.parametrize(
    ("language", "old", "modern"),
    [
        ("la", "juventus", "iuuentus"),
        ("la", "caelum", "celum"),
        ("de", "vnd", "und"),
        ("de", "thun", "tun"),
        ("de", "seyn", "sein"),
        ("fr", "estoit", "etait"),
        ("fr", "hospital", "hopital"),
        ("fr", "roy", "roi"),
    ],
)
def test_other_languages_have_keys_of_old_spelling(language: str, old: str, modern: str) -> None:
    assert KEYS[language](old) == KEYS[language](modern)


OLD = "vnto hym haue the lyfe and vpon thei the worde of the lorde was sayd "


def test_old_spelling_is_told_by_its_words() -> None:
    words = Counter(OLD.split())
    assert is_old("en", words.__getitem__, words.total())
    modern = Counter(
        [
            "unto",
            "him",
            "have",
            "the",
            "life",
            "and",
            "upon",
            "they",
            "the",
            "word",
            "of",
            "the",
            "lord",
            "was",
            "said",
            "haue",
        ]
    )
    assert not is_old("en", modern.__getitem__, modern.total())


def texts(*bodies: str, language: str = "") -> list[Text]:
    return [Text("t", "T", "", "", body, (), language) for body in bodies]


def test_what_a_reader_says_of_a_language_counts() -> None:
    assert "nicht" in morphology_of(texts("Amen.", language="de")).stop_words


def test_a_language_is_named_by_its_code_or_its_name() -> None:
    assert code_of("DE") == code_of("german") == "de"
    assert code_of("klingon") == UNKNOWN


def test_words_are_taken_by_the_languages_of_their_texts() -> None:
    assert morphology_of(texts(SAMPLES["en"])) is ENGLISH
    german = morphology_of(texts(SAMPLES["de"], SAMPLES["de"]))
    assert german.root("welten") == german.root("welt")
    assert "nicht" in german.stop_words
    assert "the" not in german.stop_words
    both = morphology_of(texts(SAMPLES["en"], SAMPLES["de"]))
    assert both.root is root
    assert {"the", "nicht"} <= both.stop_words
    assert morphology_of(texts(OLD * 3)).root("lyfe") == "life"


@pytest.mark.parametrize(
    ("code", "sample"),
    [
        ("hy", "Աշխարհում էր լույսը"),
        ("syr", "ܒܪܫܝܬ ܐܝܬܘܗܝ"),
        ("bn", "আলো জগতে ছিল"),
        ("pa", "ਚਾਨਣ ਸੰਸਾਰ ਵਿੱਚ"),
        ("gu", "પ્રકાશ જગતમાં હતો"),
        ("ta", "ஒளி உலகில் இருந்தது"),
        ("te", "వెలుగు లోకములో ఉండెను"),
        ("kn", "ಬೆಳಕು ಲೋಕದಲ್ಲಿ"),
        ("ml", "വെളിച്ചം ലോകത്തിൽ"),
        ("si", "ආලෝකය ලෝකයේ"),
        ("th", "แสงสว่างอยู่ในโลก"),
        ("lo", "ແສງສະຫວ່າງຢູ່ໃນໂລກ"),
        ("bo", "འོད་ནི་འཇིག་རྟེན"),
        ("my", "အလင်းသည် လောက၌"),
        ("km", "ពន្លឺនៅក្នុងពិភពលោក"),
        ("ka", "სინათლე იყო სოფელში"),
        ("am", "ብርሃን በዓለም ነበረ"),
        ("ko", "빛이 세상에 있었다"),
        ("zh", "光在世界上，世界是藉著他造的"),
        ("ja", "光は世にあった。世は彼によってできた"),
        ("ja", "ヒカリ"),
        ("ka", "ᲡᲘᲜᲐᲗᲚᲔ ᲘᲧᲝ ᲡᲝᲤᲔᲚᲨᲘ"),
        ("ka", "ⴌⴀⴇⴄⴊⴈ ⴢⴗⴍ ⴑⴍⴔⴄⴊⴑⴀ"),
        ("ko", "大韓民國의 主權은 國民에게 있고 모든 權力은 國民으로부터 나온다"),
        ("ko", "吾等은 玆에 我 朝鮮의 獨立國임과 朝鮮人의 自主民임을 宣言하노라"),
        ("yi", "דאָס ליכט איז געווען אין דער וועלט, און די וועלט האָט אים נישט געקענט"),
        ("he", "האור היה בעולם והעולם לא ידע אותו כי הוא"),
        ("ne", "ज्योति संसारमा थियो र संसार उनले बनाएका हुन् तर संसारले उनलाई चिनेन"),
        ("sr", "Predsednik je rekao da će se sledeće nedelje sastati, ali ko je to video ne zna šta je hteo"),
        (
            "hr",
            "Predsjednik je rekao da će se sljedeći tjedan sastati, ali tko je to vidio ne zna što je htio i gdje",
        ),
        ("hr", "Bilo je lijepo jutro"),
        ("hr", "Neće doći jer je bolestan"),
        ("hr", "Tko je to bio? Ne znam, ali mislim da neće doći prije večeri"),
        ("fr", "Tout va bien"),
        ("fr", "Le petit lot"),
        ("fr", "San Francisco la nuit"),
        ("fr", "Son fils y va"),
        ("tl", "Mahal kita, ako ay sa iyo"),
        ("ceb", "Ang tanan may kagawasan nga iyaha"),
        ("ht", "Limyè a te nan lemonn, epi se li menm ki te fè lemonn, men moun yo pa t konnen li"),
        ("ceb", "Ang kahayag diha sa kalibotan, ug ang kalibotan nahimo pinaagi kaniya, apan wala siya ilha"),
        (
            "gv",
            "Va'n soilshey ayns y theihll, as va'n seihll er ny yannoo liorish, agh cha dug y seihll enney er",
        ),
        (
            UNKNOWN,
            "ϩⲛ ⲧⲉϩⲟⲩⲉⲓⲧⲉ ⲛⲉϥϣⲟⲟⲡ ⲛϭⲓ ⲡϣⲁϫⲉ",
        ),  # Coptic, of which a few letters stand among those of Greek
        (UNKNOWN, "क ख ग"),  # letters of Hindi and of Marathi, and no word of either
        ("hi", "ज्योति जगत में थी और जगत उस के द्वारा बना है"),
        ("fa", "نور در جهان بود و جهان به او ساخته شد که این را از آن"),
    ],
)
def test_a_script_of_one_language_tells_it_and_words_tell_those_that_share_one(
    code: str, sample: str
) -> None:
    assert language_of(sample) == code


def test_one_sign_of_ten_is_enough_to_be_japanese() -> None:
    assert language_of("世" * 9 + "は") == "ja"
    assert language_of("世" * 10 + "は") == "zh"
    assert language_of("世" * 9) == "zh"


def test_more_than_a_third_of_the_letters_is_enough_to_be_japanese() -> None:
    assert language_of("世" * 9 + "は" + "б" * 19) == "ja"
    assert language_of("世" * 9 + "は" + "б" * 20) == UNKNOWN


def test_the_script_of_most_letters_counts() -> None:
    assert language_of("Свет был в мире, and he") == "ru"
    assert language_of("The light was in the world, and the world was made by him: свет") == "en"
    assert language_of("光 " + SAMPLES["de"]) == "de"


def test_a_word_in_seventeen_has_to_be_a_common_one() -> None:
    for rare, code in ((15, "de"), (16, UNKNOWN)):  # 6 % of them
        assert language_of(" ".join(["nicht", *(f"qx{'abcdefghijklmnop'[n]}z" for n in range(rare))])) == code


def test_a_text_is_in_the_language_of_its_middle() -> None:
    edge = SAMPLES["en"] * 300
    assert language_of(edge + SAMPLES["de"] * 300 + edge) == "de"
    assert sample_of("a" * 19_999) == "a" * 19_999
    assert sample_of("a" * 100 + "b" * 20_000 + "c" * 100) == "b" * 20_000


def test_latin_is_old_and_modern_languages_are_where_they_are_spelt_so() -> None:
    (latin,), (english,), (old,), (italian,) = (
        texts(body) for body in (SAMPLES["la"] * 5, SAMPLES["en"], OLD * 3, SAMPLES["it"])
    )
    assert [is_in_old_spelling(text) for text in (latin, english, old, italian)] == [True, False, True, False]


def test_months_are_known_by_their_roots_in_each_language() -> None:
    assert root("january") in ENGLISH.months
    german = morphology_of(texts(SAMPLES["de"]))
    assert {german.root("marz"), german.root("dezember")} <= german.months
    assert root("december") not in german.months
    both = morphology_of(texts(SAMPLES["en"], SAMPLES["de"]))
    assert {root("december"), root("dezember")} <= both.months
    of_none = morphology_of(texts(SAMPLES[UNKNOWN]))
    assert of_none.months == ENGLISH.months


def test_texts_whose_language_is_unknown_are_taken_as_the_others() -> None:
    german = morphology_of(texts(SAMPLES["de"], SAMPLES[UNKNOWN]))
    assert german.root("welten") == german.root("welt")
    assert german.stop_words == morphology_of(texts(SAMPLES["de"])).stop_words


def test_the_words_of_greek_are_taken_as_they_stand_and_english_stop_words_where_there_are_no_others() -> (
    None
):
    greek = morphology_of(texts(SAMPLES["el"]))
    assert greek.root("κοσμοσ") == "κοσμοσ"
    georgian = morphology_of(texts("სინათლე იყო სოფელში"))
    assert not stop_words("ka")
    assert georgian.stop_words == ENGLISH.stop_words
