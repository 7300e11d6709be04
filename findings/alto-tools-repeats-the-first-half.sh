#!/usr/bin/env bash
# alto-tools 0.1.0 (takes the text out of ALTO, the format of many digitised newspapers: `alto-tools -t`).
# Behaviour: of a word that is divided at the end of a line and marked so (HypPart1, HypPart2) the second half is never
#   printed: in its place stands the first half once more, joined to the next word. “exam-|ple burned” comes out as
#   “exam|examburned”.
# Guess: “example”, which the file has in SUBS_CONTENT, or “exam-” and “ple”.
# Who meets it: who makes plain text of newspapers, where many a line ends so: words that nobody wrote, and no search finds
#   those that are there.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q alto-tools==0.1.0
cat > page.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Description><MeasurementUnit>pixel</MeasurementUnit></Description>
<Layout><Page ID="P1" PHYSICAL_IMG_NR="1" WIDTH="100" HEIGHT="100"><PrintSpace HPOS="0" VPOS="0" WIDTH="100" HEIGHT="100">
<TextBlock ID="B1" HPOS="0" VPOS="0" WIDTH="100" HEIGHT="100">
<TextLine ID="L1" HPOS="0" VPOS="0" WIDTH="90" HEIGHT="10">
<String ID="S1" CONTENT="the" HPOS="0" VPOS="0" WIDTH="10" HEIGHT="10"/><SP HPOS="10" VPOS="0" WIDTH="3"/>
<String ID="S2" CONTENT="exam" SUBS_TYPE="HypPart1" SUBS_CONTENT="example" HPOS="20" VPOS="0" WIDTH="10" HEIGHT="10"/>
<HYP CONTENT="-" HPOS="40" VPOS="0" WIDTH="2"/></TextLine>
<TextLine ID="L2" HPOS="0" VPOS="20" WIDTH="90" HEIGHT="10">
<String ID="S3" CONTENT="ple" SUBS_TYPE="HypPart2" SUBS_CONTENT="example" HPOS="0" VPOS="20" WIDTH="10" HEIGHT="10"/>
<SP HPOS="10" VPOS="20" WIDTH="3"/><String ID="S4" CONTENT="burned" HPOS="20" VPOS="20" WIDTH="10" HEIGHT="10"/></TextLine>
</TextBlock></PrintSpace></Page></Layout></alto>
XML
venv/bin/alto-tools -t page.xml | tee text.txt
python3 - <<'PYTHON'
import sys
from pathlib import Path

sys.exit(Path("text.txt").read_text(encoding="utf-8").split() != ["the", "exam", "examburned"])
PYTHON
