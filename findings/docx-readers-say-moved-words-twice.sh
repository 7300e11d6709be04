#!/usr/bin/env bash
# docx2txt 0.9 and docx2python 3.7.1 (plain text of DOCX).
# Behaviour: words that were moved while changes were tracked are in the text twice, where they were and where they are.
#   Words that were deleted are rightly gone. python-docx 1.2.0 has moved words in neither place; mammoth 1.13.0 has them once.
# Guess: a move is shown as the document reads. But the standard (ECMA-376, `w:moveFrom`) keeps the words at the old place
#   in the same element as living text, and only `w:del` has one of its own, so that “no deleted text” is not enough.
# Who meets it: who reads a manuscript that has been through an editor: sentences repeat, counts of words and shared runs with
#   other versions are wrong.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q docx2txt==0.9 docx2python==3.7.1 python-docx==1.2.0 mammoth==1.13.0
venv/bin/python -W ignore - <<'PYTHON'
import sys

import docx
import docx2txt
import mammoth
from docx.oxml import parse_xml
from docx2python import docx2python

space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
by = 'w:author="Ann" w:date="2024-01-01T00:00:00Z"'


def run(words, element="t"):
    return f'<w:r><w:{element} xml:space="preserve">{words}</w:{element}></w:r>'


document = docx.Document()
document.element.body.insert(
    0,
    parse_xml(
        f"<w:p {space}>{run('First ')}"
        f'<w:moveFromRangeStart w:id="1" {by} w:name="move1"/><w:moveFrom w:id="2" {by}>{run("the mill ")}</w:moveFrom>'
        f'<w:moveFromRangeEnd w:id="1"/>{run("the barn burned, then ")}'
        f'<w:del w:id="5" {by}>{run("alas ", "delText")}</w:del>'
        f'<w:moveToRangeStart w:id="3" {by} w:name="move1"/><w:moveTo w:id="4" {by}>{run("the mill ")}</w:moveTo>'
        f'<w:moveToRangeEnd w:id="3"/>{run("fell.")}</w:p>'
    ),
)
document.save("edited.docx")
with open("edited.docx", "rb") as file:
    once = mammoth.extract_raw_text(file).value.strip()
seen = {
    "mammoth": once,
    "docx2txt": docx2txt.process("edited.docx").strip(),
    "docx2python": docx2python("edited.docx").text.strip(),
    "python-docx": docx.Document("edited.docx").paragraphs[0].text,
}
for reader, words in seen.items():
    print(f"{reader:12}{words}")
sys.exit(
    once != "First the barn burned, then the mill fell."
    or {seen["docx2txt"], seen["docx2python"]} != {"First the mill the barn burned, then the mill fell."}
    or seen["python-docx"] != "First the barn burned, then fell."
)
PYTHON
