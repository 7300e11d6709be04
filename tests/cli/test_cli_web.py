"""`tui web`: the desk in a browser, for this machine and for who has the key."""

from __future__ import annotations

import json
import re
import shlex
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

pytest.importorskip("textual_serve", reason="the extra [web] is not installed")

from aiohttp import ClientSession, WSMsgType
from aiohttp.test_utils import TestServer, unused_port
from textual_serve.app_service import AppService

from tui.cli import web
from tui.home import make_first_library
from tui.serving import HOST, DeskServer


@pytest.fixture
async def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DeskServer]:
    """A server whose pages are desks on a library of their own."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(AppService, "stop", _stop_and_wait)
    library = tmp_path / "library.db"
    make_first_library(library, "tester")
    call = shlex.join([sys.executable, "-m", "tui", "--library", str(library), "--reader", "tester"])
    served = DeskServer(call, unused_port())
    server = TestServer(await served._make_app(), host=HOST, port=served.port)
    await server.start_server()
    try:
        yield served
    finally:
        await server.close()


_stop = AppService.stop


async def _stop_and_wait(service: AppService) -> None:
    """textual-serve tells the program to end and looks no further; a test outlives nothing that it started."""
    await _stop(service)
    if service._process is not None:
        await service._process.wait()


async def status(url: str, **headers: str) -> int:
    async with ClientSession(headers=headers) as browser, browser.get(url) as answer:
        return answer.status


async def test_nothing_is_served_without_the_key(desk: DeskServer) -> None:
    assert await status(desk.address) == 200
    for path in ("/", "/ws", "/static/js/textual.js", "/wrong/", "/wrong/ws"):
        assert await status(desk.public_url + path) == 404


async def test_other_pages_and_other_names_of_the_machine_are_turned_away(desk: DeskServer) -> None:
    """A page that knows the key even so cannot read the library through the reader's browser."""
    for path in ("", "ws"):
        assert await status(desk.address + path, Origin="http://evil.example") == 403
        assert await status(desk.address + path, Host=f"evil.example:{desk.port}") == 403
        assert await status(desk.address + path, Host=f"localhost:{desk.port}") == 403


async def test_the_page_needs_nothing_from_outside_and_may_fetch_nothing(desk: DeskServer) -> None:
    async with ClientSession() as browser, browser.get(desk.address) as answer:
        page = await answer.text()
        policy = answer.headers["Content-Security-Policy"]
        addresses = re.findall(r"\w+://[^\"' )]+", page)
        assert addresses
        assert all(address.partition("://")[2].startswith(f"{HOST}:{desk.port}/") for address in addresses)
        assert policy.startswith("default-src 'none'")
        for address in addresses:
            if address.startswith("http"):
                async with browser.get(address) as part:
                    assert part.status == 200, address


async def test_keys_from_the_browser_reach_a_desk_and_q_ends_it(desk: DeskServer) -> None:
    async with (
        ClientSession() as browser,
        browser.ws_connect(desk.address + "ws?width=120&height=40") as page,
    ):
        drawn = b""
        while b"A chance in Baghdad" not in drawn:
            drawn += await page.receive_bytes(timeout=60)
        await page.send_str(json.dumps(["stdin", "9G"]))
        while "¶9/20".encode() not in drawn:
            drawn += await page.receive_bytes(timeout=60)
        await page.send_str(json.dumps(["stdin", "q"]))
        while (await page.receive(timeout=60)).type not in (WSMsgType.CLOSE, WSMsgType.CLOSED):
            pass


def test_a_port_that_is_taken_is_told_in_one_line(tui, tmp_path: Path) -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        said = tui("web", "--port", str(port), "--library", str(tmp_path / "library.db"))
    assert (said.code, said.out) == (2, "")
    assert said.err == f"tui: port {port} is taken: name another one with --port.\n"


def test_without_the_extra_one_line_says_what_to_install(tui, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "find_spec", lambda name: None)
    said = tui("web")
    assert (said.code, said.out) == (2, "")
    assert said.err == "tui: the desk in a browser needs textual-serve: install close-reading-tui[web].\n"


@pytest.mark.parametrize("option", ["--host", "--bind"])
def test_no_option_serves_another_address(tui, option: str) -> None:
    said = tui("web", option, "0.0.0.0")
    assert said.code == 2
    assert "No such option" in said.err
