"""Making links: between two places in one act, and of which kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from store.library import Library
from store.links import KINDS, link_label
from store.records import Link
from texts.model import Span, Text
from tui.desk.acts import write_failed
from tui.desk.context import DeskContext
from tui.desk.open_texts import reload
from tui.dialogs.choices import Picked
from tui.widgets.related_list import LINK_KIND_KEY
from tui.widgets.text_pane import TextPane


def ask_link_kind(ctx: DeskContext, present: str, chosen: Callable[[str | None], None]) -> None:
    """Asks for a kind of link, the present one highlighted; `chosen` is called with which it is, or None."""
    from tui.dialogs.choices import Choice
    from tui.dialogs.picker import Picker

    def picked(which: Picked | None) -> None:
        chosen(None if which is None else which.typed if which.action == "new" else which.key)

    choices = [Choice(kind, kind) for kind in ctx.session.library.links.kinds()]
    title = "What does the first say to the second?"
    ctx.push(Picker(title, choices, new="kind", highlighted=present), picked)


def link_places(
    ctx: DeskContext, near: tuple[Text, Span], far: tuple[Text, Span], then: Callable[[], None]
) -> None:
    """Links a span of one text to a span of another, both highlighted in the same act; `then` when done.

    The texts are those that the reader saw.
    """
    from store.services.pair_judging import highlight_at  # which `gr` can do without

    kind = KINDS[0]
    label = link_label(near[0].quote(near[1]), far[0].quote(far[1]), kind)

    def job(library: Library) -> Link:
        with library.act(label):
            ends = [highlight_at(library, text, span) for text, span in (near, far)]
            return library.links.add(ends[0], ends[1], kind=kind)

    def done(link: Link) -> None:
        say_linked(ctx, link.kind)
        then()

    ctx.session.write(job, done, ctx.refused)


def change_link_kind(ctx: DeskContext, link: Link, then: Callable[[str], None] = lambda kind: None) -> None:
    """Asks of what kind a link is, and says so in the library; `then` is called with the kind."""

    def chosen(kind: str | None) -> None:
        if kind is not None:
            ctx.session.write(
                lambda library: library.links.edit(link.id, kind=kind),
                lambda _: say_linked(ctx, kind),
                partial(write_failed, ctx),
            )
            then(kind)

    ask_link_kind(ctx, link.kind, chosen)


def say_linked(ctx: DeskContext, kind: str) -> None:
    """Shows a link that was made or changed, and says of what kind it is."""
    reload(ctx)
    in_text = isinstance(ctx.screen.focused, TextPane)  # else the list of related passages has the keys
    key = ctx.key_of("link_kind") if in_text else LINK_KIND_KEY
    ctx.tell(f"linked: {kind}; {key} says otherwise", good=True)
