#!/usr/bin/env bash
# python-bidi 0.6.12 (brings Hebrew and Arabic into the order of display).
# Behaviour: the package has two functions called `get_display`. `bidi.algorithm.get_display` keeps the lines of a text
#   apart; the newer `bidi.get_display` takes a newline for a sign of the line before it and moves it to that line's left
#   end: two Hebrew lines become an empty one and one with both.
# Guess: one name, one result; a newline ends a paragraph, as the algorithm of Unicode (UAX 9, rule P1) has it.
# Who meets it: who shows a stanza or a passage of several lines in a terminal without bidi, or in a picture.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q python-bidi==0.6.12
venv/bin/python - <<'PYTHON'
import sys

import bidi
import bidi.algorithm

lines = "אחת\nשתיים"
old, new = bidi.algorithm.get_display(lines), bidi.get_display(lines)
print("two lines:                 ", ascii(lines))
print("bidi.algorithm.get_display:", ascii(old))
print("bidi.get_display:          ", ascii(new))
sys.exit(old != "תחא\nםייתש" or new != "\nתחאםייתש")
PYTHON
