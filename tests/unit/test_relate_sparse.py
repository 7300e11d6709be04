"""Numbers that numpy would tell as well, after importing what nobody here needs."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from texts.relate.sparse import best_first, distinct, falling, median, numbered, quantile, stable_order

numbers_of_any_size = st.one_of(
    st.integers(0, 5), st.integers(0, 1 << 20), st.integers(0, 1 << 62), st.integers((1 << 62) - 9, 1 << 62)
)
similarities = st.one_of(st.floats(-1, 2, width=32), st.sampled_from([0.0, -0.0, 0.5, 1e-30, -1e-30]))


@given(arrays(np.int64, st.integers(0, 30), elements=st.integers(-5, 5)))
def test_each_number_once(numbers: np.ndarray) -> None:
    assert distinct(numbers).tolist() == sorted(set(numbers.tolist()))
    assert distinct(numbers).dtype == numbers.dtype


@given(
    arrays(np.float32, st.integers(1, 30), elements=st.floats(0, 1, width=32)),
    st.sampled_from([0, 0.1, 0.5, 1]),
)
def test_a_quantile_is_that_of_numpy(numbers: np.ndarray, share: float) -> None:
    assert abs(quantile(numbers, share) - float(np.quantile(numbers.astype(np.float64), share))) < 1e-6


@given(arrays(np.int64, st.integers(0, 60), elements=numbers_of_any_size))
def test_numbers_are_sorted_and_equals_keep_their_order(numbers: np.ndarray) -> None:
    assert stable_order(numbers).tolist() == np.argsort(numbers, kind="stable").tolist()


@given(arrays(np.int64, st.integers(0, 60), elements=numbers_of_any_size))
def test_numbers_know_their_place_among_the_different_ones(numbers: np.ndarray) -> None:
    found, places = numbered(numbers)
    assert found.tolist() == sorted(set(numbers.tolist()))
    assert found[places].tolist() == numbers.tolist()


@given(st.lists(st.tuples(st.integers(0, 4), similarities), max_size=60))
def test_the_best_of_each_number_come_first(entries: list[tuple[int, float]]) -> None:
    numbers = np.array([number for number, _ in entries], np.int64)
    values = np.array([value for _, value in entries], np.float32)
    order, place = best_first(numbers, falling(values))
    expected = sorted(range(len(entries)), key=lambda k: (numbers[k], -values[k]))
    assert order.tolist() == expected
    assert place.tolist() == [list(numbers[expected[:k]]).count(numbers[at]) for k, at in enumerate(expected)]


@given(arrays(np.float32, st.integers(1, 30), elements=st.floats(0, 1, width=32)))
def test_the_median_is_that_of_numpy(numbers: np.ndarray) -> None:
    assert median(numbers) == float(np.median(numbers))


def test_relating_does_without_masked_arrays() -> None:
    code = """
import sys
from texts.load import load_bytes
from texts.relate import relate
left, right = (load_bytes(body, "a.txt") for body in (b"The mill burned.\\n\\nA wheel.", b"A mill is burned."))
relate(left, right)
sys.exit("numpy.ma" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
