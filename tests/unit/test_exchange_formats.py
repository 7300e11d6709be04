"""The table of formats: what each name stands for, and by what a file says which of them it is."""

from __future__ import annotations

from importlib import import_module

import pytest

from store.errors import LibraryError
from store.exchange import DEFAULT, FORMATS, endings, format_in, format_of

ONLY_WRITTEN = {"md", "html", "text-md", "text-html", "tei", "txt", "anki"}


def test_formats_that_are_read_are_those_whose_module_can() -> None:
    assert {name for name, entry in FORMATS.items() if not entry.reads} == ONLY_WRITTEN
    for name, entry in FORMATS.items():
        module = import_module(f"store.exchange.{entry.module}")
        assert hasattr(module, "read") is entry.reads, name
        assert hasattr(module, "write" if entry.rows else entry.writer), name
        assert not entry.in_folder or hasattr(module, "folder"), name
    assert (DEFAULT, {name for name, entry in FORMATS.items() if entry.in_folder}) == ("csv", {"md"})
    assert {name for name, entry in FORMATS.items() if entry.binary} == {"qdpx", "docx", "odt"}
    assert {name for name, entry in FORMATS.items() if entry.sections} == {"html"}


@pytest.mark.parametrize("name", FORMATS)
def test_the_first_format_of_an_ending_is_written(name: str) -> None:
    for ending in FORMATS[name].endings:
        first = next(other for other, each in FORMATS.items() if ending in each.endings)
        assert format_of(f"notes{ending.upper()}") == first


def test_endings_are_told_once_and_those_that_are_read_with_lines_of_json() -> None:
    assert endings() == (
        *(".csv", ".json", ".md", ".html", ".htm", ".jsonld", ".qdpx", ".qdc", ".xml", ".tei", ".docx", ".odt"),
        *(".txt", ".tsv"),
    )  # fmt: skip
    assert endings(readable=True) == (
        *(".csv", ".tsv", ".json", ".jsonld", ".qdpx", ".qdc", ".docx", ".odt", ".jsonl", ".ndjson"),
    )


@pytest.mark.parametrize(
    ("name", "data", "format"),
    [
        ("a.csv", b"text,quote\n", "csv"),
        (
            "a.csv",
            b"kind,left_quote,text,quote\n",
            "links-csv",
        ),  # of several that fit, the one with more signs
        ("a.csv", b"tag,letter,quick\n", "codebook-csv"),
        ("a.csv", b"id,document,tag,content\n", "taguette"),
        ("a.csv", b"tag,description,number of highlights\n", "taguette-codebook"),
        ("a.csv", "text\tquote\n".encode("utf-16"), "csv"),
        ("a.csv", b"Text,Quote\n", "csv"),
        ("a.tsv", b"Text\tQuote\n", "csv"),
        ("a.tsv", b"Document\tContent\r", "taguette"),
        ("a.csv", b"Creation Date,URL,Group,Annotation/Reply Type,Quote,User,Body,Tags,Page\n", "hypothesis"),
        ("A.JSON", b'{"format": "close-reading-tui"}', "json"),
        ("a.json", b'{"annotations": []}', "hypothesis"),
        ("a.json", b'{"total": 1, "rows": []}', "hypothesis"),
        ("a.jsonl", b'{"uri": "x", "target": []}\n', "hypothesis"),
        ("a.ndjson", b'{"type": "Annotation"}\n', "jsonld"),
        ("a.jsonld", b"anything", "jsonld"),
        ("a.qdpx", b"PK", "qdpx"),
    ],
)
def test_a_file_says_its_format_by_its_ending_and_by_what_stands_in_it(
    name: str, data: bytes, format: str
) -> None:
    assert format_in(name, data) == format


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.md", b"# One", "a.md cannot be read back: md is only written"),
        ("folder/a.tsv", b"#separator:tab\n", "a.tsv cannot be read back: anki is only written"),
        ("a.pptx", b"", r"a.pptx has no ending of a format that can be read \(.csv, .tsv, .*, .db\)"),
        ("a", b"", "a has no ending of a format"),
        (
            "a.csv",
            b"one,two\n",
            "a.csv is none of csv, links-csv, codebook-csv, hypothesis, taguette, taguette-codebook, readwise:",
        ),
        ("a.csv", b"note,star\nof a text,a quote\n", "a.csv is none of csv"),
        ("a.tsv", b"one\ttwo\n", "a.tsv is none of csv"),
        ("a.csv", b" " * 5000 + b"text,quote\n", "a.csv is none of csv"),
        ("a.jsonl", b'{"one": 1}', "a.jsonl is none of jsonld, hypothesis: name its format with --format"),
        ("a.ndjson", b'{"uri": "x"}', "a.ndjson is none of jsonld, hypothesis"),
    ],
)
def test_what_has_no_format_is_told_in_one_line(name: str, data: bytes, said: str) -> None:
    with pytest.raises(LibraryError, match=f"^{said}") as refusal:
        format_in(name, data)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("name", ["notes", "notes.pptx", "csv", ".csv"])
def test_a_file_to_be_written_has_to_say_its_format(name: str) -> None:
    with pytest.raises(LibraryError, match=r"has no ending of a format: choose one of \.csv, "):
        format_of(name)
