"""`tui related`: what two texts both speak of, or one and all others, best first, and by which words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from store.services.comparison import beside_library
from store.services.meanings import OtherLanguages, in_other_languages
from store.services.relations import dismissed_passages, relations_in, relations_of
from texts.meaning import MISSING, model_version
from texts.visible import one_line
from tui.cli.codes import CallError, ExitCode
from tui.cli.flow import flow
from tui.cli.invocation import Invocation
from tui.cli.options import (
    TEXT,
    asked_format,
    command,
    csv_option,
    format_option,
    furniture_option,
    json_option,
    option,
    tell_idle,
)
from tui.cli.output import line, print_status, write, write_csv, write_json
from tui.cli.pair import least_score_option, meaning_option, others_option, overrides_for, pair
from tui.cli.progress import share_done
from tui.cli.quotes import passage_of
from tui.cli.tabular import side_by_side
from tui.cli.terminal import cells, cut, is_terminal, pad, pad_left, paint, width

if TYPE_CHECKING:
    from store.exchange.tei.tei_pairs import RelatedPassages
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
BY_MEANING = " by meaning"
"""Behind the score of a pair that no word speaks for."""
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
        "tui related editorial analysis --format tei > related.xml",
    ),
)
@click.argument("left", type=TEXT, required=False)
@click.argument("right", type=TEXT, required=False)
@option("--passage", type=click.IntRange(min=1), metavar="N", help="Only for passage N of LEFT.")
@option("--limit", type=click.IntRange(min=1), metavar="N", help="The best N for each passage of LEFT.")
@least_score_option("Only scores of at least N, 0–100; below the default a relation is less likely than not.")
@others_option
@meaning_option
@furniture_option
@json_option
@csv_option
@format_option
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
    meaning: bool | None,
    furniture: bool,
    as_json: bool,
    as_csv: bool,
    format: str | None,
) -> ExitCode:
    """List passages of LEFT and RIGHT that speak of the same, best first, with the words that show it.

    Without texts it takes those that were last open side by side; with LEFT alone it looks in all other texts of the
    library. Two languages are related by meaning too where the extra for it is installed, in the whole library where
    vectors of both texts are kept from before: words that stand for each other are then names and numbers, and what
    rests on none of them says "by meaning".
    """
    form = asked_format(format, as_json=as_json, as_csv=as_csv)
    asked = _Asked(passage, limit, min_score)
    if left is not None and right is None:
        if meaning:
            raise CallError("--meaning relates two texts: name both.")
        found = _in_library(
            invocation, invocation.text(left, furniture=furniture), asked, others, by_words=meaning is False
        )
    else:
        tell_idle("it is for LEFT alone", "others")
        found = _in_pair(invocation, pair(invocation, left, right), asked, meaning, furniture=furniture)
    _print(found, form)
    return ExitCode.FOUND if found else ExitCode.NOTHING


class _Asked(NamedTuple):
    """Which relations are wanted."""

    passage: int | None
    """The only passage of the left text; None for all of it."""
    limit: int | None
    """For each passage of the left text."""
    min_score: float

    def check(self, text: Text) -> None:
        """Raises CallError where the text has no such passage."""
        if self.passage is not None:
            passage_of(text, self.passage)


def _in_pair(
    invocation: Invocation,
    names: Sequence[str],
    asked: _Asked,
    meaning: bool | None,
    *,
    furniture: bool,
) -> list[tuple[PairsToPrint, Related]]:
    """What is related in two texts."""
    left, right = (invocation.text(name, furniture=furniture) for name in names)
    asked.check(left)
    relations, dismissed = _relate(invocation, names, left, right, meaning)
    pairs = PairsToPrint(left, right, relations)
    return [(pairs, each) for each in _best(relations, asked, dismissed)]


def _in_library(
    invocation: Invocation, text: Text, asked: _Asked, others: int, *, by_words: bool
) -> list[tuple[PairsToPrint, Related]]:
    """What is related to a text in the other texts of the library, best first, then by the slugs."""
    asked.check(text)
    library = invocation.library()
    elsewhere = OtherLanguages() if by_words else in_other_languages(library, text, others)
    with share_done(f"relating {one_line(text.slug)} with the library") as tell:
        found = beside_library(
            library,
            text,
            passage=asked.passage,
            most=others,
            min_score=asked.min_score,
            progress=tell,
            by_meaning=elsewhere.by_meaning,
        )
    if elsewhere.by_words:
        print_status(_by_words(elsewhere.by_words))
    every = [
        (pairs, related)
        for beside in sorted(found, key=lambda beside: beside.text.slug)
        for pairs in (PairsToPrint(text, beside.text, beside.relations),)
        for related in beside.related
    ]
    every.sort(key=lambda each: -each[1].score)
    if asked.limit is None:
        return every
    left = dict.fromkeys({each[1].left for each in every}, asked.limit)
    return [each for each in every if _counted_down(left, each[1].left)]


def _by_words(number: int) -> str:
    """What to say of texts in other languages that were related by words alone, and how they come to vectors."""
    have = "text in another language was" if number == 1 else "texts in other languages were"
    way = "`tui related LEFT RIGHT` relates one by meaning, and this will from then on"
    return f"{number} {have} looked at by words alone: {way if model_version() else MISSING}"


def _counted_down(left: dict[int, int], passage: int) -> bool:
    """Whether a passage may have one more, which is then taken off."""
    left[passage] -= 1
    return left[passage] >= 0


def _print(found: Sequence[tuple[PairsToPrint, Related]], form: str) -> None:
    if form == "json":
        write_json(pairs.record(each) for pairs, each in found)
    elif form == "csv":
        write_csv(COLUMNS, (pairs.row(each) for pairs, each in found))
    elif form == "tei":
        from store.exchange.tei.tei_pairs import related_markup

        for markup in related_markup(pairs.passages(each) for pairs, each in found):
            write(markup)
    elif is_terminal():
        for pairs, each in found:
            for words in (*pairs.block(each), ""):
                line(words)
    else:
        for pairs, each in found:
            line(pairs.line(each))


def _best(relations: Relations, asked: _Asked, dismissed: Collection[tuple[int, int]]) -> list[Related]:
    """What is related to the passages that are asked about, best first, without what a reader has dismissed."""
    if asked.passage is None:
        found = relations.pairs(asked.min_score)
    else:
        found = relations.for_left(asked.passage, asked.min_score)
    found = [pair for pair in found if (pair.left, pair.right) not in dismissed]
    if asked.limit is None:
        return found
    left = dict.fromkeys({pair.left for pair in found}, asked.limit)
    return [pair for pair in found if _counted_down(left, pair.left)]


def _relate(
    invocation: Invocation, names: Sequence[str], left: Text, right: Text, meaning: bool | None
) -> tuple[Relations, set[tuple[int, int]]]:
    """What is related, and which pairs a reader has dismissed; from the library where both texts stand in it."""
    with share_done("relating") as tell:
        if all(map(invocation.is_slug, names)):
            library = invocation.library()
            dismissed = dismissed_passages(library, left, right)
            return relations_in(library, left, right, progress=tell, meaning=meaning), dismissed
        overrides, there = overrides_for(invocation, names), invocation.library_if_there()
        return relations_of(left, right, overrides, meaning, library=there, progress=tell), set()


class PairsToPrint:
    """Related passages of two texts, to be printed in the way that is asked for."""

    def __init__(self, left: Text, right: Text, relations: Relations) -> None:
        self._left = left
        self._right = right
        self._relations = relations

    def record(self, pair: Related) -> dict[str, object]:
        """A pair as JSON gives it."""
        evidence = self._evidence(pair)
        record: dict[str, object] = {
            "left": self._side(self._left, pair.left, pair.left_sentence),
            "right": self._side(self._right, pair.right, pair.right_sentence),
            "score": round(pair.score, 1),
            "evidence": [
                {"left": list(word.left), "right": list(word.right), "score": round(word.score, 1)}
                for word in evidence
            ],
        }
        if self._relations.by_meaning:
            record["by"] = "meaning and words" if evidence else "meaning"
        return record

    def passages(self, pair: Related) -> RelatedPassages:
        """A pair with its texts and its evidence."""
        from store.exchange.tei.tei_pairs import RelatedPassages

        return RelatedPassages(self._left, self._right, pair, self._evidence(pair))

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
        by = "" if self._rests_on_words(pair) else BY_MEANING
        return f"{one_line(places)} {pair.score:.0f}{by}: {one_line(left)} ~ {one_line(right)}"

    def _rests_on_words(self, pair: Related) -> bool:
        """Whether any word speaks for a pair: by meaning alone, none has to."""
        return not self._relations.by_meaning or bool(self._evidence(pair))

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
        by = "" if self._rests_on_words(pair) else paint(BY_MEANING, "dim")
        yield f"{paint(pad(cut(heads[0], columns), columns), 'cyan')}{score}  {paint(heads[1], 'cyan')}{by}"
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
