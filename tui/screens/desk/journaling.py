"""The journal at the desk: undo, redo, and what was done."""

from __future__ import annotations

from functools import partial

from textual.content import Content

from store.journal import told_of_kept
from store.library import Library
from texts.visible import one_line
from tui.keys import Press
from tui.screens.desk.part import Part, does
from tui.screens.dialogs import Page

_ACTS_SHOWN = 200


class Journaling(Part):
    """Walks the journal back and forth."""

    @does("undo")
    def undo(self, press: Press) -> None:
        """Takes back the last act, or as many as the count says."""
        self._walk("undo", press.times)

    @does("redo")
    def redo(self, press: Press) -> None:
        """Does again what was undone."""
        self._walk("redo", press.times)

    def _walk(self, way: str, times: int) -> None:
        def done(label: str) -> None:
            self.desk.reload()
            self.desk.tell(told_of_walk(way, label), good=bool(label))

        self.desk.session.write(partial(walked, way=way, times=times), done, self.desk.marking.failed)

    @does("history")
    def history(self, press: Press) -> None:
        """What was done, the last act first."""
        acts = self.desk.session.library.journal.history(_ACTS_SHOWN)
        lines = [
            Content.assemble(
                (f"{one_line(act.at[:16].replace('T', ' '))}  ", "$foreground 65%"),
                (one_line(act.label), "strike" if act.undone else ""),
                (f"  {one_line(act.reader)}", "$foreground 65%"),
            )
            for act in acts
        ]
        words = Content("\n").join(lines) if lines else Content("Nothing has been done yet.")
        self.desk.app.push_screen(Page("What was done", words))


def walked(library: Library, *, way: str, times: int = 1) -> str:
    """Undoes acts (`undo`), or does them again (`redo`); the label of the last one, empty where there was none."""
    label = ""
    for _ in range(times):
        act = library.journal.undo() if way == "undo" else library.journal.redo()
        if act is None:
            break
        label = f"{act.label} ({told_of_kept(act)})" if act.undone and act.kept else act.label
    return label


def told_of_walk(way: str, label: str) -> str:
    """What to say of it."""
    return f"{'undone' if way == 'undo' else 'done again'}: {label}" if label else f"nothing to {way}"
