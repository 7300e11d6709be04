"""Back from the shell (`Ctrl-z`, `fg`) or from an editor: the terminal is empty, so all of the desk is drawn anew."""

from __future__ import annotations

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


def recording(widget: Widget, monkeypatch) -> list[Region]:
    """The regions of a widget that are drawn from now on."""
    drawn: list[Region] = []
    draw = widget.render_lines

    def record(crop: Region) -> list[Strip]:
        drawn.append(crop)
        return draw(crop)

    monkeypatch.setattr(widget, "render_lines", record)
    return drawn


async def test_every_row_of_every_part_is_drawn_again(open_desk, monkeypatch) -> None:
    async with open_desk() as reader:
        await reader.related()
        desk = reader.desk
        parts = [*(side.pane for side in desk.sides), desk.context.bridge, desk.query_one("#status")]
        records = [recording(part, monkeypatch) for part in parts]
        await reader.settled()
        assert not any(records)
        reader.app.app_resume_signal.publish(reader.app)
        await reader.settled()
        for part, drawn in zip(parts, records, strict=True):
            assert {row for crop in drawn for row in range(crop.y, crop.bottom)} == set(
                range(part.size.height)
            )
