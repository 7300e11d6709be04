#!/usr/bin/env bash
# Textual 8.2.8: what a terminal sends for Esc followed at once by a digit becomes a letter of a Mac's keyboard.
#
# One would have guessed: Esc and the digit, or the digit with Alt, as for `Esc j` (`alt+j`). Seen: `Esc 2` is the one
# key `™`, `Esc 3` is `£`, on every system; and of `Esc )` the Esc is lost without a trace. An app in which Esc leaves a
# field and digits are counts (as in vim) types ™ into the field instead. Who meets it: whoever presses the two keys
# within 100 ms, tmux users with the usual `escape-time`, and every macro or recorded session.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install textual==8.2.8
venv/bin/python - <<'PY'
from textual import events
from textual._xterm_parser import XTermParser


def keys(sent):
    parser = XTermParser()
    found = [*parser.feed(sent), *parser.tick(), *parser.feed("")]
    return [(event.key, event.character) for event in found if isinstance(event, events.Key)]


for sent in ("\x1b", "2", "\x1b2", "\x1b3", "\x1bj", "\x1b)"):
    print(f"{sent!r:10} {keys(sent)}")
assert [character for _, character in keys("\x1b2")] == ["™"]
assert [character for _, character in keys("\x1b3")] == ["£"]
assert keys("\x1bj") == [("alt+j", "j")]
assert keys("\x1b)") == keys(")"), "the Esc is gone"
PY
