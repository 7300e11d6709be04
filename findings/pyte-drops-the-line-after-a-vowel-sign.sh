#!/usr/bin/env bash
# pyte 0.8.2 (a terminal in memory, for tests and recordings of terminal programs) with wcwidth 0.9.4.
# Behaviour: at a character without width that Unicode gives no combining class, as the vowel signs of Devanagari and Thai
#   or the joiners of Persian, it draws nothing more of what came in, up to the next control character: of “हिन्दी में किताब”
#   the screen has “ह”. Marks with a class, as the points of Hebrew, are kept.
# Guess: the sign joins its letter, or is left out: by the documentation of `draw` what has no width changes nothing.
# Who meets it: who tests or records a program that shows texts in Indic scripts, Thai, Khmer, Tibetan or Persian: the lines
#   on the screen stop in their first word, and the program under test gets the blame.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q pyte==0.8.2 wcwidth==0.9.4
venv/bin/python - <<'PYTHON'
import sys

import pyte


def screen(printed):
    """The first two lines of a terminal in which this was printed."""
    shown = pyte.Screen(40, 2)
    pyte.Stream(shown).feed(printed)
    return [line.rstrip() for line in shown.display]


seen = {
    words: screen(words + "\r\nnext")
    for words in ("हिन्दी में किताब", "ภาษาไทย สวัสดี ครับ", "می\u200cخواهم بخوانم", "שָׁלוֹם עֲלֵיכֶם")
}
for words, lines in seen.items():
    print(ascii(words), "->", ascii(lines))
first = [lines[0] for lines in seen.values()]
sys.exit(
    first != ["ह", "ภาษาไทย สว", "می", "שָׁלוֹם עֲלֵיכֶם"] or {lines[1] for lines in seen.values()} != {"next"}
)
PYTHON
