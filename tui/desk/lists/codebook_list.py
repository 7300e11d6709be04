"""The codebook at the desk: all tags, to rename, merge, recolour, describe, delete, and to give a digit to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from textual.content import Content

from store.library import Library
from store.records import Count, Highlight, Tag
from tui.desk.context import DeskContext, command
from tui.desk.open_texts import reload
from tui.desk.tag_picker import COUNTED_AT_ONCE, TagChoices, count_tags, tag_picker
from tui.dialogs.choices import Choice, Picked, PickerAction, preview_words
from tui.dialogs.picker import Picker
from tui.dialogs.small_dialogs import Ask, Choose
from tui.keys.key_table import Press
from tui.view.tables import ViewColumn

_COLUMNS = (
    ViewColumn("tag", least=18),
    ViewColumn("marks", 5, is_number=True),
    ViewColumn("with below", 10, is_number=True, gives_way=2),
    ViewColumn("digit", 5, is_number=True),
    ViewColumn("colour", 10, gives_way=1),
    ViewColumn("description", 24, gives_way=3),
)
_LEGEND = """the letter before a tag stands beside its highlights
marks: highlights that carry the tag · with below: those under it too (actor and actor/maliki)
digit: H and the digit put it on, and the digit alone does while selecting"""


@command("codebook")
def codebook(ctx: DeskContext, press: Press) -> None:
    """All tags, to rename, merge, recolour, describe, delete, and to give a digit to."""
    _open(ctx)


def _open(ctx: DeskContext, highlighted: str = "") -> None:
    digits = {tag.path: digit for digit, tag in ctx.session.library.codebook.digits().items()}
    counts: dict[str, Count] = {}

    def detail(tag: Tag) -> str:
        count = counts.get(tag.path)
        facts = (
            "" if count is None else _count_words(count),
            tag.colour,
            f"quick {digits[tag.path]}" if tag.path in digits else "",
            tag.description,
        )
        return " · ".join(filter(None, facts))

    def cells(tag: Tag) -> tuple[str, ...]:
        count = counts.get(tag.path)
        numbers = ("", "") if count is None else (str(count.own), str(count.below))
        return tag.path, *numbers, str(digits.get(tag.path, "")), tag.colour, tag.description

    actions = (
        PickerAction("ctrl+r", "rename", "rename"),
        PickerAction("ctrl+g", "merge", "merge into"),
        PickerAction("ctrl+l", "colour", "colour"),
        PickerAction("ctrl+t", "letter", "letter"),
        PickerAction("ctrl+d", "describe", "describe"),
        PickerAction("ctrl+o", "quick", "quick digit"),
        PickerAction("delete", "delete", "delete"),
    )
    picker = Picker(
        "Codebook",
        TagChoices(ctx.session.tags(), detail, cells),
        new="tag",
        actions=actions,
        ticks=True,
        highlighted=highlighted,
        preview=lambda path: _tag_preview(ctx, picker, path),
        columns=_COLUMNS,
        legend=_LEGEND,
        empty="No tags yet: type a name, such as actor/maliki, and Enter.",
    )
    count_tags(ctx, picker, counts, lambda library: library.codebook.counts())
    ctx.push(picker, partial(_picked, ctx))


def _tag_preview(ctx: DeskContext, picker: Picker, path: str) -> Content:
    """What a tag stands for, how much it marks in each text, and what; in a large library that comes later."""
    session = ctx.session
    tag = next((tag for tag in session.tags() if tag.path == path), None)
    description = tag.description if tag is not None else ""
    if not session.library.codebook.is_used_more_than(COUNTED_AT_ONCE):
        return _preview(ctx, description, *_marked(path, ctx.name, session.library))

    def show(marked: tuple[str, list[Highlight]]) -> None:
        picker.show_preview(path, _preview(ctx, description, *marked))

    session.ask(partial(_marked, path, ctx.name), show)
    return _preview(ctx, description, "…", [])


def _picked(ctx: DeskContext, picked: Picked | None) -> None:
    if picked is None:
        return
    paths = list(picked.keys)
    if picked.action == "new":
        _reshape(ctx, lambda library: library.codebook.ensure(picked.typed), picked.typed)
    elif picked.action == "pick":
        ctx.run(Press("annotations", argument=picked.key))
    elif picked.action == "delete":
        _ask_delete(ctx, paths)
    elif picked.action == "merge":
        ctx.push(tag_picker(ctx, f"Merge {', '.join(paths)} into"), partial(_merge, ctx, paths))
    elif picked.action == "quick":
        answers = {str(digit): path for digit, path in sorted(_quick(ctx).items())}
        ctx.push(Choose(f"Which digit calls {picked.key}?", answers), partial(_quick_chosen, ctx, picked.key))
    else:
        _ask_about_tag(ctx, picked.action, picked.key)


def _quick(ctx: DeskContext) -> dict[int, str]:
    quick = ctx.session.library.codebook.digits()
    return {digit: quick[digit].path if digit in quick else "–" for digit in range(1, 10)}


def _quick_chosen(ctx: DeskContext, path: str, digit: str | None) -> None:
    if digit is not None:
        _reshape(ctx, lambda library: library.codebook.set_quick(int(digit), path), path)


def _merge(ctx: DeskContext, paths: list[str], picked: Picked | None) -> None:
    if picked is not None:
        into = picked.typed if picked.action == "new" else picked.key
        _reshape(ctx, lambda library: library.codebook.merge(paths, into), into)


def _ask_delete(ctx: DeskContext, paths: list[str]) -> None:
    answers = {
        "t": "the tag alone: what it marks stays highlighted",
        "h": "the tag and the highlights that it marks",
    }

    def answered(key: str | None) -> None:
        if key is not None:
            _reshape(ctx, partial(_delete_tags, paths, key == "h"), "")

    ctx.push(Choose(f"Delete {', '.join(paths)}?", answers), answered)


def _ask_about_tag(ctx: DeskContext, action: str, path: str) -> None:
    tag = ctx.session.library.codebook.get(path)
    if action == "colour":
        from store.codebook import PALETTE

        choices = [Choice(colour, colour) for colour in PALETTE]
        ctx.push(
            Picker(f"Colour of {path}", choices, highlighted=tag.colour),
            lambda picked: (
                _reshape(ctx, lambda library: library.codebook.colour(path, picked.key), path)
                if picked
                else None
            ),
        )
        return
    asks: dict[str, tuple[str, str, Callable[[Library, str], object]]] = {
        "rename": ("New name", path, lambda library, words: library.codebook.rename(path, words)),
        "letter": ("Letter", tag.letter, lambda library, words: library.codebook.letter(path, words)),
        "describe": (
            "Description",
            tag.description,
            lambda library, words: library.codebook.describe(path, words),
        ),
    }
    title, value, act = asks[action]

    def answered(words: str | None) -> None:
        if words is not None:
            _reshape(ctx, lambda library: act(library, words), words if action == "rename" else path)

    ctx.push(Ask(f"{title} of {path}", value), answered)


def _reshape(ctx: DeskContext, job: Callable[[Library], object], highlighted: str) -> None:
    """Changes the codebook and opens it again."""

    def done(_: object) -> None:
        reload(ctx)
        _open(ctx, highlighted)

    ctx.session.write(job, done, ctx.refused)


def _marked(path: str, name: Callable[[str], str], library: Library) -> tuple[str, list[Highlight]]:
    """How much a tag marks in each text, in words, and the first highlights that it marks."""
    by_text = library.codebook.counts_by_text(path)
    counts = " · ".join(f"{name(slug)} {_count_words(count)}" for slug, count in sorted(by_text.items()))
    return counts, list(library.highlights.each(library.highlights.ids(tag=path, most=8)))


def _preview(ctx: DeskContext, description: str, counts: str, found: Sequence[Highlight]) -> Content:
    return preview_words(
        (f"{counts}\n", "$accent"),
        (f"{description}\n" if description else "", "italic"),
        *((f"{ctx.name(each.text)}  “{each.quote}”\n", "") for each in found),
    )


def _delete_tags(paths: list[str], highlights: bool, library: Library) -> None:
    with library.act(f"deleted {', '.join(paths)}"):
        for path in paths:
            library.codebook.delete(path, highlights=highlights)


def _count_words(count: Count) -> str:
    """How much a tag marks, and how much with what lies below it."""
    return f"{count.own}" if count.own == count.below else f"{count.own} ({count.below} with all below)"
