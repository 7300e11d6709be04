#!/usr/bin/env bash
# praatio 6.2.2 reading TextGrids (what Praat keeps a transcript in, timed word by word) that tgt 1.5 has written.
# Behaviour: tgt's default is the short form, and its last line has no newline; praatio then leaves out the last interval of
#   the last tier, without a word. With tgt's `format="long"` all are there. Praat reads both.
# Guess: the file ends where it ends, or there is an error.
# Who meets it: whose transcripts pass from one of the two to the other: of each recording the last words, or the last remark
#   of an annotator, are gone, and after saving they are gone from the file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q praatio==6.2.2 tgt==1.5 praat-parselmouth==0.4.7 # the last is Praat itself
venv/bin/python - <<'PYTHON'
import sys

import parselmouth
import tgt
from praatio import textgrid

words = ["the mill", "burned", "down"]
tier = tgt.IntervalTier(0, 3, "words")
for second, spoken in enumerate(words):
    tier.add_interval(tgt.Interval(second, second + 1, spoken))
transcript = tgt.TextGrid()
transcript.add_tier(tier)
tgt.write_to_file(transcript, "short.TextGrid")
tgt.write_to_file(transcript, "long.TextGrid", format="long")


def by_praat(path):
    grid = parselmouth.read(path)
    return [parselmouth.praat.call(grid, "Get label of interval", 1, number) for number in (1, 2, 3)]


def by_praatio(path):
    return [entry.label for entry in textgrid.openTextgrid(path, includeEmptyIntervals=True).tiers[0].entries]


readers, paths = (by_praat, by_praatio), ("long.TextGrid", "short.TextGrid")
seen = {(reader.__name__, path): reader(path) for reader in readers for path in paths}
for (reader, path), found in seen.items():
    print(f"{reader:11}{path:15}{found}")
short = seen.pop(("by_praatio", "short.TextGrid"))
sys.exit(short != words[:-1] or any(found != words for found in seen.values()))
PYTHON
