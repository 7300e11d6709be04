#!/usr/bin/env bash
# Textual 8.2.8: an app that was stopped by SIGSTOP and continued starts its driver a second time.
#
# One would have guessed: nothing happens but a new picture, since SIGSTOP reaches no program and the driver has not left
# its modes. Seen: the handler of SIGCONT starts everything again without ending what runs. Two threads read the keys
# from then on, and what the driver would put the terminal back to is the raw state that it had set itself. Who meets it:
# whoever stops an app from outside (`kill -STOP` and `-CONT`, job runners and debuggers that pause a process); after
# Ctrl-Z, which the driver hears of, all is well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install textual==8.2.8
cat > app.py <<'PY'
import os
import subprocess
import sys
import termios
import threading

from textual.app import App


class Stopped(App):
    """Says how many threads read keys, and whether the terminal would be left echoing, before and after."""

    def on_mount(self):
        self.set_timer(0.5, self.before)

    def state(self):
        readers = sum(thread.name == "textual-input" for thread in threading.enumerate())
        echoes = bool(self._driver.attrs_before[3] & termios.ECHO)
        return f"{readers} reading, restores echo: {echoes}"

    def before(self):
        self.lines = [self.state()]
        pid = os.getpid()
        subprocess.Popen(["sh", "-c", f"kill -STOP {pid}; sleep 0.3; kill -CONT {pid}"])
        self.set_timer(1.5, self.after)

    def after(self):
        self.lines.append(self.state())
        with open(sys.argv[1], "w") as file:
            print(*self.lines, sep="\n", file=file)
        os._exit(0)


Stopped().run()
PY
venv/bin/python - <<'PY'
import os
import pty
import sys

pid, terminal = pty.fork()
if pid == 0:
    os.environ["TERM"] = "xterm-256color"
    os.execv(sys.executable, [sys.executable, "app.py", "seen.txt"])
try:
    while os.read(terminal, 1 << 16):
        pass
except OSError:
    pass  # the app has left
os.waitpid(pid, 0)
PY
cat seen.txt
diff seen.txt - <<'SEEN'
1 reading, restores echo: True
2 reading, restores echo: False
SEEN
