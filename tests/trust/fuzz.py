"""Feeds loaders and importers what is left of good files, for a set time: `python -m tests.trust.fuzz [SECONDS]`.

It changes good files at random, the same for the same seed.
What may come is a text or a merge, or a refusal in one line; anything else is printed with the bytes that brought it.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

from store.errors import LibraryError
from store.library import Library
from texts.load import LoadError, load_bytes
from texts.visible import visible
from tui.exporting import export_to
from tui.home import make_first_library
from tui.importing import READABLE, import_bytes

Feed = Callable[[bytes], None]
LOADED = (".txt", ".md", ".html", ".epub", ".docx", ".pdf")


def good_files(folder: Path) -> dict[str, bytes]:
    """A good file of each format that is imported, and of each that is loaded and can be made here."""
    path = folder / "library.db"
    make_first_library(path, "ada")
    files: dict[str, bytes] = {}
    with Library.open(path, reader="ada") as library:
        text = library.shelf.get("editorial")
        ids = [
            library.highlights.mark("editorial", p.span, tags=["a/b"], note="n").id for p in text.numbered[:3]
        ]
        library.links.add(ids[0], ids[1], kind="answers", note="so")
        for format in (name for name in READABLE if name != "library"):
            export_to(library, folder / "out", format=format)
            files[format] = (folder / "out").read_bytes()
        files[".txt"] = files[".md"] = text.body.encode()
        export_to(library, folder / "out.html")
        files[".html"] = (folder / "out.html").read_bytes()
    files |= dict.fromkeys((".epub", ".docx"), files["qdpx"]) | {".pdf": b"%PDF-1.4\n" + files[".txt"]}
    return files


def loader(ending: str) -> Feed:
    """Reads bytes as a file of that ending."""

    def feed(data: bytes) -> None:
        try:
            text = load_bytes(data, f"x{ending}")
        except LoadError as error:
            assert str(error).isprintable(), "a refusal is one line"  # noqa: PT017
        else:
            assert text.body == visible(text.body)

    return feed


def importer(format: str, library: Library) -> Feed:
    """Merges bytes of that format into a library, and takes it back."""

    def feed(data: bytes) -> None:
        try:
            import_bytes(library, data, "x", format=format)
        except LibraryError as error:
            assert "\n" not in str(error), "a refusal is one line"  # noqa: PT017  # told to whoever fuzzes
        while library.journal.undo():
            pass

    return feed


def mutations(good: bytes, rng: random.Random) -> Iterator[bytes]:
    """The file changed here and there: bytes flipped, stretches cut, doubled or moved, numbers made huge."""
    telling = (
        b'"',
        b",",
        b"\r\n",
        b"{",
        b"[",
        b"<",
        b"&",
        b"-1",
        b"99999999999",
        b"null",
        b"\0",
        b"\xff",
        b"\x1b",
    )
    while True:
        data = bytearray(good)
        for _ in range(rng.randint(1, 8)):
            at, length = rng.randrange(len(data) + 1), rng.choice((1, 2, 8, 200))
            deed = rng.randrange(4)
            if deed == 0 and data:
                data[at % len(data)] ^= 1 << rng.randrange(8)
            elif deed == 1:
                del data[at : at + length]
            elif deed == 2:
                data[at:at] = rng.choice(telling)
            else:
                data[at:at] = data[(start := rng.randrange(len(data) + 1)) : start + length]
        yield bytes(data)


def main() -> int:
    """Fuzzes each in turn; 1 where something came that should not."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("seconds", nargs="?", type=float, default=120, help="for all of them together")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    found = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = good_files(folder)
        with Library.open(folder / "hurt.db", reader="fuzz") as library:
            feeds = {ending: loader(ending) for ending in LOADED}
            feeds |= {format: importer(format, library) for format in files if format not in feeds}
            for what, feed in feeds.items():
                tries, failures = run(
                    feed, files[what], given.seconds / len(feeds), random.Random(given.seed)
                )
                found += failures
                print(f"{what:<20} {tries:>7,} tries  {failures} findings", flush=True)
    return int(found > 0)


def run(feed: Feed, good: bytes, seconds: float, rng: random.Random) -> tuple[int, int]:
    """How often it was tried in so many seconds, and how many kinds of what should not have come did."""
    deadline = monotonic() + seconds
    kinds: set[str] = set()
    tries = 0
    for data in mutations(good, rng):
        tries += 1
        try:
            feed(data)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            kind = f"{type(error).__name__} in {place.filename}:{place.lineno}"
            if kind not in kinds:
                kinds.add(kind)
                kept = Path(tempfile.gettempdir()) / f"tui-fuzz-{abs(hash(kind)):x}"
                kept.write_bytes(data)
                print(f"{kind}: {error!s:.200} ({kept})", file=sys.stderr)
        if monotonic() > deadline:
            break
    return tries, len(kinds)


if __name__ == "__main__":
    sys.exit(main())
