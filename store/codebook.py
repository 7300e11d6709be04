"""The codebook: tags as a tree of paths, each with a colour, a letter and a description."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from store.connection import Connection
from store.errors import LibraryError, NotFound
from store.highlight_rows import erase, join_doubles
from store.journal import Journal
from store.records import Count, Tag
from store.sanitize import tag_path, truncate, words

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

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
"""What can stand for a tag where there is no colour."""


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
            raise NotFound(f"there is no tag “{truncate(path)}”{self._like(path)}")
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
                "tag",
                path=path,
                colour=self._next_colour(),
                letter=self._free_letter(path),
            )
        return self.get(path)

    def colours(self, paths: Iterable[str]) -> dict[str, str]:
        """The colour of each of these tags that is there, by path."""
        rows = self._connection.rows(
            "SELECT path, colour FROM tag WHERE path IN (SELECT value FROM json_each(?))",
            json.dumps(list(paths)),
        )
        return dict(rows)

    def uses(self) -> dict[str, int]:
        """How many highlights carry each tag itself, by path."""
        return {path: number for _, path, number in self._connection.each(_USES.format(uses="highlight_tag"))}

    def is_used_more_than(self, times: int) -> bool:
        """Whether counting takes a while: whether tags were put on more than so many times."""
        row = self._connection.row("SELECT 1 FROM highlight_tag LIMIT 1 OFFSET ?", times)
        return row is not None

    def counts(self, text: str | None = None) -> dict[str, Count]:
        """How many highlights each path marks, in one text or all; paths that only lead to tags included."""
        uses = list(self._connection.each(*self._within(_USES, text)))
        own = {path: number for _, path, number in uses}
        marked: Counter[str] = Counter()
        for path, number in own.items():
            for above in ancestors(path):
                marked[above] += number
        if any("/" in path for path in own):
            marked.subtract(self._counted_again({number: path for number, path, _ in uses}, text))
        return {path: Count(own.get(path, 0), number) for path, number in marked.items()}

    def counts_by_text(self, path: str) -> dict[str, Count]:
        """The texts with highlights that carry the path or one below it, by slug, and how many there are."""
        rows = self._connection.rows(_BY_TEXT, path, *below(path))
        return {slug: Count(own, marked) for slug, own, marked in rows}

    def _counted_again(self, paths: Mapping[int, str], text: str | None) -> Counter[str]:
        """How often a highlight with several tags below a path was counted there once more; `paths` by id of tag."""
        again: Counter[str] = Counter()
        top = {number: path.partition("/")[0] for number, path in paths.items()}
        for tags, highlights in self._connection.each(*self._within(_TOGETHER, text)):
            together = json.loads(tags)
            if len({top[number] for number in together}) == len(together):
                continue
            for path, times in Counter(
                path for number in together for path in ancestors(paths[number])
            ).items():
                if times > 1:
                    again[path] += (times - 1) * highlights
        return again

    def _within(self, query: str, text: str | None) -> tuple[str, tuple[int, ...]]:
        """A query about uses of tags, in one text or all, and its values; raises NotFound."""
        if text is None:
            return query.format(uses="highlight_tag"), ()
        number = self._connection.value("SELECT id FROM text WHERE slug = ?", text)
        if number is None:
            raise NotFound(f"there is no text “{truncate(text)}” in {self._connection.path}")
        return query.format(uses=_IN_TEXT), (number,)

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

    def former_paths(self) -> frozenset[str]:
        """The paths of tags that were renamed, merged or deleted here, as far back as the journal goes."""
        rows = self._connection.rows(
            """SELECT DISTINCT json_extract(before, '$.path') FROM change JOIN act ON act.id = act_id
            WHERE table_name = 'tag' AND undone = 0 AND before IS NOT NULL"""
        )
        return frozenset(path for (path,) in rows if path is not None)

    def move(self, path: str, under: str | None) -> str:
        """Puts a tag with all below it under another path, or at the top; gives its new path."""
        path = self.spelling(path)
        name = path.rpartition("/")[2]
        new = name if under is None else f"{tag_path(under)}/{name}"
        self.rename(path, new)
        return new

    def merge(self, sources: str | Iterable[str], into: str) -> Tag:
        """Makes several tags one: what they mark is marked once, and what lies below them comes along.

        What one reader marked with several of them at one place becomes one highlight, with the tags, notes and links
        of all.

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
                    join_doubles(self._connection, tag.id, self._journal.now())
            return self.get(target.path)

    def colour(self, path: str, colour: str) -> Tag:
        """Gives a tag a colour of the palette; raises LibraryError for another one."""
        if colour not in PALETTE:
            raise LibraryError(f"there is no colour “{truncate(colour)}”: choose one of {', '.join(PALETTE)}")
        return self._set(path, "colour", colour, f"coloured the tag {{path}} {colour}")

    def letter(self, path: str, letter: str) -> Tag:
        """Gives a tag a letter or digit; two tags may share one. Raises LibraryError for anything else."""
        if len(letter) != 1 or letter not in LETTERS:
            raise LibraryError(f"“{letter}” is no letter for a tag: choose one of A–Z, a–z, 0–9")
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

    def digits(self) -> dict[int, Tag]:
        """The tags that the digits 1–9 stand for: those that a reader chose, else the first nine that were made.

        What a tag has by itself is written nowhere: it moves with no other tag, and no other library hears of it.
        """
        chosen = self.quick()
        taken = {tag.path for tag in chosen.values()}
        first = self._connection.rows(
            "SELECT id, id, path, colour, letter, description FROM tag WHERE id <= ?", max(QUICK)
        )
        own = {digit: Tag(*row) for digit, *row in first if digit not in chosen}
        return dict(sorted((chosen | {n: tag for n, tag in own.items() if tag.path not in taken}).items()))

    def quick(self) -> dict[int, Tag]:
        """The tags that a reader has chosen for digits from 1 to 9."""
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
            raise NotFound(f"there is no tag “{truncate(path)}”{self._like(path)}")
        return [found for (found,) in rows]

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
        """The colour that the fewest of the newest tags have, in the order of the palette."""
        used = Counter(self._newest("colour"))
        return min(PALETTE, key=lambda colour: used[colour])

    def _free_letter(self, path: str) -> str:
        """The first letter of the last part that no newer tag has; else any such; else one that is shared."""
        used = set(self._newest("letter"))
        name = unicodedata.normalize("NFKD", path.rpartition("/")[2]).upper()
        own = [letter for letter in name if letter in LETTERS]
        return next((letter for letter in (*own, *LETTERS) if letter not in used), (own or ["A"])[0])

    def _newest(self, column: str) -> Sequence[str]:
        """What the newest tags have: looking at all of them, each of many new ones would take longer."""
        return [
            value
            for (value,) in self._connection.rows(
                f"SELECT {column} FROM tag ORDER BY id DESC LIMIT {_COMPARED_TAGS}"
            )
        ]

    def _like(self, path: str) -> str:
        from difflib import get_close_matches

        close = get_close_matches(path[:200], [tag.path for tag in self.list()], n=3, cutoff=0.5)
        return f"; did you mean {' or '.join(close)}?" if close else "; `tui tags list` lists what there is"


_COMPARED_TAGS = 500
"""Tags that a new one is told apart from by colour and letter, of which there are fewer."""
_SELECT_TAG = "SELECT id, path, colour, letter, description FROM tag"

_IN_TEXT = """(SELECT highlight_tag.* FROM highlight JOIN highlight_tag ON highlight_id = highlight.id
    WHERE text_id = ?)"""

# Counted in the index of tags; the paths, which may be long, come in afterwards.
_USES = """SELECT tag.id, tag.path, coalesce(uses.own, 0) FROM tag LEFT JOIN
    (SELECT tag_id, count(*) AS own FROM {uses} GROUP BY tag_id) AS uses ON uses.tag_id = tag.id"""

# The ids of the tags that stand together on highlights, as JSON, and on how many.
_TOGETHER = """SELECT tags, count(*)
    FROM (SELECT json_group_array(tag_id) AS tags FROM (SELECT * FROM {uses} ORDER BY highlight_id, tag_id)
        GROUP BY highlight_id HAVING count(*) > 1)
    GROUP BY tags"""

_BY_TEXT = """SELECT text.slug, sum(own), count(*) FROM (
        SELECT highlight_id, max(path = ?1) AS own FROM tag JOIN highlight_tag ON tag_id = tag.id
        WHERE path = ?1 OR (path > ?2 AND path < ?3) GROUP BY highlight_id)
    JOIN highlight ON highlight.id = highlight_id JOIN text ON text.id = text_id GROUP BY text.slug"""

_DELETE_TAGS = (
    "DELETE FROM highlight_tag WHERE tag_id IN (SELECT value FROM json_each(?))",
    "DELETE FROM tag WHERE id IN (SELECT value FROM json_each(?))",
)
