"""The job of the child process that reads a file; only `texts.load.isolated` has it run."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from importlib import import_module

from texts.load.document import Document, File


def run(question: Iterable[bytes], reply: Callable[[bytes], None], progress: Callable[[str], None]) -> None:
    """Reads one file: replies with what the document says of itself, a line of JSON, and then with its body."""
    asked, data = question
    module, name, encoding, furniture, reading = json.loads(asked)
    file = File(data, name, encoding, furniture, lambda done, of: progress(f"{done} {of}"), reading)
    document: Document = import_module(f"texts.load.{module}").read(file)
    said = [document.title, document.author, document.source, document.remarks]
    reply(json.dumps(said).encode() + b"\n")
    reply(document.body.encode("utf-8", "surrogatepass"))
