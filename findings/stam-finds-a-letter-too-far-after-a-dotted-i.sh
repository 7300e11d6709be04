#!/usr/bin/env bash
# stam 0.12.1 (stand-off annotation on plain text; the Python binding of stam-rust).
# Behaviour: `find_text(…, case_sensitive=False)` looks in the text in small letters and gives the offsets of that: after each
#   İ, which becomes two code points there, all that is found lies one code point further along. No error; the annotation that
#   is made of it holds the wrong letters. `find_text` by case, and `find_text_regex`, give the right ones.
# Guess: offsets into the text that was asked, as its documentation says of all offsets.
# Who meets it: who annotates Turkish or Azerbaijani editions by searching for a name: each highlight after the first İstanbul is
#   off by one, after the hundredth by a hundred.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q stam==0.12.1
venv/bin/python - <<'PYTHON'
import sys

import stam

store = stam.AnnotationStore(id="letters")
text = store.add_resource(id="letter", text="İzmir, İstanbul, Ankara, Konya")
found = {
    "in either case": [(hit.begin(), str(hit)) for hit in text.find_text("ankara", case_sensitive=False)],
    "as written": [(hit.begin(), str(hit)) for hit in text.find_text("Ankara")],
}
for how, hits in found.items():
    print(f"{how:16}{hits}")
sys.exit(found != {"in either case": [(19, "kara, ")], "as written": [(17, "Ankara")]})
PYTHON
