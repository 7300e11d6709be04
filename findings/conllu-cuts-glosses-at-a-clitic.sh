#!/usr/bin/env bash
# conllu 6.0.0 (reads and writes CoNLL-U, the format of the Universal Dependencies).
# Behaviour: of a value in the column MISC only what stands before a second “=” is kept: `Gloss=people=and` is read as
#   “people” and written as `Gloss=people`. pyconll 3.3.1 keeps the whole.
# Guess: the first “=” ends the key and the rest is the value, since MISC is free but for blanks and “|”.
# Who meets it: who passes glossed texts through it. By the Leipzig rules “=” marks a clitic (Latin -que), so each gloss of a
#   word with one loses its end; and so do links in MISC with a query in them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q conllu==6.0.0 pyconll==3.3.1
venv/bin/python - <<'PYTHON'
import sys

import conllu
import pyconll

sentence = "1\tpopulusque\tpopulus\tNOUN\t_\tCase=Nom\t0\troot\t_\tGloss=people=and|SpaceAfter=No\n\n"
(read,) = conllu.parse(sentence)
written = {
    "in the file": sentence,
    "conllu": read.serialize(),
    "pyconll": pyconll.load_from_string(sentence).conll(),
}
written = {by: row.split("\t")[-1].strip() for by, row in written.items()}
for by, misc in written.items():
    print(f"{by:12}{misc}")
print("conllu reads the gloss as", read[0]["misc"]["Gloss"])
sys.exit(written["conllu"] != "Gloss=people|SpaceAfter=No" or written["pyconll"] != written["in the file"])
PYTHON
