"""Two readers held against each other, as tables and as JSON: what `tui compare-readers` prints."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from store.services.agreement import NO_TAG, AgreementReport, difference, in_words
from texts.compare.tables import CellValue, Table, TableColumn

if TYPE_CHECKING:
    from texts.agreement import AsSets, Codes, Disagreement, Figures, OnSets, Tally

_ANY = "any highlight"
_SETS = "all tags together"
_DIGITS = 4
"""Decimals of shares and coefficients in JSON and CSV."""

_HOW = {
    "highlights": (
        "Met are highlights that share at least one character with one of the other reader’s, in a tag’s row with one "
        "of the same tag; same are pairs on exactly the same words. A tag’s row counts the tag itself, not tags below "
        "it. Furniture and orphans are left out."
    ),
    "agreement": (
        "Units are the characters of numbered passages that are not white space, and the passages. Same is the share "
        "of which both readers say the same, in %. κ (Cohen 1960) and α (Krippendorff 2011, nominal) are what is left "
        "of it beyond chance: 1 is full agreement, 0 chance, and “undefined” that both say one thing of every unit, so "
        f"that chance explains all. In the row “{_SETS}” a unit has the set of its tags; there α takes two sets for "
        "nearer the more they share (MASI, Passonneau 2006). Krippendorff asks for 0.8, and for 0.667 where "
        "conclusions may be tentative."
    ),
    "places": (
        "Words that only one has marked, or that the two have tagged otherwise; what is apart in one sentence is one "
        "place. On the desk, Space y walks through them."
    ),
}
"""How the numbers of each table are made."""


def agreement_tables(agreed: AgreementReport) -> dict[str, Table]:
    """All tables by name."""
    return {table.id: table for table in (_highlights(agreed), _agreement(agreed), _places(agreed))}


def _figures(agreed: AgreementReport) -> Iterator[tuple[str, Figures]]:
    """The rows that both tables of figures have: any highlight, then the tags."""
    yield _ANY, agreed.agreement.marked
    for tag, figures in agreed.agreement.tags.items():
        yield tag or NO_TAG, figures


def _highlights(agreed: AgreementReport) -> Table:
    columns = (
        ("tag", "tag"),
        ("one", agreed.one),
        ("one_met", "met"),
        ("other", agreed.other),
        ("other_met", "met"),
        ("same", "same"),
    )
    counts = ((tag, figures.highlights) for tag, figures in _figures(agreed))
    rows = ((tag, each.one, each.one_met, each.other, each.other_met, each.same) for tag, each in counts)
    return _table("highlights", "Highlights in common", columns, rows, words=("tag",))


def _agreement(agreed: AgreementReport) -> Table:
    columns = (
        ("tag", "tag"),
        ("characters_same", "same"),
        ("characters_kappa", "κ"),
        ("characters_alpha", "α"),
        ("passages_same", "¶ same"),
        ("passages_kappa", "¶ κ"),
        ("passages_alpha", "¶ α"),
    )
    said: list[tuple[str, Figures | AsSets]] = [*_figures(agreed)]
    said.insert(1, (_SETS, agreed.agreement.as_sets))
    rows = ((tag, *_numbers(each.characters), *_numbers(each.passages)) for tag, each in said)
    return _table("agreement", "Agreement on characters and on passages", columns, rows, words=("tag",))


def _places(agreed: AgreementReport) -> Table:
    columns = (
        ("text", "text"),
        ("passage", "¶"),
        ("start", "start"),
        ("end", "end"),
        ("one", agreed.one),
        ("other", agreed.other),
        ("quote", "words"),
    )
    found = agreed.agreement.places
    rows = (
        (place.text, place.passage, *place.span, in_words(place.one), in_words(place.other), place.quote)
        for place in found
    )
    title = f"Places of disagreement: {len(found)}"
    return _table("places", title, columns, rows, words=("text", "one", "other", "quote"))


def _table(
    id: str,
    title: str,
    columns: Sequence[tuple[str, str]],
    rows: Iterable[tuple[CellValue, ...]],
    *,
    words: Collection[str],
) -> Table:
    """A table of columns by id and heading; those that are not `words` hold numbers."""
    of = tuple(TableColumn(name, heading, name not in words) for name, heading in columns)
    return Table(id, title, _HOW[id], of, tuple(rows))


def _numbers(said: Tally | OnSets) -> tuple[float | None, ...]:
    """The share that is said alike, kappa and alpha."""
    return tuple(
        None if each is None else round(each, _DIGITS) for each in (said.agreed, said.kappa, said.alpha)
    )


def record(agreed: AgreementReport) -> dict[str, object]:
    found = agreed.agreement
    return {
        "readers": [agreed.one, agreed.other],
        "texts": list(agreed.texts),
        "only_one": dict(agreed.only_one),
        "orphans": agreed.orphans,
        "any": _figures_record(found.marked),
        "as_sets": {
            "characters": _coefficients(found.as_sets.characters),
            "passages": _coefficients(found.as_sets.passages),
        },
        "tags": [{"tag": tag, **_figures_record(figures)} for tag, figures in found.tags.items()],
        "places": [_place_record(place, agreed) for place in found.places],
    }


def _figures_record(figures: Figures) -> dict[str, object]:
    return {
        "highlights": figures.highlights._asdict(),
        "characters": {**figures.characters._asdict(), **_coefficients(figures.characters)},
        "passages": {**figures.passages._asdict(), **_coefficients(figures.passages)},
    }


def _coefficients(said: Tally | OnSets) -> dict[str, float | None]:
    return dict(zip(("same", "kappa", "alpha"), _numbers(said), strict=True))


def _place_record(place: Disagreement, agreed: AgreementReport) -> dict[str, object]:
    return {
        "text": place.text,
        "passage": place.passage,
        "start": place.span.start,
        "end": place.span.end,
        "quote": place.quote,
        "one": _codes(place.one),
        "other": _codes(place.other),
        "difference": difference(place, agreed),
        "stretches": [
            {
                "start": stretch.span.start,
                "end": stretch.span.end,
                "one": _codes(stretch.one),
                "other": _codes(stretch.other),
            }
            for stretch in place.stretches
        ],
    }


def _codes(codes: Codes) -> list[str] | None:
    """The tags; none where what is marked has no tag; null where nothing is marked."""
    return sorted(filter(None, codes)) if codes else None
