"""Lists over the desk: highlights, tags, links, texts, acts, themes, keys. All are the one picker."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from store.library import Library
from store.records import Anchor, Highlight
from tui.exporting import endings, export_to
from tui.keys import Press
from tui.screens.desk.moving import Place
from tui.screens.desk.part import Part, does
from tui.screens.dialogs import Ask, Choose, Page
from tui.screens.help import help_words
from tui.screens.picker import Choice, Deed, Picked, Picker


class Listing(Part):
    """Opens lists and does what is picked in them."""

    # highlights

    def go_to_highlight(self, highlight: Highlight) -> None:
        """Goes to a highlight; opens its text in this pane where it is not on the desk."""
        if self.desk.side_of(highlight.text) is None:
            self.desk.open_text(self.desk.active, highlight.text)
        self.desk.moving.go(Place(highlight.text, highlight.span.start))

    @does("orphans")
    def orphans(self, press: Press) -> None:
        """Highlights that lost their place when their text changed."""
        found = self.desk.session.library.highlights.find(anchor=Anchor.ORPHAN)
        by_key = {str(each.id): each for each in found}
        picker = Picker(
            "Orphans: highlights that lost their place",
            [self.desk.highlight_list.choice(each) for each in found],
            deeds=(Deed("ctrl+r", "put", "put where you select"), Deed("delete", "delete", "delete")),
            empty="No orphans: every highlight has its place.",
            preview=lambda key: self.desk.highlight_list.preview(by_key[key]),
        )
        self.desk.app.push_screen(picker, partial(self._orphan_picked, by_key))

    def _orphan_picked(self, by_key: dict[str, Highlight], picked: Picked | None) -> None:
        if picked is None:
            return
        orphan = by_key[picked.key]
        side = self.desk.side_of(orphan.text)
        if picked.deed == "delete":
            self.desk.marking.act(lambda library: library.highlights.delete([orphan.id]))
        elif picked.deed == "put" and side is not None and side.pane.selection is not None:
            span = side.pane.selection
            side.pane.clear_selection()
            self.desk.marking.act(lambda library: library.highlights.move(orphan.id, span))
        else:
            self.go_to_highlight(orphan)
            if picked.deed == "put":
                self.desk.at_highlight.place(orphan)
            else:
                self.desk.tell("here it stood last: Space o and Ctrl-r puts it where you then select")

    # texts, notes, acts, themes, export, keys

    @does("open_text")
    def open_text(self, press: Press) -> None:
        """Another text of the library in this pane; a path that is typed is added first."""
        shelved = self.desk.session.library.shelf.list()
        choices = [Choice(each.slug, each.slug, f"{each.title} · {each.words} words") for each in shelved]
        picker = Picker(
            f"Open in pane {self.desk.active.number + 1}", choices, new="file", lit=self.desk.active.slug,
            deeds=(Deed("ctrl+o", "other", "in the other pane"),),
        )  # fmt: skip
        self.desk.app.push_screen(picker, self._text_picked)

    def _text_picked(self, picked: Picked | None) -> None:
        if picked is None:
            return
        if picked.deed == "new":
            self.desk.add_file(Path(picked.typed).expanduser(), self.desk.active)
        else:
            side = (
                self.desk.sides[1 - self.desk.active.number] if picked.deed == "other" else self.desk.active
            )
            self.desk.open_text(side, picked.key)

    @does("library_note")
    def library_note(self, press: Press) -> None:
        """The note on the library, or on this text."""
        slug = self.desk.active.slug
        answers = {"l": "the note on the library", "t": f"the note on {slug}"}
        self.desk.app.push_screen(Choose("Which note?", answers), self._note_chosen)

    def _note_chosen(self, key: str | None) -> None:
        if key is None:
            return
        slug = self.desk.active.slug if key == "t" else None
        mine = self.desk.session.library.notes.mine(slug)

        def written(words: str | None) -> None:
            if words is not None:
                self.desk.marking.act(lambda library: library.notes.write(words, slug))

        title = f"Note on {slug}" if slug else "Note on the library"
        draft_key = f"text:{slug}" if slug else "library"
        self.desk.marking.write_note(title, mine.words if mine else "", draft_key, "", written)

    @does("theme")
    def theme(self, press: Press) -> None:
        """Another theme."""
        from tui.themes import THEMES

        choices = [Choice(theme.name, theme.name) for theme in THEMES]
        self.desk.app.push_screen(Picker("Theme", choices, lit=self.desk.app.theme), self._theme_picked)

    def _theme_picked(self, picked: Picked | None) -> None:
        if picked is not None:
            self.desk.app.theme = picked.key
            self.desk.session.places.put("theme", picked.key)

    @does("export")
    def export(self, press: Press) -> None:
        """Annotations to a file; the ending says the format."""
        self.desk.app.push_screen(
            Ask(
                "Export to which file?",
                "annotations.csv",
                hint=f"The ending says the format: {' '.join(endings())}",
            ),
            self._export_to,
        )

    def _export_to(self, name: str | None) -> None:
        if not name:
            return
        path = Path(name).expanduser()

        def job(library: Library) -> int:
            return export_to(library, path)

        self.desk.session.write(
            job,
            lambda rows: self.desk.tell(f"{rows} highlights exported to {path}", good=True),
            lambda problem: self.desk.tell(str(problem), error=True),
        )

    @does("keys")
    def keys(self, press: Press) -> None:
        """Every key."""
        self._help("reading")

    @does("help")
    def help(self, press: Press) -> None:
        """What can be done where the reader is."""
        doing = "selecting" if self.desk.active.pane.mode != "read" else "reading"
        if doing == "reading" and self.desk.marking.here():
            doing = "highlight"
        self._help(doing)

    def _help(self, doing: str) -> None:
        words = help_words(self.desk.typing.keymap.keys, doing)
        self.desk.app.push_screen(Page("Help", words))
