"""What stands beside a highlight: its tags, its note, its links."""

from __future__ import annotations

from collections.abc import Iterator

from store.exchange.html import escaping
from store.exchange.html.colours import colour_class
from store.exchange.views import Shown, Thread, View
from store.tidy import clipped


def letter(one: Shown, view: View, *, at_words: bool) -> str:
    """The letters of a highlight's tags: at its words they lead to its card, on its card back to the words.

    The style sheet draws them, so that the text of a body is the body, also when it is copied.
    """
    letters = "".join(view.tags[path].letter for path in one.entry.tags) or "·"
    names = ", ".join(one.entry.tags) or "untagged"
    if at_words:
        own, target, label = one.anchor, f"n{one.anchor}", f"Highlight {names}: to its note"
        letters += "★" * one.entry.star
    else:
        own, target, label = f"n{one.anchor}", one.anchor, f"{names}: to its words"
    return (
        f'<a class="letter {colour_class(view.colour(one.entry))}" id="{own}" href="#{target}"'
        f' data-of="{one.anchor}" data-letter="{escaping.value(letters)}" aria-label="{escaping.value(label)}"></a>'
    )


def card(one: Shown, view: View) -> str:
    """The card of a highlight; of one that the text has lost, with the words that it stood on."""
    highlight = one.entry
    numbers = " ".join(str(view.numbers[path]) for path in highlight.tags) or "none"
    colour = colour_class(view.colour(highlight))
    return "".join(
        [
            f'<div class="card {colour}" data-of="{one.anchor}" data-tags="{numbers}">',
            f'<p class="tags">{_head(one, view)}</p>',
            "" if one.parts else f'<blockquote dir="auto">{escaping.text(highlight.quote)}</blockquote>',
            f'<div class="note" dir="auto">{escaping.note(highlight.note)}</div>' if highlight.note else "",
            *_threads(one, view),
            f'<p class="reader">{escaping.text(highlight.reader)}</p>' if view.several_readers else "",
            "</div>",
        ]
    )


def _head(one: Shown, view: View) -> str:
    """The letters, the names of the tags and the star, on a line."""
    tags = [
        f'<span class="tag {colour_class(view.tags[path].colour)}">{escaping.text(path)}</span>'
        for path in one.entry.tags
    ]
    star = ['<span class="star" role="img" aria-label="starred">★</span>'] if one.entry.star else []
    way = letter(one, view, at_words=False) if one.parts else f'<a id="{one.anchor}"></a>'
    return way + " ".join((tags or ['<span class="untagged">untagged</span>']) + star)


def _threads(one: Shown, view: View) -> Iterator[str]:
    threads = view.threads.get(one.entry.uid, ())
    if not threads:
        return
    yield '<ul class="threads">'
    for thread in threads:
        note = (
            f'<div class="note" dir="auto">{escaping.note(thread.link.note)}</div>'
            if thread.link.note
            else ""
        )
        yield f'<li><span class="kind">{escaping.text(thread.phrase)}</span> {_target(thread)}{note}</li>'
    yield "</ul>"


def _target(thread: Thread) -> str:
    place = f'<span class="place">{thread.other.place}</span> ' if thread.other.place else ""
    quote = escaping.text(f"“{clipped(thread.other.entry.quote, 60)}”")
    return f'<a href="#{thread.other.anchor}">{place}{quote}</a>'
