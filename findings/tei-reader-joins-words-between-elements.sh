#!/usr/bin/env bash
# tei-reader 0.0.17 (TEI P5 to plain text).
# Behaviour: a blank that stands alone between two elements is left out, so that the words on both sides become one; so are
#   words on both sides of a line break, and two lines of verse. Of a choice both what is written and what is meant are given.
# Guess: text that holds the words of the edition: blanks between inline elements are text in TEI, and `lb` and `l` part words.
# Who meets it: who counts, searches or compares the words of an edition in which names, dates or emphasis are marked: the
#   more carefully it was encoded, the more of its words are joined.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q tei-reader==0.0.17
venv/bin/python - <<'PYTHON'
import sys

from tei_reader import TeiReader

FILE = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Mill</title></titleStmt>
<publicationStmt><p>none</p></publicationStmt><sourceDesc><p>none</p></sourceDesc></fileDesc></teiHeader>
<text><body><div>%s</div></body></text></TEI>"""
told = {
    "<p>The <hi>old</hi> <name>mill</name> stood.</p>": "The oldmill stood.",
    "<p>It stood<lb/>there.</p>": "It stoodthere.",
    "<l>The mill is old</l><l>and grey</l>": "The mill is oldand grey",
    "<p>for <choice><sic>tow</sic><corr>two</corr></choice> years</p>": "for towtwo years",
}
read = {body: TeiReader().read_string(FILE % body).text for body in told}
for body, text in read.items():
    print(f"{body}\n    {text}")
sys.exit(read != told)
PYTHON
