"""What imports and exports say they did, which options a format has, and what joining several names writes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from libraries import libraries

from store.errors import LibraryError
from store.exchange.html.html_escaping import stylesheet
from store.library import Library
from store.merge import MergeReport
from store.services.comparison import join_names, part_names, quoted
from store.services.exports import WrittenFile, each_written, export, same_names, written
from store.services.imports import summary

NOTHING = MergeReport(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (), (), ())


@pytest.fixture
def library() -> Iterator[Library]:
    with libraries() as made, made.new() as library:
        yield library


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, "nothing new"),
        ({"there": 2}, "nothing new; 2 there already"),
        ({"texts": 1}, "1 text added"),
        ({"texts": 2, "versions": 1}, "2 texts and 1 version added"),
        (
            {"tags": 1, "highlights": 3, "orphans": 2, "links": 1, "there": 1},
            "1 tag, 3 highlights and 1 link added, 2 of the highlights without a place; 1 there already",
        ),
        ({"notes": 1, "dismissed": 2}, "1 note and 2 dismissed suggestions added"),
        ({"names": 1, "furniture": 2}, "1 word on names and 2 words on furniture added"),
        ({"names": 2, "furniture": 1}, "2 words on names and 1 word on furniture added"),
        ({"filled": 1}, "1 empty description or note filled in"),
        (
            {"filled": 2, "updated": 3, "settled": 1},
            "2 empty descriptions or notes filled in; 3 updated; 1 settled as yours",
        ),
    ],
)
def test_what_a_merge_did_is_told_in_one_line(counts: dict[str, int], said: str) -> None:
    assert summary(NOTHING._replace(**counts)) == said  # type: ignore[arg-type]


def test_what_a_merge_would_do_is_told_as_that() -> None:
    report = NOTHING._replace(notes=1, filled=1, updated=1, settled=1, there=1)
    assert summary(report, dry_run=True) == (
        "1 note would be added; 1 empty description or note would be filled in; 1 would be updated; "
        "1 would be settled as yours; 1 there already"
    )
    assert summary(NOTHING, dry_run=True) == "nothing new"


@pytest.mark.parametrize(
    "what", [name for name in MergeReport._fields if isinstance(getattr(NOTHING, name), int)]
)
def test_a_merge_changes_a_library_where_something_is_written(what: str) -> None:
    is_change = what not in ("orphans", "there")
    assert NOTHING._replace(**{what: 1}).changes is is_change  # type: ignore[arg-type]


def test_what_was_written_is_counted_in_the_unit_of_its_format() -> None:
    assert written(1, Path("a.csv")) == "1 row written to a.csv"
    assert written(2, Path("a.md")) == "2 highlights written to a.md"
    assert written(2, Path("a.csv"), "taguette-codebook") == "2 tags written to a.csv"
    assert written(2, Path("a.md"), over=True) == "2 highlights exported over a.md"


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ((False,), "1 file written to out"),
        ((False, True), "2 files written to out, 1 of them over one that was there"),
        ((True, True, False), "3 files written to out, 2 of them over ones that were there"),
    ],
)
def test_files_over_others_are_counted(over: tuple[bool, ...], said: str) -> None:
    files = [WrittenFile(Path("out", f"{number}.md"), each) for number, each in enumerate(over)]
    assert each_written(files, Path("out")) == said


@pytest.mark.parametrize(
    ("format", "option", "having"),
    [
        ("html", "long", "csv"),
        ("links-csv", "long", "csv"),
        ("json", "excel", "csv, links-csv, codebook-csv"),
    ],
)
def test_an_option_that_a_format_does_not_have_is_refused_with_those_that_have_it(
    library: Library, format: str, option: str, having: str
) -> None:
    with pytest.raises(LibraryError) as error:
        export(library, io.BytesIO(), format=format, **{option: True})  # type: ignore[arg-type]
    assert str(error.value) == f"{format} has no option --{option}: it is for {having}"


def test_tags_of_one_last_name_are_told_where_a_program_takes_them_for_one(library: Library) -> None:
    for path in ("claim/doubtful", "doubtful", "claim", "mood/doubtful"):
        library.codebook.ensure(path)
    (told,) = same_names(library, "qdpx")
    assert told == (
        "QualCoder knows codes by their last name: it takes claim/doubtful and doubtful and mood/doubtful for one"
    )
    assert same_names(library, "qdc") == [told]
    assert same_names(library, "csv") == []


def test_of_names_that_are_joined_the_usual_spellings_are_and_those_that_were_parted(
    library: Library,
) -> None:
    library.name_rules.part("Rile", "Quil")
    library.name_rules.part("Reyle", "Harrow")
    join_names(library, ("Reyl", "Rile"), ("Quill", "Quil"), ("Harrow", "Haro"))
    rules = [(*sorted((rule.one, rule.other)), rule.same) for rule in library.name_rules.list()]
    assert sorted(rules) == [
        ("Harrow", "Reyl", True),
        ("Harrow", "Reyle", False),
        ("Quil", "Rile", True),
        ("Quill", "Reyl", True),
    ]
    act = library.journal.undo()
    assert act is not None
    assert act.label == "joined the names “Reyl”, “Quill” and “Harrow”"
    assert len(library.name_rules.list()) == 2


def test_a_name_is_parted_from_several_in_one_act(library: Library) -> None:
    part_names(library, "Reyl", ["Rile", "Quill"])
    assert [rule.same for rule in library.name_rules.list()] == [False, False]
    act = library.journal.undo()
    assert act is not None
    assert act.label == "parted the names “Reyl”, “Rile” and “Quill”"
    assert quoted(["one"]) == "“one”"


def test_the_ink_on_each_colour_is_the_one_that_is_read_best() -> None:
    inks = dict(line.partition(" { ")[::2] for line in stylesheet().splitlines())
    assert {name for name, said in inks.items() if "#ffffff" in said} == {".c-blue"}
    assert inks[".c-orange"] == "--c: 230 159 0; --on: #14120f; }"
    assert len(inks) == 8
