"""Comments of Word and LibreOffice that come in: on their words, by their authors, with what answers them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx as python_docx
import pytest
from hypothesis import given

from store.exchange.archive import Archive
from store.exchange.office import docx, odt
from store.exchange.snapshot import HighlightFilter
from store.library import Library
from store.records import Anchor
from store.services.exports import export_to
from store.services.imports import import_file
from tests.support.archives import archives, unhurried
from texts.load import docx as docx_reader
from texts.load import load
from texts.load import odt as odt_reader
from texts.load.document import File, LoadError
from texts.model import Span

W = 'xmlns:w="w" xmlns:w14="w14" xmlns:w15="w15"'
BODY = """<w:commentRangeStart w:id="9"/><w:p><w:r><w:t xml:space="preserve"> The mole was </w:t></w:r>
<w:commentRangeStart w:id="0"/><w:r><w:t xml:space="preserve"> built in 1822 </w:t></w:r><w:commentRangeEnd w:id="0"/>
<w:r><w:commentReference w:id="0"/></w:r><w:r><w:t>and stood.</w:t></w:r></w:p>
<w:p><w:commentRangeStart w:id="1"/></w:p>
<w:p><w:r><w:t>Second e</w:t></w:r><w:commentRangeEnd w:id="1"/><w:r><w:t>\u0301lan here</w:t></w:r>
<w:r><w:commentReference w:id="2"/></w:r><w:r><w:t>.</w:t></w:r></w:p><w:commentRangeEnd w:id="9"/>"""
COMMENTS = "".join(
    f'<w:comment w:id="{id}" w:author="{author}" w:date="2024-01-0{day}T03:04:05Z">'
    f'<w:p w14:paraId="{id}A"><w:r><w:t>{words}</w:t></w:r></w:p></w:comment>'
    for id, author, day, words in (
        (0, "Ann", 1, "Really?"), (1, "Ann", 2, "across"), (2, "Ben", 3, "a point"), (3, "Ben", 4, "Yes."),
        (4, "Ann", 5, "Then so."), (5, "Cy", 6, "on nothing"), (9, "Ann", 7, "on all of it"),
    )
)  # fmt: skip
EX = '<w15:commentEx w15:paraId="{}A" w15:paraIdParent="{}A"/>'
EXTENDED = EX.format(3, 0) + EX.format(4, 3)
LOOP = EX.format(3, 4) + EX.format(4, 3)


def commented(folder: Path, extended: str = EXTENDED) -> Path:
    path = folder / "mole.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{BODY}</w:body></w:document>")
        package.writestr("word/comments.xml", f"<w:comments {W}>{COMMENTS}</w:comments>")
        package.writestr("word/commentsExtended.xml", f"<w15:commentsEx {W}>{extended}</w15:commentsEx>")
    return path


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        (
            "<w:r><w:t>stood </w:t></w:r><w:r><w:commentReference w:id='0'/></w:r><w:r><w:t>here</w:t></w:r>",
            "stood",
        ),
        ("<w:r><w:t>stood here</w:t></w:r>", "stood here"),
        ("<w:r><w:commentReference w:id='0'/></w:r><w:r><w:t>stood here</w:t></w:r>", "stood here"),
    ],
)
def test_a_comment_that_never_ends_stands_on_words_before_its_call_or_to_the_end_of_its_paragraph(
    tmp_path: Path, words: str, quote: str
) -> None:
    path = tmp_path / "mole.docx"
    begins = "<w:p><w:r><w:t>It </w:t></w:r><w:commentRangeStart w:id='0'/>"
    body = f"{begins}{words}</w:p><w:p><w:r><w:t>More.</w:t></w:r></w:p>"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        package.writestr("word/comments.xml", f"<w:comments {W}>{COMMENTS}</w:comments>")
    found = docx_reader.read_commented(File(path.read_bytes(), "mole.docx", ""))
    assert found.body == "It stood here\n\nMore."
    assert found.body[slice(*found.spans["0"])] == quote


def test_comments_stand_on_their_words_and_come_once(tmp_path: Path) -> None:
    path = commented(tmp_path)
    with Library.open(tmp_path / "l.db") as library:
        first = import_file(library, path)
        assert (first.texts, first.highlights, first.notes) == (1, 4, 1)
        text = library.texts.get("mole")
        assert text.body == load(path).body == "The mole was  built in 1822 and stood.\n\nSecond élan here."
        found = {one.quote: (one.reader, one.created, one.note) for one in library.highlights.find()}
        assert found == {
            "built in 1822": (
                "Ann", "2024-01-01T03:04:05Z",
                "Really?\n\n> **Ben, 2024-01-04**: Yes.\n\n> > **Ann, 2024-01-05**: Then so.",
            ),
            "Second é": ("Ann", "2024-01-02T03:04:05Z", "across"),
            "here.": ("Ben", "2024-01-03T03:04:05Z", "a point"),
            text.body: ("Ann", "2024-01-07T03:04:05Z", "on all of it"),
        }  # fmt: skip
        (note,) = library.notes.list()
        assert (note.text, note.reader, note.words) == ("mole", "Cy", "on nothing")
        again = import_file(library, path)
        assert (again.texts, again.highlights, again.notes, again.conflicts, again.there) == (0, 0, 0, (), 5)
        library.journal.undo()
        assert library.highlights.count() == 0
        assert not library.texts.has("mole")


def test_with_a_text_the_document_is_a_version_of_it(tmp_path: Path) -> None:
    path = commented(tmp_path)
    words = tmp_path / "edited.txt"
    words.write_text("New words before.\n\nThe mole was built in 1822 and stood.\n\nSecond élan there.")
    with Library.open(tmp_path / "l.db") as library:
        library.texts.add(load(words))
        report = import_file(library, path, text="edited")
        assert (report.texts, report.highlights) == (0, 4)
        found = {one.note[:7]: (one.quote, one.anchor) for one in library.highlights.find()}
        assert found["Really?"] == ("built in 1822", Anchor.EXACT)
        assert found["across"][0] == "Second é"
        assert import_file(library, path, text="edited").highlights == 0


def test_what_answers_in_a_circle_stands_alone(tmp_path: Path) -> None:
    with Library.open(tmp_path / "l.db") as library:
        import_file(library, commented(tmp_path, LOOP))
        assert {one.words for one in library.notes.list()} == {"Yes.", "on nothing", "Then so."}


def test_python_docx_comments_come_in(tmp_path: Path) -> None:
    document = python_docx.Document()
    first = document.add_paragraph("Before ").add_run("the words")
    last = document.add_paragraph("").add_run("and more")
    document.add_comment([first, last], text="over two", author="Cy")
    document.save(str(tmp_path / "x.docx"))
    with Library.open(tmp_path / "l.db") as library:
        import_file(library, tmp_path / "x.docx")
        (one,) = library.highlights.find()
        assert (one.quote, one.note, one.reader) == ("the words\n\nand more", "over two", "Cy")


@pytest.mark.parametrize("name", ["docx", "odt"])
@unhurried
@given(archives())
def test_comments_never_change_the_body_and_stand_on_words(name: str, some: Archive) -> None:
    for text in some.texts:
        highlights = tuple(one for one in some.highlights if one.text == text.slug)
        alone = Archive((text,), some.tags, highlights)
        out = io.BytesIO()
        {"docx": docx, "odt": odt}[name].write_archive(alone, out)
        file = File(out.getvalue(), f"x.{name}")
        reader = docx_reader if name == "docx" else odt_reader
        try:
            body = reader.read(file).body
        except LoadError:
            continue
        found = reader.read_commented(file)
        assert found.body == body
        assert set(found.spans) <= {comment.id for comment in found.comments}
        for span in found.spans.values():
            quote = body[span.start : span.end]
            assert quote.strip() == quote != ""


def test_our_own_document_comes_home_and_changes_nothing(tmp_path: Path) -> None:
    with Library.open(tmp_path / "l.db", reader="ann") as library:
        words = tmp_path / "mole.txt"
        words.write_text("# The mole\n\nThe mole was built.\n\nIt stood; it fell.")
        text, _ = library.texts.add(load(words))
        at = text.body.index("built")
        one = library.highlights.mark(
            "mole", Span(at, at + 5), tags=["a; b/c", "claim"], note="why?\n\ntwo", star=True
        )
        linked = library.highlights.mark("mole", Span(at + 8, at + 10))
        library.links.add(one.id, linked.id, kind="same", note="so\nthere")
        library.notes.write("on the text", text="mole")
        for name in ("docx", "odt"):
            path = tmp_path / f"home.{name}"
            export_to(library, path, HighlightFilter(("mole",)))
            report = import_file(library, path)
            assert (report.texts, report.highlights, report.notes, report.conflicts, report.updated) == (
                0,
                0,
                0,
                (),
                0,
            )
        with Library.open(tmp_path / "other.db") as other:
            import_file(other, tmp_path / "home.odt")
            there, bare = other.highlights.find()
            assert (bare.quote, bare.note) == (linked.quote, "")
            assert (there.quote, there.tags, there.note, there.star) == (one.quote, one.tags, one.note, True)


@pytest.mark.parametrize("name", ["docx", "odt"])
def test_several_texts_in_one_document_come_home_each_to_its_own(tmp_path: Path, name: str) -> None:
    bodies = {
        "mole": "# The mole\n\nThe mole was built.\n\nIt stood; it fell.",
        "quay": "The quay was built of stone, and nobody knows by whom.\n\nIt stands.",
        "pier": "The pier: a story\n\nIt burned.",
    }
    with Library.open(tmp_path / "l.db", reader="ann") as library:
        for slug, body in bodies.items():
            (tmp_path / f"{slug}.txt").write_text(body)
            text, _ = library.texts.add(load(tmp_path / f"{slug}.txt"))
            at = text.body.index("It ")
            library.highlights.mark(
                slug, Span(at, at + 8), tags=[slug], note=f"on {slug}", star=slug == "pier"
            )
            library.notes.write(f"about {slug}", text=slug)
        library.texts.edit("quay", author="Ada Quill", source="a shelf")
        path = tmp_path / f"home.{name}"
        export_to(library, path, HighlightFilter(tuple(bodies)))
        before = [(one.text, one.quote) for one in library.highlights.find()]
        report = import_file(library, path)
        assert not report.changes, report
        assert report.conflicts == report.left_out == ()
    with Library.open(tmp_path / "other.db") as other:
        import_file(other, path)
        found = {one.note: (one.quote, one.tags, one.star) for one in other.highlights.find()}
        assert found == {f"on {slug}": (quote, (slug,), slug == "pier") for slug, quote in before}
        assert sorted(note.words for note in other.notes.list()) == sorted(f"about {slug}" for slug in bodies)


@pytest.mark.parametrize("name", ["docx", "odt"])
def test_texts_of_one_title_come_home_each_to_its_own(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"home.{name}"
    with Library.open(tmp_path / "l.db", reader="ann") as library, library.transaction():
        for slug, end in (("first", "It fell."), ("second", "It burned.")):
            (tmp_path / f"{slug}.txt").write_text(f"The mole\n\nThe mole was built.\n\n{end}")
            text, _ = library.texts.add(load(tmp_path / f"{slug}.txt"))
            library.texts.edit(slug, title="The mole")
            at = text.body.index("was built")
            library.highlights.mark(slug, Span(at, at + 9), note="when?")
        export_to(library, path, HighlightFilter(("first", "second")))
        report = import_file(library, path)
        assert not report.changes, report
    with Library.open(tmp_path / "other.db") as other:
        import_file(other, path)
        assert [one.text for one in other.highlights.find()] == ["the-mole", "the-mole-2"]


@pytest.mark.parametrize("name", ["docx", "odt"])
def test_comments_made_at_once_on_the_same_words_are_two(tmp_path: Path, name: str) -> None:
    path, song = tmp_path / f"home.{name}", tmp_path / "song.txt"
    song.write_text(
        "\n\n".join(["Sail on, sail on, thou fearless bark, wherever blows the welcome wind."] * 4)
    )
    with Library.open(tmp_path / "l.db", reader="ann") as library, library.transaction():
        text, _ = library.texts.add(load(song))
        for passage in text.passages[1:]:
            at = text.body.index("welcome", passage.span.start)
            library.highlights.mark("song", Span(at, at + 7), note="which?")
        export_to(library, path, HighlightFilter(("song",)))
        assert not import_file(library, path).changes


def test_places_are_believed_where_the_words_differ_by_their_signs_alone(tmp_path: Path) -> None:
    document = python_docx.Document()
    paragraph = document.add_paragraph("it’s, " * 20)
    document.add_comment(paragraph.add_run("it’s"), text="this one", author="Cy")
    paragraph.add_run(", it’s" * 20)
    document.save(str(tmp_path / "x.docx"))
    words = tmp_path / "straight.txt"
    words.write_text(", ".join(["it's"] * 41))
    with Library.open(tmp_path / "l.db") as library:
        library.texts.add(load(words))
        import_file(library, tmp_path / "x.docx", text="straight")
        (one,) = library.highlights.find()
        assert (one.span.start, one.quote, one.anchor) == (120, "it's", Anchor.EXACT)
