"""For all tests: no example of hypothesis has a time limit, because only the benchmark measures time."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
