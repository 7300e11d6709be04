"""Copying: through the terminal (OSC 52), through a program of the reader's, or into a file.

A terminal does not say whether it has taken what was sent to it. Most do not by default (xterm, VTE, Konsole, urxvt,
st, tmux, GNU screen); who sits at one is told of other ways.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from functools import partial
from pathlib import Path

from tui.desk.context import DeskContext
from tui.dialogs.overwriting import refuse_if_there, write_with_care
from tui.terminals import refuses_copies

COPY_VARIABLE = "TUI_COPY"
"""Names a program that takes on its standard input what is copied, such as `wl-copy` or `xclip -sel c`."""
_MOST_SECONDS = 5


def copy_words(ctx: DeskContext, words: str, what: str, *, to_file: str = "") -> bool:
    """Copies words, which must be harmless, and says how; `what` names them: `with its citation`.

    `to_file` is the name of a command that writes the same to a file, where there is one: `copy`.

    Returns whether there is no reason to expect that it was in vain.
    """
    program = os.environ.get(COPY_VARIABLE, "").strip()
    if program:
        work = partial(_through_program, ctx, program, words, what)
        ctx.screen.run_worker(work, thread=True, group="copy", exit_on_error=False)
        return True
    ctx.app.copy_to_clipboard(words)
    refuses = refuses_copies(os.environ)
    if refuses:
        ways = f":{to_file} FILE writes it to a file, " if to_file else ""
        ctx.tell(f"sent to the terminal {what}, which may ignore it: {ways}{COPY_VARIABLE} names a program")
    else:
        ctx.tell(f"sent to the terminal {what}", good=True)
    return not refuses


def _through_program(ctx: DeskContext, program: str, words: str, what: str) -> None:
    try:
        run = subprocess.run(
            shlex.split(program),
            input=words.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_MOST_SECONDS,
            check=False,
        )
        problem = f"ended with {run.returncode}" if run.returncode else ""
    except subprocess.TimeoutExpired:
        problem = f"took more than {_MOST_SECONDS} seconds"
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or str(error)
    if problem:
        ctx.app.call_later(
            partial(ctx.tell, f"not copied: {program} ({COPY_VARIABLE}) {problem}", error=True)
        )
    else:
        ctx.app.call_later(partial(ctx.tell, f"copied by {shlex.split(program)[0]} {what}", good=True))


def copy_to_file(ctx: DeskContext, words: str, name: str) -> None:
    """Writes words to a file; asks before it writes over one."""

    def write(path: Path, over: bool) -> None:
        from store.exchange.files import replacing_bytes

        refuse_if_there(path, over)
        with replacing_bytes(path) as out:
            out.write(f"{words}\n".encode())
        ctx.tell(f"copied to {path}", good=True)

    write_with_care(ctx.app, Path(name).expanduser(), write)
