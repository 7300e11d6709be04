"""What says that a number is that of a page, as books and programs write it in many languages."""

from __future__ import annotations

_IN_FULL = (
    "page|seite|p[aáà]gina|bladzijde|sida|sivu|lehekülg|lappuse|puslapis|strona|strana|stránka|stranica|oldal|faqja"
    "|страница|страніца|сторінка|страна|σελίδα|sayfa|səhifə|halaman|trang|صفحة|صفحه|עמוד|पृष्ठ|หน้า"
)
_IN_SHORT = r"pgs?|pp?|p[aá]gs?|ss?|side|sid|str|blz|bl|blatt|old|стр|стор|сс?|σελ|σ|ص|עמ|fols?|folio|ff?"

PAGE = rf"(?:{_IN_FULL})\s*+"
"""Before the number of a page, and hardly before another."""
PAGE_ABBREVIATED = rf"(?:(?:{_IN_FULL}|{_IN_SHORT})(?:\.\s*|\s+|(?=[\d#])|(?<=pg))|第\s*)"
"""Likewise for a number in a margin or at the edge of pages; `six` is none of `s` and `ix`."""
AFTER_PAGE = r"(?:\s*(?:页|頁|ページ|쪽|페이지)|\.\s*oldal)"
OF = r"(?:/|of|von|de|di|sur|van|av|af|z|ze|из|з|od|共|[/,，、]\s*共)"
"""Before the count of all pages."""
