#!/usr/bin/env bash
# python-docx 1.2.0 (reads and writes DOCX).
# Behaviour: `add_comment` looks through all comments for a free id, so that four times as many take about twelve times as
#   long: 500 comments .2 s, 2,000 comments 2.4 s.
# Guess: a comment more costs what the one before it did.
# Who meets it: who writes the annotations of a book into a document for Word.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q python-docx==1.2.0
venv/bin/python - <<'PYTHON'
import sys
import time

import docx


def seconds(number: int) -> float:
    """What a document with so many comments takes of the processor."""
    document = docx.Document()
    began = time.process_time()
    for _ in range(number):
        run = document.add_paragraph().add_run("words")
        document.add_comment(run, text="a note", author="Ann")
    return time.process_time() - began


few, many = seconds(500), seconds(2000)
print(f"500 comments: {few:.2f} s; 2,000 comments: {many:.2f} s, {many / few:.1f} times as long")
sys.exit(many < 7 * few)
PYTHON
