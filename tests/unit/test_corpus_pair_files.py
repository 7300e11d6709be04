"""Files of pairs: ours there and back, passim's and TextPAIR's as they are, told by what is in them."""

import bz2
import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import reprints
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.corpus.pair_files import PairFile, write_to
from store.errors import LibraryError
from texts.corpus.foreign_pairs import shape_of
from texts.corpus.json_lines import LineError
from texts.corpus.pair_rows import COLUMNS, from_row, row_of
from texts.corpus.pairs import Pair, PairEvidence, PairSide, Verdict, to_json
from texts.model import Span

PAIR = Pair(
    PairSide(
        "late", 9, 12, 40, "Thaw, at; last\nnow", Span(12, 16), title="=Late", date="1863", path="l.txt"
    ),
    PairSide("mill", None, None, None, "“Thaw”", before="so ", after=" it"),
    91.5,
    (PairEvidence(Span(12, 16), Span(1, 5), 87.5),),
    "passim",
    "c1",
    3,
    Verdict(("linked", "tagged"), "same", ("a/b", "c; d"), "+note", "me", "2026-01-01T00:00:00Z"),
)
PLAIN = Pair(PairSide("a", 1, 0, 1, "x"), PairSide("b", 2, 3, 4, "y"), 50)


def read(path: Path) -> tuple[list[Pair], list[str]]:
    problems: list[str] = []
    return list(PairFile(path).pairs(problems.append)), problems


@pytest.mark.parametrize("name", ["pairs.jsonl", "pairs.csv", "pairs.parquet"])
def test_pairs_come_back_from_a_file_as_they_were(tmp_path: Path, name: str) -> None:
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow")
    path = tmp_path / name
    far = Span(2**52, 2**53 - 1)
    side = replace(PLAIN.left, start=far.start, end=far.end, sentence=far)
    far_on = replace(PLAIN, left=side, evidence=(PairEvidence(far, far, 100),))
    assert write_to(path, iter([PAIR, PLAIN, far_on])) == 3
    assert read(path) == ([PAIR, PLAIN, far_on], [])


def test_cells_that_a_spreadsheet_would_run_are_guarded_and_come_back(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    write_to(path, [PAIR], excel=True)
    assert ",'=Late," in path.read_text(encoding="utf-8")
    assert read(path) == ([PAIR], [])


cells = (
    st.none()
    | st.integers(-5, 2**60)
    | st.floats()
    | st.text(max_size=9)
    | st.lists(st.integers(), max_size=2)
)


@given(st.dictionaries(st.sampled_from(COLUMNS), cells))
def test_any_row_is_a_pair_or_says_why_not(row: dict[str, object]) -> None:
    try:
        pair = from_row({"left_text": "a", "right_text": "b", "score": 1} | row)
    except LineError:
        return
    cells = row_of(pair)
    assert (
        from_row(dict(zip(COLUMNS, ["" if cell is None else str(cell) for cell in cells], strict=True)))
        == pair
    )


def pack_none(data: bytes) -> bytes:
    return data


def pack_lz4(data: bytes) -> bytes:
    packed: bytes = pytest.importorskip("lz4.frame").compress(data)
    return packed


@pytest.mark.parametrize("pack", [pack_none, gzip.compress, bz2.compress, pack_lz4])
def test_a_file_is_told_by_what_is_in_it(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "no-ending"
    lines = "".join(json.dumps(to_json(each)) + "\n" for each in (PAIR, PLAIN))
    path.write_bytes(pack(("\ufeff" + lines).encode()))
    assert read(path) == ([PAIR, PLAIN], [])


@pytest.mark.parametrize("between", [",\n", ", "])
def test_an_array_is_read_too(tmp_path: Path, between: str) -> None:
    path = tmp_path / "related.json"
    path.write_text("[\n" + between.join(json.dumps(to_json(each)) for each in (PAIR, PLAIN)) + "\n]\n")
    assert read(path) == ([PAIR, PLAIN], [])
    path.write_text(json.dumps([to_json(PAIR), 3], indent=1))
    assert read(path) == ([PAIR], ["element 2 is no JSON object"])


def test_a_broken_line_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    lines = [
        json.dumps(to_json(PLAIN)),
        '{"left": ',
        "",
        json.dumps({"left": {}, "right": {}, "score": 1}),
        "[1]",
    ]
    path.write_text("\n".join([*lines, lines[0]]))
    found, problems = read(path)
    assert found == [PLAIN, PLAIN]
    assert [each.partition(" is no")[0] for each in problems] == [
        "line 2",
        "line 4 does not say which text “left” is of",
        "line 5",
    ]


def test_a_row_that_is_no_csv_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    write_to(path, [PLAIN])
    header, row = path.read_text().splitlines()
    path.write_text("\n".join((header, 'a,"b"c,d', row, "")))
    found, problems = read(path)
    assert found == [PLAIN]
    assert [each.partition(" (")[0] for each in problems] == ["row 2: this is no CSV"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "holds no records"),
        (b"\0\1\2", "is binary"),
        (b"once upon a time\n", "is none of the kinds that are read"),
        (b"once,upon\na,time\n", "there are no pairs in"),
        (b'{"a": 1}\n', "line 1 is no pair of this program, of passim or of TextPAIR"),
        (gzip.compress(b'{"a": 1}\n' * 99)[:-9], "breaks off"),
        (gzip.compress(b"")[:10] + b"\xff" * 99, "is damaged"),
        (b"PAR1 and no more", "Parquet that cannot be read|is Parquet: install"),
        (b"[" * 100_000, "is no JSON that can be read"),
        (b"left_text,right_text,score\na,b\n", "row 2 has 2 cells, and the header 3"),
        (b"left_text,\n\xff\n", "is not UTF-8"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # packed bytes are others each time
)
def test_what_holds_no_pairs_says_so_in_one_line(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(LibraryError, match=reason) as raised:
        read(path)
    assert str(path) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_damaged_file_of_lz4_says_so(tmp_path: Path) -> None:
    path = tmp_path / "pairs.lz4"
    packed = pack_lz4(b"".join(b"%d and %d\n" % (n, n * n) for n in range(999)))
    path.write_bytes(packed[:200] + b"\xff" * 60 + packed[260:])
    with pytest.raises(LibraryError, match="is damaged"):
        read(path)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="cannot be read: No such file"):
        PairFile(tmp_path / "gone")


def test_an_ending_says_the_format(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no ending that says what to write"):
        write_to(tmp_path / "pairs.txt", [])


def test_pairs_are_read_as_they_come(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    write_to(path, [PLAIN] * 3000)
    said: list[tuple[int, int]] = []
    found: Iterator[Pair] = PairFile(path).pairs(print, lambda done, of: said.append((done, of)))
    assert next(found) == PLAIN
    assert said[-1][0] < said[-1][1] == path.stat().st_size
    assert sum(1 for _ in found) == 2999
    assert said[-1][0] == said[-1][1]


def test_passim_s_folder_gives_its_aligned_pairs(tmp_path: Path) -> None:
    file = PairFile(reprints.passim_output(tmp_path / "run"))
    war, years = file.pairs(pytest.fail)
    assert file.by == "passim"
    assert (war.left.text, war.left.title, war.right.date) == (
        "speech",
        "The Gettysburg Address",
        "1863-11-20",
    )
    for pair in (war, years):
        for side in pair.sides:
            assert side.quote == reprints.TEXTS[side.text][side.start : side.end]
        for each in pair.evidence:
            words = reprints.SPEECH[slice(*each.left)], reprints.HERALD[slice(*each.right)]
            assert words[0].casefold() == words[1].casefold()
    assert 98 < war.score < 100
    assert [reprints.SPEECH[slice(*each.left)][-8:] for each in war.evidence] == ["l war, t", "that war"]


def test_passim_s_clusters_are_pairs_with_their_source(tmp_path: Path) -> None:
    path = reprints.write_lines(tmp_path / "out.json" / "part-0.json", reprints.clustered()).parent
    found, problems = read(path)
    assert problems == []
    assert [(pair.left.text, pair.right.text, pair.group, pair.group_size) for pair in found] == [
        ("speech", "herald", "0", 3),
        ("speech", "herald", "0", 3),
        ("speech", "courier", "7", 2),  # without a source the earliest is taken for it
    ]
    assert found[0].left.series == "Speech"
    assert found[0].score > 95 > found[1].score


def test_the_source_that_passim_names_goes_before_the_earliest(tmp_path: Path) -> None:
    herald = {
        "uid": 2,
        "cluster": 5,
        "begin": 7,
        "end": 99,
        "id": "herald",
        "date": "1863",
        "text": "words of it",
    }
    courier = herald | {
        "uid": 3,
        "id": "courier",
        "date": "1864",
        "src": [{"uid": 2, "begin": 90, "end": 120}],
    }
    speech = herald | {"uid": 1, "id": "speech", "date": "1862"}
    found, _ = read(reprints.write_lines(tmp_path / "out.json", [herald, courier, speech]))
    assert [(pair.left.text, pair.right.text) for pair in found] == [
        ("speech", "herald"),
        ("herald", "courier"),
    ]


def test_three_letters_in_a_row_are_no_evidence() -> None:
    aligned = {
        "s1": "abc-defg",
        "s2": "abcxdefg",
        "id": "a",
        "id2": "b",
        "begin": 0,
        "end": 7,
        "begin2": 0,
        "end2": 8,
    }
    shape = shape_of(aligned)
    assert shape is not None
    (pair,) = shape.pairs(aligned)
    assert [each.left for each in pair.evidence] == [(3, 7)]


def test_passim_s_clusters_in_parquet_come_in_any_order(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    one, two, three, four, five = reprints.clustered()
    folder = tmp_path / "out.parquet"
    folder.mkdir()
    for number, rows in enumerate(([one, four], [five, two, three])):
        parquet.write_table(pyarrow.Table.from_pylist(rows), folder / f"part-{number}.parquet")
    found, problems = read(folder)
    assert problems == []
    pairs = {(pair.left.text, pair.right.text, pair.group, pair.right.start) for pair in found}
    lines, _ = read(reprints.write_lines(tmp_path / "out.json", reprints.clustered()))
    assert pairs == {(pair.left.text, pair.right.text, pair.group, pair.right.start) for pair in lines}


def test_textpair_s_alignments_are_pairs_to_be_found_by_their_words(tmp_path: Path) -> None:
    path = reprints.write_lines(tmp_path / "output" / "results" / "alignments.jsonl", reprints.alignments())
    (pair,), problems = read(tmp_path)
    assert problems == []
    assert path.exists()
    assert (pair.left.text, pair.left.span, pair.left.date) == ("speech", None, "1863")
    assert pair.left.path == "/data/texts/speech.txt"
    assert pair.right.quote in reprints.COURIER.replace("\n", " ")
    assert pair.right.before.endswith("that it is for ")
    assert pair.group == "4"


FIRST = {"id1": "speech", "b1": 0, "e1": 9, "s1": "Four-score", "date1": "1863"}
SECOND = {
    "id2": "herald",
    "b2": 5,
    "e2": 15,
    "s2": "Four score",
    "date2": "1864",
    "matches": 9,
    "score": 17.0,
}


def test_version_1_of_passim_numbers_its_sides() -> None:
    shape = shape_of(FIRST | SECOND)
    assert shape is not None
    (pair,) = shape.pairs(FIRST | SECOND)
    assert (pair.left.text, pair.left.quote, pair.left.date, pair.left.span) == (
        "speech",
        "Fourscore",
        "1863",
        (0, 9),
    )
    assert (pair.right.quote, pair.score) == ("Four score", 90)
    assert [(each.left, each.right) for each in pair.evidence] == [((0, 4), (5, 9)), ((4, 9), (10, 15))]


def test_passim_s_lines_with_the_same_witness_in_a_row_are_one_pair() -> None:
    wit = {"id": "speech", "matches": 5}
    record = {
        "id": "herald",
        "date": "1863",
        "text": "one\n",
        "lines": [
            {"begin": 0, "text": "head\n"},
            {
                "begin": 5,
                "text": "alpha\n",
                "wits": [{**wit, "begin": 10, "alg": "alpha\n", "alg2": "alpha\n"}],
            },
            {
                "begin": 11,
                "text": "beta\n",
                "wits": [{**wit, "begin": 16, "alg": "beta-\n", "alg2": "beta-\n"}],
            },
            {"begin": 16, "text": "-\n"},
            {
                "begin": 18,
                "text": "gamma\n",
                "wits": [{**wit, "begin": 90, "alg": "gamma\n", "alg2": "gamma\n"}],
            },
        ],
    }
    shape = shape_of(record)
    assert shape is not None
    first, second = shape.pairs(record)
    assert (first.left.text, first.left.span, first.right.span) == ("speech", (10, 21), (5, 16))
    assert first.right.quote == "alpha\nbeta\n"
    assert second.left.span == (90, 96)


def test_passim_s_lines_alone_are_pairs() -> None:
    new = {
        "id": "a",
        "id2": "b",
        "begin": 1,
        "begin2": 2,
        "text": "xyzw",
        "text2": "xyzw",
        "alg": "xyzw",
        "alg2": "xyzw",
    }
    old = {
        "id": "b",
        "begin": 2,
        "text": "xyzw",
        "wid": "a",
        "wbegin": 1,
        "wtext": "xyzw",
        "talg": "xyzw",
        "walg": "xyzw",
    }
    for record in (new, old):
        shape = shape_of(record)
        assert shape is not None
        (pair,) = shape.pairs(record)
        assert (pair.left.text, pair.left.span, pair.right.text, pair.right.span) == (
            "a",
            (1, 5),
            "b",
            (2, 6),
        )
        assert pair.evidence == (PairEvidence(Span(1, 5), Span(2, 6), 100),)


FOREIGN = [*reprints.aligned(), *reprints.clustered(), *reprints.alignments()]
KEYS = sorted({key for each in FOREIGN for key in each})
values = (
    st.none()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=9)
    | st.lists(st.text(), max_size=2)
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(FOREIGN), st.dictionaries(st.sampled_from(KEYS), values, max_size=4))
def test_foreign_records_with_anything_in_them_are_pairs_or_say_why_not(
    record: dict[str, object], changed: dict[str, object]
) -> None:
    fields = record | changed
    shape = shape_of(fields)
    if shape is None:
        return
    try:
        found = [*shape.pairs(fields), *shape.rest()]
    except LineError:
        return
    for pair in found:
        assert 0 <= pair.score <= 100
        assert pair.left.text
        assert pair.right.text


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"left_start": 1}, "a place in “left” that is no whole number"),
        ({"right_end": 1}, "a place in “right” that is no whole number"),
        ({"left_start": 3, "left_end": 1}, "ends before it starts"),
        ({"left_text": ""}, "which text “left” is of"),
        ({"right_sentence": "4"}, "a sentence in “right” that is not two offsets"),
        ({"evidence": "1-2"}, "evidence that is not two places"),
        ({"evidence": "1-2=3-4:101"}, "no number from 0 to 100"),
        ({"score": ""}, "no number from 0 to 100"),
    ],
)
def test_a_row_with_half_a_place_or_evidence_says_so(changes: dict[str, object], reason: str) -> None:
    with pytest.raises(LineError, match=reason):
        from_row({"left_text": "a", "right_text": "b", "score": 1} | changes)


def test_evidence_without_a_score_is_sure() -> None:
    row = {"left_text": "a", "right_text": "b", "score": "90", "evidence": "1-2=3-4; 5-6=7-8:50"}
    assert [each.score for each in from_row(row).evidence] == [100, 50]
