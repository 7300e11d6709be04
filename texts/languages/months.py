"""The names of the months in the languages that are detected: alone, a date relates no two passages."""

from __future__ import annotations

from texts.typography import fold_word

_MONTHS = {
    "cs": """leden ledna unor unora brezen brezna duben dubna kveten kvetna cerven cervna cervenec cervence srpen srpna
        zari rijen rijna listopad listopadu prosinec prosince""",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "de": "januar janner februar feber marz april mai juni juli august september oktober november dezember",
    "el": """ιανουαριος ιανουαριου φεβρουαριος φεβρουαριου μαρτιος μαρτιου απριλιος απριλιου μαιος μαιου ιουνιος ιουνιου
        ιουλιος ιουλιου αυγουστος αυγουστου σεπτεμβριος σεπτεμβριου οκτωβριος οκτωβριου νοεμβριος νοεμβριου δεκεμβριος
        δεκεμβριου""",
    "en": "january february april june july august september october november december",  # may and march are words
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre",
    "fi": """tammikuu tammikuuta helmikuu helmikuuta maaliskuu maaliskuuta huhtikuu huhtikuuta toukokuu toukokuuta
        kesakuu kesakuuta heinakuu heinakuuta elokuu elokuuta syyskuu syyskuuta lokakuu lokakuuta marraskuu marraskuuta
        joulukuu joulukuuta""",
    "fr": "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "hu": "januar februar marcius aprilis majus junius julius augusztus szeptember oktober november december",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "no": "januar februar mars april mai juni juli august september oktober november desember",
    "pl": """styczen stycznia luty lutego marzec marca kwiecien kwietnia maj maja czerwiec czerwca lipiec lipca sierpien
        sierpnia wrzesien wrzesnia pazdziernik pazdziernika listopad listopada grudzien grudnia""",
    "pt": "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "ro": """ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie""",
    "ru": """январь января февраль февраля март марта апрель апреля май мая июнь июня июль июля август августа сентябрь
        сентября октябрь октября ноябрь ноября декабрь декабря""",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "tr": "ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik",
    "uk": """січень січня лютий лютого березень березня квітень квітня травень травня червень червня липень липня
        серпень серпня вересень вересня жовтень жовтня листопад листопада грудень грудня""",
}


def months(language: str) -> frozenset[str]:
    """The folded names of the months in the language with this code, with the case that dates put them in.

    None where the language is not known.
    """
    return frozenset(map(fold_word, _MONTHS.get(language, "").split()))
