"""A library for walks through the desk: two texts on one matter with marks of every kind, and others to open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from libraries import CLOCK
from sample_texts import span_of

from store.library import Library
from store.text_names import FIRST_PAIR
from texts.corpus.pairs import Pair, PairEvidence, PairSide
from texts.model import Span, Text
from texts.segment import passages

HARBOUR = """\
The wall at Orvik

The harbour of Orvik will have its sea wall by autumn, the council decided on Tuesday night. Mayor Ingrid Solheim \
called the vote a relief. Nobody had expected it so soon.

Share this article with friends

What it costs

The wall is to cost forty million crowns, of which the fishermen's guild pays a tenth. Solheim had asked for half of \
that. The rest comes from the ministry in Tronheim, which sent two engineers to measure the old mole.

Old Peder Lunde, who has mended nets on the quay for fifty years, laughs at the figures. "The sea reads no contracts," \
he says.

Who is against it

The guild voted against the wall twice, because its boats will have to sail round the point. Its chairman Aksel Berg \
speaks of three hours lost each week. He wants a lock instead.

Engineers from Tronheim found cracks in the mole, some of them an arm deep. A storm like that of 1987 would carry away \
the northern end.

The ferry to Skarholm keeps its berth until the work is done. Its captain has heard nothing else.

Next spring the council votes on the lighthouse. That is another story.
"""
COUNCIL = """\
Minutes of the council of Orvik

Present were Mayor Solheim and eleven members; Mr Berg of the fishermen's guild was heard as a guest.

The engineers of the ministry reported on the mole: cracks an arm deep, and a northern end that a storm as in 1987 \
would carry away. They advise a sea wall at once.

Mr Berg answered that boats would have to sail round the point, and lose three hours every week. The guild asks for a \
lock in place of the wall.

The members asked about the price. It is forty million crowns; a tenth is paid by the guild, the rest by the ministry \
in Trondheim.

Nine voted for the wall, three against it. Mayor Solheim closed the meeting at eleven.

The library stays closed on Mondays.
"""
NEW_COUNCIL = COUNCIL.replace(
    "Nine voted for the wall, three against it. Mayor Solheim", "Ten voted for the wall. Mayor Solheim"
).replace("The library stays closed on Mondays.", "Coffee was served.")
NEWER_COUNCIL = NEW_COUNCIL.replace("It is forty million crowns", "It is fifty million crowns").replace(
    "cracks an arm deep", "some damage"
)
LETTER = """\
A letter from the quay

I write because nobody asked us. The nets were here before the council, and they will be here after it.
"""


def text(slug: str, title: str, body: str, *, author: str = "", source: str = "") -> Text:
    """A text of that body, as a file of it would be read."""
    return Text(slug, title, author, source, body, passages(body))


def make_desk_library(path: Path, source: Path) -> None:
    """Makes the library; `source` is the file that the second text was read from.

    The first has overlapping highlights of two readers, one with gaps, one with two tags; the second, which has two
    versions, has one highlight that changed and one that lost its place; two links tie the two.
    """
    with Library.open(path, reader="tester", clock=lambda: CLOCK) as library:
        texts, marks, codebook = library.texts, library.highlights, library.codebook
        texts.add(text("harbour", "The wall at Orvik", HARBOUR, author="J. Moe"))
        texts.add(text("council", "Minutes of the council", COUNCIL, source=str(source)))
        texts.add(text("letter", "A letter from the quay", LETTER))
        library.ui_state.put(FIRST_PAIR, ["harbour", "council"])

        def mark(
            slug: str, *words: str, tags: tuple[str, ...] = (), note: str = "", star: bool = False
        ) -> int:
            body = HARBOUR if slug == "harbour" else COUNCIL
            parts = [span_of(each, body) for each in words]
            return marks.mark(slug, parts, tags=tags, note=note, star=star).id

        texts.set_furniture("harbour", HARBOUR.index("Share this"), True)
        mark("harbour", "Mayor Ingrid Solheim called the vote a relief.", tags=("actor/mayor", "mood"))
        mark("harbour", "called the vote a relief", tags=("mood",), note="Is it?", star=True)
        cost = mark("harbour", "forty million crowns", "a tenth", tags=("money",))
        cracks = mark("harbour", "cracks in the mole, some of them an arm deep", note="From *whom*?\n\nAsk.")
        price = mark("council", "It is forty million crowns", tags=("money",))
        arm = mark("council", "cracks an arm deep", tags=("damage",))
        mark("council", "Nine voted for the wall, three against it.", tags=("vote",))
        mark("council", "The library stays closed on Mondays.", tags=("aside",), note="Why here?")
        library.links.add(cost, price, kind="same", note="To the crown.")
        library.links.add(arm, cracks, kind="quotes")
        codebook.set_quick(1, "money")
        codebook.set_quick(3, "mood")
        codebook.describe("money", "What anything costs, and who pays.")
        codebook.ensure("place/harbour")
        library.notes.write("Two sources, one wall.")
        library.notes.write("Who wrote the minutes?", "council")
        texts.update("council", text("council", "", NEW_COUNCIL))
    with Library.open(path, reader="ben", clock=lambda: CLOCK) as library:
        body = library.texts.get("harbour").body
        start = body.index("Mayor Ingrid Solheim")
        library.highlights.mark("harbour", Span(start, start + 20), tags=("actor/mayor",), note="She again.")
        library.highlights.mark("harbour", span_of("He wants a lock instead.", body), tags=("mood",))


def pairs() -> list[Pair]:
    """Pairs of passages as a file would have them: four of the two texts, one of a text that is nowhere."""

    def side(slug: str, body: str, words: str, carries: str, **known: str) -> PairSide:
        passage = next(each for each in passages(body) if words in body[slice(*each.span)])
        start, end = passage.span
        quote, mark = body[start:end], span_of(carries, body)
        return PairSide(slug, passage.number, start, end, quote, mark, **known)

    def pair(
        score: float, left: tuple[str, str], right: tuple[str, str], *same: tuple[str, str], **more: Any
    ) -> Pair:
        evidence = (
            PairEvidence(span_of(one, HARBOUR), span_of(two, NEW_COUNCIL), 100.0) for one, two in same
        )
        known = {"title": "The wall at Orvik", "author": "J. Moe", "date": "1988", "series": "Orvik News"}
        one, two = side("harbour", HARBOUR, *left, **known), side("council", NEW_COUNCIL, *right)
        return Pair(one, two, score, tuple(evidence), **more)

    engineers = ("cracks in the mole", "Engineers from Tronheim found cracks in the mole")
    boats = ("boats will have to sail", "three hours lost each week")
    damage, hours = (
        ("cracks an arm deep", "cracks an arm deep"),
        ("lose three hours", "lose three hours every week"),
    )
    group: dict[str, Any] = {"group": "g", "group_size": 3}
    found = [
        pair(97.4, engineers, damage, ("cracks", "cracks"), ("northern end", "northern end")),
        pair(88.0, boats, hours, ("three hours", "three hours"), by="words"),
        pair(41.5, boats, ("The guild asks", "The guild asks for a lock"), **group),
        pair(40.5, engineers, ("advise a sea wall", "They advise a sea wall at once."), **group),
    ]
    nowhere = PairSide(
        "gone", None, None, None, "Nobody has these.", title="A text that nobody has any longer"
    )
    return [*found, Pair(found[0].left, nowhere, 12.0)]
