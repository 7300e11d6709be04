"""Lists over the desk: highlights, tags, links, texts, acts, themes, keys. All are the one picker."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from textual.content import Content

from store.library import Library
from store.records import Anchor, Highlight
from texts.articles import tutorial
from texts.model import Passage
from texts.visible import one_line
from tui.exporting import endings, export_to, written
from tui.keys import Press
from tui.screens.desk.moving import Place
from tui.screens.desk.part import Part, does
from tui.screens.desk.refusals import one_text
from tui.screens.desk.side import Side
from tui.screens.dialogs import Ask, Choose, Page
from tui.screens.help import Here, help_words
from tui.screens.picker import Choice, Deed, Picked, Picker, preview_words

TUTORIAL = "tutorial"
"""Slug of the text that teaches the first keys."""


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
                self.desk.tell(
                    f"here it stood last: {self.desk.key_of('orphans')} and Ctrl-r puts it where you then select"
                )

    # texts, notes, acts, themes, export, keys

    @does("open_text")
    def open_text(self, press: Press) -> None:
        """Another text of the library in this pane, or in the empty one; a path that is typed is added first."""
        into = self._pane_to_fill()
        shelved = self.desk.session.library.shelf.list()
        unread = [each.slug for each in shelved if each.slug != self.desk.active.slug]
        lit = self.desk.active.slug if into is self.desk.active else next(iter(unread), "")
        choices = [Choice(each.slug, each.slug, f"{each.title} · {each.words} words") for each in shelved]
        if not self.desk.session.library.shelf.has(TUTORIAL):
            choices.append(Choice(TUTORIAL, TUTORIAL, "a hundred words that teach the first keys", "?"))
        picker = Picker(
            f"Open in pane {into.number + 1}", choices, new="file", lit=lit,
            deeds=(Deed("ctrl+o", "other", "in the other pane"),), lenient=True,
            hint="a text, or the path of a file to add",
            empty="No texts yet: type the path of a file, or leave and run tui add FILE.",
        )  # fmt: skip
        self.desk.app.push_screen(picker, self._text_picked)

    def _text_picked(self, picked: Picked | None) -> None:
        if picked is None:
            return
        side = self._pane_to_fill()
        if picked.deed == "other":
            side = self.desk.sides[1 - side.number]
        if picked.deed == "new":
            self._add(picked.typed, side)
        else:
            self._open(picked.key, side)

    def _pane_to_fill(self) -> Side:
        """The pane for another text: the one that the reader is in, or the other while that is empty."""
        active, other = self.desk.active, self.desk.other
        return other if active.text is not None and other.text is None else active

    def open_named(self, name: str) -> None:
        """Opens a text by its slug where `open_text` does; what is none is the path of a file, which is added first."""
        if name == TUTORIAL or self.desk.session.library.shelf.has(name):
            self._open(name, self._pane_to_fill())
        else:
            self._add(name, self._pane_to_fill())

    def _open(self, slug: str, side: Side) -> None:
        if slug == TUTORIAL and not self.desk.session.library.shelf.has(TUTORIAL):
            self.open_tutorial(side)
            return
        if self.desk.active.text is not None:
            self.desk.moving.leave_trace()
        self.desk.open_text(side, slug)

    def _add(self, name: str, side: Side) -> None:
        path = Path(name).expanduser()
        self.desk.tell(f"reading {path.name} …")
        work = partial(self._add_file, path, side)
        self.desk.run_worker(work, thread=True, group="add", exit_on_error=False)

    def _add_file(self, path: Path, side: Side) -> None:
        """Reads a file in a thread, then adds and opens it."""
        from texts.load import LoadError, load

        try:
            text = load(path, progress=partial(self._told_progress, path.name))
        except LoadError as problem:
            self.desk.app.call_later(self.refused, problem)
            return
        self.desk.session.write(
            lambda library: library.shelf.add(text)[0],
            lambda added: self._open(added.slug, side),
            self.refused,
        )

    def _told_progress(self, name: str, done: int, of: int) -> None:
        """Says how far the reading of a file is: a PDF takes seconds."""
        self.desk.app.call_later(self.desk.tell, f"reading {name} … {done} of {of}")

    def open_tutorial(self, side: Side | None = None) -> None:
        """Opens the tutorial, in this pane if none is named; it comes into the library when it is first asked for."""
        side = side or self.desk.active
        self.desk.session.write(
            lambda library: library.shelf.add(tutorial())[0],
            lambda added: self._open(added.slug, side),
            self.refused,
        )

    # related passages of the whole pair

    @does("pairs")
    def pairs(self, press: Press) -> None:
        """All related passages of the two texts, to narrow and to go to."""
        left, right = (side.text for side in self.desk.sides)
        if left is None or right is None:
            self.desk.tell(one_text(self.desk), error=True)
            return
        if self.desk.relating.relations is None:
            self.desk.tell("still comparing the two texts: again in a moment")
            return
        found = self.desk.relating.pairs()
        passages = [(left.passage(each.left), right.passage(each.right)) for each in found]
        choices = [
            Choice(
                str(number),
                f"¶{each.left} – ¶{each.right}  {one_line(left.quote(near.span))}",
                sign=f"{each.score:3.0f}",
            )
            for number, (each, (near, _)) in enumerate(zip(found, passages, strict=True))
        ]

        def preview(key: str) -> Content:
            near, far = passages[int(key)]
            words = f"\n¶{far.number} {right.quote(far.span)}"
            return preview_words((f"¶{near.number} {left.quote(near.span)}", ""), (words, "$accent"))

        def picked(which: Picked | None) -> None:
            if which is not None:
                self._go_to_pair(*passages[int(which.key)])

        self.desk.app.push_screen(
            Picker(
                f"{len(found)} related passages of {left.slug} and {right.slug}",
                choices,
                preview=preview,
                empty="Nothing in these two texts speaks of the same.",
            ),
            picked,
        )

    def _go_to_pair(self, near: Passage, far: Passage) -> None:
        """Goes to the left passage of a pair, the right one level with it."""
        left, right = self.desk.sides
        self.desk.activate(left)
        self.desk.moving.go(Place(left.slug, near.span.start))
        right.pane.set_lit(far.span)
        right.pane.reveal(far.span.start, left.pane.screen_row_of(near.span.start))

    @does("library_note")
    def library_note(self, press: Press) -> None:
        """The note on the library, or on this text."""
        slug = self.desk.active.slug
        if not slug:
            self._note_chosen("l")
            return
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
            self.use_theme(picked.key)

    def use_theme(self, name: str) -> None:
        """Shows everything in another theme, also in the next run."""
        self.desk.app.theme = name
        self.desk.session.places.put("theme", name)

    @does("export")
    def export(self, press: Press) -> None:
        """Annotations to a file; the ending says the format."""
        self.desk.app.push_screen(
            Ask(
                "Export to which file?",
                "annotations.csv",
                hint=f"The ending says the format: {' '.join(endings())}",
            ),
            self._export_named,
        )

    def _export_named(self, name: str | None) -> None:
        if name:
            self.export_to_file(name)

    def export_to_file(self, name: str) -> None:
        """Writes the annotations to a file; its ending says the format."""
        path = Path(name).expanduser()

        def job(library: Library) -> str:
            over = path.exists()
            return written(export_to(library, path), path, over=over)

        self.desk.session.write(
            job,
            lambda words: self.desk.tell(words, good=True),
            self.refused,
        )

    # help

    @does("keys")
    def keys(self, press: Press) -> None:
        """Every key."""
        self.show_keys("All keys", None)

    @does("help")
    def help(self, press: Press) -> None:
        """What can be done where the reader is, and every key after it."""
        self.show_keys("Help", self.desk.where.now())

    def show_keys(self, title: str, here: Here | None) -> None:
        """A page of all keys, with those that matter where the reader is before them."""
        room = Page.columns(self.desk.size.width)
        self.desk.app.push_screen(Page(title, help_words(self.desk.typing.keymap.keys, here, columns=room)))
