"""Numbers that numpy would tell as well, after importing what nobody here needs."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from texts.relate.sparse import distinct, quantile


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
