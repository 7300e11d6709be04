"""Markdown for notes programs: words stay words, tags can be used as tags, and links lead to their other end."""

from __future__ import annotations

import re
from html import unescape

import pytest
from entries import AT, highlight_entry, text_entry
from exported import exported
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from store.exchange.archive import (
    Archive,
    HighlightEntry,
    LinkEntry,
    NoteEntry,
    TagEntry,
    TextEntry,
)
from store.exchange.foreign import kept_apart
from store.exchange.markdown import markdown_escaping, markdown_highlights
from store.exchange.render_model import anchor
from store.records import Anchor
from texts.visible import visible

BODY = "A headline\n\nIt is *not* said\nthat [he] went.\n\nThe second one answers it."
HOSTILE = "# no heading\n<script>x</script> ](javascript:1) `code` $$ [[x]] ::"


def text(slug: str, body: str = BODY, **names: str) -> TextEntry:
    return text_entry(slug, body, **names)


def folder(archive: Archive) -> dict[str, bytes]:
    return {name: b"".join(content) for name, content in markdown_highlights.folder(archive)}


def highlight(uid: str, slug: str, start: int, end: int, **changes: object) -> HighlightEntry:
    return highlight_entry(uid, slug, BODY, (start, end), **changes)


ARCHIVE = Archive(
    texts=(text("left", author="A. Author"), text("right")),
    tags=(TagEntry("actor/sistani", "orange", "S", "the cleric"), TagEntry("war & peace", "sky", "W")),
    highlights=(
        highlight("one", "left", 12, 44, tags=("actor/sistani", "war & peace"), note="See **here**.", star=True),
        highlight("two", "right", 0, 10),
        highlight("lost", "right", 2, 5, anchor=Anchor.ORPHAN, quote="words that are gone"),
    ),
    links=(LinkEntry("l", "one", "two", "supports", False, "because", "ana", AT, AT),),
    notes=(NoteEntry("n", None, "on all", "ana", AT, AT), NoteEntry("m", "left", "on left", "ana", AT, AT)),
)  # fmt: skip


def written(archive: Archive) -> str:
    return exported(markdown_highlights.write_archive, archive).decode()


def test_a_highlight_is_a_quotation_with_citation_tags_note_and_links() -> None:
    one, two = anchor("one"), anchor("two")
    assert (
        f'<a id="^{one}"></a>\n\n'
        "> It is \\*not\\* said\\\n> that \\[he\\] went.\n\n"
        f"^{one}\n\n"
        "— A. Author, *Title of left*, ¶2 · #actor/sistani #war-peace · ★\n\n"
        "See **here**.\n\n"
        f"- supports → [“A headline”, Title of right ¶1](#^{two})\n\n  because"
    ) in written(ARCHIVE)


def test_both_ends_of_a_link_lead_to_an_anchor_and_a_block_name() -> None:
    page = written(ARCHIVE)
    targets = re.findall(r"\]\(#\^([^)]+)\)", page)
    assert sorted(targets) == sorted([anchor("one"), anchor("two")])
    for target in targets:
        assert f'<a id="^{target}"></a>' in page
        assert f"\n\n^{target}\n\n" in page
        assert re.fullmatch(r"[a-zA-Z0-9-]+", target)  # what Obsidian takes as a block name


def test_orphans_are_named_and_keep_their_words() -> None:
    page = written(ARCHIVE)
    assert page.index("### Not in the text any more") < page.index("> words that are gone")


def test_notes_and_the_codebook_are_there_with_the_real_names_of_tags() -> None:
    page = written(ARCHIVE)
    assert "on left" in page
    assert "on all" in page
    assert "- #actor/sistani actor/sistani: the cleric\n- #war-peace war \\& peace" in page


def test_a_folder_has_a_file_a_text_and_links_between_them() -> None:
    files = {name: content.decode() for name, content in folder(ARCHIVE).items()}
    assert list(files) == ["left.md", "right.md", "_library.md"]
    assert f"](right.md#^{anchor('two')})" in files["left.md"]
    assert files["left.md"].startswith(
        '---\ntitle: "Title of left"\nauthor: "A. Author"\ntags: ["actor/sistani", "war-peace"]\n---\n\n'
    )


def test_names_of_files_stay_in_the_folder_and_apart() -> None:
    files = folder(Archive(texts=(text("../a"), text("a"), text("/"), text("A"))))
    assert list(files) == ["a.md", "a-2.md", "text.md", "a-3.md"]


def test_hostile_words_make_no_markup() -> None:
    archive = Archive(
        texts=(text("left", title=HOSTILE, author=HOSTILE, source=HOSTILE),),
        tags=(TagEntry("t", "sky", "T", "<b>"),),
        highlights=(
            highlight("one", "left", 0, 5, quote=HOSTILE, note="<img src=x> and <b>", tags=("t",)),
            highlight("two", "left", 0, 5, reader=HOSTILE),
        ),
        links=(LinkEntry("l", "one", "two", HOSTILE, True, "<i>", HOSTILE, AT, AT),),
    )
    html = MarkdownIt("commonmark", {"html": True}).render(written(archive))
    assert set(re.findall(r"<(\w+)", html)) <= {
        "h1", "h2", "p", "a", "blockquote", "em", "ul", "li", "br"
    }  # fmt: skip
    assert all(address.startswith(("#^h-", "#%5Eh-"))
               for address in re.findall(r'href="([^"]*)"', html))  # fmt: skip


@pytest.mark.parametrize(
    ("path", "tag"),
    [
        ("actor/sistani", "#actor/sistani"), ("war & peace", "#war-peace"), ("1984", "#_1984"),
        ("año/ñandú", "#año/ñandú"), ("हिन्दी", "#हिन्दी"), ("#x y", "#x-y"),
    ],
)  # fmt: skip
def test_tags_are_as_notes_programs_take_them(path: str, tag: str) -> None:
    assert markdown_escaping.hashtag(path) == tag


SIGNS = ["Iran", "Iran?", "iran", "C#", "C++", "C", "c", "a/b", "a b", "a-b", "A/B"]


@given(st.lists(st.sampled_from(SIGNS), unique=True))
def test_tags_that_differ_in_a_sign_or_in_case_stay_apart(paths: list[str]) -> None:
    names = kept_apart(paths, markdown_escaping.hashtag)
    assert names.keys() == set(paths)
    assert len({name.casefold() for name in names.values()}) == len(paths)
    assert kept_apart(["Iran?", "Iran", "C++", "C#"], markdown_escaping.hashtag) == {
        "Iran": "#Iran", "C#": "#C", "C++": "#C-2", "Iran?": "#Iran-2",
    }  # fmt: skip


def test_raw_html_in_a_note_is_text_and_its_markdown_stays() -> None:
    note = "*a* <b>x</b> \\<i> `<code>` <https://example.org/?a=1>\n\n> q"
    html = MarkdownIt("commonmark", {"html": True}).render(markdown_escaping.note(note))
    assert "<b>" not in html
    assert "<i>" not in html
    assert "<em>a</em>" in html
    assert 'href="https://example.org/?a=1"' in html
    assert "<blockquote>" in html


def test_the_same_archive_gives_the_same_bytes() -> None:
    assert written(ARCHIVE) == written(ARCHIVE)
    assert folder(ARCHIVE) == folder(ARCHIVE)


def test_a_sign_for_less_in_a_note_stays() -> None:
    assert markdown_escaping.note("`a < b` and 1<2") == "`a < b` and 1<2"


markup = st.text(st.sampled_from("ab1 \n\t\\`*_{}[]()<>#+-.!|~^=$%&;:\"'é\u00a0"), max_size=60).map(visible)


@given(words=markup)
def test_plain_words_come_back(words: str) -> None:
    assert markdown_escaping.unplain(markdown_escaping.plain(words)) == words


@given(words=markup)
def test_plain_words_are_shown_as_they_are(words: str) -> None:
    """By a renderer of CommonMark, up to the white space that HTML does not keep."""
    html = (
        MarkdownIt("commonmark", {"html": True})
        .enable(["table", "strikethrough"])
        .render(markdown_escaping.plain(words))
    )
    assert set(re.findall(r"</?(\w+)", html)) <= {"p", "br"}
    assert "".join(unescape(re.sub(r"<[^>]*>", "", html)).split()) == "".join(words.split())


@given(quote=markup)
def test_a_quotation_of_any_words_is_one_quotation(quote: str) -> None:
    html = MarkdownIt("commonmark").render(markdown_escaping.quoted(markdown_escaping.plain(quote)))
    assert html.count("<blockquote>") == 1
    assert set(re.findall(r"</?(\w+)", html)) <= {"blockquote", "p", "br"}


def test_a_line_that_begins_like_an_item_of_a_list_is_none() -> None:
    for words, escaped in (
        ("1. The mole", "1\\. The mole"),
        ("12) The quay", "12\\) The quay"),
        ("1 mole", "1 mole"),
    ):
        assert markdown_escaping.plain(words) == escaped
        assert markdown_escaping.unplain(escaped) == words
