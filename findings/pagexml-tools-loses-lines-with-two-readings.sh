#!/usr/bin/env bash
# pagexml-tools 0.9.0 (reads PAGE XML, what Transkribus, eScriptorium and OCR-D write of a page).
# Behaviour: a line with two `TextEquiv`, which is how the format says that it may be read in two ways, has no text at all
#   (`None`), without a word of warning, and the text of its region goes on with the next line.
# Guess: the line reads as the one with the lowest `index`, which the schema calls the main one, or at least as one of them.
# Who meets it: who takes the text out of pages where several recognisers were compared or the runners-up were kept: just the
#   lines that were doubtful are not in it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q pagexml-tools==0.9.0
venv/bin/python -W ignore - <<'PYTHON'
import sys
from pathlib import Path

from pagexml.helper.pagexml_helper import make_text_region_text
from pagexml.parser import parse_pagexml_file


def line(number, *readings):
    top = 50 * number
    texts = "".join(
        f'<TextEquiv index="{index}"><Unicode>{words}</Unicode></TextEquiv>' for index, words in enumerate(readings)
    )
    return (
        f'<TextLine id="l{number}"><Coords points="0,{top} 400,{top} 400,{top + 40} 0,{top + 40}"/>'
        f'<Baseline points="0,{top + 35} 400,{top + 35}"/>{texts}</TextLine>'
    )


Path("page.xml").write_text(
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Metadata><Creator>us</Creator>'
    "<Created>2024-01-01T00:00:00</Created><LastChange>2024-01-01T00:00:00</LastChange></Metadata>"
    '<Page imageFilename="page.jpg" imageWidth="500" imageHeight="300"><TextRegion id="r1">'
    '<Coords points="0,0 400,0 400,200 0,200"/>'
    + line(0, "The old mill")
    + line(1, "burned down", "bumed down")
    + line(2, "on Monday.")
    + "</TextRegion></Page></PcGts>",
    encoding="utf-8",
)
(region,) = parse_pagexml_file("page.xml").text_regions
lines = [each.text for each in region.lines]
text, _ = make_text_region_text(region.lines)
print("lines: ", lines)
print("region:", text)
sys.exit(lines != ["The old mill", None, "on Monday."] or "burned" in text or "bumed" in text)
PYTHON
