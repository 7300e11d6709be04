"""Short lists of words, folded, by which names are distinguished from other words in capitals."""

from __future__ import annotations


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


TITLES = _words(
    """
    mr mrs ms miss dr sir madam president prime minister premier chancellor senator congressman congresswoman secretary
    ambassador governor mayor judge justice general colonel major captain lieutenant sergeant admiral ayatollah grand
    imam sheikh sheik rabbi king queen prince princess emperor empress sultan tsar czar pope bishop archbishop cardinal
    reverend rev father brother sister saint st professor prof chairman deputy former republican democrat democratic
    """
)
"""Words that stand before a name and are no part of it."""

INSTITUTIONS = _words(
    """
    state states office ministry department house council republic kingdom university bank court church league union
    army party institute academy college board bureau commission committee federation bay gulf isle cape sea battle
    treaty city society temple organisation organization
    """
)
"""Words after which `of` goes on with the name: Office of Security Cooperation."""

CALENDAR = _words(
    """
    january february march april may june july august september october november december jan feb mar apr jun jul aug
    sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays
    fridays saturdays sundays mon tue tues wed thu thur thurs fri sat sun christmas easter
    """
)
"""Words with a capital that name a time."""

OPENINGS = _words(
    """
    alas amen behold canst hail hark hither hitherto lo nay o oh thither whatsoever wherefore whither whomsoever
    whosoever woe yea
    """
)
"""Words that begin a sentence or speech and are no names, rare as they are in other places."""

PARTICLES = _words("abu bin ibn ben bint de del della der di du la le ten ter van von zu al el")
"""Small words inside a name: Ludwig van Beethoven."""

BEFORE_GROUPS = _words(
    "a an the these those many most some few all both other more two three hundred thousand million fellow"
)
"""Words before the name of a group, and not before that of a person."""

PARTS_OF_PLACES = _words(
    "north south east west northern southern eastern western middle far near new upper lower central"
)
"""Words that make another place of a place: South Korea."""

DERIVING = _words("a e i o y s ia ie ian an n ish ese ic ite ites")
"""Endings that make another name of a name: Iraq–Iraqi, Paul–Paula."""

POSSESSIVES = _words(
    """
    ein eine eines einem einen einer kein keine keines keinem keinen keiner mein meine meines meinem meinen meiner dein
    deine deines deinem deinen deiner sein seine seines seinem seinen seiner ihr ihre ihres ihrem ihren ihrer unser
    unsere unseres unserem unseren unserer unsre unsrer euer eure eures eurem euren eurer jede jedes jedem jeden jeder
    am im ans ins zum zur vom beim aufs durchs furs ubers zwei drei vier funf sechs sieben acht neun zehn zween zwo zwey
    a an his her its my thy our your their every each no
    """
)
"""What stands before nouns, seldom before names, and never alone, in German and in English."""

DETERMINERS = POSSESSIVES | _words(
    """
    der die das des dem den dies diese dieses diesem diesen dieser jene jenes jenem jenen jener welche welches welchem
    welchen welcher alle alles allem allen aller viel viele vielen vieler wenig wenige wenigen manche manchen solche
    solches solchem solchen solcher etwas nichts
    the this that these those any some such what which
    """
)
"""Those, and articles, which may also stand for a noun: `den Jesus lieb hatte`."""

SAYING = _words(
    """
    sagt sagte sagten sprach sprachen spricht antwortet antwortete antworteten fragte fragten fragt erklarte erklart
    betonte meinte rief erzahlte schrieb schreibt heisst hiess namens genannt
    said says replied answered asked called named
    """
)
"""What someone does whose name stands beside it."""

GERMAN_TITLES = _words(
    """
    herr herrn frau fraulein konig konigin kaiser kaiserin prasident prasidentin kanzler kanzlerin bundeskanzler
    bundeskanzlerin minister ministerin papst bischof erzbischof kardinal prophet apostel graf grafin furst herzog
    professor doktor pater schwester bruder onkel tante general oberst hauptmann richter burgermeister sankt
    """
)
"""Words that stand before a name in German, folded; some of them are surnames elsewhere."""

GERMAN_COUNTRIES = _words(
    """
    agypten afghanistan amerika arabien belgien brasilien bulgarien china danemark deutschland england europa frankreich
    griechenland indien irak iran irland israel italien japan jordanien kanada kroatien kuba libanon libyen marokko
    mexiko niederlande norwegen osterreich pakistan palastina polen portugal preussen rom rumanien russland schottland
    schweden schweiz serbien sowjetunion spanien syrien turkei ukraine ungarn usa
    """
)
"""Countries as German names them, folded."""
