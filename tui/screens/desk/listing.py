"""Lists over the desk: highlights, tags, links, texts, acts, themes, keys. All are the one picker."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from textual.content import Content

from store.library import Library
from store.records import Anchor, Count, Highlight
from tui.exporting import endings, export_to
from tui.keys import Press
from tui.screens.desk.moving import Place
from tui.screens.desk.part import Part, does
from tui.screens.dialogs import Ask, Choose, Page
from tui.screens.help import help_words
from tui.screens.picker import Choice, Deed, Picked, Picker, preview_words

_ACTS_SHOWN = 200


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
                self.desk.marking.place(orphan)
            else:
                self.desk.tell("here it stood last: Space o and Ctrl-r puts it where you then select")

    # the codebook

    @does("codebook")
    def codebook(self, press: Press) -> None:
        """All tags, to rename, merge, recolour, describe, delete, and to give a digit to."""
        self._open_codebook()

    def _open_codebook(self, lit: str = "") -> None:
        library = self.desk.session.library
        counts = library.codebook.counts()
        digits = {tag.path: digit for digit, tag in library.codebook.quick().items()}
        choices = [
            Choice(
                tag.path,
                tag.path,
                " · ".join(
                    part
                    for part in (
                        _count_words(counts[tag.path]),
                        tag.colour,
                        f"quick {digits[tag.path]}" if tag.path in digits else "",
                        tag.description,
                    )
                    if part
                ),
                tag.letter,
            )
            for tag in self.desk.marking.tags()
        ]
        deeds = (
            Deed("ctrl+r", "rename", "rename"),
            Deed("ctrl+g", "merge", "merge into"),
            Deed("ctrl+l", "colour", "colour"),
            Deed("ctrl+t", "letter", "letter"),
            Deed("ctrl+d", "describe", "describe"),
            Deed("ctrl+o", "quick", "quick digit"),
            Deed("delete", "delete", "delete"),
        )
        picker = Picker(
            "Codebook",
            choices,
            new="tag",
            deeds=deeds,
            ticks=True,
            lit=lit,
            preview=self._tag_preview,
            empty="No tags yet: type a name, such as actor/maliki, and Enter.",
        )
        self.desk.app.push_screen(picker, self._tag_picked)

    def _tag_preview(self, path: str) -> Content:
        found = self.desk.session.library.highlights.find(tag=path)
        return preview_words(*((f"{each.text}  “{each.quote}”\n", "") for each in found[:8]))

    def _tag_picked(self, picked: Picked | None) -> None:
        if picked is None:
            return
        paths, marking = list(picked.keys), self.desk.marking
        if picked.deed == "new":
            self._reshape(lambda library: library.codebook.ensure(picked.typed), picked.typed)
        elif picked.deed == "pick":
            found = self.desk.session.library.highlights.find(tag=picked.key)
            self.desk.highlight_list.open(picked.key, found, f"Nothing is tagged {picked.key} yet.")
        elif picked.deed == "delete":
            self._ask_delete(paths)
        elif picked.deed == "merge":
            self.desk.app.push_screen(
                marking.tag_picker(f"Merge {', '.join(paths)} into"), partial(self._merge, paths)
            )
        elif picked.deed == "quick":
            answers = {str(digit): path for digit, path in sorted(self._quick().items())}
            self.desk.app.push_screen(
                Choose(f"Which digit calls {picked.key}?", answers), partial(self._quick_chosen, picked.key)
            )
        else:
            self._ask_about_tag(picked.deed, picked.key)

    def _quick(self) -> dict[int, str]:
        quick = self.desk.session.library.codebook.quick()
        return {digit: quick[digit].path if digit in quick else "–" for digit in range(1, 10)}

    def _quick_chosen(self, path: str, digit: str | None) -> None:
        if digit is not None:
            self._reshape(lambda library: library.codebook.set_quick(int(digit), path), path)

    def _merge(self, paths: list[str], picked: Picked | None) -> None:
        if picked is not None:
            into = picked.typed if picked.deed == "new" else picked.key
            self._reshape(lambda library: library.codebook.merge(paths, into), into)

    def _ask_delete(self, paths: list[str]) -> None:
        answers = {
            "t": "the tag alone: what it marks stays highlighted",
            "h": "the tag and the highlights that it marks",
        }

        def answered(key: str | None) -> None:
            if key is not None:
                self._reshape(partial(_delete_tags, paths, key == "h"), "")

        self.desk.app.push_screen(Choose(f"Delete {', '.join(paths)}?", answers), answered)

    def _ask_about_tag(self, deed: str, path: str) -> None:
        tag = next(tag for tag in self.desk.marking.tags() if tag.path == path)
        if deed == "colour":
            from store.codebook import PALETTE

            choices = [Choice(colour, colour) for colour in PALETTE]
            self.desk.app.push_screen(
                Picker(f"Colour of {path}", choices, lit=tag.colour),
                lambda picked: (
                    self._reshape(lambda library: library.codebook.colour(path, picked.key), path)
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
        title, value, act = asks[deed]

        def answered(words: str | None) -> None:
            if words is not None:
                self._reshape(lambda library: act(library, words), words if deed == "rename" else path)

        self.desk.app.push_screen(Ask(f"{title} of {path}", value), answered)

    def _reshape(self, job: Callable[[Library], object], lit: str) -> None:
        """Changes the codebook and opens it again."""

        def done(_: object) -> None:
            self.desk.reload()
            self._open_codebook(lit)

        def failed(problem: BaseException) -> None:
            self.desk.tell(str(problem), error=True)

        self.desk.session.write(job, done, failed)

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

    @does("history")
    def history(self, press: Press) -> None:
        """What was done, the last act first."""
        acts = self.desk.session.library.journal.history(_ACTS_SHOWN)
        lines = [
            Content.assemble(
                (f"{act.at[:16].replace('T', ' ')}  ", "$foreground 65%"),
                (act.label, "strike" if act.undone else ""),
                (f"  {act.reader}", "$foreground 65%"),
            )
            for act in acts
        ]
        words = Content("\n").join(lines) if lines else Content("Nothing has been done yet.")
        self.desk.app.push_screen(Page("What was done", words))

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


def _delete_tags(paths: list[str], highlights: bool, library: Library) -> None:
    with library.act(f"deleted {', '.join(paths)}"):
        for path in paths:
            library.codebook.delete(path, highlights=highlights)


def _count_words(count: Count) -> str:
    """How much a tag marks, and how much with what lies below it."""
    return f"{count.own}" if count.own == count.below else f"{count.own} ({count.below} with all below)"
