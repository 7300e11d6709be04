#!/usr/bin/env bash
# striprtf 0.0.35 (plain text of RTF).
# Behaviour: a letter beyond U+FFFF, which RTF writes as two `\u` of a surrogate pair, comes back as two lone surrogates:
#   a string that UTF-8 cannot encode.
# Guess: the pair is put together, as the specification's readers (Word, LibreOffice) do.
# Who meets it: who reads editions in RTF with Gothic, cuneiform or old italic letters: writing the text to a file
#   raises UnicodeEncodeError, far from where it was read.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q striprtf==0.0.35
venv/bin/python -W ignore - <<'PYTHON'
import sys

from striprtf.striprtf import rtf_to_text

gothic = rtf_to_text(r"{\rtf1\ansi\uc1 \u-10240?\u-8383?\u-10240?\u-8384?}")
print([f"U+{ord(unit):04X}" for unit in gothic])
try:
    gothic.encode()
    encodes = True
except UnicodeEncodeError as error:
    encodes = False
    print(error.reason)
sys.exit(encodes or len(gothic) != 4)
PYTHON
