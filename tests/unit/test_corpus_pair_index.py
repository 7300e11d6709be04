"""A file of pairs laid out to be listed: best first, groups together, read as it is looked at."""

from errno import ENOSPC
from pathlib import Path

import pytest
import reprints

from store.corpus.pair_files import write_to
from store.corpus.pair_index import Reading, read_pairs
from store.errors import LibraryError
from texts.corpus.pairs import Pair, PairSide


def pair(score: float, group: str = "", text: str = "a") -> Pair:
    return Pair(PairSide(text, 1, 0, 1, "x"), PairSide("b", 2, 3, 4, "y"), score, group=group)


def test_pairs_are_best_first_and_those_of_a_group_together(tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    pairs = [
        pair(50),
        pair(60, "g"),
        pair(70, text="one"),
        pair(70, text="two"),
        pair(90, "g"),
        pair(80, "h"),
    ]
    write_to(file, pairs)
    index = read_pairs(file)
    assert [index.pair(at) for at in range(len(index))] == [pairs[at] for at in (4, 1, 5, 2, 3, 0)]
    assert list(index.firsts) == [0, 2, 3, 4, 5]
    assert [each.score for each in index.pairs(index.firsts)] == [90, 80, 70, 70, 50]
    index.close()


def test_foreign_pairs_are_laid_out_too_and_problems_counted(tmp_path: Path) -> None:
    path = reprints.write_lines(tmp_path / "out.json", [*reprints.clustered(), {"cluster": 1}])
    index = read_pairs(path)
    assert (len(index), index.by, index.problems) == (3, "passim", 1)
    assert index.problem == "line 6 has no “begin”"
    assert index.pair(0).right.text in ("herald", "courier")
    index.close()


def test_how_far_it_is_is_told_and_it_can_be_ended(tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    write_to(file, [pair(at % 100) for at in range(30_000)])
    told: list[Reading] = []

    class EnoughError(Exception):
        pass

    def tick() -> None:
        if told:
            raise EnoughError

    with pytest.raises(EnoughError):
        read_pairs(file, progress=told.append, tick=tick)
    assert 0 < told[0].done <= told[0].of == file.stat().st_size


def test_what_cannot_be_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "pairs.jsonl").write_text("{}\n")
    with pytest.raises(LibraryError, match=r"there are no pairs in .*line 1 is no pair"):
        read_pairs(tmp_path / "pairs.jsonl")
    with pytest.raises(LibraryError, match="cannot be read: No such file"):
        read_pairs(tmp_path / "gone")


def test_where_there_is_no_room_for_the_list_that_is_told_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fills_the_disk(*_: object, **more: object) -> bytes:
        raise OSError(ENOSPC, "No space left on device")

    file, scratch = tmp_path / "pairs.jsonl", tmp_path / "scratch"
    write_to(file, [pair(1)])
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    monkeypatch.setattr("store.corpus.pair_index.answer_of", fills_the_disk)
    with pytest.raises(LibraryError, match=f"^{file} cannot be listed: No space left on device$"):
        read_pairs(file)
    assert list(scratch.iterdir()) == []
