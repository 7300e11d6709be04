#!/usr/bin/env bash
# CollateX 2.3 (Python), the usual collation program for witnesses of one text, with Levenshtein 0.27.1.
# Behaviour: the tokens of a plain witness are cut at every combining mark: three words of Hindi come out as thirteen
#   tokens, two words of pointed Hebrew as twelve, and Greek whose accents are decomposed falls apart, while the same Greek
#   in composed letters keeps its words.
# Guess: words are what stands between blanks and punctuation, whatever the script.
# Who meets it: who collates witnesses in Devanagari, pointed Hebrew or vocalised Arabic, or files of two keyboards in
#   Greek: the variants that are listed are of vowel signs, and alignment goes by letters. Hand in tokens of your own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q collatex==2.3 Levenshtein==0.27.1
venv/bin/python -W ignore - <<'PYTHON'
import sys
import unicodedata

from collatex import Collation

def tokens(words):
    collation = Collation()
    collation.add_plain_witness("A", words)
    return [token.token_data["t"].strip() for token in collation.witnesses[0].tokens()]

greek = "Ἐν ἀρχῇ ἦν"
seen = {
    words: tokens(words)
    for words in ("हिन्दी में किताब", "בְּרֵאשִׁית בָּרָא", greek, unicodedata.normalize("NFD", greek))
}
for words, found in seen.items():
    print(len(words.split()), "words,", len(found), "tokens:", found)
sys.exit([len(found) for found in seen.values()] != [13, 12, 3, 10])
PYTHON
