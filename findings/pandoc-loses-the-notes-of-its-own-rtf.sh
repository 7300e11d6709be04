#!/usr/bin/env bash
# pandoc 3.9 (as pypandoc-binary 1.17 brings it), which writes RTF and reads it.
# Behaviour: it writes a footnote as `{\*\footnote …}`, as LibreOffice does, and reads one that is written so as nothing:
#   neither its words nor its number come back, and no warning is given. A footnote as Word writes it, `{\footnote …}`, is
#   read. (striprtf 0.0.35 drops both.)
# Guess: what a program wrote it reads back, or says what it leaves out: \* allows to skip only groups that are not known.
# Who meets it: who converts RTF of LibreOffice (by its source) or of pandoc: all notes of a thesis are gone, and the text
#   reads on.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q pypandoc-binary==1.17
venv/bin/python -W ignore - <<'PYTHON'
import sys

import pypandoc

source = "The mill burned[^1] on Monday.\n\n[^1]: See the register.\n"
written = pypandoc.convert_text(source, "rtf", format="markdown", extra_args=["--standalone"])
as_word = written.replace(r"{\*\footnote", r"{\footnote")
back = pypandoc.convert_text(written, "plain", format="rtf").split()
word = pypandoc.convert_text(as_word, "plain", format="rtf").split()
print("pandoc", pypandoc.get_pandoc_version())
print("written:", written[written.index("The mill") :].splitlines()[0])
print("read back:", " ".join(back))
print("read without the mark:", " ".join(word))
sys.exit(r"{\*\footnote" not in written or "register." in back or "register." not in word)
PYTHON
