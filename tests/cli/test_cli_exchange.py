"""`tui export` and `tui import`: what scripts rely on, formats told by ending and content, refusals in one line."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from store.exchange import FORMATS
from store.services.imports import DATABASES, READABLE
from tui.cli import progress

Tui = Callable[..., Any]
Go = Callable[[], None]


@pytest.fixture
def marked(library: Tui) -> Tui:
    """Both texts with highlights, tags, notes and a link."""
    library(
        "mark", "mill", "Colin Moore-Hay", "--tag", "actor/mayor", "--note", "=1+1\n“two” lines 😀", "--star"
    )
    library("mark", "fire", "Collin Moore Hay", "--tag", "actor/mayor", "--tag", "spelling")
    library("mark", "mill", "the river")
    library("link", "1", "2", "--kind", "same", "--note", "one man")
    return library


@pytest.fixture
def other(tui: Tui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Go:
    """Goes over to a new, empty library."""

    def go() -> None:
        monkeypatch.setenv("TUI_LIBRARY", str(tmp_path / "other.db"))

    return go


def test_help_lists_each_format_and_says_which_are_out_only(tui: Tui) -> None:
    help = tui("export", "--help").out
    for name, entry in FORMATS.items():
        (line,) = [line for line in help.splitlines() if line.strip().startswith(f"{name} ")]
        assert entry.help in line
        assert ("(out only)" in line) is not entry.reads
    shown = tui("import", "--help").out
    assert all(f"  {name} " in shown for name in READABLE)


@pytest.mark.parametrize("format", [name for name, entry in FORMATS.items()])
def test_every_format_is_written_the_same_twice_and_choices_and_refusals_hold(
    marked: Tui, tmp_path: Path, format: str
) -> None:
    one, two = tmp_path / "one.out", tmp_path / "two.out"
    for path in (one, two):
        said = marked("export", "--format", format, "-o", path)
        assert (said.code, said.out) == (0, "")
    assert one.read_bytes() == two.read_bytes() != b""
    if not FORMATS[format].options:
        refused = marked("export", "--format", format, "--excel")
        assert (refused.code, refused.out) == (2, "")
        assert f"{format} has no option --excel" in refused.err


@pytest.mark.parametrize("format", [name for name in READABLE if name not in DATABASES])
def test_every_format_that_is_read_takes_back_what_it_wrote(marked: Tui, tmp_path: Path, format: str) -> None:
    path = tmp_path / "record.out"
    marked("export", "--format", format, "-o", path)
    said = marked("import", path, "--format", format)
    assert (said.code, said.err) == (0, ""), said
    again = marked("import", path, "--format", format)
    assert again.out.startswith("nothing new"), again


def test_json_carries_the_whole_library_to_another_one(marked: Tui, other: Go, tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    marked("export", "-o", first)
    table = marked("export").out
    other()
    marked("import", "--dry-run", first)
    said = marked("import", first)
    assert (said.code, said.out) == (0, "2 texts, 2 tags, 3 highlights and 1 link added\n")
    assert marked("import", first).out == "nothing new; 4 there already\n"
    marked("export", "-o", second)
    assert first.read_bytes() == second.read_bytes()
    assert marked("export").out == table
    assert len(marked("history").lines) == 1
    assert marked("undo").code == 0
    assert marked("texts").code == 1


def test_a_dry_run_says_what_would_be_and_changes_nothing(marked: Tui, other: Go, tmp_path: Path) -> None:
    marked("export", "-o", tmp_path / "all.json")
    other()
    marked("add", "mill.txt")
    said = marked("import", "--dry-run", tmp_path / "all.json")
    assert said.out == "1 text, 2 tags, 3 highlights and 1 link would be added\n"
    assert [text["text"] for text in marked("texts", "--json").data] == ["mill"]


def test_another_library_is_merged_and_left_alone(marked: Tui, other: Go, tmp_path: Path) -> None:
    theirs = tmp_path / "library.db"
    before = theirs.read_bytes()
    other()
    marked("add", "mill.txt")
    said = marked("import", theirs, "--json")
    assert {name: said.data[name] for name in ("texts", "highlights", "links", "there", "conflicts", "dry_run")} == {
        "texts": 1, "highlights": 3, "links": 1, "there": 0, "conflicts": [], "dry_run": False,
    }  # fmt: skip
    assert theirs.read_bytes() == before
    assert marked("import", theirs).out == "nothing new; 4 there already\n"


def test_what_differs_is_told_a_line_each_and_ours_stays_until_it_is_settled(
    marked: Tui, other: Go, tmp_path: Path
) -> None:
    table = tmp_path / "annotations.csv"
    marked("export", "-o", table)
    words = table.read_bytes().decode().replace("actor/mayor; spelling", "actor/mayor; names")
    table.write_bytes(words.encode())
    highlights = marked("annotations", "--json").data
    said = marked("import", table)
    assert said.lines == [
        "conflict  “Collin Moore Hay” in fire: tags actor/mayor, spelling here, actor/mayor, names there: yours stays "
        "(--theirs, --both or --ours settles it)",
        "nothing new; 4 there already",
    ]
    assert marked("annotations", "--json").data == highlights
    assert marked("import", table, "--both").lines == [
        "updated  “Collin Moore Hay” in fire: tags actor/mayor, spelling → actor/mayor, names, spelling",
        "1 tag added; 1 updated; 3 there already",
    ]
    assert marked("import", table).lines == ["nothing new; 4 there already"]
    refused = marked("import", table, "--both", "--ours")
    assert (refused.code, refused.out) == (2, "")
    assert "exclude each other" in refused.err


def test_formats_that_share_an_ending_are_told_apart(marked: Tui, tmp_path: Path) -> None:
    for format in ("csv", "links-csv", "codebook-csv", "json", "hypothesis", "taguette", "taguette-codebook"):
        path = tmp_path / f"record{FORMATS[format].endings[0]}"
        marked("export", "--format", format, "-o", path)
        assert marked("import", path).code == 0, format
    path = tmp_path / "colours.csv"
    path.write_text("red,green\n1,2\n")
    refused = marked("import", path)
    assert refused.code == 2
    assert "colours.csv is none of csv, links-csv" in refused.err


def test_stdin_is_read_with_a_format(marked: Tui) -> None:
    table = marked("export").out.encode()
    assert marked("import", "--format", "csv", "-", stdin=table).out.startswith("nothing new")
    assert marked("import", "-", stdin=table).code == 2


@pytest.mark.parametrize(
    ("name", "data", "complaint"),
    [
        ("none.json", None, "cannot read none.json: there is no such file"),
        ("notes.docx", b"x", "notes.docx is damaged"),
        ("cards.tsv", b"#separator:tab\n", "cards.tsv cannot be read back: anki is only written"),
        ("notes.xyz", b"x", "notes.xyz has no ending of a format that can be read"),
        ("page.html", b"<p>", "page.html cannot be read back: html is only written"),
        (
            "all.json",
            b'{"format": "close-reading-tui", "version": 2}',
            "all.json: this was written by a newer version",
        ),
        (
            "deep.json",
            b'{"format": "close-reading-tui", "x": ' + b"[" * 200_000,
            "deep.json: this JSON is nested too deeply",
        ),
        ("a.csv", b"text,quote\nmill\n", "a.csv: row 2: has neither a quote nor a place"),
        ("a.csv", b"text,quote\nbarn,hay\n", "a.csv: texts[0]: the text “barn” is neither in the file"),
        ("copy.db", b"SQLite format 3\0" + b"x" * 4000, "copy.db"),
        ("a\x1b[2J.csv", b"", "a␛[2J.csv"),
    ],
)
def test_what_cannot_be_imported_is_refused_in_one_line(
    marked: Tui, tmp_path: Path, name: str, data: bytes | None, complaint: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    said = marked("import", name)
    assert (said.code, said.out, len(said.err.splitlines())) == (2, "", 1)
    assert complaint in said.err
    assert "\x1b" not in said.err


def test_a_library_of_a_newer_program_is_refused(marked: Tui, other: Go, tmp_path: Path) -> None:
    theirs = tmp_path / "library.db"
    with closing(sqlite3.connect(theirs)) as connection:
        connection.execute("PRAGMA user_version = 99")
    other()
    marked("add", "mill.txt")
    said = marked("import", theirs)
    assert said.code == 2
    assert "newer version of this program" in said.err


def test_a_library_that_was_tampered_with_is_refused_by_name_of_what_is_wrong(
    marked: Tui, other: Go, tmp_path: Path
) -> None:
    theirs = tmp_path / "library.db"
    with closing(sqlite3.connect(theirs)) as connection, connection:
        connection.execute('UPDATE highlight SET "end" = 99999 WHERE id = 3')
    other()
    marked("add", "mill.txt")
    said = marked("import", theirs)
    assert (said.code, said.out) == (2, "")
    assert "library.db: highlights[2].parts[0]: ends at 99999, past the end of its text" in said.err
    assert marked("annotations").code == 1


def test_progress_is_told_on_a_terminal_and_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    with progress.progress("exporting") as tell:
        tell(500, 1000)
    assert screen.getvalue() == "\r\x1b[Kexporting: 500 of 1,000\r\x1b[K"


def test_several_texts_can_be_chosen_and_a_folder_gets_a_file_a_text(marked: Tui, tmp_path: Path) -> None:
    one = csv.DictReader(io.StringIO(marked("export", "--text", "fire").out, newline=""))
    assert [row["text"] for row in one] == ["fire"]
    assert marked("export", "--text", "mill", "--text", "fire").out == marked("export").out
    folder = tmp_path / "pages"
    folder.mkdir()
    said = marked("export", "--format", "json", "-o", f"{folder}/")
    assert (said.code, sorted(path.name for path in folder.iterdir())) == (0, ["fire.json", "mill.json"])
    assert [text["slug"] for text in json.loads((folder / "fire.json").read_text())["texts"]] == ["fire"]
    assert marked("export", "-o", folder).code == 2


def test_a_folder_of_markdown_is_made_and_its_links_lead_from_file_to_file(
    marked: Tui, tmp_path: Path
) -> None:
    folder = tmp_path / "notes"
    said = marked("export", "--format", "md", "-o", f"{folder}/")
    assert said.err == f"3 files written to {folder}\n"
    assert sorted(path.name for path in folder.iterdir()) == ["_library.md", "fire.md", "mill.md"]
    assert "](fire.md#^h-" in (folder / "mill.md").read_text("utf-8")
    assert marked("export", "--format", "json", "--tag", "spelling", "-o", f"{folder}/").err.startswith(
        "1 file "
    )


def test_one_is_told_as_one(marked: Tui, tmp_path: Path) -> None:
    said = marked("export", "--format", "links-csv", "-o", tmp_path / "links.csv")
    assert said.err == f"1 link written to {tmp_path / 'links.csv'}\n"


def test_what_is_written_over_is_told(marked: Tui, tmp_path: Path) -> None:
    path, folder = tmp_path / "all.csv", tmp_path / "notes"
    assert marked("export", "-o", path).err == f"3 rows written to {path}\n"
    assert marked("export", "-o", path).err == f"3 rows exported over {path}\n"
    (tmp_path / "link.csv").symlink_to(path)
    assert " exported over " in marked("export", "-o", tmp_path / "link.csv").err
    marked("export", "--format", "md", "-o", f"{folder}/", "--text", "mill")
    said = marked("export", "--format", "md", "-o", f"{folder}/")
    assert said.err == f"3 files written to {folder}, 2 of them over ones that were there\n"
    (folder / "fire.json").touch()
    said = marked("export", "--format", "json", "-o", f"{folder}/")
    assert said.err == f"2 files written to {folder}, 1 of them over one that was there\n"


@pytest.mark.parametrize("format", [name for name, entry in FORMATS.items() if not entry.binary])
def test_stdout_gets_the_bytes_of_the_file(marked: Tui, tmp_path: Path, format: str) -> None:
    path = tmp_path / "record.out"
    marked("export", "--format", format, "-o", path)
    assert marked("export", "--format", format).out.encode() == path.read_bytes()


def test_a_text_alone_is_its_words_and_is_the_text_that_it_is(marked: Tui, tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    assert marked("export", "--text", "mill", "-o", words).err == f"1 text written to {words}\n"
    assert marked("add", words).err.endswith("already in the library as mill\n")
    both = marked("export", "--format", "txt", "--text", "mill", "--text", "fire").out
    assert both == f"{marked('export', '--format', 'txt', '--text', 'fire').out}\n{words.read_text()}"


def test_a_pair_is_what_was_last_open(marked: Tui, tmp_path: Path) -> None:
    third = tmp_path / "third.txt"
    third.write_text("The river again.\n")
    marked("add", third)
    marked("mark", "third", "river")
    rows = csv.DictReader(io.StringIO(marked("export", "--pair").out))
    assert {row["text"] for row in rows} == {"mill", "fire"}
    assert marked("export", "--pair", "--text", "mill").code == 2


def test_a_pipe_is_neither_waited_for_nor_replaced(marked: Tui, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    for args in (("export", "-o", pipe), ("import", pipe)):
        said = marked(*args)
        assert (said.code, said.out, len(said.err.splitlines())) == (2, "", 1)
    assert pipe.is_fifo()


def test_a_link_stays_and_the_file_keeps_its_permissions(marked: Tui, tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.touch(mode=0o600)
    link.symlink_to(real)
    assert marked("export", "-o", link).code == 0
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o600
    assert real.stat().st_size > 0


def test_what_is_binary_is_kept_off_a_terminal(marked: Tui) -> None:
    refused = marked("export", "--format", "qdpx", screen=True)
    assert (refused.code, refused.out) == (2, "")
    assert "-o" in refused.err


def test_the_schema_is_printed_without_a_library(tui: Tui) -> None:
    assert tui("export", "--schema").data["$id"] == "archive-1.schema.json"


def test_a_page_of_two_texts_compares_them_and_a_page_of_one_does_not(marked: Tui, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    marked("export", "-o", str(page))
    both = page.read_text(encoding="utf-8")
    assert 'id="s-comparison"' in both
    assert "actor/mayor" in both[both.index('id="s-comparison"') :], (
        "the tags of both texts, among other tables"
    )
    marked("export", "-o", str(page), "--text", "mill")
    assert 'id="s-comparison"' not in page.read_text(encoding="utf-8")


def test_rows_on_a_text_that_is_nowhere_are_left_out_and_named(marked: Tui, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,quote\nmill,Colin\nbarn,hay\nbarn,straw\n", encoding="utf-8")
    done = marked("import", str(tmp_path / "a.csv"))
    told = done.out + done.err
    assert done.code == 0
    assert "2 highlights in “barn”: the text is neither in the file nor in the library" in told
    assert marked("annotations", "--text", "mill", "--json").out.count('"quote": "Colin"') == 1


def test_the_page_keeps_the_order_that_was_asked_for(library: Tui, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    for order in (("mill", "fire"), ("fire", "mill")):
        assert library("export", "-o", page, "--text", order[0], "--text", order[1]).code == 0
        written = page.read_text(encoding="utf-8")
        titles = [{"mill": "The mill burns", "fire": "A fire at Harrow"}[slug] for slug in order]
        assert written.index('class="text left" tabindex="0"') < written.index('class="text right"')
        assert f"<title>{titles[0]} ↔ {titles[1]}</title>" in written
        body = written[written.index("<main") :]
        assert body.index(titles[0]) < body.index(titles[1])


def test_the_page_says_each_headline_once_and_titles_for_names(library: Tui, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    library("export", "-o", page, "--text", "mill", "--text", "fire")
    written = page.read_text(encoding="utf-8")
    body = written[written.index("<main") : written.index("</main>")]
    assert body.count("The mill burns") == 1
    assert 'role="heading" aria-level="1"' in body
    assert "<h1" not in body
    comparison = written[written.index('id="s-comparison"') :]
    assert ">The mill burns</th>" in comparison
    assert ">¶ The mill burns</th>" in comparison
    assert ">mill<" not in comparison
    assert 0 < comparison.count(">alone<") < comparison.count("<td") / 2
    assert ">0.0<" not in comparison


EMOJI = "A 😀 and a 😀 stand before the words.\n\nThe mill at Harrow burned to the ground, and the miller has gone.\n"


def annotations_in_lines(path: Path, *rows: object) -> Path:
    """A file of which each row is a line."""
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), "utf-8")
    return path


def web_annotation(number: int, *selectors: object, **more: object) -> dict[str, object]:
    target = {"source": "https://example.org/emoji", "selector": list(selectors)}
    return {"id": f"urn:example:{number}", "type": "Annotation", "target": target, **more}


def position(start: int, end: int) -> dict[str, object]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def test_annotations_that_stand_a_line_each_are_imported_and_an_odd_line_is_named(
    tui: Tui, tmp_path: Path
) -> None:
    (tmp_path / "emoji.txt").write_text(EMOJI, "utf-8")
    tui("add", tmp_path / "emoji.txt")
    quotes = [{"type": "TextQuoteSelector", "exact": word} for word in ("Harrow", "miller")]
    of_w3c = annotations_in_lines(
        tmp_path / "a.jsonl", web_annotation(1, quotes[0]), "{broken", web_annotation(2, quotes[1])
    )
    said = tui("import", of_w3c, "--text", "emoji")
    assert (said.code, said.lines[0]) == (0, "left out  items[1]: must be an object of the type Annotation")
    target = {"selector": [{"type": "TextQuoteSelector", "exact": "burned"}]}
    row = {"uri": "https://example.org/emoji", "text": "gone", "target": [target]}
    of_hypothesis = annotations_in_lines(tmp_path / "h.ndjson", {"id": "AAAA", **row}, {"id": "BBBB", **row})
    assert tui("import", of_hypothesis, "--text", "emoji").code == 0
    assert {one["quote"] for one in tui("annotations", "--json").data} == {"Harrow", "miller", "burned"}
    other = annotations_in_lines(tmp_path / "x.jsonl", {"some": 1}, {"thing": 2})
    assert "is none of jsonld, hypothesis" in tui("import", other).err


@pytest.mark.parametrize(
    ("rows", "how", "why"),
    [
        ([{"generator": {"name": "Recogito JS"}}], "units of UTF-16", "as their program counts"),
        ([{}], "code points", "as the W3C has it"),
        ([{}, {"quote": "Harrow"}], "units of UTF-16", "as beside them, where words stand with them"),
    ],
)
def test_bare_positions_count_as_is_likely_and_it_is_told(
    tui: Tui, tmp_path: Path, rows: list[dict[str, object]], how: str, why: str
) -> None:
    (tmp_path / "emoji.txt").write_text(EMOJI, "utf-8")
    tui("add", tmp_path / "emoji.txt")
    shift = 2 * (how == "units of UTF-16")
    at = EMOJI.index("mill") + shift
    annotations = []
    for number, more in enumerate(rows):
        word = str(more.pop("quote", ""))
        where = EMOJI.index(word) + shift if word else at
        selectors = [position(where, where + (len(word) or 4))]
        selectors += [{"type": "TextQuoteSelector", "exact": word}] if word else []
        annotations.append(web_annotation(number, *selectors, **more))
    (tmp_path / "a.jsonld").write_text(json.dumps(annotations), "utf-8")
    said = tui("import", tmp_path / "a.jsonld", "--text", "emoji")
    assert said.lines[0] == f"assumed  places without words in emoji count {how}, {why}"
    assert "mill" in {one["quote"] for one in tui("annotations", "--json").data}


def test_a_schema_is_printed_and_nothing_is_chosen_or_written(library: Tui, tmp_path: Path) -> None:
    file = tmp_path / "schema.json"
    told = library("export", "--schema", "-o", file, "--starred")
    assert (told.code, told.out, file.exists()) == (0, library("export", "--schema").out, False)
    assert (
        told.err == "--output, --starred change nothing here: --schema prints the schema and nothing else\n"
    )
    assert library("export", "--schema", "--format", "json").err == ""
    every = ("--text", "mill", "--pair", "--tag", "a", "--reader", "b", "--starred", "--long", "--excel")
    assert library("export", "--schema", "-o", file, *every).err == (
        "--output, --text, --pair, --tag, --reader, --starred, --long, --excel change nothing here: "
        "--schema prints the schema and nothing else\n"
    )
