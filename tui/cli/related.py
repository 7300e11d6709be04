"""`tui related`: what two texts both speak of, or one and all others, best first, and by which words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from texts.visible import one_line
from tui.cli.codes import ExitCode
from tui.cli.columns import flow, side_by_side
from tui.cli.invocation import Invocation
from tui.cli.options import TEXT, command, csv_option, furniture_option, json_option
from tui.cli.out import line, write_csv, write_json
from tui.cli.pair import least_score_option, others_option, overrides_for, pair
from tui.cli.parameters import one_format
from tui.cli.progress import share_done
from tui.cli.quotes import passage_of
from tui.cli.terminal import cells, cut, is_terminal, pad, pad_left, paint, width
from tui.comparing import beside_library
from tui.relating import dismissed_passages, relations_in

if TYPE_CHECKING:
    from texts.model import Span, Text
    from texts.relate import Evidence, Related, Relations

COLUMNS = (
    "left_text",
    "left_passage",
    "left_start",
    "left_end",
    "left_quote",
    "right_text",
    "right_passage",
    "right_start",
    "right_end",
    "right_quote",
    "score",
    "words",
)
BETWEEN = "  │  "
"""What stands between the two columns on a terminal."""
NARROWEST = 24
"""Columns that a passage is given at least on a terminal."""


@command(
    "related",
    examples=(
        "tui related editorial analysis",
        "tui related editorial analysis --passage 9",
        "tui related editorial                        in all other texts",
        "tui related old.txt new.txt --limit 3 --json",
    ),
)
@click.argument("left", type=TEXT, required=False)
@click.argument("right", type=TEXT, required=False)
@click.option("--passage", type=click.IntRange(min=1), metavar="N", help="Only for passage N of LEFT.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="The best N for each passage of LEFT.")
@least_score_option("Only scores of at least N, 0–100; below the default a relation is less likely than not.")
@others_option
@furniture_option
@json_option
@csv_option
@click.pass_obj
def related_command(
    invocation: Invocation,
    *,
    left: str | None,
    right: str | None,
    passage: int | None,
    limit: int | None,
    min_score: float,
    others: int,
    furniture: bool,
    as_json: bool,
    as_csv: bool,
) -> ExitCode:
    """List passages of LEFT and RIGHT that speak of the same, best first, with the words that show it.

    Without texts it takes those that were last open side by side; with LEFT alone it looks in all other texts of the
    library.
    """
    one_format(as_json, as_csv)
    asked = _Asked(passage, limit, min_score)
    if left is not None and right is None:
        found = _in_library(invocation, invocation.text(left, furniture=furniture), asked, others)
    else:
        found = _in_pair(invocation, pair(invocation, left, right), asked, furniture=furniture)
    _print(found, as_json=as_json, as_csv=as_csv)
    return ExitCode.FOUND if found else ExitCode.NOTHING


class _Asked(NamedTuple):
    """Which relations are wanted."""

    passage: int | None
    """The only passage of the left text; None for all of it."""
    limit: int | None
    """For each passage of the left text."""
    min_score: float

    def passages(self, text: Text) -> Sequence[int]:
        """The numbers of the passages that are asked about; raises CallError where there is no such passage."""
        if self.passage is not None:
            passage_of(text, self.passage)
            return [self.passage]
        return range(1, len(text.numbered) + 1)


def _in_pair(
    invocation: Invocation, names: Sequence[str], asked: _Asked, *, furniture: bool
) -> list[tuple[Pairs, Related]]:
    """What is related in two texts."""
    left, right = (invocation.text(name, furniture=furniture) for name in names)
    passages = asked.passages(left)
    relations, dismissed = _relate(invocation, names, left, right)
    pairs = Pairs(left, right, relations)
    return [(pairs, each) for each in _best(relations, passages, asked.limit, asked.min_score, dismissed)]


def _in_library(
    invocation: Invocation, text: Text, asked: _Asked, others: int
) -> list[tuple[Pairs, Related]]:
    """What is related to a text in the other texts of the library, best first, then by the slugs."""
    passages = asked.passages(text)
    with share_done(f"relating {one_line(text.slug)} with the library") as tell:
        found = beside_library(
            invocation.library(),
            text,
            passage=asked.passage,
            most=others,
            min_score=asked.min_score,
            progress=tell,
        )
    every = [
        (pairs, related)
        for beside in sorted(found, key=lambda beside: beside.text.slug)
        for pairs in (Pairs(text, beside.text, beside.relations),)
        for related in beside.related
    ]
    every.sort(key=lambda each: -each[1].score)
    if asked.limit is None:
        return every
    left = dict.fromkeys(passages, asked.limit)
    return [each for each in every if _counted_down(left, each[1].left)]


def _counted_down(left: dict[int, int], passage: int) -> bool:
    """Whether a passage may have one more, which is then taken off."""
    left[passage] -= 1
    return left[passage] >= 0


def _print(found: Sequence[tuple[Pairs, Related]], *, as_json: bool, as_csv: bool) -> None:
    if as_json:
        write_json(pairs.record(each) for pairs, each in found)
    elif as_csv:
        write_csv(COLUMNS, (pairs.row(each) for pairs, each in found))
    elif is_terminal():
        for pairs, each in found:
            for words in (*pairs.block(each), ""):
                line(words)
    else:
        for pairs, each in found:
            line(pairs.line(each))


def _best(
    relations: Relations,
    passages: Iterable[int],
    limit: int | None,
    min_score: float,
    dismissed: Collection[tuple[int, int]],
) -> list[Related]:
    """What is related to these passages of the left text, `limit` for each at most, best first."""
    spare = len(dismissed)
    found: list[Related] = []
    for number in passages:
        related = relations.for_left(number, min_score, None if limit is None else limit + spare)
        found += [pair for pair in related if (pair.left, pair.right) not in dismissed][:limit]
    return sorted(found, key=lambda pair: -pair.score)


def _relate(
    invocation: Invocation, names: Sequence[str], left: Text, right: Text
) -> tuple[Relations, set[tuple[int, int]]]:
    """What is related, and which pairs a reader has dismissed; from the library where both texts stand in it."""
    with share_done("relating") as tell:
        if all(map(invocation.is_slug, names)):
            library = invocation.library()
            dismissed = dismissed_passages(library, left, right)
            return relations_in(library, left, right, progress=tell), dismissed
        from texts.relate import relate

        aliases = overrides_for(invocation, names).aliases()
        return relate(left, right, aliases=aliases, progress=tell), set()


class Pairs:
    """Related passages of two texts, to be printed in the way that is asked for."""

    def __init__(self, left: Text, right: Text, relations: Relations) -> None:
        self._left = left
        self._right = right
        self._relations = relations

    def record(self, pair: Related) -> dict[str, object]:
        """A pair as JSON gives it."""
        return {
            "left": self._side(self._left, pair.left, pair.left_sentence),
            "right": self._side(self._right, pair.right, pair.right_sentence),
            "score": round(pair.score, 1),
            "evidence": [
                {"left": list(word.left), "right": list(word.right), "score": round(word.score, 1)}
                for word in self._evidence(pair)
            ],
        }

    def row(self, pair: Related) -> list[object]:
        """A pair as CSV gives it."""
        words = (f"{self._left.quote(w.left)}={self._right.quote(w.right)}" for w in self._evidence(pair))
        return [
            *self._cells(self._left, pair.left),
            *self._cells(self._right, pair.right),
            round(pair.score, 1),
            "; ".join(words),
        ]

    def line(self, pair: Related) -> str:
        """`editorial ¶9 ~ analysis ¶6 91: … ~ …`, with the sentences that carry it."""
        left, right = self._left.quote(pair.left_sentence), self._right.quote(pair.right_sentence)
        places = f"{self._left.slug} ¶{pair.left} ~ {self._right.slug} ¶{pair.right}"
        return f"{one_line(places)} {pair.score:.0f}: {one_line(left)} ~ {one_line(right)}"

    def block(self, pair: Related) -> Iterator[str]:
        """Lines with the two passages side by side, the words that join them marked."""
        columns = (width() - cells(BETWEEN)) // 2
        if columns < NARROWEST:
            yield self.line(pair)
            return
        evidence = self._evidence(pair)
        heads = [
            f"{one_line(text.slug)} ¶{n}" for text, n in ((self._left, pair.left), (self._right, pair.right))
        ]
        score = paint(pad_left(f"{pair.score:.0f}", 3), "bold")
        yield f"{paint(pad(cut(heads[0], columns), columns), 'cyan')}{score}  {paint(heads[1], 'cyan')}"
        left = flow(self._left.body, pair.left_sentence, [word.left for word in evidence], columns)
        right = flow(self._right.body, pair.right_sentence, [word.right for word in evidence], columns)
        yield from side_by_side(left, right, columns, BETWEEN)

    def _evidence(self, pair: Related) -> list[Evidence]:
        return list(self._relations.evidence(pair.left, pair.right))

    def _side(self, text: Text, number: int, sentence: Span) -> dict[str, object]:
        start, end = text.passage(number).span
        return {
            "text": text.slug,
            "passage": number,
            "start": start,
            "end": end,
            "quote": text.body[start:end],
            "sentence": list(sentence),
        }

    def _cells(self, text: Text, number: int) -> list[object]:
        start, end = text.passage(number).span
        return [text.slug, number, start, end, text.body[start:end]]
