"""Every child process: nothing of the reader's folder runs in it, it keeps to its limits, it ends with its parent."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jobs
import pytest
from formats import W, docx_of, epub_of, pdf_of, zip_of
from processes import assert_gone
from traps import Traps

import texts
from store.errors import LibraryError
from store.exchange import isolated as exchange_isolated
from texts.child import isolation
from texts.child.runner import (
    MEGABYTE,
    Child,
    ChildError,
    Limits,
    OutOfMemoryError,
    OutOfTimeError,
    answer_of,
)
from texts.load import LoadError, isolated, load_bytes
from texts.model import Text
from texts.relate.relate_job import RelatingError, relate_in_child, start_child
from texts.search import search
from texts.search.search_records import Mode
from texts.segment import passages

WORDS = "The harbour was full of boats by the first light of day, and nobody could say whose they were."


def text(body: str) -> Text:
    return Text("one", "One", "", "", body, passages(body))


@pytest.fixture
def traps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Traps:
    """A folder full of traps that the program is in, with an environment that leads to them."""
    found = Traps(tmp_path / "traps", tmp_path / "sprung")
    monkeypatch.chdir(found.folder)
    for name, value in found.environment.items():
        monkeypatch.setenv(name, value)
    return found


def read_pdf() -> None:
    pytest.importorskip("pypdfium2")
    assert WORDS in load_bytes(pdf_of(WORDS), "x.pdf").body


def read_html() -> None:
    pytest.importorskip("trafilatura")
    assert WORDS in load_bytes(f"<html><body><p>{WORDS}</p></body></html>".encode(), "x.html").body


def read_docx() -> None:
    assert WORDS in load_bytes(docx_of(WORDS), "x.docx").body


def read_epub() -> None:
    assert WORDS in load_bytes(epub_of(WORDS), "x.epub").body


def import_a_record() -> None:
    assert exchange_isolated.read_isolated("csv", b"text,quote\nx,y\n", "x.csv").highlights


def relate() -> None:
    assert relate_in_child(text(WORDS), text(WORDS)).pairs(0)


def find_by_regex() -> None:
    assert search(r"b\w+s\b", [text(WORDS)], mode=Mode.REGEX)


def call_the_program() -> None:
    """As `tui web` has it called for each page, all but the page."""
    command = isolation.command("tui.cli:main", "--version")
    called = subprocess.run(command, env=isolation.environment(os.environ), capture_output=True, check=True)
    assert called.stdout


CHILDREN = (
    read_pdf,
    read_html,
    read_docx,
    read_epub,
    import_a_record,
    relate,
    find_by_regex,
    call_the_program,
)


@pytest.mark.promise("no child runs a file of the folder or the environment that it is started from")
@pytest.mark.usefixtures("reading_isolated")
@pytest.mark.parametrize("start", CHILDREN)
def test_no_trap_is_sprung(traps: Traps, start: Callable[[], None]) -> None:
    start()
    assert traps.sprung == []


def test_the_traps_are_traps(traps: Traps) -> None:
    """A Python that is called without care runs them, by folder and by environment."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    subprocess.run([sys.executable, "-c", "import textual"], env=environment, check=False)
    assert "textual" in traps.sprung
    environment["PYTHONPATH"] = str(traps.folder)
    subprocess.run(
        [sys.executable, "-c", ""], env=environment, cwd="/", check=False, stderr=subprocess.DEVNULL
    )
    assert "encodings" in traps.sprung


@pytest.mark.promise("`tui add` from a folder of traps runs none of them", tries=4)
def test_adding_files_in_a_folder_of_traps(tmp_path: Path) -> None:
    traps = Traps(tmp_path / "traps", tmp_path / "sprung")
    page = b"<html><p>" + WORDS.encode()
    made = {"a.docx": docx_of(WORDS), "b.epub": epub_of(WORDS), "c.pdf": pdf_of(WORDS), "d.html": page}
    for name, data in made.items():
        (traps.folder / name).write_bytes(data)
    environment = isolation.environment({**os.environ, "TUI_LIBRARY": str(tmp_path / "library.db")})
    root = str(Path(texts.__path__[0]).parent)
    program = f"import sys; sys.path.insert(0, {root!r}); from tui.cli import main; sys.exit(main())"
    added = subprocess.run(
        [sys.executable, "-P", "-c", program, "add", "--json", *made],
        cwd=traps.folder,
        env=environment,
        stdout=subprocess.PIPE,
        check=False,
    )
    assert len({each["sha256"] for each in json.loads(added.stdout)}) == 1, "the same words four times"
    assert traps.sprung == []


def test_a_child_sees_nothing_of_its_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "x")
    monkeypatch.setenv("PYTHONSTARTUP", "x")
    monkeypatch.chdir(tmp_path)
    seen = answer_of("jobs:surroundings", ()).decode().split("\n")
    assert not {"SECRET_TOKEN", "PYTHONSTARTUP", "HOME", str(tmp_path), ""} & set(seen)


def test_what_is_said_comes_back_in_pieces_and_what_is_printed_does_not() -> None:
    told: list[str] = []
    pieces = [b"", b"one", b"\n" * 200_000, bytes(range(256))]
    with Child("jobs:echo") as child:
        assert list(child.ask(pieces, progress=told.append)) == pieces
    assert told == ["0", "1", "2", "3"]


def test_what_a_job_raises_and_a_death_are_errors() -> None:
    with pytest.raises(ChildError, match=r"^no such thing$") as raised:
        answer_of("jobs:fail", [b"no such thing"])
    assert raised.value.kind == "ValueError"
    with pytest.raises(ChildError, match="ended with 7"):
        answer_of("jobs:die", [b"x"])
    with pytest.raises(ChildError, match=r"^the process ended with 1$"):
        answer_of("jobs:interrupt", [])
    with pytest.raises(ChildError, match="jobs"):
        answer_of("jobs:nothing", [])


@pytest.mark.promise(
    "a child that wants more memory than it may have is ended and told from a death", tries=2
)
@pytest.mark.skipif(sys.platform == "win32", reason="no limit there")
@pytest.mark.parametrize("job", ["fill", "fill_at_once"])
def test_memory_has_a_limit(job: str) -> None:
    limits = Limits(memory=100 * MEGABYTE)
    del bytearray(b"x" * 150 * MEGABYTE)[:]  # what the parent had at most is none of the child's
    assert answer_of(f"jobs:{job}", [b"10"], limits) == b"10"
    with pytest.raises(OutOfMemoryError, match="more than 100 MB"):
        answer_of(f"jobs:{job}", [b"400"], limits)


@pytest.mark.skipif(sys.platform == "win32", reason="no limit there")
def test_a_child_has_the_limits_that_it_was_given_and_else_its_parents() -> None:
    import resource

    kinds = (resource.RLIMIT_DATA, resource.RLIMIT_CPU)
    own = [*map(resource.getrlimit, kinds), (0, 0), os.nice(0)]
    assert answer_of("jobs:limits", [b""]) == repr(own).encode()
    given = Limits(memory=400 * MEGABYTE, seconds=20.5)
    # A quarter more memory than what is measured, and four cores' seconds and one.
    wanted = [(500 * MEGABYTE,) * 2, (83, 83), (0, 0), os.nice(0) + 3]
    assert answer_of("jobs:limits", [b""], given, niceness=3) == repr(wanted).encode()


@pytest.mark.promise("a child that takes longer than it may, silent or not, is ended")
@pytest.mark.parametrize(
    ("job", "limits"), [("sleep", Limits(silence=0.3)), ("chatter", Limits(seconds=0.5, silence=5))]
)
def test_time_has_a_limit(job: str, limits: Limits) -> None:
    with pytest.raises(OutOfTimeError):
        answer_of(f"jobs:{job}", [b""], limits)


def test_who_no_longer_wants_the_answer_ends_the_child() -> None:
    pids: list[str] = []

    def enough() -> None:
        if pids:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        answer_of("jobs:sleep", [b""], progress=pids.append, tick=enough)
    assert_gone(int(pids[0]))


PARENT = """
import sys
sys.path[:0] = {path!r}
from texts.child.runner import Child
with Child("jobs:sleep") as child:
    for _ in child.ask([b"x"], progress=lambda pid: print(pid, flush=True)):
        pass
"""


@pytest.mark.promise("a child ends with its parent, even one that is killed")
@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_child_ends_with_its_parent(number: signal.Signals) -> None:
    code = PARENT.format(path=[str(Path(texts.__path__[0]).parent), str(Path(jobs.__file__).parent)])
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.send_signal(number)
    assert_gone(pid)


WAITING = """
import sys
sys.path[:0] = {path!r}
from texts.relate.relate_job import start_child
child = start_child()
print(child._process.pid, flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
def test_a_child_that_nobody_asks_ends_with_its_parent() -> None:
    code = WAITING.format(path=[str(Path(texts.__path__[0]).parent)])
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    assert_gone(pid)


def test_a_child_started_ahead_relates_and_ends() -> None:
    child = start_child()
    assert relate_in_child(text(WORDS), text(WORDS), child=child).pairs(0)
    assert_gone(child._process.pid)


def test_a_child_that_was_ended_is_not_waited_for() -> None:
    child = start_child()
    child.close()
    child.close()
    with pytest.raises(RelatingError, match="has been ended"):
        relate_in_child(text(WORDS), text(WORDS), child=child)


@pytest.mark.promise("a file whose reading breaks a limit is refused in one line that says which", tries=2)
@pytest.mark.usefixtures("reading_isolated")
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", docx_of(WORDS)),
        ("b.epub", epub_of(WORDS)),
        ("c.pdf", pdf_of(WORDS)),
        ("d.html", b"<html><p>x"),
    ],
    ids=["docx", "epub", "pdf", "html"],
)
def test_a_file_keeps_to_the_limits(name: str, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "LIMITS", Limits(memory=8 * MEGABYTE))
    with pytest.raises(LoadError, match=rf"^{name} is not read: it wants more than 8 MB of memory; "):
        load_bytes(data, name)
    monkeypatch.setattr(isolated, "LIMITS", Limits(silence=1e-9))
    with pytest.raises(LoadError, match=rf"^{name} is not read: it keeps its reader busy for ever; "):
        load_bytes(data, name)


@pytest.mark.promise("a record whose reading breaks a limit is refused in one line that says which", tries=3)
@pytest.mark.usefixtures("reading_isolated")
def test_a_record_keeps_to_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    read = exchange_isolated.read_isolated
    with pytest.raises(LibraryError, match=r"^this is no JSON"):
        read("json", b"{", "x.json")
    monkeypatch.setattr(exchange_isolated, "MOST_SECONDS", 1e-9)
    with pytest.raises(LibraryError, match=r"^it keeps its reader busy for ever; split it$"):
        read("csv", b"text,quote\n", "x.csv")
    monkeypatch.setattr(exchange_isolated, "MOST_SECONDS", 600.0)
    monkeypatch.setattr(exchange_isolated, "MOST_MEMORY", 8 * MEGABYTE)
    with pytest.raises(LibraryError, match=r"^reading it wants more than 8 MB of memory; split it$"):
        read("csv", b"text,quote\n", "x.csv")


@pytest.mark.usefixtures("reading_isolated")
def test_reading_can_be_cancelled_and_says_how_far_it_is() -> None:
    data = epub_of(*[WORDS] * 5)
    told: list[tuple[int, int]] = []
    assert load_bytes(data, "x.epub", progress=lambda done, of: told.append((done, of))).body
    assert told == [(number, 5) for number in range(5)]
    with pytest.raises(LoadError, match=r"^x\.epub was not read: cancelled$"):
        load_bytes(data, "x.epub", cancelled=lambda: True)


@pytest.mark.usefixtures("reading_isolated")
def test_what_was_left_out_comes_back_with_the_words() -> None:
    comments = '<w:comments xmlns:w="w"><w:comment/></w:comments>'
    data = zip_of(
        {"word/document.xml": f"<w:document {W}><w:body/></w:document>", "word/comments.xml": comments}
    )
    told: list[str] = []
    with pytest.raises(LoadError, match="is empty"):
        load_bytes(data, "x.docx", remark=told.append)
    paragraph = "<w:p><w:r><w:t>A word.</w:t></w:r></w:p>"
    document = f"<w:document {W}><w:body>{paragraph}</w:body></w:document>"
    load_bytes(
        zip_of({"word/document.xml": document, "word/comments.xml": comments}), "x.docx", remark=told.append
    )
    assert told == ["1 comment left out: `tui import` takes it as a highlight with a note"]


@pytest.mark.usefixtures("reading_isolated")
def test_a_refusal_of_the_reader_is_told_as_it_is() -> None:
    with pytest.raises(LoadError, match=r"^x\.docx is damaged: get it, or save it, once more$"):
        load_bytes(docx_of(WORDS)[:-30] + b"word/document.xml", "x.docx")
