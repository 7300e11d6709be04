#!/usr/bin/env bash
# inscriptis 2.7.6 (turns HTML into plain text with annotations: offsets into the text for chosen elements).
# Behaviour: a table is laid out line by line, and the offsets of a cell with a line break in it are as if its lines stood
#   one after the other: the span of the cell with “Acts” and “1:1” covers “Acts” and “1:4”, which is its neighbour's.
# Guess: each span covers the words of its element, or there is one for each of its lines.
# Who meets it: who takes highlighted cells, or names in them, out of a synopsis or a table of readings by these offsets.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q inscriptis==2.7.6
venv/bin/python - <<'PYTHON'
import sys

from inscriptis import get_annotated_text
from inscriptis.model.config import ParserConfig

table = "<table><tr><td>Luke<br>1:4</td><td>Acts<br>1:1</td></tr></table>"
found = get_annotated_text(table, ParserConfig(annotation_rules={"td": ["cell"]}))
covered = [found["text"][start:end] for start, end, _ in found["label"]]
print("text: ", repr(found["text"]))
print("cells:", covered)
sys.exit(found["text"] != "Luke  Acts\n1:4   1:1 \n" or covered != ["Luke  Ac", "Acts\n1:4"])
PYTHON
