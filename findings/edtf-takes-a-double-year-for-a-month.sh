#!/usr/bin/env bash
# edtf 5.0.2 (Extended Date/Time Format; `text_to_edtf` reads dates in plain English) with python-dateutil 4.0.0.
# Behaviour: “1641/2”, as editors write a year that began on 25 March, is February 1641; “1664/5” is May 1664; “January
#   1641/2” is the second of January 1641, a year too early. Only when written in full, 1699/1700, is it two years.
# Guess: either both years, as its documentation promises of dates with “/”, or nothing, as for “10 January 1641/2”.
# Who meets it: who dates letters of England before 1752 by what a catalogue says: a wrong month that looks exact, and the
#   letter is sorted before those that it answers.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q edtf==5.0.2 python-dateutil==4.0.0
venv/bin/python - <<'PYTHON'
import sys

from edtf import text_to_edtf

dates = ["1641/2", "1664/5", "January 1641/2", "10 January 1641/2", "1699/1700"]
found = [text_to_edtf(date) for date in dates]
for date, understood in zip(dates, found):
    print(f"{date:18}{understood}")
sys.exit(found != ["1641-02", "1664-05", "1641-01-02", None, "[1699, 1700]"])
PYTHON
