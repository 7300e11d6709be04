#!/usr/bin/env bash
# betacode 1.1 (the converter between Beta Code and Unicode for Greek).
# Behaviour: a vowel with an acute alone becomes the letter with oxia of the block Greek Extended (U+1F79), which no
#   normalisation form of Unicode keeps; letters with a breathing besides come out normalised.
# Guess: what it writes is NFC, as what a keyboard types, so that the same word is the same string.
# Who meets it: who searches or compares a text converted from Beta Code (the older corpora of Greek are in it) with
#   one that was typed or downloaded: lógos is not found. Normalise what it returns.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q betacode==1.1
venv/bin/python -W ignore - <<'PYTHON'
import sys
import unicodedata

from betacode.conv import beta_to_uni

converted = {beta: beta_to_uni(beta) for beta in ("lo/gos", "a)/nqrwpos")}
for beta, word in converted.items():
    print(beta, word, [f"U+{ord(letter):04X}" for letter in word], "NFC:", unicodedata.is_normalized("NFC", word))
typed = "λόγος"
print("equal to what is typed:", converted["lo/gos"] == typed)
sys.exit(
    converted["lo/gos"] == typed
    or unicodedata.normalize("NFC", converted["lo/gos"]) != typed
    or not unicodedata.is_normalized("NFC", converted["a)/nqrwpos"])
)
PYTHON
