"""Tagging: the tag picker, quick tags and letters, the armed tag, the quoted words as a tag."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from store.library import Library
from store.records import Tag
from tui.keymap import Follow
from tui.keys import Press
from tui.screens.desk.marking import Target, short
from tui.screens.desk.part import Part, does
from tui.screens.picker import Choice, Picked, Picker
from tui.widgets.status import Note, Tone

_TAG_LENGTH = 60
"""The longest quote that T makes a tag of."""


class Tagging(Part):
    """Puts tags on what the reader means, and takes them off."""

    @does("tag")
    def tag(self, press: Press) -> None:
        """Opens the tag picker for the target."""
        target = self.desk.marking.target()
        if target is not None:
            title = f"Tag “{short(self.desk.marking.quote(target))}”"
            self.desk.app.push_screen(self.tag_picker(title, ticks=True), partial(self._tags_picked, target))

    def tag_picker(self, title: str, *, ticks: bool = False) -> Picker:
        """A picker of the codebook's tags in which a new name makes a tag; with ticks, of several."""
        codebook = self.desk.session.library.codebook
        counts = codebook.counts()
        digits = {tag.path: digit for digit, tag in codebook.quick().items()}
        choices = [_tag_choice(tag, counts[tag.path].own, digits.get(tag.path)) for tag in self.tags()]
        return Picker(
            title,
            choices,
            new="tag",
            ticks=ticks,
            lit=self.desk.marking.last_tag,
            empty="No tags yet: type a name, such as actor/maliki.",
        )

    def tags(self) -> list[Tag]:
        """All tags of the codebook."""
        return self.desk.session.library.codebook.list()

    def _tags_picked(self, target: Target, picked: Picked | None) -> None:
        if picked is None:
            return
        tags = (*picked.keys, picked.typed) if picked.deed == "new" else picked.keys
        self._put_tags(tags, target)
        self.desk.marking.will_repeat(partial(self.desk.marking.with_target, partial(self._put_tags, tags)))

    def _put_tags(self, tags: Sequence[str], target: Target) -> None:
        """Puts tags on the target, in one act."""
        marking = self.desk.marking
        if len(tags) == 1:
            marking.put_tag(target, tags[0])
            return
        marking.last_tag = tags[-1]
        target.side.pane.clear_selection()
        self.desk.gaps.drop()
        highlight = target.highlight

        def job(library: Library) -> None:
            if highlight is None:
                library.highlights.mark(target.side.slug, target.parts, tags=tags)
                return
            with library.act(f"tagged a highlight {', '.join(tags)}"):
                for tag in tags:
                    library.highlights.tag(highlight.id, tag)

        marking.act(job)

    def tag_as(self, tag: str) -> None:
        """Tags what a marking key acts on, by the tag's name."""
        self.desk.marking.do_and_repeat(partial(self.desk.marking.tag_here, tag))

    @does("tag_quoted")
    def tag_quoted(self, press: Press) -> None:
        """Makes the quoted words the tag."""
        target = self.desk.marking.target()
        if target is None:
            return
        words = " ".join(self.desk.marking.quote(target).replace("/", " ").split())
        if len(words) > _TAG_LENGTH:
            self.desk.tell(
                f"too long for a tag: {self.desk.key_of('select')} and motions select a few words, "
                f"then {self.desk.key_of('tag_quoted')}; "
                f"or {self.desk.key_of('tag')} and a name",
                error=True,
            )
            return
        self.tag_as(words)

    @does("highlight_with")
    def highlight_with(self, press: Press) -> None:
        """Highlights with a quick tag's digit or a tag's letter."""
        tag = self.tag_by_sign(press.argument)
        if tag is not None:
            self.tag_as(tag)

    def signs(self) -> list[Follow]:
        """The quick tags and the letters of the others, for what can follow H."""
        quick = self.desk.session.library.codebook.quick()
        found = {str(digit): tag.path for digit, tag in sorted(quick.items())}
        for tag in self.tags():
            if tag.letter and tag.path not in found.values():
                found.setdefault(tag.letter, tag.path)
        return [Follow(sign, path) for sign, path in found.items()]

    @does("quick_tag")
    def quick_tag(self, press: Press) -> None:
        """While selecting, a digit highlights with that quick tag."""
        self.highlight_with(press)

    def tag_by_sign(self, sign: str) -> str | None:
        """The tag with this quick digit or letter; says so where there is none."""
        if sign.isdigit():
            quick = self.desk.session.library.codebook.quick().get(int(sign))
            if quick is None:
                self.desk.tell(
                    f"no quick tag {sign} yet: {self.desk.key_of('codebook')} chooses them", error=True
                )
            return quick.path if quick else None
        named = [tag.path for tag in self.tags() if tag.letter == sign] or [
            tag.path for tag in self.tags() if tag.letter.casefold() == sign.casefold()
        ]
        if not named:
            self.desk.tell(
                f"no tag has the letter {sign}: {self.desk.key_of('codebook')} shows them all", error=True
            )
        return named[0] if named else None

    @does("arm")
    def arm(self, press: Press) -> None:
        """Arms a tag, so that every selection gets it; again disarms."""
        if self.desk.marking.armed:
            self.desk.tell(f"{self.desk.marking.armed} is no longer armed")
            self.desk.marking.armed = ""
            return

        select, again = self.desk.key_of("select"), self.desk.key_of("arm")

        def armed(picked: Picked | None) -> None:
            if picked is not None:
                self.desk.marking.armed = picked.typed if picked.deed == "new" else picked.key
                self.desk.tell(
                    f"{self.desk.marking.armed} is armed: {select}, motions, {select} marks; {again} ends it",
                    good=True,
                )

        self.desk.app.push_screen(self.tag_picker("Arm a tag: every selection gets it"), armed)

    def selection_ended(self) -> None:
        """With a tag armed, a finished selection is highlighted with it."""
        if self.desk.marking.armed:
            self.desk.marking.tag_here(self.desk.marking.armed)

    @does("untag")
    def untag(self, press: Press) -> None:
        """Takes a tag off the highlight; asks which where it has several."""
        highlight = self.desk.marking.highlight_here()
        if highlight is None:
            return
        if not highlight.tags:
            self.desk.tell(f"this highlight has no tag: {self.desk.key_of('tag')} puts one on")
        elif len(highlight.tags) == 1:
            self.take_off(highlight.tags[0])
        else:
            choices = [Choice(tag, tag) for tag in highlight.tags]

            def picked(which: Picked | None) -> None:
                if which is not None:
                    self.take_off(which.key)

            self.desk.app.push_screen(Picker("Take a tag off", choices), picked)

    def take_off(self, tag: str) -> None:
        """Takes a tag off the highlight at the cursor; `.` takes it off others."""
        self.desk.marking.do_and_repeat(partial(self._take_off, tag))

    def _take_off(self, tag: str) -> None:
        highlight = self.desk.marking.highlight_here()
        if highlight is None:
            return
        if tag not in highlight.tags:
            has = ", ".join(highlight.tags) or f"no tag: {self.desk.key_of('tag')} puts one on"
            self.desk.tell(f"this highlight is not tagged {tag}; it has {has}", error=True)
            return
        self.desk.marking.change(lambda library: library.highlights.untag(highlight.id, tag))

    def status_notes(self) -> list[Note]:
        """The quick tags, which a digit alone puts on while selecting."""
        quick = self.desk.session.library.codebook.quick()
        words = "  ".join(f"{digit} {tag.path}" for digit, tag in sorted(quick.items()))
        return [Note(words, Tone.DIM)]


def _tag_choice(tag: Tag, uses: int, quick: int | None) -> Choice:
    detail = f"{uses} highlight{'' if uses == 1 else 's'}" + (f" · quick {quick}" if quick else "")
    return Choice(tag.path, tag.path, detail, tag.letter)
