#!/usr/bin/env bash
# pybtex 0.26.1 (BibTeX files).
# Behaviour: fields are kept with their TeX, and what is written has `%`, `&`, `_` and `#` escaped once more: “A \& B”, read and
#   written, is “A \\& B”, which TeX takes for a line break and an alignment, and gets a stroke more each time. A formula and an
#   address get strokes as well.
# Guess: what is read and written again is the same record.
# Who meets it: who keeps a bibliography with any program that reads and writes by pybtex: each time it is saved titles of
#   publishers such as “Allen \& Unwin” grow.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q pybtex==0.26.1
venv/bin/python - <<'PYTHON'
import sys

from pybtex.database import parse_string

text = r"@book{mill, publisher = {Allen \& Unwin}, note = {5\% of $x_1$}, url = {http://example.org/a_b}}"
rounds = []
for _ in range(3):
    fields = parse_string(text, "bibtex").entries["mill"].fields
    rounds.append([fields["publisher"], fields["note"], fields["url"]])
    text = parse_string(text, "bibtex").to_string("bibtex")
for nth, fields in enumerate(rounds):
    print(f"written {nth} times: {fields}")
sys.exit(
    rounds
    != [
        [r"Allen \& Unwin", r"5\% of $x_1$", "http://example.org/a_b"],
        [r"Allen \\& Unwin", r"5\\% of $x\_1$", r"http://example.org/a\_b"],
        [r"Allen \\\& Unwin", r"5\\\% of $x\\_1$", r"http://example.org/a\\_b"],
    ]
)
PYTHON
