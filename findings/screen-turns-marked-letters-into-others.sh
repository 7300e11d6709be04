#!/usr/bin/env bash
# GNU screen 4.9.0 (terminal multiplexer, the package of Debian 12), in a UTF-8 window.
# Behaviour: letters with combining marks are kept in a table of some two thousand combinations for all windows together.
#   When more different ones have passed, old places in the table are used again, and cells that still stand on the screen
#   turn into the newcomers at the next redraw: a line that reads “Café” becomes “Caf” and a Hebrew letter.
# Guess: what is on the screen stays what was printed, as it does in tmux; at worst a mark is lost.
# Who meets it: who reads a Hebrew Bible with points and accents in it, or decomposed Vietnamese and polytonic Greek for
#   long: a letter with two marks takes two places. Scrolling back shows words that the text does not have.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -q screen=4.9.0-4 libutempter0=1.2.1-3 >/dev/null
for package in *.deb; do dpkg -x "$package" .; done
mkdir -m 700 sockets
LD_LIBRARY_PATH=$(dirname "$(find "$folder" -name libutempter.so.0)") SCREENDIR=$folder/sockets LC_ALL=C.UTF-8 HOME=$folder \
  python3 - <<'PYTHON'
import fcntl, os, pty, re, select, struct, subprocess, sys, termios, time
from pathlib import Path

letters, points, accents = range(0x5D0, 0x5EB), range(0x5B0, 0x5BD), range(0x591, 0x5AF)
marked = [chr(a) + chr(b) + chr(c) for a in letters for b in points for c in accents]


def read_until(terminal, is_there, seconds=30):
    got, end = b"", time.monotonic() + seconds
    while time.monotonic() < end and not is_there(got.decode(errors="replace")):
        if select.select([terminal], [], [], 0.1)[0]:
            got += os.read(terminal, 65536)
    return got.decode(errors="replace")


def top_line(combinations):
    """The first line of the screen as it is drawn again after so many different letters with marks."""
    rows = ["".join(marked[at : at + 20]) for at in range(0, combinations, 20)]
    Path("words.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")
    # The first line stands still, the rest scrolls below it, as under the head of a pager.
    show = r"printf '\033[H\033[2JCafe\314\201\n\033[3;20r\033[3;1H'; cat words.txt; echo END; sleep 60"
    child, terminal = pty.fork()
    if child == 0:
        environment = {**os.environ, "TERM": "xterm-256color"}
        os.execve("usr/bin/screen", ["screen", "-U", "-S", "reading", "sh", "-c", show], environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    read_until(terminal, lambda got: "END" in got)
    subprocess.run(["usr/bin/screen", "-S", "reading", "-X", "redisplay"], check=True)
    drawn = read_until(terminal, lambda got: "END" in got)
    subprocess.run(["usr/bin/screen", "-S", "reading", "-X", "quit"], check=True)
    os.close(terminal)
    os.waitpid(child, 0)
    return re.search(r"Caf(\w\W*?)[\r\n\x1b]", drawn).group(0).strip()


few, many = top_line(500), top_line(5000)
print("printed:", ascii("Cafe\u0301"))
print("drawn again after 500 other letters with marks:", ascii(few))
print("after 5,000:", ascii(many))
sys.exit(few != "Cafe\u0301" or many == "Cafe\u0301" or not many.startswith("Caf"))
PYTHON
