"""PDF: the words of its pages, read by PDFium (extra `pdf`) in a process of its own, made into paragraphs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from threading import Timer
from typing import IO, Any

import texts
from texts.load.blocks import body_of_blocks
from texts.load.document import Document, File, LoadError, need
from texts.load.layout import Line
from texts.load.pdfium import PASSWORD
from texts.load.reflow import paragraphs

MOST_PAGES = 5_000
MOST_LETTERS = 20_000_000
MOST_SECONDS = 20.0
"""For a page, and for finding out how many there are; a page takes a hundredth of one."""

_MADE_BY_MACHINES = ("microsoft word", "untitled")
_ENDINGS = (".doc", ".docx", ".pdf", ".indd", ".tex", ".dvi")
_MOST_LINE = 50_000_000
_NO_TEXT = 10  # letters on a page: fewer are a stamp on a picture


def read(file: File) -> Document:
    """The document in a PDF; raises LoadError, also where the extra is missing."""
    if sys.modules.get("pypdfium2", ...) is None or find_spec("pypdfium2") is None:
        raise need("pypdfium2", "pdf", "PDF")
    if not file.data.startswith(b"%PDF-"):
        raise LoadError(f"{file.name} is no PDF, whatever its name says")
    with _started() as process:
        watch = _Watch(process)
        try:
            return _document(process, watch, file)
        finally:
            watch.stop()
            process.kill()


def _started() -> subprocess.Popen[bytes]:
    here = str(Path(texts.__file__).parents[1])
    return subprocess.Popen(
        [sys.executable, "-m", "texts.load.pdfium"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": here},
    )


class _Watch:
    """Ends a process that is silent for too long."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._timer: Timer | None = None

    def start(self) -> None:
        """Begins to wait, anew."""
        self.stop()
        self._timer = Timer(MOST_SECONDS, self._process.kill)
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        """Waits no longer."""
        if self._timer:
            self._timer.cancel()


def _document(process: subprocess.Popen[bytes], watch: _Watch, file: File) -> Document:
    assert process.stdin
    assert process.stdout
    watch.start()
    try:
        process.stdin.write(file.data)
        process.stdin.close()
    except BrokenPipeError:  # it has ended: why, its exit code says
        pass
    count, title, author = _told(process.stdout, process, file)
    if count > MOST_PAGES:
        raise LoadError(f"{file.name} has {count:,} pages, more than a text may have: split it")
    pages: list[list[Line]] = []
    letters = 0
    for number in range(count):
        if file.progress:
            file.progress(number, count)
        watch.start()
        pages.append([Line(*line) for line in _told(process.stdout, process, file)])
        letters += sum(len(line.words) for line in pages[-1])
        if letters > MOST_LETTERS:
            raise LoadError(f"{file.name} holds far more than a text does: it is not read")
    if letters < _NO_TEXT * max(count, 1):
        raise LoadError(f"{file.name} holds pictures of pages and no words: run it through OCR first")
    body = body_of_blocks(paragraphs(pages, furniture=file.furniture), file.name)
    return Document(body, _title(title), author)


def _told(said: IO[bytes], process: subprocess.Popen[bytes], file: File) -> Any:
    """The next line that the process prints; raises LoadError where it has ended before."""
    line = said.readline(_MOST_LINE)
    if line.endswith(b"\n"):
        return json.loads(line)
    if process.wait() == PASSWORD:
        raise LoadError(f"{file.name} is locked with a password: save it without one")
    raise LoadError(
        f"{file.name} is damaged, or keeps its reader busy for ever: get it, or save it, once more"
    )


def _title(said: str) -> str:
    """The title that a file carries, unless it is only what a program called the file."""
    made = said.lower().startswith(_MADE_BY_MACHINES) or said.lower().endswith(_ENDINGS)
    return "" if made else said
