"""For all tests: hypothesis tries the same examples each time, and files are read in the process of the test."""

import gc
from collections.abc import Iterator
from importlib import import_module

import pytest
from compiling import compile_own_share, share_bytecode
from hypothesis import settings

from store.exchange import isolated as exchange_isolated
from store.exchange.archive import Archive
from texts.load import isolated
from texts.load.document import Document, File

settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile("repeatable")

_READ_ISOLATED = isolated.read_isolated
_READ_ARCHIVE_ISOLATED = exchange_isolated.read_isolated


def pytest_configure(config: pytest.Config) -> None:
    share_bytecode(config)


def pytest_sessionstart(session: pytest.Session) -> None:
    compile_own_share(session.config)


def pytest_collection_finish() -> None:
    """Keeps thousands of collected tests, which stay to the end, out of every look for garbage."""
    gc.collect()
    gc.freeze()


def _read_here(module: str, file: File, cancelled: object = None) -> Document:
    document: Document = import_module(f"texts.load.{module}").read(file)
    return document


def _read_archive_here(module: str, data: bytes, name: str) -> Archive:
    archive: Archive = import_module(f"store.exchange.{module}").read(data, name)
    return archive


@pytest.fixture(scope="session", autouse=True)
def reading_here() -> Iterator[None]:
    """Reads files here: a process of its own for each, as the program has it, would take most of the time."""
    isolated.read_isolated = _read_here
    exchange_isolated.read_isolated = _read_archive_here
    yield
    isolated.read_isolated = _READ_ISOLATED
    exchange_isolated.read_isolated = _READ_ARCHIVE_ISOLATED


@pytest.fixture
def reading_isolated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads files as the program does, each in a process of its own."""
    monkeypatch.setattr(isolated, "read_isolated", _READ_ISOLATED)
    monkeypatch.setattr(exchange_isolated, "read_isolated", _READ_ARCHIVE_ISOLATED)
