#!/usr/bin/env bash
# less 590 in tmux 3.3a (both from Debian 12), reading Arabic in UTF-8.
# Behaviour: less counts lam with an alef behind it as one cell, as some terminals draw the pair; tmux gives each letter a cell,
#   as the C library's `wcwidth` does. So less writes more letters on a row than it holds, the terminal breaks the row again,
#   and the window moves up: a file that is opened begins at line 3. One line down and one up again, line 1 is there with
#   line 4 below it. Text with another letter in place of alef is shown as it should be.
# Guess: a letter is a cell for both, and the first page begins with line 1.
# Who meets it: who reads Arabic or Persian in less, also as the pager of man or git: “لا” is in every sentence, and what is
#   missing leaves no trace.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -q tmux=3.3a-3 less=590-2.1~deb12u2 libevent-core-2.1-7=2.1.12-stable-8 libutempter0=1.2.1-3 >/dev/null
for package in *.deb; do dpkg -x "$package" .; done
LD_LIBRARY_PATH=$(find "$folder" -name '*.so*' -printf '%h:' | sed 's/:$//')
export LD_LIBRARY_PATH LC_ALL=C.UTF-8 TMUX_TMPDIR=$folder HOME=$folder
unset LESS TMUX
for number in $(seq 8); do
  printf '%s قال الرجل لا أعلم الآن والأولاد إلى الاحتفال لأن الأيام الأولى قال الرجل لا أعلم الآن\n' "$number"
done > arabic.txt
sed 's/[اأآإ]/ب/g' arabic.txt > beh.txt # as long, without an alef
tmux() { usr/bin/tmux -f /dev/null -u "$@"; }
# The numbers of the lines of $1 that are on the screen at their beginnings, once row 12 has what $2 finds.
numbers() {
  for _ in $(seq 100); do
    tmux capture-pane -p -t "$1" > screen
    sed -n 12p screen | grep -q "$2" && break
    sleep 0.1
  done
  grep -o '^[1-8]' screen | tr -d '\n'
}
for text in arabic beh; do tmux new-session -d -s "$text" -x 40 -y 12 "usr/bin/less $text.txt"; done
beh=$(numbers beh beh.txt)
opened=$(numbers arabic arabic.txt)
tmux send-keys -t arabic j
numbers arabic ':$' >/dev/null
tmux send-keys -t arabic k
sleep 1
back=$(numbers arabic ':$')
tmux kill-server
echo "begin on the screen without alef: $beh, with it: $opened, after a line down and up: $back"
[[ $beh == 123* && $opened == 3* && $back == 14* ]]
