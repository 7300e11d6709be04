#!/usr/bin/env bash
# Textual 8.2.8: a TextArea gives back other text than it was given, where that has a line separator of Unicode.
#
# One would have guessed: `TextArea(words).text == words`. Seen: U+2028, U+2029, U+0085, vertical tab, form feed and the
# separators U+001C to U+001E come back as newlines, because its document cuts lines with str.splitlines and joins them
# with one newline; and one \r\n at the first line end makes every line end of the text \r\n. An editor that is opened and
# closed has changed what it shows. Who meets it: apps that edit text from word processors, PDFs or the web, which are
# full of U+2028, and compare it with what was stored.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install textual==8.2.8
venv/bin/python - <<'PY'
from textual.widgets import TextArea

changed = {}
for character in "\v\f\x1c\x1d\x1e\x85\u2028\u2029":
    words = f"one{character}two"
    changed[character] = TextArea(words).text
    print(f"{words!r:16} comes back as {changed[character]!r}")
mixed = TextArea("one\r\ntwo\nthree").text
print(f"{'one' + chr(13) + chr(10) + 'two' + chr(10) + 'three'!r} comes back as {mixed!r}")
assert set(changed.values()) == {"one\ntwo"}
assert mixed == "one\r\ntwo\r\nthree"
PY
