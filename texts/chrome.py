"""The words of page chrome: what buttons, menus, forms and adverts say. Evidence for `texts.furniture`.

English first, with the commonest words of German, French, Spanish and Italian pages.
"""

from __future__ import annotations

import re

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
    r"\bs[’']abonner|\bs[’']inscrire|\bsuscr[ií]be|\biscriviti",
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
    # what is sold
    r"\badvertise with us|\bsponsored (?:by|content)",
    r"\bper annum\b|£\s?\d+ (?:- £\s?\d+ )?per\b|\bjob widget|\bjobs general",
)

_LEGAL = (
    r"\b(?:site|we|website) uses? cookies",
    r"\baccept (?:all )?cookies|\bcookie (?:policy|preferences|settings)",
    r"\bprivacy (?:notice|policy)",
    r"\bterms (?:&|and) conditions|\bterms of (?:service|use)",
    r"\ball rights reserved|©|\(c\) (?:19|20)\d\d|\bcopyright (?:19|20)\d\d",
)

_BUTTONS = (
    r"(?:\d+ )?shares?(?::? ?\d+)?|tweet|retweet|pin it|copy link|react now|loading",
    r"read (?:also|more|next)|more stories|you may also like|trending now",
    r"advertisement|subscribe(?: now)?|sign (?:in|out|up)|log ?(?:in|out)",
    r"\d+ comments?|comments? ?\(\d+\)|add (?:a )?comment",
    r"anzeige|compartir|condividi|partager|publicidad|publicité|pubblicità|teilen|werbung",
)

_MENUS = (
    r"home|menu|search|about us|(?:my )?account|back|categories|close|contact(?: us)?|faqs?|help|more",
    r"next|previous|related|latest|trending|see also|day in a page|newsletters?|register|sponsored|cookies?",
    r"business|culture|jobs|news|opinion|politics|shop|sports?|travel|voices|weather",
    r"archives?|comments?|e-?mail|galler(?:ies|y)|photos?|print|save|tags?|topics?|videos?",
    r"facebook|instagram|linkedin|pinterest|reddit|twitter|whatsapp|youtube",
    r"accueil|inicio|startseite",
)

PHRASE = re.compile("|".join(_PHRASES), re.I)
"""How chrome speaks to its reader, anywhere in a paragraph."""

LEGAL = re.compile("|".join(_LEGAL), re.I)
"""What the foot of a page says, and books, letters and licences too. One of them proves nothing."""

BUTTON = re.compile(rf"(?:{'|'.join(_BUTTONS)})\s*[.…:»>]*", re.I)
"""What a button or a box says and hardly an author: for a whole paragraph."""

MENU = re.compile(rf"(?:{'|'.join(_MENUS)})\s*[:»>]*", re.I)
"""What a menu says, and now and then a heading: for a whole paragraph. One of them proves nothing."""
