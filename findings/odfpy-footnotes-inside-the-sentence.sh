#!/usr/bin/env bash
# odfpy 1.4.1 (reads and writes OpenDocument).
# Behaviour: the words of a paragraph (`teletype.extractText`, `str`) hold its footnotes in the middle of the sentence,
#   number and note without a blank before or after; and the list of all paragraphs of a document names each note again.
# Guess: a note is apart from the line that it is on, or there once.
# Who meets it: who makes a plain text of a thesis in ODT: words run into note numbers, and each note is counted twice.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q odfpy==1.4.1
venv/bin/python -W ignore - <<'PYTHON'
import sys

from odf import teletype
from odf.opendocument import OpenDocumentText
from odf.text import Note, NoteBody, NoteCitation, P

paragraph = P(text="The mill burned")
note = Note(noteclass="footnote")
note.addElement(NoteCitation(text="1"))
body = NoteBody()
body.addElement(P(text="See the register."))
note.addElement(body)
paragraph.addElement(note)
paragraph.addText(" on Monday.")
document = OpenDocumentText()
document.text.addElement(paragraph)
words = teletype.extractText(paragraph)
paragraphs = [str(each) for each in document.getElementsByType(P)]
print("the paragraph:", words)
print("all paragraphs:", paragraphs)
sys.exit(
    words != "The mill burned1See the register. on Monday." or paragraphs != [words, "See the register."]
)
PYTHON
