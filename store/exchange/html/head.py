"""The head of the page: how much there is, which texts are shown, and the tags, by which it can be filtered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from store.exchange.archive import TagEntry
from store.exchange.html import escaping
from store.exchange.html.colours import colour_class
from store.exchange.views import UNTAGGED, View
from store.tidy import clipped, counted


def header(view: View, *, paired: bool) -> str:
    """The head; `paired` lets a reader choose the pair where there are more than two texts."""
    counts = ((len(view.sheets), "text"), (len(view.placed), "highlight"), (len(view.links), "link"))
    summary = " · ".join(counted(count, noun) for count, noun in counts)
    choice = "".join(_choice(view)) if paired and len(view.sheets) > 2 else ""
    return f'<header class="top">\n<p class="summary">{summary}</p>\n{choice}{_legend(view)}</header>\n'


def _choice(view: View) -> Iterator[str]:
    """Which two of several texts stand side by side."""
    shown = best_pair(view)
    yield '<p class="choice scripted">'
    for side, place in (("left", shown[0]), ("right", shown[1])):
        yield f'<label>{side.title()} <select id="{side}">'
        for index, sheet in enumerate(view.sheets):
            selected = " selected" if index == place else ""
            yield f'<option value="t{index}"{selected}>{escaping.text(clipped(sheet.title, 60))}</option>'
        yield "</select></label> "
    yield "</p>\n"


def best_pair(view: View) -> tuple[int, int]:
    """Indexes of the two texts with the most links between them, the first two where there are none."""
    places = {sheet.entry.slug: index for index, sheet in enumerate(view.sheets)}
    between: Counter[tuple[int, int]] = Counter()
    for link in view.links:
        ends = sorted(places[view.placed[uid].entry.text] for uid in (link.left, link.right))
        if ends[0] != ends[1]:
            between[ends[0], ends[1]] += 1
    return max(sorted(between), key=lambda pair: between[pair], default=(0, 1))


def _legend(view: View) -> str:
    uses = Counter(path for one in view.placed.values() for path in one.entry.tags)
    boxes = [_box(view.numbers[path], tag, uses[path]) for path, tag in view.tags.items() if uses[path]]
    untagged = sum(not one.entry.tags for one in view.placed.values())
    if untagged:
        boxes.append(_box("none", TagEntry("untagged", UNTAGGED), untagged))
    if any(passage.is_furniture for sheet in view.sheets for passage in sheet.text.passages):
        boxes.append(_FURNITURE)
    return f'<fieldset class="legend">\n<legend>Tags</legend>\n{"".join(boxes)}</fieldset>\n' if boxes else ""


def _box(number: int | str, tag: TagEntry, count: int) -> str:
    hint = f' title="{escaping.value(tag.description)}"' if tag.description else ""
    return (
        f'<label class="box {colour_class(tag.colour)}"{hint}>'
        f'<input class="scripted" type="checkbox" data-tag="{number}"> '
        f'<b class="chip">{escaping.text(tag.letter or "·")}</b> {escaping.text(tag.path)} '
        f'<span class="count">{count}</span></label>\n'
    )


_FURNITURE = (
    '<label class="box scripted"><input type="checkbox" id="furniture" checked> page furniture</label>\n'
)
