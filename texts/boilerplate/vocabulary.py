"""The words of page chrome: what buttons, menus, forms and adverts say. Evidence for `article`.

English first, with the commonest words of German, French, Spanish and Italian pages. All is in small letters, and so is
what it is held against: `re` takes four times as long to compile what ignores case.
"""

from __future__ import annotations

from texts.lazy_pattern import lazy_pattern

_PHRASES = (
    # letters and accounts
    r"by subscribing",
    r"subscribe (?:for|now|to (?:our|the)|today)",
    r"your inbox",
    r"sign (?:in|up) (?:for|here|now|to|today|with)\b",
    r"our (?:free )?newsletters?",
    r"log ?in to\b",
    r"create an account",
    r"already (?:a (?:member|subscriber)|have an account)",
    r"become a (?:member|subscriber)",
    r"(?:fund|support) (?:independent|our) journalism",
    r"download (?:our|the) app",
    r"digital edition apps?",
    r"newsletter abonnieren|jetzt (?:anmelden|abonnieren)",
    r"s[’']abonner|s[’']inscrire|suscr[ií]b[ae]|iscriviti",
    r"(?:melden|tragen) sie sich (?:hier|jetzt|kostenlos)|jetzt (?:bestellen|testen|registrieren)",
    r"(?:abonnez|inscrivez|connectez)-vous|(?:recevez|inscription à) (?:notre|nos|la) (?:newsletter|lettre)",
    r"recib[ea] (?:nuestr[ao]s?|el|la) (?:boletín|newsletter)|(?:ricevi|iscriviti a)[^.]{0,20} newsletter",
    # other pages, other readers
    r"click(?:ing)? (?:here|on the|the link)",
    r"(?:find|follow|like) us on\b|follow us$",
    r"read (?:also|more|next)\s*[:»>]",
    r"latest stories",
    r"most (?:popular|read|shared|viewed)\b",
    r"related (?:articles?|content|posts|stories|topics)\b",
    r"you (?:may|might) (?:also like|be interested)",
    r"recommended for you",
    r"more (?:from|news|on this story|stories)\b(?!.*[.!?])",
    r"(?:skip past|after) (?:the )?newsletter (?:promotion|sign-?up)|enter your e-?mail\b",
    r"(?:daily|weekly|free|morning) newsletters?\b(?!.*[.!?])",
    r"skip to (?:main )?(?:content|navigation)|back to top\b",
    r"share (?:on|via)\b|share this (?:article|page|post|story)\b",
    r"leave a (?:comment|reply)|post a comment|view (?:all )?comments",
    r"(?:article|story) continues (?:after|below)|continue reading",
    r"\d+ minutes? (?:ago|read)\b",
    r"(?:artikel|beitrag|seite) (?:teilen|drucken|merken|empfehlen)\b|folgen sie uns\b|mehr zum thema\b",
    r"lesen sie (?:auch|mehr)\b|das könnte sie auch\b|zurück (?:zur startseite|nach oben)\b",
    r"partager (?:cet article|sur)\b|suivez[- ]nous\b|(?:à )?lire aussi\b|sur le même (?:sujet|thème)\b",
    r"compartir (?:en|este)\b|síguenos\b|lee también\b|te puede interesar\b|más (?:leíd[ao]s|noticias)\b",
    r"condividi (?:su|questo)\b|seguici\b|leggi anche\b|i più letti\b",
    # what is sold
    r"advertise with us|sponsored (?:by|content)",
    r"per annum\b|job widget|jobs general",
)

_LEGAL = (
    r"(?:site|we|website) uses? cookies",
    r"accept (?:all )?cookies|cookie (?:policy|preferences|settings)",
    r"privacy (?:notice|policy)",
    r"terms (?:&|and) conditions|terms of (?:service|use)",
    r"wir verwenden cookies|datenschutz(?:erklärung|bestimmungen|hinweise)|nutzungsbedingungen\b",
    r"utilis(?:e|ons) des cookies|mentions légales|(?:politique|règles) de confidentialité",
    r"(?:utiliza(?:mos)?|usa(?:mos)?) cookies|aviso legal|política de (?:cookies|privacidad)",
    r"alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|tutti i diritti riservati",
    r"all rights reserved|copyright (?:19|20)\d\d",
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

_ANYWHERE = "|".join((r"unsubscrib", r"£\s?\d+ (?:- £\s?\d+ )?per\b"))
_LEGAL_ANYWHERE = "|".join((r"©", r"\(c\) (?:19|20)\d\d"))
"""What need not begin with a word: `re` soon sees where a word begins, and of what begins so which may be there."""

PHRASE = lazy_pattern(rf"\b(?:{'|'.join(_PHRASES)})|{_ANYWHERE}")
"""How chrome speaks to its reader, anywhere in a paragraph."""

LEGAL = lazy_pattern(rf"\b(?:{'|'.join(_LEGAL)})|{_LEGAL_ANYWHERE}")
"""What the foot of a page says, and books, letters and licences too. One of them proves nothing."""

BUTTON = lazy_pattern(rf"(?:{'|'.join(_BUTTONS)})\s*[.…:»>]*")
"""What a button or a box says and hardly an author: for a whole paragraph."""

MENU = lazy_pattern(rf"(?:{'|'.join(_MENUS)})\s*[:»>]*")
"""What a menu says, and now and then a heading: for a whole paragraph. One of them proves nothing."""
