"""The codebook: tags as a tree of paths, each with a colour, a letter and a description."""

from __future__ import annotations

import json
import string
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from store.connection import Connection, Row
from store.errors import LibraryError, NotFound
from store.highlights import erase
from store.journal import Journal
from store.records import Count, Tag
from store.tidy import clipped, tag_path, words

PALETTE: Mapping[str, str] = MappingProxyType(
    {
        "orange": "#E69F00",
        "sky": "#56B4E9",
        "green": "#009E73",
        "yellow": "#F0E442",
        "blue": "#0072B2",
        "vermilion": "#D55E00",
        "pink": "#CC79A7",
        "grey": "#999999",
    }
)
"""Names and values of the colours, which colour-blind readers can tell apart (Okabe and Ito 2008)."""

QUICK = range(1, 10)
"""The digits that can stand for a tag."""

_LETTERS = string.ascii_uppercase + string.ascii_lowercase + string.digits


def ancestors(path: str) -> Iterator[str]:
    """The path itself and all paths above it: `a/b/c`, `a/b`, `a`."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def below(path: str) -> tuple[str, str]:
    """Bounds, both left out, between which SQLite sorts what lies below a path."""
    return f"{path}/", f"{path}0"  # 0 comes right after the slash


class Codebook:
    """Makes, reshapes and counts tags."""

    def __init__(self, connection: Connection, journal: Journal) -> None:
        self._connection = connection
        self._journal = journal

    def list(self) -> list[Tag]:
        """All tags, by path."""
        tags = [Tag(*row) for row in self._connection.rows(_SELECT_TAG)]
        return sorted(tags, key=lambda tag: tag.path.casefold().split("/"))

    def get(self, path: str) -> Tag:
        """The tag of that path; raises NotFound with paths like it."""
        tag = self._find(self.spelling(path))
        if tag is None:
            raise NotFound(f"there is no tag “{clipped(path)}”{self._like(path)}")
        return tag

    def spelling(self, path: str) -> str:
        """A path as the codebook has it: what is there already is taken as it is, else it is `tag_path`.

        A library may come from anybody, and hold a tag that nobody could make here; it can still be renamed.
        """
        return path if self._find(path) is not None else tag_path(path)

    def ensure(self, path: str) -> Tag:
        """The tag of that path, made if there is none; raises LibraryError where the path cannot be one."""
        path = tag_path(path)
        tag = self._find(path)
        if tag is not None:
            return tag
        with self._journal.act(f"made the tag {path}"):
            self._connection.insert(
                "tag", path=path, colour=self._next_colour(), letter=self._free_letter(path)
            )
        return self.get(path)

    def counts(self, text: str | None = None) -> dict[str, Count]:
        """How many highlights each path marks, in one text or all; paths that only lead to tags included."""
        marked: dict[str, set[int]] = defaultdict(set)
        own: Counter[str] = Counter()
        for path, _, highlight in self._uses(text):
            if highlight is not None:
                own[path] += 1
            for above in ancestors(path):
                marked[above].update(() if highlight is None else (highlight,))
        return {path: Count(own[path], len(highlights)) for path, highlights in marked.items()}

    def counts_by_text(self) -> dict[str, dict[str, Count]]:
        """For each path the texts that have it, by slug, with the counts there."""
        marked: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        own: Counter[tuple[str, str]] = Counter()
        for path, slug, highlight in self._uses(None):
            if slug is None or highlight is None:
                continue
            own[path, slug] += 1
            for above in ancestors(path):
                marked[above][slug].add(highlight)
        return {
            path: {slug: Count(own[path, slug], len(highlights)) for slug, highlights in texts.items()}
            for path, texts in marked.items()
        }

    def rename(self, old: str, new: str) -> None:
        """Gives a path another name, with all that lies below it.

        Raises NotFound, and LibraryError where the new name is taken: two tags become one by `merge`.
        """
        old, new = self.spelling(old), tag_path(new)
        branch = self._branch(old)
        renamed = {path: new + path.removeprefix(old) for path in branch}
        others = {tag.path for tag in self.list()} - set(branch)
        taken = sorted(others.intersection(renamed.values()))
        if taken:
            raise LibraryError(f"there is a tag {taken[0]} already: merge {old} into {new} to make them one")
        for path in renamed.values():
            tag_path(path)  # a long name above may make one below too long
        if old == new:
            return
        with self._journal.act(f"renamed the tag {old} to {new}"):
            # A path may take the name of another one of its own branch, which therefore has to move first.
            for path in sorted(renamed, key=len, reverse=len(new) > len(old)):
                self._connection.execute("UPDATE tag SET path = ? WHERE path = ?", renamed[path], path)

    def move(self, path: str, under: str | None) -> str:
        """Puts a tag with all below it under another path, or at the top; gives its new path."""
        path = self.spelling(path)
        name = path.rpartition("/")[2]
        new = name if under is None else f"{tag_path(under)}/{name}"
        self.rename(path, new)
        return new

    def merge(self, sources: str | Iterable[str], into: str) -> Tag:
        """Makes several tags one: what they mark is marked once, and what lies below them comes along.

        The target is made if there is none. Descriptions are kept, one after the other. Raises NotFound.
        """
        into = tag_path(into)
        paths = dict.fromkeys(map(self.spelling, [sources] if isinstance(sources, str) else sources))
        paths.pop(into, None)
        for path in paths:
            self._branch(path)
            if into.startswith(f"{path}/"):
                raise LibraryError(
                    f"{path} cannot be merged into {into}, which is below it: rename it instead"
                )
        if not paths:
            return self.get(into)
        with self._journal.act(f"merged {', '.join(paths)} into {into}"):
            target = self.ensure(into)
            # Deepest first, so that what is merged itself does not come along with what lies above it.
            for path in sorted(paths, key=len, reverse=True):
                for source in sorted(self._branch(path, empty=True), key=len, reverse=True):
                    tag = self.ensure(into + source.removeprefix(path))
                    self._absorb(self.get(source), tag)
            return self.get(target.path)

    def colour(self, path: str, colour: str) -> Tag:
        """Gives a tag a colour of the palette; raises LibraryError for another one."""
        if colour not in PALETTE:
            raise LibraryError(f"there is no colour “{clipped(colour)}”: choose one of {', '.join(PALETTE)}")
        return self._set(path, "colour", colour, f"coloured the tag {{path}} {colour}")

    def letter(self, path: str, letter: str) -> Tag:
        """Gives a tag a letter or digit; two tags may share one. Raises LibraryError for anything else."""
        if len(letter) != 1 or letter not in _LETTERS:
            raise LibraryError(f"{letter!a} is no letter for a tag: choose one of A–Z, a–z, 0–9")
        return self._set(path, "letter", letter, f"gave the tag {{path}} the letter {letter}")

    def describe(self, path: str, description: str) -> Tag:
        """Writes what a tag stands for, in Markdown."""
        return self._set(path, "description", words(description), "described the tag {path}")

    def delete(self, path: str, *, highlights: bool = False) -> None:
        """Deletes a tag and all below it; what they mark stays, unless `highlights` says that it goes too."""
        path = self.spelling(path)
        branch = self._branch(path)
        with self._journal.act(f"deleted the tag {path}" + (" and what it marked" if highlights else "")):
            tags = json.dumps([self.get(tag).id for tag in branch])
            if highlights:
                marked = self._connection.rows(
                    """SELECT DISTINCT highlight_id FROM highlight_tag
                    WHERE tag_id IN (SELECT value FROM json_each(?))""",
                    tags,
                )
                erase(self._connection, [highlight for (highlight,) in marked])
            for statement in _DELETE_TAGS:
                self._connection.execute(statement, tags)

    def quick(self) -> dict[int, Tag]:
        """The tags that the digits 1–9 stand for."""
        rows = self._connection.rows(
            """SELECT quick, id, path, colour, letter, description FROM tag
            WHERE quick IS NOT NULL ORDER BY quick"""
        )
        return {digit: Tag(*row) for digit, *row in rows}

    def set_quick(self, digit: int, path: str | None) -> None:
        """Makes a digit stand for a tag, which is made if there is none, or for nothing."""
        if digit not in QUICK:
            raise LibraryError(f"{digit} is no quick tag: choose a digit from 1 to 9")
        label = f"made {digit} the quick tag for {path}" if path else f"freed the quick tag {digit}"
        with self._journal.act(label):
            tag = None if path is None else self.ensure(path)
            self._connection.execute(
                "UPDATE tag SET quick = NULL WHERE quick = ? AND id IS NOT ?", digit, tag and tag.id
            )
            if tag is not None:
                self._connection.execute("UPDATE tag SET quick = ? WHERE id = ?", digit, tag.id)

    def _find(self, path: str) -> Tag | None:
        row = self._connection.row(f"{_SELECT_TAG} WHERE path = ?", path)
        return None if row is None else Tag(*row)

    def _branch(self, path: str, *, empty: bool = False) -> Sequence[str]:
        """The paths of the tags at a path and below it; raises NotFound where there are none."""
        rows = self._connection.rows(
            "SELECT path FROM tag WHERE path = ? OR (path > ? AND path < ?) ORDER BY path", path, *below(path)
        )
        if not rows and not empty:
            raise NotFound(f"there is no tag “{clipped(path)}”{self._like(path)}")
        return [found for (found,) in rows]

    def _uses(self, text: str | None) -> Sequence[Row]:
        """(path, slug, highlight id) for each use, and (path, None, None) for a tag without any."""
        if text is not None and self._connection.row("SELECT 1 FROM text WHERE slug = ?", text) is None:
            raise NotFound(f"there is no text “{clipped(text)}” in {self._connection.path}")
        return self._connection.rows(
            """SELECT tag.path, uses.slug, uses.highlight_id FROM tag LEFT JOIN (
                SELECT tag_id, highlight_id, text.slug FROM highlight_tag
                JOIN highlight ON highlight.id = highlight_id JOIN text ON text.id = text_id
                WHERE ?1 IS NULL OR text.slug = ?1
            ) AS uses ON uses.tag_id = tag.id""",
            text,
        )

    def _set(self, path: str, column: str, value: str, label: str) -> Tag:
        tag = self.get(path)
        with self._journal.act(label.format(path=tag.path)):
            self._connection.execute(f"UPDATE tag SET {column} = ? WHERE id = ?", value, tag.id)
        return self.get(tag.path)

    def _absorb(self, source: Tag, target: Tag) -> None:
        self._connection.execute(
            "UPDATE OR IGNORE highlight_tag SET tag_id = ? WHERE tag_id = ?", target.id, source.id
        )
        self._connection.execute("DELETE FROM highlight_tag WHERE tag_id = ?", source.id)
        digit = self._connection.value("SELECT quick FROM tag WHERE id = ?", source.id)
        self._connection.execute("DELETE FROM tag WHERE id = ?", source.id)
        if digit is not None:
            self._connection.execute(
                "UPDATE tag SET quick = coalesce(quick, ?) WHERE id = ?", digit, target.id
            )
        if source.description and source.description != target.description:
            both = "\n\n".join(filter(None, (target.description, source.description)))
            self._connection.execute("UPDATE tag SET description = ? WHERE id = ?", both, target.id)

    def _next_colour(self) -> str:
        """The colour that the fewest tags have, in the order of the palette."""
        used = Counter(colour for (colour,) in self._connection.rows("SELECT colour FROM tag"))
        return min(PALETTE, key=lambda colour: used[colour])

    def _free_letter(self, path: str) -> str:
        """The first free letter of the last part; else any that is free; else one that is shared."""
        used = {letter for (letter,) in self._connection.rows("SELECT letter FROM tag")}
        name = unicodedata.normalize("NFKD", path.rpartition("/")[2]).upper()
        own = [letter for letter in name if letter in _LETTERS]
        return next((letter for letter in (*own, *_LETTERS) if letter not in used), (own or ["A"])[0])

    def _like(self, path: str) -> str:
        from difflib import get_close_matches

        close = get_close_matches(path[:200], [tag.path for tag in self.list()], n=3, cutoff=0.5)
        return f"; did you mean {' or '.join(close)}?" if close else "; `tui tags list` lists what there is"


_SELECT_TAG = "SELECT id, path, colour, letter, description FROM tag"

_DELETE_TAGS = (
    "DELETE FROM highlight_tag WHERE tag_id IN (SELECT value FROM json_each(?))",
    "DELETE FROM tag WHERE id IN (SELECT value FROM json_each(?))",
)
