"""Whether a capital with a full stop is the initial of a name: `J. Le Goff`, but `la vitamine C. Le médecin`.

What follows tells it, a word that begins sentences rather than names, and what stands before, a word for what letters
name. The words are the commonest that open a sentence: pronouns, conjunctions, adverbs, prepositions, and in a list of
their own those that open surnames too, which count before a small letter only. Without those that are surnames of many.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from texts.lazy_pattern import lazy_pattern


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


_OPENERS: Mapping[str, str] = MappingProxyType(
    {
        "af": "as daar dan dit dis een ek en hier hulle hy maar ons sy toe",
        "be": "а але бо гэта гэты ён калі не потым што яна яно яны як",
        "bg": "а ако без все да до докато дори за защо защото и или как като когато кой след със сега само така "
        "там те тези това тогава той този тук тя на но обаче от още пак по после при с че ще",
        "ca": "això així aleshores amb aquest aquesta aquests ara cada com després doncs durant ell ella ells en "
        "encara era és fins ha hi i ja mai mentre molts ni no només o on per perquè però quan què qui segons sense "
        "també tots un una",
        "cs": "a aby ale ani až bez byl byla bylo co dnes do i já jak jako je jeho její jejich jen jenže jestli "
        "jestliže ještě každý kde kdo když která které který mezi mnoho může my na nad nebo neboť nejprve není než "
        "nic nikdo nikdy o od on ona oni ono opět pak po pod podle pokud potom pouze pro proč proto protože před "
        "přesto při s se ta tady tak také takže tam tato teď tedy ten tento teprve to toto tu u už v však ve vše "
        "všechno všichni vždy z za zatímco zde ze že",
        "da": "af alle alt at blandt blev da der derefter derfor det dette disse dog du efter eller en er et for "
        "fordi fra før gennem han hans har her hun hvad hvis hvor hvordan hvorfor i ifølge ikke ingen jeg kun man "
        "mange med men mens nogle nu når og også om på selv siden som så til under var ved vi",
        "de": "aber alle als also am auch auf aus bei beide bis da dabei dafür daher damals damit danach dann "
        "daran darauf darin darum darüber das dass davon dazu denn dennoch der deshalb die dies diese dieser "
        "dieses doch dort durch ein eine einer einige er erst es für heute hier ihr ihre im immer in inzwischen "
        "ist jede jeder jedes jedoch jetzt kein keine man manche manchmal mit nach nachdem nicht nichts niemand "
        "noch nun nur ob obwohl oder oft ohne seine seit sie so sobald somit sonst später statt trotz trotzdem um "
        "und unter viele vielleicht vor während war warum was weil welche wenn wer wie wir wird wo zuerst zwar "
        "zwischen",
        "el": "αλλά αν αυτή αυτό αυτός αυτοί για γιατί δεν είναι ενώ επίσης έτσι η ήταν θα και κάθε κι μετά με μην "
        "να ο οι όλα όμως όπως όταν ούτε πριν σε στη στην στο στον τα τη την το τον του τότε τώρα ύστερα χωρίς "
        "ωστόσο",
        "es": "además ahora algunas algunos allí antes apenas aquel aquella aquí así aun aún aunque cada casi como "
        "con cuando cuanto desde después donde durante él ella ellas ellos en entonces entre era es esa ese eso "
        "esta este esto estas estos fue hasta hay hoy incluso luego mientras muchas muchos nadie ningún no nunca "
        "para pero por porque pues que quien quizá se según si siempre sin sobre solo sólo su sus también tampoco "
        "todas todavía todo todos tras un una unas unos usted y ya yo",
        "et": "aga ega ei ja ka kas kes kui kuid kuidas ma me mis need nad nii nüüd oli on see seal selle siin "
        "siis siiski ta tema too vaid",
        "fi": "ei eikä en ennen hän he ja jo jokainen jos joten kaikki koska kuitenkin kun kuten me mikä missä "
        "mitä mutta myös myöhemmin ne niin nyt nämä oli on se sen sekä siellä siis siksi silloin sitten tai tämä "
        "tässä vaikka vain vasta",
        "fr": "ainsi alors après aucun aucune aussi avant avec ce cela celle celles celui cependant ces cet cette "
        "ceux chacun chacune chaque comme comment dans depuis dès donc elle elles en encore enfin ensuite est et "
        "ici il ils jamais je lorsque mais malgré nous on où par parce parfois pendant peut plusieurs pour "
        "pourquoi pourtant puis puisque quand quant que quel quelle quelles quels qui quoique sans selon seule "
        "seulement si sinon sous souvent tandis tous toutefois toutes un une voici voilà vous y",
        "gl": "a así como cando con despois el ela elas eles en entón era esta este iso isto máis non o para pero "
        "por porque se tamén un unha",
        "hr": "a ako ali bez bila bio da dakle do dok gdje i ili ipak iz ja jer još kad kada kako kod koji kroz "
        "međutim mi na nakon ne nego ni nije ništa o od on ona onda oni ono osim ova ovaj ovo po pod poslije posle "
        "potom prema pri s sa sada samo se stoga svaki svi tada tako taj ta te to u uz za zato zatim",
        "hu": "a az ahol ahogy aki akkor ám ami amikor de egy először én és ez ezek ezért ezután ha hanem hiszen "
        "hogy igen itt így később már mert mi mikor mint most nem ott ő ők pedig sem sok tehát utána viszont",
        "id": "ada agar akhirnya bahwa bila dalam dan dari demikian dengan dia hanya ia ini itu jadi jika kami "
        "karena kemudian ketika kita lalu maka mereka namun oleh pada saat saya sebab sehingga selain sementara "
        "setelah tetapi tidak untuk yang",
        "is": "ef en ég hann hún nú og síðan svo það þar þá þegar þeir þessi þetta þær",
        "it": "adesso allora ancora anche anzi appena altri altre così come con dopo dove dunque durante e ecco ed "
        "egli ella era esso essa essi finalmente fino forse fu già ha ho i il in infatti infine inoltre intanto "
        "invece io loro lui ma mentre nel nella nelle nei nello nessuno noi non ogni oggi ora per perché però poi "
        "poiché prima qualche qualcuno quando quanto quasi quel quella quelle quelli quello questa queste questi "
        "questo qui quindi se sebbene sempre senza si sia solo sono sotto spesso su subito sul sulla tra tutta "
        "tutte tutti tutto tuttavia un una uno voi è",
        "la": "ab ad at atque aut cum deinde ecce ergo et ex haec hic hoc iam igitur ille in inde ita nam nec "
        "neque nihil nisi non nunc omnes omnia per post postea quae quia quid quod qui sed si sic sicut tum tunc "
        "ubi ut",
        "nl": "als alle alleen alles bij bovendien daar daarna daarom dan dat deze die dit dus door echter een "
        "eerst en er geen haar had heeft hier hij hoe hoewel hun ik iedereen is kan maar men met mijn misschien na "
        "naar nadat niemand niet niets nog nooit nu of om omdat ook sinds sommige soms toch toen tot totdat tussen "
        "vaak vanaf veel voor waar waarom wanneer want was wat we wel werd wie wij wordt ze zelfs zij zijn zo "
        "zoals zodra zonder zou",
        "no": "alle alt at av ble da der deretter derfor det dette disse du eg ein eit eller en er et etter for "
        "fordi fra før gjennom han hans har her ho hun hva hvis hvor hvordan hvorfor i ifølge ikke ikkje ingen jeg "
        "kun man mange med men mens noen nå når og også om på selv siden som så til under var ved vi",
        "pl": "a aby ale albo ani bez bo był była było być choć co czasem czy często dla dlaczego dlatego do "
        "dopiero dziś gdy gdyby gdzie i ich ja jak jako jednak jeden jedna jego jej jest jestem jeszcze jeśli "
        "jeżeli już każdy kiedy kto która które który lecz mimo między może można my na nad nagle najpierw "
        "natomiast nawet nie nigdy nikt o obok od on ona one oni ono oraz oto po pod podczas ponieważ poza potem "
        "przed przez przy są się również stąd ta tak także tam te tego ten teraz to trzeba tu tutaj tylko tym u w "
        "wcześniej we wiele więc wkrótce wszyscy wszystko wtedy z za zaś zatem zawsze ze że żaden",
        "pt": "a ainda agora além algumas alguns ali ambos antes ao aos após apenas aquela aquele aqui assim até "
        "cada com como contudo depois desde dessa desse desta deste disso durante e é ela elas ele eles em embora "
        "enquanto então entre era essa essas esse esses esta estas este estes eu foi há hoje isso isto já lá logo "
        "mais mas mesmo muitos na não nas nem nenhum ninguém no nos nós nunca o onde ou para pela pelo pois por "
        "porém porque quais qual quando quanto que quem se segundo sem sempre seu seus só sob sobre sua suas "
        "também todas todavia todos tudo um uma uns você",
        "ro": "acesta această aceasta aceste acestea acolo acum aici astfel atunci când căci ce cine cu cum dacă "
        "dar deci deoarece deși după ea ei el ele era este eu fără iar în însă mulți nici nimeni noi nu o pe "
        "pentru prin se sub și sunt toate toți totuși un una unde",
        "ru": "а в вдруг ведь все всё вот впрочем где да даже для до если есть его её ему ещё еще за затем здесь и "
        "из или именно иногда их к каждый как какой когда кроме кто лишь мы на над надо не него нельзя нет ни "
        "никто но о об оба однако он она они оно опять от очень перед по под поэтому пока после потом потому "
        "почему почти при про с сегодня сейчас сначала снова со спустя так также такой там тем теперь то тогда "
        "тоже только тот тут ты у уже хотя чем через что чтобы эта эти это этот этого я",
        "sk": "a aby aj ak ako ale alebo ani avšak až bez bol bola bolo čo do dnes ešte iba ich ja jeho jej každý "
        "kde keď keby ktorá ktorý kto len lebo medzi my na nad najprv nie nič nikdy nikto o od on ona oni ono opäť "
        "po pod podľa pokiaľ potom pre prečo preto pretože pred predsa pri s sa ten tento tá táto tak takže tam "
        "teda teraz to toto tu už v však všetci všetko vtedy z za zatiaľ že",
        "sl": "a ali brez da do in iz je kako ker ki kje ko medtem na nato ne ni o ob od on ona oni ono pa po pod "
        "potem pred pri se so ta tako tam te to toda tudi v vendar vse vsi z za zato zdaj že",
        "sr": "а ако али без био била да дакле до док где и или ипак из ја јер још кад када како код који кроз "
        "међутим ми на након не него ни није ништа о од он она онда они оно осим ова овај ово по под после потом "
        "према при с са сада само се стога сваки сви тада тако тај та те то у уз за зато затим",
        "sv": "alla allt att av bara bland både denna dessa det detta då där därefter därför efter eftersom ej "
        "eller en endast enligt ett från för före genom han hans har hon hur här i ibland inga ingen inte jag "
        "kanske man med medan men mot många när nu någon några och också om på redan sedan som så till trots under "
        "utan var varför varje vem vi vid vilken är även",
        "tr": "ama ancak ayrıca belki bu bugün bunlar bunun çünkü fakat o onlar onun sonra şimdi ve",
        "uk": "а або але бо був була було в вже ви від він вона вони воно все всі де для до за зараз з зі і із "
        "його її їх кожен коли крім ми на над навіть не ні ніхто однак отже перед по під після потім про раптом "
        "саме сьогодні так також там те тепер тим тоді то тому тут у хоча хто це ця ці цей через чи що щоб як який "
        "якщо я",
    }
)  # fmt: skip
_OPENERS_OF_NAMES_TOO: Mapping[str, str] = MappingProxyType(
    {
        "af": "die",
        "ca": "al del el els la les",
        "da": "de den",
        "es": "al el la las lo los mi mis",
        "fr": "au aux de des du la le les leur leurs ma mes mon nos notre sa ses son votre",
        "gl": "as os",
        "it": "al alla da dal dalla dei del della delle gli la le lo",
        "nl": "de het in",
        "no": "de dei den",
        "pt": "as os",
        "ro": "la",
        "sv": "de den",
    }
)
"""`Le Goff`, but `Le médecin`."""
_SAME_AS = MappingProxyType({"mk": "bg"})
_INSIDE_NAMES = frozenset(["den", "der", "la", "las", "le", "los", "van"])
"""What stands in small letters inside a surname: `De la Torre`."""

_LETTERED = _words(
    "bokstav bogstav buchstab epatit hepatit lletra písmen vitamin vitamiin vitamín witamin букв витамин вітамін "
    "гепатит"
)
_LONGEST_ENDING = 3
_LONGEST_SHORTENED = 8
_LETTERS = _words(
    "letra letter lettera lettre liter litera literą literę litery literze літера літери літеру литера"
)
"""Whole words: `letters J. S. Bach wrote` are of another kind, and a `literat` is a person."""
_LETTERED_IN_PHRASES = _words(
    "anexo anexos anlage annex annexe annexes appendice appendix bijlage bilag bilaga bloc bloco bloque categoria "
    "categorie categoría catégorie classe clase groep groupe gruppe gruppo grupo grup grupp kategori kategorie "
    "klass klasse ligne lijn linea linie linje línea opción option opzione pla plan plano point ponto "
    "punkt punt punto secció section sezione seria serie série sèrie tip tipo typ type variant variante zon zona "
    "zone"
)
"""What is named by one of the first letters. In a language that says `plan J. Nováka` for a plan of his, they tell
nothing; nor does any letter behind them, as a group has a name too: `el grupo J. Pérez`."""
_FIRST_LETTERS = "ABCDEF"
_PHRASED = frozenset(["af", "ca", "da", "de", "es", "fr", "gl", "it", "nl", "no", "pt", "ro", "sv"])

_MARK = r"(?:(?![।॥])[\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0dff](?<!\w))"
_LETTER = rf"[^\W\d_]{_MARK}*(?:(?<=[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0c4d\u0ccd\u0d4d])[^\W\d_]{_MARK}*)*"
"""A letter with its marks, or several that a virama makes one."""
_UNCASED = lazy_pattern("[\u0590-\u08ff\u0900-\u139f\u1780-\u17ff]")
"""Scripts without capitals that set full stops behind initials: from Hebrew to Sinhala, Georgian, Amharic and Thai."""
_ENDS_ACRONYM = lazy_pattern(r"""[\u05d0-\u05ea]["'״׳’”]$""")
"""What stands before the last letter of צה״ל."""
_STOPS_ONLY_SHORTEN = frozenset(["am", "bo", "km", "lo", "my", "th", "ti"])
"""Languages that end no sentence with a full stop."""
_ONE_LETTER = lazy_pattern(_LETTER)
_LETTERS_WITH_STOPS = lazy_pattern(rf"(?:{_LETTER}\.)+{_LETTER}")
_FIRST_IS_SHORTENED = lazy_pattern(rf"\s*(?:{_LETTER}|[^\s.]{{1,4}}\.\s?{_LETTER})\.")
_LONG_VOWEL = lazy_pattern(
    "[\u0906\u0908\u090a\u090f\u0910\u0913\u0914\u093e\u0940\u0942\u0945-\u094c"  # Devanagari, then as it is ordered
    "\u0986\u0988\u098a\u098f\u0990\u0993\u0994\u09be\u09c0\u09c2\u09c7-\u09cc"
    "\u0a86\u0a88\u0a8a\u0a8d-\u0a94\u0abe\u0ac0\u0ac2\u0ac5-\u0acc"
    "\u0b86\u0b88\u0b8a\u0b8f\u0b90\u0b93\u0b94\u0bbe\u0bc0\u0bc2\u0bc7\u0bc8\u0bcb\u0bcc"
    "\u0c06\u0c08\u0c0a\u0c0f\u0c10\u0c13\u0c14\u0c3e\u0c40\u0c42\u0c47\u0c48\u0c4b\u0c4c"
    "\u0c86\u0c88\u0c8a\u0c8f\u0c90\u0c93\u0c94\u0cbe\u0cc0\u0cc2\u0cc7\u0cc8\u0ccb\u0ccc"
    "\u0d06\u0d08\u0d0a\u0d0f\u0d10\u0d13\u0d14\u0d3e\u0d40\u0d42\u0d47\u0d48\u0d4b\u0d4c]"
)
"""A vowel that words of one letter have in India: `வா.` ends a sentence, `மு.` is an initial."""
_LETTERED_UNCASED = tuple(
    _words(
        "سورة יום כיתה כתה סעיף פרק חלק תוכנית תכנית ויטמין קבוצה שלב נספח כרך ליגה פסקה מסלול وثيقة فيتامين الخطة خطة "
        "المجموعة مجموعة البند الفقرة القسم ვიტამინი გეგმა ჯგუფი კლასი"
    )
)

_FOLLOWING = lazy_pattern(r"(\w+)(?:(['’])(?=\w)|(\.)|-(\w)|\s+(\w+))?")
_INITIAL = lazy_pattern(r"[^\W\d_]\.")
_BEFORE = lazy_pattern(r"""(\w+)[.’'"»”]*\s+\w$""")
"""The word before a letter; none where a colon or a bracket says that the letter counts: `deux voies : A. Le…`"""


@cache
def _words_of(language: str) -> tuple[frozenset[str], frozenset[str]]:
    tables = _OPENERS, _OPENERS_OF_NAMES_TOO
    always, small = (table.get(_SAME_AS.get(language, language), "") for table in tables)
    return _words(always), _words(small)


def has_openers(language: str) -> bool:
    """Whether words are known that open sentences in a language."""
    return _SAME_AS.get(language, language) in _OPENERS


def ends_with_letter(before: str, after: str, language: str) -> bool:
    """Whether a sentence ends with the single capital at the end of `before`, a full stop and `after` behind it."""
    naming = _BEFORE.search(before)
    if naming is None:
        return False
    if opens_sentence(after, language):
        return True
    return not _INITIAL.match(after) and _is_named_by_letter(naming[1].casefold(), before[-1], language)


def is_uncased_initial(before: str, word: str, after: str, language: str) -> bool:
    """Whether a word before a full stop is one or several initials, in a script without capitals: ש. עגנון, கி.மு.

    `before` ends with the word. In India a letter with a long vowel is a word too, so that only its place tells.
    """
    if not _UNCASED.match(word) or _ENDS_ACRONYM.search(before[: -len(word)]):
        return False
    if language in _STOPS_ONLY_SHORTEN:
        return len(word) <= _LONGEST_SHORTENED
    if not _ONE_LETTER.fullmatch(word):
        return _LETTERS_WITH_STOPS.fullmatch(word) is not None
    words = before.split()
    if len(words) < 2 or words[-2].endswith(".") or _FIRST_IS_SHORTENED.match(after):
        return True
    return not (words[-2].endswith(_LETTERED_UNCASED) or _LONG_VOWEL.search(word))


def opens_sentence(after: str, language: str) -> bool:
    """Whether what follows begins with a word that opens sentences, and no name."""
    following = _FOLLOWING.match(after)
    if following is None:
        return False
    word, apostrophe, stop, joined, then = following.groups()
    if stop:
        return False
    if apostrophe:  # Qu’il, L’enfant, but L’Hôpital
        return after[following.end()].islower() and language in ("ca", "fr", "it")
    name = word.casefold()
    always, small = _words_of(language)
    if joined:
        return joined.islower() and name in always
    return name in always or (
        name in small and then is not None and then[0].islower() and then not in _INSIDE_NAMES
    )


def _is_named_by_letter(word: str, letter: str, language: str) -> bool:
    """Whether a word is one for what letters name, this one too: vitamins, plans, letters themselves."""
    if word in _LETTERS or (
        word in _LETTERED_IN_PHRASES and letter in _FIRST_LETTERS and language in _PHRASED
    ):
        return True
    return any(word.startswith(stem) and len(word) - len(stem) <= _LONGEST_ENDING for stem in _LETTERED)
