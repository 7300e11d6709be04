"""The words of page chrome: what buttons, menus, forms and adverts say. Evidence for `article`.

English first, with the commonest words of German, French, Spanish and Italian pages. All is in small letters, and so is
what it is held against: `re` takes four times as long to compile what ignores case.
"""

from __future__ import annotations

from texts.lazy_pattern import lazy_pattern

_PHRASES = (
    # letters and accounts
    r"unsubscrib",
    r"\bby subscribing",
    r"\bsubscribe (?:for|now|to (?:our|the)|today)",
    r"\byour inbox",
    r"\bsign (?:in|up) (?:for|here|now|to|today|with)\b",
    r"\bour (?:free )?newsletters?",
    r"\blog ?in to\b",
    r"\bcreate an account",
    r"\balready (?:a (?:member|subscriber)|have an account)",
    r"\bbecome a (?:member|subscriber)",
    r"\b(?:fund|support) (?:independent|our) journalism",
    r"\bdownload (?:our|the) app",
    r"\bdigital edition apps?",
    r"\bnewsletter abonnieren|\bjetzt (?:anmelden|abonnieren)",
    r"\bs[’']abonner|\bs[’']inscrire|\bsuscr[ií]b[ae]|\biscriviti",
    r"\b(?:melden|tragen) sie sich (?:hier|jetzt|kostenlos)|\bjetzt (?:bestellen|testen|registrieren)",
    r"\b(?:abonnez|inscrivez|connectez)-vous|\b(?:recevez|inscription à) (?:notre|nos|la) (?:newsletter|lettre)",
    r"\brecib[ea] (?:nuestr[ao]s?|el|la) (?:boletín|newsletter)|\b(?:ricevi|iscriviti a)[^.]{0,20} newsletter",
    # other pages, other readers
    r"\bclick(?:ing)? (?:here|on the|the link)",
    r"\b(?:find|follow|like) us on\b|\bfollow us$",
    r"\bread (?:also|more|next)\s*[:»>]",
    r"\blatest stories",
    r"\bmost (?:popular|read|shared|viewed)\b",
    r"\brelated (?:articles?|content|posts|stories|topics)\b",
    r"\byou (?:may|might) (?:also like|be interested)",
    r"\brecommended for you",
    r"\bmore (?:from|news|on this story|stories)\b(?!.*[.!?])",
    r"\bskip to (?:main )?(?:content|navigation)|\bback to top\b",
    r"\bshare (?:on|via)\b|\bshare this (?:article|page|post|story)\b",
    r"\bleave a (?:comment|reply)|\bpost a comment|\bview (?:all )?comments",
    r"\b(?:article|story) continues (?:after|below)|\bcontinue reading",
    r"\b\d+ minutes? (?:ago|read)\b",
    r"\b(?:artikel|beitrag|seite) (?:teilen|drucken|merken|empfehlen)\b|\bfolgen sie uns\b|\bmehr zum thema\b",
    r"\blesen sie (?:auch|mehr)\b|\bdas könnte sie auch\b|\bzurück (?:zur startseite|nach oben)\b",
    r"\bpartager (?:cet article|sur)\b|\bsuivez[- ]nous\b|\b(?:à )?lire aussi\b|\bsur le même (?:sujet|thème)\b",
    r"\bcompartir (?:en|este)\b|\bsíguenos\b|\blee también\b|\bte puede interesar\b|\bmás (?:leíd[ao]s|noticias)\b",
    r"\bcondividi (?:su|questo)\b|\bseguici\b|\bleggi anche\b|\bi più letti\b",
    # what is sold
    r"\badvertise with us|\bsponsored (?:by|content)",
    r"\bper annum\b|£\s?\d+ (?:- £\s?\d+ )?per\b|\bjob widget|\bjobs general",
)

_LEGAL = (
    r"\b(?:site|we|website) uses? cookies",
    r"\baccept (?:all )?cookies|\bcookie (?:policy|preferences|settings)",
    r"\bprivacy (?:notice|policy)",
    r"\bterms (?:&|and) conditions|\bterms of (?:service|use)",
    r"\bwir verwenden cookies|\bdatenschutz(?:erklärung|bestimmungen|hinweise)|\bnutzungsbedingungen\b",
    r"\butilis(?:e|ons) des cookies|\bmentions légales|\b(?:politique|règles) de confidentialité",
    r"\b(?:utiliza(?:mos)?|usa(?:mos)?) cookies|\baviso legal|\bpolítica de (?:cookies|privacidad)",
    r"\balle rechte vorbehalten|\btous droits réservés|\btodos los derechos reservados|\btutti i diritti riservati",
    r"\ball rights reserved|©|\(c\) (?:19|20)\d\d|\bcopyright (?:19|20)\d\d",
)

_BUTTONS = (
    r"(?:\d+ )?shares?(?::? ?\d+)?|tweet|retweet|pin it|copy link|react now|loading",
    r"read (?:also|more|next)|more stories|you may also like|trending now",
    r"advertisement|subscribe(?: now)?|sign (?:in|out|up)|log ?(?:in|out)",
    r"\d+ comments?|comments? ?\(\d+\)|add (?:a )?comment",
    r"anzeige|artikel teilen|drucken|(?:jetzt )?abonnieren|merken|teilen|weiterlesen|werbung|zur startseite",
    r"envoyer (?:par e-?mail|à un ami)|imprimer|lire la suite|partager|publicité|réagir|s[’']abonner",
    r"compartir|iniciar sesión|imprimir|leer más|publicidad|suscr[ií]bete|suscribirse",
    r"abbonati|accedi|condividi|leggi tutto|pubblicità|stampa",
)

_MENUS = (
    r"home|menu|search|about us|(?:my )?account|back|categories|close|contact(?: us)?|faqs?|help|more",
    r"next|previous|related|latest|trending|see also|day in a page|newsletters?|register|sponsored|cookies?",
    r"business|culture|jobs|news|opinion|politics|shop|sports?|travel|voices|weather",
    r"archives?|comments?|e-?mail|galler(?:ies|y)|photos?|print|save|tags?|topics?|videos?",
    r"facebook|instagram|linkedin|pinterest|reddit|twitter|whatsapp|youtube",
    r"anmelden|datenschutz|feuilleton|impressum|kommentare|kontakt|meinung|politik|startseite|suche|über uns",
    r"accueil|à propos|commentaires|contact|économie|mentions légales|plan du site|politique|rechercher|se connecter",
    r"aviso legal|buscar|comentarios|contacto|deportes|economía|inicio|opinión|política|quiénes somos",
    r"cerca|chi siamo|commenti|contatti|cronaca|economia|politica",
)

PHRASE = lazy_pattern("|".join(_PHRASES))
"""How chrome speaks to its reader, anywhere in a paragraph."""

LEGAL = lazy_pattern("|".join(_LEGAL))
"""What the foot of a page says, and books, letters and licences too. One of them proves nothing."""

BUTTON = lazy_pattern(rf"(?:{'|'.join(_BUTTONS)})\s*[.…:»>]*")
"""What a button or a box says and hardly an author: for a whole paragraph."""

MENU = lazy_pattern(rf"(?:{'|'.join(_MENUS)})\s*[:»>]*")
"""What a menu says, and now and then a heading: for a whole paragraph. One of them proves nothing."""
