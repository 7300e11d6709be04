"""What the desk does not load: numpy is for the process that relates texts beside it, and goes with that."""

from __future__ import annotations

from pathlib import Path

import children

DESK = """
import asyncio, sys
from pathlib import Path
from tui.app import ReaderApp
from tui.session import Session
from tui.settings import Settings

async def ask(app):
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("9", "G", "g", "r")
        await pilot.pause()
        assert app.desk.context.state.relations.found is not None
        assert app.desk.query_one("#related").row.number == 6
        await pilot.press("escape", "slash", *"Maliky", "enter")
        await pilot.pause()
        assert app.desk.context.state.search.hits

session = Session(Path(sys.argv[1]), "tester")
try:
    asyncio.run(ask(ReaderApp(session, Settings(reader="tester"))))
finally:
    session.close()
print(*sorted(sys.modules))
"""


OF_FEW_KEYS = {
    "texts.agreement",
    "texts.articles",
    "texts.compare",
    "texts.corpus.pairs",
    "store.exchange.snapshot",
}
"""Packages that only keys load that most readers never press."""


def test_relating_asking_and_finding_load_no_numpy(library: Path) -> None:
    for _ in ("related in a process of its own", "as the library keeps it"):
        (modules,) = children.all_succeed([children.start(DESK, library)])
        loaded = {name.partition(".")[0] for name in modules.split()}
        assert "textual" in loaded
        assert not loaded & {"numpy", "sqlite_utils"}
        assert not OF_FEW_KEYS & set(modules.split())
