#!/usr/bin/env bash
# webvtt-py 0.6.0 (reads WebVTT subtitles).
# Behaviour: `caption.text` is without tags and voice spans, but keeps character references as they stand in the file:
#   `&amp;` stays five letters, `&lt;` four.
# Guess: what has lost its tags is plain text, with references resolved, as the format says of cue text.
# Who meets it: who reads transcripts of interviews with it: “Q&amp;A” is quoted so, and a search for “Q&A” finds none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q webvtt-py==0.6.0
venv/bin/python -W ignore - <<'PYTHON'
import sys
from pathlib import Path

import webvtt

Path("talk.vtt").write_text(
    "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>The <i>Q&amp;A</i> took &lt; 5 minutes.</v>\n", encoding="utf-8"
)
(caption,) = webvtt.read("talk.vtt")
print("text:", caption.text)
sys.exit(caption.text != "The Q&amp;A took &lt; 5 minutes.")
PYTHON
