"""The concordance: all hits of the last query in their context, to go to and to tag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from store.library import Library
from store.services.bulk_tagging import tag_places
from texts.model import Text
from texts.search import Hit
from tui.desk.context import DeskContext, command
from tui.desk.navigation import go_to_hit
from tui.desk.open_texts import reload
from tui.desk.side import Side
from tui.desk.tag_picker import tag_picker
from tui.dialogs.choices import Choice, Picked, PickerAction
from tui.dialogs.picker import Picker
from tui.keys.key_table import Press
from tui.view.tables import ViewColumn

_CONTEXT = 34
"""Characters of context on either side of a hit in the concordance."""


TAG_HITS = PickerAction("ctrl+t", "tag", "tag all or ticked", all=True)


@command("concordance")
def concordance(ctx: DeskContext, press: Press) -> None:
    """All hits of the last query, of both texts, keyword in context."""
    if not ctx.state.search.hits:
        ctx.tell(
            f"nothing is being searched: {ctx.key_of('search')} finds, "
            f"then {ctx.key_of('concordance')} shows all of it"
        )
        return
    ordered = sorted(ctx.state.search.hits, key=lambda hit: (hit.text != ctx.active.slug, hit.span))
    before = max(8, min(_CONTEXT, ctx.screen.size.width // 3))
    choices = [_line(ctx, number, hit, before) for number, hit in enumerate(ordered)]
    title = f"{len(ordered)} × {ctx.state.search.query}"
    picker = Picker(title, choices, ticks=True, actions=(TAG_HITS,), columns=_columns(before))
    texts = {side.slug: side.text for side in ctx.sides if side.text is not None}
    ctx.push(picker, partial(_picked, ctx, ordered, texts))


def _columns(before: int) -> tuple[ViewColumn, ...]:
    """Of a list of hits, with so many cells before each."""
    return (
        ViewColumn("text", 16, gives_way=1),
        ViewColumn("¶", 4, is_number=True),
        ViewColumn("before", before, is_number=True),
        ViewColumn("found", 14),
        ViewColumn("after", least=8),
    )


def _line(ctx: DeskContext, number: int, hit: Hit, room: int) -> Choice:
    side = ctx.side_of(hit.text)
    body = side.text.body if side and side.text else ""
    before = " ".join(body[max(0, hit.span.start - _CONTEXT) : hit.span.start].split())
    after = " ".join(body[hit.span.end : hit.span.end + _CONTEXT].split())
    keyword = " ".join(body[hit.span.start : hit.span.end].split())
    label = f"{before[-_CONTEXT:]:>{_CONTEXT}} [{keyword}] {after}"
    name = f"{side.number + 1} {ctx.name(hit.text)}" if side else ctx.name(hit.text)
    cells = (name, str(hit.passage or ""), before[-room:], keyword, after)
    return Choice(str(number), label, f"{ctx.name(hit.text)} ¶{hit.passage or '–'}", cells=cells)


def _picked(ctx: DeskContext, ordered: list[Hit], texts: Mapping[str, Text], picked: Picked | None) -> None:
    if picked is not None and picked.action == TAG_HITS.name:
        versions = {slug: text.sha256 for slug, text in texts.items()}
        _ask_tag(ctx, [ordered[int(key)] for key in picked.keys], ctx.state.search.query, versions)
    elif picked is not None:
        hit = ordered[int(picked.key)]
        side = ctx.side_of(hit.text)
        if side is not None and side.text is texts.get(hit.text):
            go_to_hit(ctx, (side, hit.span))
        else:
            ctx.tell(f"{ctx.name(hit.text)} has changed meanwhile: search again", error=True)


def _ask_tag(ctx: DeskContext, hits: Sequence[Hit], query: str, versions: Mapping[str, str]) -> None:
    """Asks for the tag and puts it on the hits, each of which becomes a highlight if it is none.

    `versions` are the digests, by slug, of the bodies in which they were found.
    """
    refusal = next(filter(None, (ctx.why_locked(side) for side in _sides_of(ctx, hits))), "")
    if refusal:
        ctx.tell(refusal, error=True)
        return
    title = f"Tag {_hits(len(hits))} of {query}"
    ctx.push(tag_picker(ctx, title), partial(_tag_hits, ctx, hits, query, versions))


def _sides_of(ctx: DeskContext, hits: Sequence[Hit]) -> list[Side]:
    slugs = {hit.text for hit in hits}
    return [side for side in ctx.sides if side.slug in slugs]


def _tag_hits(
    ctx: DeskContext, hits: Sequence[Hit], query: str, versions: Mapping[str, str], picked: Picked | None
) -> None:
    if picked is None:
        return
    tag = picked.typed if picked.action == "new" else picked.key
    places = [(hit.text, hit.span) for hit in hits]

    def job(library: Library) -> int:
        label = f"tagged {_hits(len(hits))} of “{query}” {tag}"
        return tag_places(library, places, tag, label, versions)

    def done(count: int) -> None:
        reload(ctx)
        ctx.tell(f"{_hits(count)} tagged {tag}: {ctx.key_of('undo')} takes all of it back", good=True)

    ctx.tell(f"tagging {_hits(len(hits))} …")
    ctx.session.write(job, done, ctx.refused)


def _hits(count: int) -> str:
    return "1 hit" if count == 1 else f"{count} hits"
