"""Two texts as one line of JSON, for a process of its own that relates them.

Only what relating needs: the bodies and where the passages of the articles stand.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from texts.model import Passage, Span, Text


@dataclass(frozen=True)
class Request:
    """What the other process is asked."""

    left: Text
    right: Text
    aliases: tuple[tuple[str, ...], ...]

    def to_line(self) -> str:
        """The request as JSON, without line breaks."""
        return json.dumps({"left": _dumped(self.left), "right": _dumped(self.right), "aliases": self.aliases})

    @classmethod
    def from_line(cls, line: str) -> Request:
        """The request that `to_line` wrote; raises ValueError on anything else."""
        try:
            request = json.loads(line)
            aliases = tuple(tuple(str(word) for word in group) for group in request["aliases"])
            return cls(_loaded(request["left"]), _loaded(request["right"]), aliases)
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a request to relate two texts: {error}") from error


def _dumped(text: Text) -> dict[str, object]:
    return {"body": text.body, "passages": [[*passage.span] for passage in text.numbered]}


def _loaded(dumped: dict[str, object]) -> Text:
    body, spans = dumped["body"], dumped["passages"]
    if not isinstance(body, str) or not isinstance(spans, Iterable):
        raise TypeError("a text is a body and its passages")
    passages = (Passage(Span(int(start), int(end)), number) for number, (start, end) in enumerate(spans, 1))
    return Text("", "", "", "", body, tuple(passages))
