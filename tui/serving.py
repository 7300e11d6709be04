"""Serves the desk to a browser on this machine: textual-serve, behind a key and without anything from outside.

textual-serve lets in whoever asks, and its page fetches a font from another server; both are mended here. Everybody
who uses the machine, and every page that is open in the browser, can reach a port of the loopback: so all that is
served lies under a key that is made anew at each start, and a request that comes from another page, or under another
host name, is turned away.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web
from textual_serve.server import Server

HOST = "127.0.0.1"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class DeskServer(Server):
    """One desk for each page that is opened; all of them share the library."""

    def __init__(self, call: str, port: int) -> None:
        """`call` is what the shell runs for a page: a Textual app."""
        page = Path(__file__).parent / "page"
        super().__init__(call, host=HOST, port=port, title="tui", templates_path=page)
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
        )

    async def _make_app(self) -> web.Application:
        outer = web.Application(middlewares=[self._only_our_page])
        outer.on_response_prepare.append(self._nothing_from_outside)
        outer.add_subapp(f"/{self._key}/", await super()._make_app())
        return outer

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
