"""What a corpus is made of: files, folders with a table beside them, lines, rows; and what is wrong there."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
from pathlib import Path

import pytest

from store.corpus import corpus_sources
from store.corpus.corpus_sources import GivenText, given_texts, incoming, path_kept, text_of_record
from texts.corpus.corpus_texts import IncomingText
from texts.corpus.json_lines import LineError

WORDS = "The mill burned.\n\nNobody was hurt.\n"


def read(*paths: Path) -> tuple[list[IncomingText], list[str]]:
    """The texts in files and folders, and what was wrong."""
    troubles: list[str] = []
    return list(incoming([str(path) for path in paths], troubles.append)), troubles


def names(*paths: Path) -> list[str]:
    texts, troubles = read(*paths)
    assert troubles == []
    return [each.known.name for each in texts]


def test_a_folder_is_read_in_order_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "z/y.txt", ".hidden.txt", "_draft.txt", ".git/x.txt", "_old/x.txt"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"{name} {WORDS}")
    assert names(tmp_path) == ["a", "b", "z/y"]
    assert names(tmp_path / "z" / "y.txt", tmp_path / "a.txt") == ["y", "a"]
    (text, *_), _ = read(tmp_path)
    assert text.text.body.startswith("a.txt The mill burned.")
    assert text.known.path == str((tmp_path / "a.txt").resolve())


RECORDS = [
    {"filename": "a.txt", "title": "The Mill", "author": "A. Quill", "year": "1863", "newspaper": "Daily"},
    {"filename": "below/b.txt", "head": "Below", "creator": "B", "publisher": "Press"},
    {"filename": "nowhere.txt", "title": "Lost"},
]


def as_table(sign: str) -> str:
    columns = list(dict.fromkeys(key for record in RECORDS for key in record))
    rows = [columns, *([record.get(key, "") for key in columns] for record in RECORDS)]
    return "".join(f"{sign.join(row)}\n" for row in rows)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("metadata.csv", as_table(",")),
        ("metadata.tsv", as_table("\t")),
        ("metadata.json", json.dumps([*RECORDS, "no record"])),
        ("metadata.json", json.dumps(dict(enumerate(RECORDS)))),
        ("metadata.jsonl", "\n\n".join(map(json.dumps, RECORDS))),
    ],
    ids=["csv", "tsv", "list", "object", "lines"],
)
def test_a_table_in_the_folder_says_more_of_its_files(tmp_path: Path, name: str, data: str) -> None:
    (tmp_path / "below").mkdir()
    for file in ("a.txt", "below/b.txt", "c.txt"):
        (tmp_path / file).write_text(f"{file} {WORDS}")
    (tmp_path / name).write_text(data)
    (one, three, two), troubles = read(tmp_path)
    assert troubles == []
    assert one.known[:6] == ("a", "The Mill", "A. Quill", "1863", "a.txt", "Daily")
    assert two.known[:6] == ("below/b", "Below", "B", "", "Press", "")
    assert (three.known.name, three.known.author, three.known.date) == ("c", "", "")


def test_a_table_names_files_by_id_where_it_has_no_other_column(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORDS)
    (tmp_path / "metadata.csv").write_text("id,title\na.txt,The Mill\n")
    (one,), _ = read(tmp_path)
    assert (one.known.name, one.known.title) == ("a", "The Mill")


@pytest.mark.parametrize(("name", "data"), [("metadata.json", "{"), ("metadata.jsonl", "[1]\n")])
def test_a_table_that_cannot_be_read_is_told_once_and_the_files_come_in(
    tmp_path: Path, name: str, data: str
) -> None:
    (tmp_path / "a.txt").write_text(WORDS)
    (tmp_path / name).write_text(data)
    texts, troubles = read(tmp_path)
    assert [each.known.name for each in texts] == ["a"]
    (line,) = troubles
    assert line.startswith(f"{name} cannot be read: ")
    assert "\n" not in line


@pytest.mark.parametrize(("ending", "pack"), [(".gz", gzip), (".bz2", bz2), (".xz", lzma)])
def test_packed_files_and_lines_are_read(tmp_path: Path, ending: str, pack: object) -> None:
    compress = pack.compress  # type: ignore[attr-defined]
    (tmp_path / f"a.txt{ending}").write_bytes(compress(WORDS.encode()))
    (tmp_path / f"b.jsonl{ending.upper()}").write_bytes(compress(b'{"text": "One two."}\n'))
    assert names(tmp_path) == ["a", "b-1"]
    (tmp_path / f"a.txt{ending}").write_bytes(compress(WORDS.encode())[:-9])
    texts, (line,) = read(tmp_path)
    assert [each.known.name for each in texts] == ["b-1"]
    assert line.startswith(f"cannot read a.txt{ending}: ")


def test_lines_are_called_by_their_id_else_by_their_number(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(
        '{"docid": "one", "body": "First."}\n\n{"text": "Second.", "title": "Two"}\n{"text": " "}\n[1]\n'
    )
    texts, troubles = read(file)
    assert [each.known.name for each in texts] == ["one", "in-3"]
    assert [each.text.body for each in texts] == ["First.", "Second."]
    assert texts[1].known.title == "Two"
    assert troubles[0] == "in.jsonl, line 4: has no text"
    assert troubles[1].startswith("in.jsonl, line 5: ")


def test_a_line_that_is_too_long_is_told_and_the_next_one_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    just, over = '{"text": "1234567"}', '{"text": "12345678"}'
    monkeypatch.setattr(corpus_sources, "LONGEST_LINE", len(just) + 1)
    file = tmp_path / "in.jsonl"
    file.write_text(f"{just}\n{over}\n{over * 5}\n{just}\n{over * 3}")
    given = list(given_texts([str(file)]))
    assert [each.where for each in given if each.line] == ["in.jsonl, line 1", "in.jsonl, line 4"]
    assert [each.trouble.partition(":")[0] for each in given if each.trouble] == [
        "in.jsonl, line 2",
        "in.jsonl, line 3",
        "in.jsonl, line 5",
    ]


def test_rows_of_a_parquet_file_are_texts(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    file = tmp_path / "in.parquet"
    rows = [{"id": f"p{number}", "text": f"Row {number}."} for number in range(70)]
    parquet.write_table(arrow.Table.from_pylist([*rows, {"id": None, "text": "Without."}]), file)
    texts, troubles = read(file)
    assert troubles == []
    assert [each.known.name for each in texts] == [*(f"p{number}" for number in range(70)), "in-71"]
    assert texts[69].text.body == "Row 69."
    file.write_bytes(b"PAR1 and no more")
    texts, (line,) = read(file)
    assert texts == []
    assert line.startswith("in.parquet cannot be read: ")
    assert "\n" not in line


def test_a_record_has_what_is_known_of_it_under_many_names() -> None:
    record = {
        "_id": "  a\n b ", "contents": WORDS, "headline": "Burned", "creator": "Ada", "pub_date": "1863", "url": "u",
        "collection": "c",
    }  # fmt: skip
    found = text_of_record(record, "given", "/in.jsonl")
    assert found.known[:7] == ("a b", "Burned", "Ada", "1863", "u", "c", "/in.jsonl")
    assert text_of_record({"text": WORDS}, "given").known.name == "given"
    assert text_of_record({"text": WORDS, "id": "x" * 300}).known.name == "x" * 200
    assert text_of_record({"text": WORDS}).known.name == "text"
    with pytest.raises(LineError, match="has no text"):
        text_of_record({"text": "\n "})


def test_what_a_text_weighs_is_at_least_what_it_takes_to_speak_of_it(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x" * 5000)
    bare = GivenText(str(tmp_path / "missing")).size()
    assert bare > 0
    assert GivenText(str(file)).size() == bare + 5000
    assert GivenText(str(file), line=b"x" * 30).size() == bare + 30
    assert path_kept(tmp_path / "n\udcff.txt").endswith("n\ufffd.txt")


def test_what_is_not_there_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORDS)
    texts, (line,) = read(tmp_path / "missing.txt", tmp_path / "a.txt")
    assert [each.known.name for each in texts] == ["a"]
    assert "missing.txt" in line
