#!/usr/bin/env bash
# GNU screen 4.9.0 (terminal multiplexer, the package of Debian 12), in a UTF-8 window.
# Behaviour: `hardcopy` writes one byte a cell, the lowest of the letter's number: “ł” is written as “B”, “Ж” as a control
#   character, Greek and Hebrew as bytes that are no UTF-8; only ASCII and Latin-1 can be told again, as Latin-1.
# Guess: what a UTF-8 window shows is written as UTF-8, as tmux's `capture-pane` does.
# Who meets it: who keeps what a reader has on the screen in a file, or tests a terminal program with it: it is another text,
#   without a word of warning, and in Polish it even reads as letters.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -q screen=4.9.0-4 libutempter0=1.2.1-3 >/dev/null
for package in *.deb; do dpkg -x "$package" .; done
mkdir -m 700 sockets
export LD_LIBRARY_PATH=$(dirname "$(find "$folder" -name libutempter.so.0)") SCREENDIR=$folder/sockets LC_ALL=C.UTF-8 HOME=$folder
printf '\033[H\033[2Jmiałem Жук λόγος שלום\nEND\n' > words.txt
usr/bin/screen -U -d -m -S reading sh -c 'cat words.txt; sleep 60'
for _ in $(seq 100); do
  usr/bin/screen -S reading -X hardcopy "$folder/copy.txt" || true
  grep -aq END copy.txt 2>/dev/null && break
  sleep 0.1
done
usr/bin/screen -S reading -X quit
python3 - <<'PYTHON'
import sys
from pathlib import Path

written = Path("copy.txt").read_bytes().split(b"\n")[0].rstrip()
shown = "miałem Жук λόγος שלום"
print("shown:  ", shown)
print("written:", written)
sys.exit(written != bytes(ord(letter) & 0xFF for letter in shown))
PYTHON
