"""Files that are broken, hostile or no files: each a text shown safely or one clear line, never a hang."""

from __future__ import annotations

import os
import random
import socket
from pathlib import Path

import pytest

from texts.languages.sentences import sentences
from texts.load import LoadError, load, load_bytes
from texts.visible import visible


def refusal(path: str | Path) -> str:
    """The one line with which a file is refused."""
    with pytest.raises(LoadError) as refused:
        load(path)
    assert str(refused.value).isprintable()
    return str(refused.value)


def test_missing_file(tmp_path: Path) -> None:
    assert "there is no such file" in refusal(tmp_path / "missing.txt")
    assert "it is a folder" in refusal("")
    (tmp_path / "file").write_text("x")
    assert "there is no such file" in refusal(tmp_path / "file" / "below")


def test_folder(tmp_path: Path) -> None:
    assert "it is a folder" in refusal(tmp_path)


def test_pipe_without_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "it is a pipe" in refusal(tmp_path / "pipe")


def test_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket may not be long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        assert "it is a socket" in refusal("socket")


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/tty"])
def test_device(device: str) -> None:
    assert "it is a device" in refusal(device)


def test_symlinks_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    assert "links lead in a circle" in refusal(tmp_path / "a")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_unreadable_file(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("x")
    path.chmod(0)
    assert "you may not read it" in refusal(path)


def test_sixty_megabytes_are_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as big:
        big.truncate(60_000_000)

    def fail(*_: object) -> bytes:
        raise AssertionError("the file was read")

    monkeypatch.setattr(os, "read", fail)
    assert "is too large: 60 MB, and 50 MB are the most" in refusal(path)


def test_too_many_bytes_on_standard_input_are_refused() -> None:
    with pytest.raises(LoadError, match=r"^standard input is too large: 60 MB"):
        load_bytes(bytes(60_000_000), "-")


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs /proc")
def test_files_that_lie_about_their_size() -> None:
    refusal("/proc/self/mem")
    assert load("/proc/self/status").body


@pytest.mark.parametrize(("data", "reason"), [(b"", "is empty"), (b" \n\t\r\n", "nothing but white space")])
def test_nothing_to_read(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "nothing.txt"
    path.write_bytes(data)
    assert reason in refusal(path)


@pytest.mark.promise("binary files are refused in one line")
@pytest.mark.parametrize(
    "data",
    [
        random.Random(1).randbytes(65_536),
        random.Random(2).randbytes(1_001),
        bytes(100),
        b"\0",
        b"\x7fELF" + bytes(range(256)) * 10,
        b"\x89PNG\r\n\x1a\n" + random.Random(3).randbytes(5_000),
    ],
    ids=["noise", "odd noise", "NULs", "NUL", "program", "picture"],
)
def test_binary_files_are_refused(data: bytes) -> None:
    with pytest.raises(LoadError, match="looks like a binary file"):
        load_bytes(data, "file.txt")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xd0\xcf\x11\xe0", "an old Office"),
        (b"\x1f\x8b", "a gzip archive"),
    ],
)
def test_other_formats_are_named(data: bytes, kind: str) -> None:
    with pytest.raises(LoadError, match=f"looks like {kind}"):
        load_bytes(data, "file.txt")


NAMES = [
    "new\nline",
    "\x1b[2J",
    "[/b]",
    "\u202egpj",
    "--help",
    "n" * 250,
    os.fsdecode(b"in\xffvalid"),
    " ",
    "a\tb",
    "-x",
]


@pytest.mark.promise("hostile file names are harmless")
@pytest.mark.parametrize("stem", NAMES, ids=range(len(NAMES)))
def test_names_of_files_are_harmless_wherever_they_go(tmp_path: Path, stem: str) -> None:
    if os.sep in stem:
        stem = stem.replace(os.sep, "\u2215")
    path = tmp_path / f"{stem}.txt"
    path.write_text("It began at dawn.", encoding="utf-8")
    text = load(path)
    for words in (text.title, text.source, text.slug):
        assert words == visible(words)
        assert len(words.splitlines()) == 1
        assert words.encode()
    path.write_bytes(b"")
    refusal(path)


def test_a_name_with_nul_and_one_that_is_too_long() -> None:
    assert "holds no NUL" in refusal("a\0b")
    assert "the name is too long" in refusal("n" * 5_000)


HOSTILE = {
    "OSC 0": "\x1b]0;owned\x07",
    "OSC 8": "\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\",
    "OSC 52": "\x1b]52;c;aGFja2Vk\x07",
    "unterminated OSC": "\x1b]0;never ends",
    "CSI": "\x1b[2J\x1b[6n\x1bc",
    "DCS, APC": "\x1bP$q\x1b\\ \x1b_Gx\x1b\\",
    "C1": "".join(map(chr, range(0x80, 0xA0))),
    "C0": "".join(map(chr, range(0x20))),
    "bidi": "\u202aa\u202eb\u2066c\u2069",
    "invisible": "a\u200bb\u2060c\ufeffd\U000e0041",
    "marks": "Z" + "\u0301" * 300,
    "noncharacters": "\uffff\ufffe\ufdd0",
}


@pytest.mark.promise("hostile words in a text are read, and harmless")
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_words_are_read_and_harmless(kind: str) -> None:
    text = load_bytes(f"Before it, {HOSTILE[kind]} and after it come words.".encode(), "x.txt")
    assert text.body == visible(text.body)
    assert "\x1b" not in text.body
    assert text.body.startswith("Before it,")
    assert text.body.endswith("and after it come words.")


@pytest.mark.promise("5 MB in one line, a million lines: read in seconds")
@pytest.mark.parametrize(
    ("data", "passages"),
    [
        (b"word and " * 560_000, 1),
        (b"w" * 5_000_000, 1),
        (b"A line.\n" * 1_000_000, 1_000_000),
        (b"a\n\n" * 200_000, 200_000),
        (b"---\n" + b"a: b\n" * 200_000, 200_001),
        (b"# " + b"[" * 1_000_000, 1),
        (b"# " + b"**a " * 200_000, 1),
        (b"```\n~~~\n" * 50_000, 100_000),
        (("a" + "\u0301\u0323" * 300_000).encode(), 1),
        (b"x" + b" " * 3_000_000 + b"y", 1),
        (b"x" + b"\n" * 3_000_000 + b"y", 2),
        (b"By A " * 500_000, 1),
    ],
    ids=range(12),
)
def test_what_would_take_minutes_by_a_careless_rule(data: bytes, passages: int) -> None:
    """Each of these is read in seconds; a rule that is quadratic in one of them would not end."""
    assert len(load_bytes(data, "x.md").passages) == passages


@pytest.mark.parametrize(
    "line",
    [
        "A-" * 60 + "!",
        "By " + "A-" * 57,
        "A.-" * 100,
        "A-A, " * 70,
        "O'A-" * 80,
        "Ann Oak and " * 29,
        "By " + "A B, " * 23,
    ],
)
def test_author_lines_that_can_be_read_in_many_ways(line: str) -> None:
    """Read at once; a pattern with two ways to read a hyphen would take longer than anyone waits."""
    assert load_bytes(f"A head\n\n{line}\n\n{line}".encode(), "x.txt").title


@pytest.mark.parametrize("piece", ["“", "“a. ", "1. ", "Mr. ", "... ", "'", ".”", "(", "? "])
def test_sentences_of_long_hostile_spans(piece: str) -> None:
    text = load_bytes((piece * 100_000 + "x").encode(), "x.txt")
    assert sentences(text.body, text.passages[0].span)
