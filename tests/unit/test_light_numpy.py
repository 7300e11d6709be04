"""numpy, loaded without what none of our programs has use for, does all that it does otherwise."""

from __future__ import annotations

import subprocess
import sys

LOADED = """
import sys
from texts import late_modules
from texts.light_numpy import ANNOTATING, DOCUMENTING, LATE, expect_numpy

expect_numpy()
expect_numpy()
import numpy as np
"""
NOT_RUN = """
assert {type(sys.modules[name]) for name in (*LATE, "inspect", "textwrap")} == {late_modules.LateModule}
assert not {ANNOTATING, *DOCUMENTING} & sys.modules.keys()
assert "numpy" in np.__loader__.get_source("numpy")
"""
FAILS = """
import sys
from texts import late_modules
from texts.light_numpy import ANNOTATING, DOCUMENTING, LATE, expect_numpy

expect_numpy()
sys.modules["numpy._core.umath"] = None
try:
    import numpy
except ImportError:
    del sys.modules["numpy._core.umath"]
import numpy as np
"""
ONCE_MORE = """
import importlib, numpy.typing, warnings

warnings.simplefilter("ignore")  # as numpy warns of it
own = sys.modules[ANNOTATING]
importlib.reload(np)
assert sys.modules[ANNOTATING] is own
del sys.modules["numpy"]
import numpy
assert sys.modules[ANNOTATING] is own
"""
DOES_ALL = """
import inspect, io, pickle, textwrap

assert np.linalg.svd(np.eye(2)).S.tolist() == [1, 1]
assert np.dtype("(2, 3)i4, f8").itemsize == 32
assert np.zeros(1).ctypes.shape[0] == 1
file = io.BytesIO()
np.save(file, np.array([{1: 2}]), allow_pickle=True)
file.seek(0)
assert np.load(file, allow_pickle=True)[0] == {1: 2}
assert pickle.loads(pickle.dumps(np.arange(3))).tolist() == [0, 1, 2]
import numpy.ma, numpy.random, numpy.typing
assert "int64" in str(numpy.typing.NDArray[np.int64])
assert numpy.ma.array([1, 2], mask=[True, False]).sum() == 2
assert 0 <= numpy.random.default_rng(1).random() < 1
assert inspect.cleandoc("  a\\n    b") == "a\\nb"
assert str(inspect.signature(lambda one: one)) == "(one)"
assert textwrap.dedent("  a\\n  b") == "a\\nb"
assert np.sum.__doc__
"""


def run(*programs: str) -> None:
    subprocess.run([sys.executable, "-c", "\n".join(programs)], check=True, timeout=60)


def test_what_no_program_of_ours_has_use_for_does_not_run() -> None:
    run(LOADED, NOT_RUN)


def test_it_does_all_that_it_does_otherwise() -> None:
    run(LOADED, DOES_ALL)


def test_after_an_import_that_failed_half_way_it_is_loaded_as_light() -> None:
    run(FAILS, NOT_RUN, "assert np.linalg.svd(np.eye(2)).S.tolist() == [1, 1]")


def test_where_it_is_loaded_once_more_what_has_run_since_stays() -> None:
    run(LOADED, ONCE_MORE)


def test_where_it_has_been_loaded_nothing_is_changed() -> None:
    run("import numpy", LOADED, "assert type(sys.modules['pickle']) is not late_modules.LateModule")
