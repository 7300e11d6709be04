"""A saved page of the web: its article, found by trafilatura (extra `html`), in the shape that the page gives it.

The library says which paragraphs belong to the article; how they look is read from the page itself. Its own
copy of them has lost the parts of poems and the numbers of lists. Nothing is fetched: it is given a string.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Sequence
from itertools import islice

from texts.lazy_pattern import lazy_pattern
from texts.load.blocks import Block, BlockKind, body_of_blocks
from texts.load.decode import decode
from texts.load.document import UTF_16_MARKS, Document, File, LoadError, need
from texts.load.markup import WebPage, page_of, with_newlines
from texts.load.stylesheets import Stylesheets, own_styles

MOST_LETTERS = 20_000_000
"""Of a page without pictures and programs, its tags included."""

MOST_TAGS_COMPARED = 20_000
"""Of a page about which trafilatura asks another program too; an article has a thousand."""

_HEAD = 1 << 14
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
# A saved page carries its pictures in addresses of megabytes.
_PICTURE = lazy_pattern(r"\bdata:[\w/+.-]+;[^\"'\s>)]*", re.IGNORECASE)
_BULK = lazy_pattern(r"<!--|-->|<(?P<end>/?)(?P<tag>script|style|svg)\b", re.IGNORECASE)
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "byl")
_ADDRESSES = ("og:url", "dc.identifier")
_WEB = lazy_pattern(r"https?://\S+", re.IGNORECASE)


def read(file: File) -> Document:
    """The document in a saved page; raises LoadError, also where the extra is missing."""
    whole = with_newlines(decoded(file))
    source = _without_bulk(whole)
    if len(source) > MOST_LETTERS:
        raise LoadError(f"{file.name} is too large for a page: {len(source) / 1e6:,.0f} MB; split it")
    page = page_of(source, file.name, Stylesheets(own_styles(whole)))
    blocks: Sequence[Block] = page.blocks
    title, author = _title(page), _author(page)
    if file.furniture:
        blocks = _article(source, page, file.name)
    body = body_of_blocks(blocks, file.name)
    return Document(body, title, author, _address(page))


def decoded(file: File) -> str:
    """The characters of a page: by the encoding asked for, its mark, what it says itself, else as a text file."""
    head = file.data[:_HEAD]
    marked = head.startswith((codecs.BOM_UTF8, *UTF_16_MARKS))
    said = None if marked or file.encoding else _CHARSET.search(head)
    if said:
        try:
            return decode(file.data, file.name, _web_name((said[1] or said[2]).decode("ascii", "replace")))
        except LoadError:  # it was saved in another one since
            pass
    return decode(file.data, file.name, file.encoding)


def _without_bulk(source: str) -> str:
    """The page without comments, programs, styles and drawings, which are most of it; what never ends stays."""
    pieces: list[str] = []
    done, begun, until = 0, 0, ""
    for found in _BULK.finditer(source):
        what = (found["end"] or "") + (found["tag"] or found[0]).lower()
        if until and what == until:
            pieces.append(source[done:begun])
            done, until = found.end(), ""
            if found["tag"]:
                done = source.find(">", done) + 1 or len(source)
        elif not until and what != "-->" and not found["end"]:
            begun, until = found.start(), "-->" if what == "<!--" else f"/{what}"
    return _PICTURE.sub("", "".join((*pieces, source[done:])))


def _web_name(encoding: str) -> str:
    """What browsers take a name for: most that say Latin-1 are cp1252, and nobody can say UTF-16 in ASCII."""
    name = encoding.lower()
    if name in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"):
        return "cp1252"
    return "utf-8" if name.startswith("utf-16") else name


def _article(source: str, page: WebPage, name: str) -> Sequence[Block]:
    """The blocks of the article; all of them where the library finds none."""
    try:
        from trafilatura import extract
    except ImportError as error:
        raise need("trafilatura", "html", "HTML") from error
    try:
        found = extract(
            _without_hidden(source, page),
            output_format="html",
            include_comments=False,
            include_formatting=True,
            include_tables=True,
            favor_recall=True,
            with_metadata=False,
            # A second opinion by jusText takes a time that grows with the square of the number of paragraphs.
            fast=source.count("<") > MOST_TAGS_COMPARED,
        )
    except Exception as error:  # whatever a broken page makes of a large library is no fault of the reader's
        raise LoadError(
            f"{name} is a page that no article can be found in: add it with --no-furniture"
        ) from error
    if not found:
        return page.blocks
    chosen = {id(block) for block in (*_chosen(page.blocks, page_of(found, name).blocks), *page.notes)}
    return [block for block in page.blocks if id(block) in chosen]


def _without_hidden(source: str, page: WebPage) -> str:
    """The source without what the page hides: the library would read it as words of the article."""
    pieces, done = list[str](), 0
    for start, end in page.hidden:
        pieces.append(source[done:start])
        done = max(start, end)
    return "".join((*pieces, source[done:]))


def _chosen(blocks: Sequence[Block], article: Iterable[Block]) -> Sequence[Block]:
    """The blocks that the article has, and what of the same kind stands between them."""
    in_order = [key for block in article for line in block.lines if (key := _letters(line))]
    lines = set(in_order)
    lines |= {unnumbered for key in lines if (unnumbered := _NUMBER.sub("", key))}
    longest = " ".join(lines)
    kept = [_belongs(block, lines, longest) for block in blocks]
    tables = _tables_in(blocks, kept, "".join(in_order))
    kept = [keep or id(block.group) in tables for block, keep in zip(blocks, kept, strict=True)]
    first = next((place for place, keep in enumerate(kept) if keep), None)
    if first is None:
        return blocks
    for place in range(
        len(blocks) - 2, first, -1
    ):  # the library drops those that are links or stand in a header
        kept[place] = kept[place] or (blocks[place].kind is BlockKind.HEADING and kept[place + 1])
    title = _title_above(blocks, first)
    if title is not None:
        kept[title] = True
    return [block for block, keep in zip(blocks, kept, strict=True) if keep]


def _belongs(block: Block, lines: set[str], all_lines: str) -> bool:
    """Whether most of a block's words are in the article, whose lines may be cut in other places."""
    sizes = [
        (
            len(key),
            key in lines or _NUMBER.sub("", key) in lines or (len(key) > 20 and _stands_in(key, all_lines)),
        )
        for key in map(_letters, block.lines)
    ]
    return sum(size for size, known in sizes if known) * 2 > sum(size for size, _ in sizes)


def _tables_in(blocks: Sequence[Block], kept: Sequence[bool], article: str) -> set[int]:
    """The tables of which the article has a row, if only in pieces: the library parts the lines of a cell."""
    return {
        id(block.group)
        for block, keep in zip(blocks, kept, strict=True)
        if block.kind is BlockKind.ROW
        and (keep or (len(key := _letters(block.lines[0])) > 3 and key in article))
    }


def _stands_in(key: str, all_lines: str) -> bool:
    """Whether a line stands in the article, up to a number of a page or the mark of a note inside it."""
    if key in all_lines:
        return True
    pieces = [
        key[at : at + _PIECE] for at in range(0, len(key) - _PIECE + 1, max(_PIECE, len(key) // _PIECES))
    ]
    return (
        len(pieces) > 2 and sum(piece in all_lines for piece in pieces) >= len(pieces) - 1 - len(pieces) // 4
    )


_PIECE, _PIECES = 16, 8
_NUMBER = lazy_pattern(r"(?:pg|page)?[\d²³¹⁰-⁹]+")
"""Of a page or a note."""


def _letters(line: str) -> str:
    return "".join(filter(str.isalnum, line)).casefold()


def _title_above(blocks: Sequence[Block], first: int) -> int | None:
    """The nearest main heading above the article, unless it begins with one."""
    for place in islice(range(first, -1, -1), 12):
        if blocks[place].kind is BlockKind.HEADING and blocks[place].level == 1:
            return place
    return None


def _title(page: WebPage) -> str:
    """What its headline says, else what it tells others to call it, else its `<title>`."""
    said = page.meta.get("og:title") or page.title
    heads = [" ".join(b.lines) for b in page.blocks if b.kind is BlockKind.HEADING and b.level == 1]
    in_title = [head for head in heads if _letters(head) and _letters(head) in _letters(said)]
    return max(in_title, key=len, default="") or said


def _author(page: WebPage) -> str:
    names = (page.meta.get(key, "").strip() for key in _AUTHORS)
    return next((name for name in names if name and not _WEB.match(name)), "")


def _address(page: WebPage) -> str:
    """The page's own address on the web; empty where it says none."""
    candidates = (page.canonical, *(page.meta.get(key, "") for key in _ADDRESSES))
    return next((address.strip() for address in candidates if _WEB.fullmatch(address.strip())), "")
