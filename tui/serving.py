"""Serves the desk to a browser on this machine: textual-serve, behind a key and without anything from outside.

textual-serve lets in whoever asks, its page fetches a font from another server, and it waits for ever for a desk that
does not end; all are mended here. Everybody who uses the machine, and every page that is open in the browser, can reach
a port of the loopback: so all that is served lies under a key that is made anew at each start, and a request that comes
from another page, or under another host name, is turned away.
"""

from __future__ import annotations

import asyncio
import secrets
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.server import Server

from texts.child import isolation

HOST = "127.0.0.1"
SMALLEST = (20, 5)
"""Columns and rows."""
LARGEST = (1_000, 400)
"""No screen is larger; what a page asks for beyond it would only take memory."""
MOST_DESKS = 12
"""Pages that may be open at a time, each with a program of its own."""
PATIENCE = 3.0
"""Seconds that a desk has to end by itself when its page is gone."""

_USUAL = (80, 24)
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)

_FOCUS = """"use strict";
const toDesk = () => {
  const keys = document.querySelector(".xterm-helper-textarea");
  if (keys && document.activeElement !== keys) keys.focus();
  return keys;
};
const watch = new MutationObserver(() => { if (toDesk()) watch.disconnect(); });
addEventListener("DOMContentLoaded", () => watch.observe(document.body, { childList: true, subtree: true }));
for (const event of ["load", "focus", "click"]) addEventListener(event, toDesk);
"""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def bounded(size: Sequence[object]) -> tuple[int, int]:
    """Columns and rows as a page asks for them, between `SMALLEST` and `LARGEST`; the usual ones for what is none."""
    asked = []
    for value, usual, least, most in zip(size, _USUAL, SMALLEST, LARGEST, strict=True):
        try:
            number = int(str(value)[:9])
        except ValueError:
            number = usual
        asked.append(min(max(number, least), most))
    return asked[0], asked[1]


async def _close(page: web.WebSocketResponse) -> None:
    await page.close()


class DeskService(AppService):
    """A desk for one page: a child that is called as every other one is, and that ends with its page."""

    call: Sequence[str] = ()

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        surroundings = self._build_environment(*bounded((width, height)))
        own = isolation.environment(surroundings)
        self._process = await asyncio.create_subprocess_exec(
            *self.call, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=own
        )
        self._stdin = self._process.stdin
        return self._process

    async def set_terminal_size(self, width: object, height: object) -> None:
        """Tells the desk its size, within bounds."""
        await super().set_terminal_size(*bounded((width, height)))

    async def stop(self) -> None:
        """Has the desk end, and ends it where it does not."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(super().stop(), PATIENCE)
        if self._stdin is not None:
            self._stdin.close()  # as if its terminal were gone
        try:
            await asyncio.wait_for(process.communicate(), PATIENCE)
        except TimeoutError:
            process.kill()
            await process.communicate()


class DeskServer(Server):
    """One desk for each page that is opened; all of them share the library."""

    def __init__(self, call: Sequence[str], port: int) -> None:
        """`call` is the command line of a desk."""
        page = Path(__file__).parent / "page"
        super().__init__(call[0], host=HOST, port=port, title="tui", templates_path=page)
        self._call = call
        self.desks: set[DeskService] = set()
        """Those that are open."""
        self._key = secrets.token_urlsafe(16)

    @property
    def address(self) -> str:
        """Where the desk is, with the key."""
        return f"{self.public_url}/{self._key}/"

    def run(self, say: Callable[[str], None]) -> None:
        """Serves until Ctrl-C or SIGTERM; says where, once it does. Raises OSError where the port is taken."""
        web.run_app(
            self._make_app(),
            host=self.host,
            port=self.port,
            print=lambda _: say(f"The desk is at {self.address} (Ctrl-C ends it)"),
            access_log=None,
            shutdown_timeout=PATIENCE,
        )

    async def _make_app(self) -> web.Application:
        outer = web.Application(middlewares=[self._only_our_page])
        outer.on_response_prepare.append(self._nothing_from_outside)
        inner = await super()._make_app()
        inner.router.add_get("/focus.js", self._focus_script)
        outer.add_subapp(f"/{self._key}/", inner)
        return outer

    async def _focus_script(self, request: web.Request) -> web.StreamResponse:
        """The script that has keys go to the desk without a click: the policy allows none in the page itself."""
        return web.Response(text=_FOCUS, content_type="text/javascript")

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Gives the page a desk, and ends the desk when the page is gone, whatever the page sent."""
        if len(self.desks) >= MOST_DESKS:
            raise web.HTTPServiceUnavailable(text=f"{MOST_DESKS} desks are open: close one\n")
        page = web.WebSocketResponse(heartbeat=15)
        desk = DeskService(
            self.command,
            write_bytes=page.send_bytes,
            write_str=page.send_str,
            close=partial(_close, page),
            download_manager=self.download_manager,
        )
        desk.call = self._call
        self.desks.add(desk)
        try:
            await page.prepare(request)
            await desk.start(*bounded((request.query.get("width", ""), request.query.get("height", ""))))
            await self._process_messages(page, desk)
        except (ValueError, TypeError, LookupError, AttributeError, AssertionError, ConnectionError):
            pass  # no page of ours sends that: it is left alone with it
        finally:
            await asyncio.shield(self._end(desk, page))
        return page

    async def _end(self, desk: DeskService, page: web.WebSocketResponse) -> None:
        await desk.stop()
        self.desks.discard(desk)
        await page.close()

    async def on_shutdown(self, app: web.Application) -> None:
        """Ends every desk: pages that stay open would keep theirs."""
        await asyncio.gather(*(desk.stop() for desk in tuple(self.desks)))

    @web.middleware
    async def _only_our_page(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Turns away who comes by another name of this machine (DNS rebinding) or from another page."""
        if request.headers.get("Host") != f"{HOST}:{self.port}":
            raise web.HTTPForbidden(text=f"open {self.public_url} by this name\n")
        if request.headers.get("Origin", self.public_url) != self.public_url:
            raise web.HTTPForbidden(text="another page has no business here\n")
        return await handler(request)

    async def _nothing_from_outside(self, request: web.Request, response: web.StreamResponse) -> None:
        """Has the browser itself refuse what is not ours, and keep nothing."""
        response.headers["Content-Security-Policy"] = _POLICY.format(host=f"{HOST}:{self.port}")
        response.headers["Cache-Control"] = "no-store"

    async def on_startup(self, app: web.Application) -> None:
        """Nothing: textual-serve would print a banner."""
