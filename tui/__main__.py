"""`python -m tui` is the command `tui`."""

from tui.cli import main

main()
