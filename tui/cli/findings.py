"""What a search has found, printed: as a concordance, lines, passages, counts, JSON or CSV."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from store.services.search import Finding, Scope, SearchedSource
from texts.excerpt import first_words, last_words
from texts.search import around, concordance
from texts.visible import one_line
from tui.cli.output import line, write_csv, write_json
from tui.cli.terminal import cells, cut, cut_start, is_terminal, pad, pad_left, paint, width

if TYPE_CHECKING:
    from texts.model import Span
    from texts.search import Body, Hit

PLAIN = 60
"""Cells before and after what was found that a line in a pipe shows."""
SEEN = 300
"""Characters before and after it that a terminal can show."""
WIDEST_PLACE = 32
"""Cells of a terminal's line that say where."""
BY_MEANING = " by meaning"
"""Behind the place of what was found in other words."""
COLUMNS = ("text", "title", "passage", "start", "end", "quote", "before", "after", "score")


class FoundPlaces:
    """Places in some texts, to be printed in the way that is asked for."""

    def __init__(self, sources: Sequence[SearchedSource], context: int | None, asked: Iterable[str]) -> None:
        """`sources` are those that may have answered; of `asked` how many places are in each is told, if that is."""
        self._asked = asked
        self._searchables = {source.searchable.slug: source.searchable for source in sources}
        self._context = context

    def print(self, found: Sequence[Finding], *, count: bool, as_json: bool, as_csv: bool) -> None:
        if count:
            self._print_counts(found, as_json=as_json, as_csv=as_csv)
        elif as_json:
            write_json(map(self._record, found))
        elif as_csv:
            write_csv(COLUMNS, ([self._record(finding)[name] for name in COLUMNS] for finding in found))
        elif self._context is not None:
            self._print_passages(found, self._context)
        elif is_terminal():
            self._print_concordance(found)
        else:
            for finding in found:
                line(self._plain(finding))

    def _print_counts(self, found: Sequence[Finding], *, as_json: bool, as_csv: bool) -> None:
        """As grep -c: a number for one text, a line a text for several."""
        counts = Counter(dict.fromkeys(self._asked, 0))
        counts.update(finding.text for finding in found)
        if as_json:
            write_json({"text": slug, "count": number} for slug, number in counts.items())
        elif as_csv:
            write_csv(("text", "count"), counts.items())
        elif len(counts) == 1:
            line(str(len(found)))
        else:
            for slug, number in counts.items():
                line(f"{one_line(slug) or '-'}:{number}")

    def _record(self, finding: Finding) -> dict[str, object]:
        before, after = self._surroundings(finding)
        record: dict[str, object] = {
            "text": finding.text,
            "title": finding.title,
            "passage": finding.passage,
            "start": finding.span.start,
            "end": finding.span.end,
            "quote": finding.quote,
            "before": before,
            "after": after,
            "score": round(finding.score, 1),
        }
        if finding.by_meaning:
            record["by"] = "meaning"
        if finding.scope is not Scope.TEXTS:
            record |= {"scope": str(finding.scope), "highlight": finding.highlight, "note": finding.note}
        return record

    def _surroundings(self, finding: Finding) -> tuple[str, str]:
        """What stands before and after; with `-C N` up to the edges of N passages."""
        if self._context is None or finding.hit is None:
            return finding.before, finding.after
        before, own, after = around(finding.hit, self._searchables[finding.text], self._context)
        body = self._searchables[finding.text].body
        start, end = (*before, own)[0].span.start, (own, *after)[-1].span.end
        return body[start : finding.span.start], body[finding.span.end : end]

    def _print_passages(self, found: Sequence[Finding], context: int) -> None:
        """As grep -C: whole passages, `:` behind the number of the one with the hit, `--` between places."""
        for number, finding in enumerate(found):
            if number:
                line(paint("--", "dim"))
            if finding.hit is None:
                line(self._plain(finding))
                continue
            body = self._searchables[finding.text].body
            before, own, after = around(finding.hit, self._searchables[finding.text], context)
            for passage in before:
                line(f"{_label(finding.text, passage.number)}- {one_line(body[slice(*passage.span)])}")
            left, quote, right = map(one_line, _parted(body, own.span, finding.span))
            label = _label(finding.text, own.number) + paint(BY_MEANING * finding.by_meaning, "cyan")
            line(f"{label}: {left}{paint(quote, 'bold', 'red')}{right}")
            for passage in after:
                line(f"{_label(finding.text, passage.number)}- {one_line(body[slice(*passage.span)])}")

    def _plain(self, finding: Finding) -> str:
        """`editorial ¶9: …a plea from Ali al-Sistani, the most revered…`."""
        place = _place(finding.text, finding.passage) + BY_MEANING * finding.by_meaning
        if finding.hit is None:
            return f"{place}: {_format_finding(finding)}"
        left, quote, right = self._in_passage(finding.hit)
        return f"{place}: {end_of(left, PLAIN)}{quote}{start_of(right, PLAIN)}"

    def _print_concordance(self, found: Sequence[Finding]) -> None:
        """A line a place, what was found one below the other."""
        places = [
            _place(finding.text, finding.passage) + BY_MEANING * finding.by_meaning for finding in found
        ]
        widest = min(max(map(cells, places), default=0), WIDEST_PLACE)
        room = max(width() - widest - 2, 1)
        quotes = max((cells(one_line(finding.quote)) for finding in found if finding.hit), default=0)
        left = (room - min(quotes, room // 2)) // 2
        for finding, place in zip(found, places, strict=True):
            label = paint(pad(cut(place, widest), widest), "cyan")
            line(f"{label}  {self._in_context(finding, left, room)}".rstrip())

    def _in_context(self, finding: Finding, left: int, room: int) -> str:
        """What was found, after `left` cells of what stands before it, in `room` cells altogether."""
        if finding.hit is None:
            return cut(_format_finding(finding), room)
        before, quote, after = self._in_passage(finding.hit)
        quote = cut(quote, room - left)
        after = start_of(after, room - left - cells(quote))
        return f"{pad_left(end_of(before, left), left)}{paint(quote, 'bold', 'red')}{after}"

    def _in_passage(self, hit: Hit) -> tuple[str, str, str]:
        """What stands before a hit in its passage, the hit, and what stands after it: harmless, on one line."""
        (line,) = concordance([hit], [self._searchables[hit.text]], SEEN)
        return one_line(line.left), one_line(line.keyword), one_line(line.right)


def _parted(body: Body, whole: Span, part: Span) -> tuple[str, str, str]:
    """A span of a body in three: before the part, the part, after it."""
    return body[whole.start : part.start], body[part.start : part.end], body[part.end : whole.end]


def _label(slug: str, passage: int | None) -> str:
    return paint(_place(slug, passage), "cyan")


def _place(slug: str, passage: int | None) -> str:
    """`editorial ¶9`."""
    return one_line(slug) if passage is None else f"{one_line(slug)} ¶{passage}"


def _format_finding(finding: Finding) -> str:
    """A note or a tag that was found: the highlight's quote and its note."""
    number = "" if finding.highlight is None else f"{finding.highlight} "
    quote = f"“{one_line(finding.quote)}”" if finding.quote else ""
    return " ✎ ".join(filter(None, (f"{number}{quote}", one_line(finding.note))))


def start_of(words: str, room: int) -> str:
    """The start of the words in so many cells, cut between words where it can be, … after it if something is gone."""
    kept = cut(words, room)
    return kept if kept == words or room < 1 else f"{first_words(words, len(kept) - 1)}…"


def end_of(words: str, room: int) -> str:
    """The end of the words in so many cells, likewise, … before it."""
    kept = cut_start(words, room)
    return kept if kept == words or room < 1 else f"…{last_words(words, len(kept) - 1)}"
