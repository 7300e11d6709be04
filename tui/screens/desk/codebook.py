"""The codebook at the desk: all tags, to rename, merge, recolour, describe, delete, and to give a digit to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from textual.content import Content

from store.library import Library
from store.records import Count
from tui.keys import Press
from tui.screens.desk.part import Part, does
from tui.screens.dialogs import Ask, Choose
from tui.screens.picker import Choice, Deed, Picked, Picker, preview_words


class Codebook(Part):
    """Opens the codebook, changes it, and opens it again where the reader was."""

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
            for tag in self.desk.tagging.tags()
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
            preview=partial(self._tag_preview, library.codebook.counts_by_text()),
            empty="No tags yet: type a name, such as actor/maliki, and Enter.",
        )
        self.desk.app.push_screen(picker, self._tag_picked)

    def _tag_preview(self, by_text: Mapping[str, Mapping[str, Count]], path: str) -> Content:
        """How much the tag marks in each text, what it stands for, and what it marks."""
        counts = " · ".join(
            f"{slug} {_count_words(count)}" for slug, count in sorted(by_text.get(path, {}).items())
        )
        tag = self.desk.session.library.codebook.get(path)
        found = self.desk.session.library.highlights.find(tag=path)
        return preview_words(
            (f"{counts}\n", "$accent"),
            (f"{tag.description}\n" if tag.description else "", "italic"),
            *((f"{each.text}  “{each.quote}”\n", "") for each in found[:8]),
        )

    def _tag_picked(self, picked: Picked | None) -> None:
        if picked is None:
            return
        paths = list(picked.keys)
        if picked.deed == "new":
            self._reshape(lambda library: library.codebook.ensure(picked.typed), picked.typed)
        elif picked.deed == "pick":
            found = self.desk.session.library.highlights.find(tag=picked.key)
            self.desk.highlight_list.open(picked.key, found, f"Nothing is tagged {picked.key} yet.")
        elif picked.deed == "delete":
            self._ask_delete(paths)
        elif picked.deed == "merge":
            self.desk.app.push_screen(
                self.desk.tagging.tag_picker(f"Merge {', '.join(paths)} into"), partial(self._merge, paths)
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
        tag = next(tag for tag in self.desk.tagging.tags() if tag.path == path)
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

        self.desk.session.write(job, done, self.refused)


def _delete_tags(paths: list[str], highlights: bool, library: Library) -> None:
    with library.act(f"deleted {', '.join(paths)}"):
        for path in paths:
            library.codebook.delete(path, highlights=highlights)


def _count_words(count: Count) -> str:
    """How much a tag marks, and how much with what lies below it."""
    return f"{count.own}" if count.own == count.below else f"{count.own} ({count.below} with all below)"
