#!/usr/bin/env bash
# pyfribidi 0.12.0 (the order of letters on the screen, by GNU FriBidi).
# Behaviour: in a line that runs from the right, Latin words in brackets before a number or a stop lose their closing bracket: “(abc) 5%”
#   is laid out as “abc) 5%)”, both brackets closing, on the wrong sides. `log2vis` does not pair brackets, as the
#   Unicode algorithm has done since 6.3 (2013, rule N0). It also takes a line for one from the right unless told.
# Guess: brackets around a word stay around it, as in browsers and in terminals that know the rule.
# Who meets it: who prints Hebrew or Arabic with Latin references, “ראו (Rashi) 12”, in a terminal that does not turn letters itself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q pyfribidi==0.12.0
venv/bin/python - <<'PYTHON'
import sys

import pyfribidi

lines = {
    "ראו (Rashi) 5%": "Rashi) 5%) ואר",
    "ראו (Rashi) ועוד": "דועו (Rashi) ואר",
    "see (ראו) also": "also (ואר) see",
}
seen = {line: pyfribidi.log2vis(line) for line in lines}
for line, shown in seen.items():
    print(f"{shown!a}")
sys.exit(seen != lines)
PYTHON
