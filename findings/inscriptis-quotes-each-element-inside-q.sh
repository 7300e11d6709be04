#!/usr/bin/env bash
# inscriptis 2.7.6 (turns HTML into plain text).
# Behaviour: the marks that stand for <q> are set around the element and again around every element inside it, so that
#   “so <b>be</b> it” in <q> reads: "so "be" it".
# Guess: an opening mark where <q> starts and a closing one where it ends, as browsers draw it.
# Who meets it: who reads quotations out of saved pages with it: a word in bold or a link inside one is quoted by itself, and
#   a passage copied from the page is no longer found in the text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q inscriptis==2.7.6
venv/bin/python - <<'PYTHON'
import sys

from inscriptis import get_text

plain = get_text("<p>He said <q>so be it</q>.</p>").strip()
marked = get_text("<p>He said <q>so <b>be</b> it</q>.</p>").strip()
print("without an element inside:", plain)
print("with one:                 ", marked)
sys.exit(plain != 'He said "so be it".' or marked != 'He said "so "be" it".')
PYTHON
