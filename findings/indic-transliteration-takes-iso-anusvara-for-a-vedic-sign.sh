#!/usr/bin/env bash
# indic-transliteration 2.3.82 (Sanskrit and other scripts of India to and from Latin letters).
# Behaviour: in IAST, ṁ, which ISO 15919 and many an edition write for the anusvara, becomes ꣳ (U+A8F3, a sign of the Vedas) in
#   Devanagari, and stays a Latin letter in Kannada. In its scheme for ISO 15919 it is the other way about: ṃ stays Latin, and
#   ṛ, the vowel of IAST, is a consonant. Nothing is said; “saṁskṛtam” comes right by neither.
# Guess: ṁ and ṃ are one sign in either scheme, as no text has both for different things, or an error.
# Who meets it: who searches or compares Sanskrit from two editors: “saṃskṛtam” of the one and “saṁskṛtam” of the other are
#   different words in Devanagari.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q indic-transliteration==2.3.82
venv/bin/python - <<'PYTHON'
import sys
import unicodedata

from indic_transliteration import sanscript

ways = {
    ("saṃskṛtam", "iast", "devanagari"): "संस्कृतम्",
    ("saṁskṛtam", "iast", "devanagari"): "सꣳस्कृतम्",
    ("ahaṁ", "iast", "kannada"): "ಅಹṁ",
    ("ahaṁ", "iso", "devanagari"): "अहं",
    ("haṃsa", "iso", "devanagari"): "हṃस",
    ("saṁskṛtam", "iso", "devanagari"): "संस्क्ड़्तम्",
}
seen = {way: unicodedata.normalize("NFC", sanscript.transliterate(*way)) for way in ways}
for (word, scheme, script), outcome in seen.items():
    print(f"{word:12}{scheme:6}{script:12}{outcome}")
sys.exit(seen != ways)
PYTHON
