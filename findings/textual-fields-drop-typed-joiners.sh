#!/usr/bin/env bash
# Textual 8.2.8: Input and TextArea drop joiners and no-break blanks that are typed, and keep them where they are pasted.
#
# One would have guessed: what a key types is what stands in the field. Seen: a character that Python's `str.isprintable`
# does not hold for is left out without a word, and that is every zero-width non-joiner, every zero-width joiner, and
# every blank but the common one. The same letters in a bracketed paste stay. Who meets it: whoever types Persian, where a
# non-joiner stands inside words and has a key of its own; Indian scripts, whose joiners tell two forms of a letter
# apart; French with its no-break blanks, and Japanese with its wide one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install textual==8.2.8
cat > app.py <<'PY'
import sys

from textual.app import App
from textual.widgets import Input, TextArea


class Fields(App):
    """Says what stands in its two fields when F2 is pressed; Tab leads from one to the other."""

    BINDINGS = [("f2", "say")]

    def compose(self):
        yield Input()
        yield TextArea()

    def action_say(self):
        with open(sys.argv[1], "w") as file:
            print("Input   ", ascii(self.query_one(Input).value), file=file)
            print("TextArea", ascii(self.query_one(TextArea).text), file=file)
        self.exit()


Fields().run()
PY
venv/bin/python - <<'PY'
import os
import pty
import select
import sys
import time

WORDS = "\u0645\u06cc\u200c\u0631\u0648\u0645 \u0915\u094d\u200d a\u00a0b\u3000c"
pid, terminal = pty.fork()
if pid == 0:
    os.environ["TERM"] = "xterm-256color"
    os.execv(sys.executable, [sys.executable, "app.py", "seen.txt"])


def rest(seconds):
    """Reads what is drawn for so long: a cursor that blinks is always drawn again."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if select.select([terminal], [], [], left)[0]:
            os.read(terminal, 1 << 16)


rest(3)
typed = WORDS.encode()
for keys in (typed, f"|\x1b[200~{WORDS}\x1b[201~".encode(), b"\t", typed, f"|\x1b[200~{WORDS}\x1b[201~".encode()):
    os.write(terminal, keys)
    rest(1)
os.write(terminal, b"\x1bOQ")
try:
    while os.read(terminal, 1 << 16):
        pass
except OSError:
    pass  # the app has left
os.waitpid(pid, 0)
PY
cat seen.txt
diff seen.txt - <<'SEEN'
Input    '\u0645\u06cc\u0631\u0648\u0645 \u0915\u094d abc|\u0645\u06cc\u200c\u0631\u0648\u0645 \u0915\u094d\u200d a\xa0b\u3000c'
TextArea '\u0645\u06cc\u0631\u0648\u0645 \u0915\u094d abc|\u0645\u06cc\u200c\u0631\u0648\u0645 \u0915\u094d\u200d a\xa0b\u3000c'
SEEN
