"""The head of the page: how much there is, which texts are shown, and the tags, by which it can be filtered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from store.exchange.archive import TagEntry
from store.exchange.html import words
from store.exchange.html.colours import colour_class
from store.exchange.sheets import UNTAGGED, Reading
from store.tidy import clipped


def header(reading: Reading, *, paired: bool) -> str:
    """The head; `paired` lets a reader choose the pair where there are more than two texts."""
    counts = ((len(reading.sheets), "text"), (len(reading.placed), "highlight"), (len(reading.links), "link"))
    summary = " · ".join(f"{count} {name}{'' if count == 1 else 's'}" for count, name in counts)
    choice = "".join(_choice(reading)) if paired and len(reading.sheets) > 2 else ""
    return f'<header class="top">\n<p class="summary">{summary}</p>\n{choice}{_legend(reading)}</header>\n'


def _choice(reading: Reading) -> Iterator[str]:
    """Which two of several texts stand side by side."""
    shown = best_pair(reading)
    yield '<p class="choice scripted">'
    for side, place in (("left", shown[0]), ("right", shown[1])):
        yield f'<label>{side.title()} <select id="{side}">'
        for index, sheet in enumerate(reading.sheets):
            selected = " selected" if index == place else ""
            yield f'<option value="t{index}"{selected}>{words.text(clipped(sheet.title, 60))}</option>'
        yield "</select></label> "
    yield "</p>\n"


def best_pair(reading: Reading) -> tuple[int, int]:
    """Indexes of the two texts with the most links between them, the first two where there are none."""
    places = {sheet.entry.slug: index for index, sheet in enumerate(reading.sheets)}
    between: Counter[tuple[int, int]] = Counter()
    for link in reading.links:
        ends = sorted(places[reading.placed[uid].entry.text] for uid in (link.left, link.right))
        if ends[0] != ends[1]:
            between[ends[0], ends[1]] += 1
    return max(sorted(between), key=lambda pair: between[pair], default=(0, 1))


def _legend(reading: Reading) -> str:
    uses = Counter(path for one in reading.placed.values() for path in one.entry.tags)
    boxes = [_box(reading.numbers[path], tag, uses[path]) for path, tag in reading.tags.items() if uses[path]]
    untagged = sum(not one.entry.tags for one in reading.placed.values())
    if untagged:
        boxes.append(_box("none", TagEntry("untagged", UNTAGGED), untagged))
    if any(passage.is_furniture for sheet in reading.sheets for passage in sheet.text.passages):
        boxes.append(_FURNITURE)
    return f'<fieldset class="legend">\n<legend>Tags</legend>\n{"".join(boxes)}</fieldset>\n' if boxes else ""


def _box(number: int | str, tag: TagEntry, count: int) -> str:
    hint = f' title="{words.value(tag.description)}"' if tag.description else ""
    return (
        f'<label class="box {colour_class(tag.colour)}"{hint}>'
        f'<input class="scripted" type="checkbox" data-tag="{number}"> '
        f'<b class="chip">{words.text(tag.letter or "·")}</b> {words.text(tag.path)} '
        f'<span class="count">{count}</span></label>\n'
    )


_FURNITURE = (
    '<label class="box scripted"><input type="checkbox" id="furniture" checked> page furniture</label>\n'
)
