#!/usr/bin/env bash
# pysubs2 1.8.1 (reads and writes subtitles).
# Behaviour: words in braces are taken for commands of another format, also in a SubRip file, which has no such thing: they
#   are not in `plaintext`, and a file that is read and written again has lost them. `keep_unknown_html_tags=True` keeps
#   what stands between < and >, and does not help here.
# Guess: SubRip in, SubRip out: the words are the same.
# Who meets it: who reads transcripts of interviews with it. An editor's “{sic}” or “{laughs}” disappears without a word.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q pysubs2==1.8.1
venv/bin/python - <<'PYTHON'
import sys

import pysubs2

talk = "1\n00:00:01,000 --> 00:00:02,000\nShe wrote {sic} of the mill.\n"
read = pysubs2.SSAFile.from_string(talk, format_="srt", keep_unknown_html_tags=True)
plain, written = read[0].plaintext, read.to_string("srt").split("\n")[2]
print("in the file:  She wrote {sic} of the mill.")
print("plaintext:   ", plain)
print("written again:", written)
sys.exit({plain, written} != {"She wrote  of the mill."})
PYTHON
