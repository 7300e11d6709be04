"""`tui web`: the desk in a browser, for this machine and for who has the key."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import socket
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from processes import assert_gone, children_of

pytest.importorskip("textual_serve", reason="the extra [web] is not installed")

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType
from aiohttp.test_utils import TestServer, unused_port

from texts.child import isolation
from tui.home import make_first_library
from tui.serving import HOST, LARGEST, SMALLEST, DeskServer, bounded


@pytest.fixture
async def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DeskServer]:
    """A server whose pages are desks on a library of their own."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    library = tmp_path / "library.db"
    make_first_library(library, "tester")
    call = isolation.command("tui.cli:main", "--library", str(library), "--reader", "tester")
    served = DeskServer(call, unused_port())
    server = TestServer(await served._make_app(), host=HOST, port=served.port)
    await server.start_server()
    try:
        yield served
    finally:
        await server.close()


async def status(url: str, **headers: str) -> int:
    async with ClientSession(headers=headers) as browser, browser.get(url) as answer:
        return answer.status


async def until_shown(page: ClientWebSocketResponse) -> bytes:
    """What is drawn until a text stands on the desk."""
    drawn = b""
    while b"A chance in Baghdad" not in drawn:
        drawn += await page.receive_bytes(timeout=60)
    return drawn


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


async def test_keys_go_to_the_desk_without_a_click(desk: DeskServer) -> None:
    async with ClientSession() as browser:
        async with browser.get(desk.address) as answer:
            page = await answer.text()
        async with browser.get(f"{desk.address}focus.js") as answer:
            script = await answer.text()
    assert '<meta name="viewport" content="width=device-width, initial-scale=1" />' in page
    assert '<script src="focus.js"></script>' in page
    assert ".focus()" in script


async def test_keys_from_the_browser_reach_a_desk_and_q_ends_it(desk: DeskServer) -> None:
    async with (
        ClientSession() as browser,
        browser.ws_connect(desk.address + "ws?width=120&height=40") as page,
    ):
        drawn = await until_shown(page)
        await page.send_str(json.dumps(["stdin", "9G"]))
        while "¶9/20".encode() not in drawn:
            drawn += await page.receive_bytes(timeout=60)
        await page.send_str(json.dumps(["stdin", "q"]))
        while (await page.receive(timeout=60)).type not in (WSMsgType.CLOSE, WSMsgType.CLOSED):
            pass


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ((120, 40), (120, 40)),
        (("9" * 50, "1e9"), (LARGEST[0], 24)),
        ((-1, 0), SMALLEST),
        ((None, [3]), (80, 24)),
        (("", "x"), (80, 24)),
        ((1e300, True), (80, 24)),
    ],
)
def test_what_size_a_page_may_ask_for(asked: tuple[object, object], given: tuple[int, int]) -> None:
    assert bounded(asked) == given


@pytest.mark.promise("a page of `tui web` that asks for too much, or talks nonsense, harms nothing", tries=6)
async def test_a_page_that_asks_for_too_much(desk: DeskServer) -> None:
    nonsense = ("not JSON", "{}", "[]", '["resize", {}]', '["stdin", 7]')
    async with ClientSession() as browser:
        async with browser.ws_connect(desk.address + "ws?width=99999999&height=99999999") as page:
            await page.send_str('["resize", {"width": 1e99, "height": "99999999"}]')
            await until_shown(page)
        for words in nonsense:
            async with browser.ws_connect(desk.address + "ws") as page:
                await page.send_str(words)
                while (await page.receive(timeout=60)).type not in (WSMsgType.CLOSE, WSMsgType.CLOSED):
                    pass
    assert await status(desk.address) == 200
    await all_end(desk)


async def all_end(desk: DeskServer) -> None:
    """Waits until no desk is left."""
    for _ in range(600):
        if not desk.desks:
            return
        await asyncio.sleep(0.05)
    pytest.fail("a desk goes on without its page")


async def test_so_many_desks_and_no_more(desk: DeskServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.serving.MOST_DESKS", 1)
    async with ClientSession() as browser, browser.ws_connect(desk.address + "ws") as page:
        await page.receive_bytes(timeout=60)
        assert await status(desk.address + "ws") == 503
    await all_end(desk)


@pytest.mark.promise("the desks of `tui web` end with it, and each with its page")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
async def test_desks_end_with_their_server(tmp_path: Path, number: signal.Signals) -> None:
    library, port = tmp_path / "library.db", unused_port()
    argv = isolation.command("tui.cli:main", "--library", str(library), "web", "--port", str(port))
    with subprocess.Popen(argv, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        address = re.findall(r"http://\S+", await asyncio.to_thread(server.stderr.readline))[0]
        async with ClientSession() as browser, browser.ws_connect(f"{address}ws?width=120&height=40") as page:
            await until_shown(page)
            children = await asyncio.to_thread(children_of, server.pid)
            server.send_signal(number)
            try:
                await asyncio.to_thread(server.wait, 30)
            finally:
                server.kill()
            assert len(children) == 1
            for pid in children:
                await asyncio.to_thread(assert_gone, pid)


def test_a_port_that_is_taken_is_told_in_one_line(tui, tmp_path: Path) -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        said = tui("web", "--port", str(port), "--library", str(tmp_path / "library.db"))
    assert (said.code, said.out) == (2, "")
    assert said.err == f"tui: port {port} is taken: name another one with --port\n"


def test_without_the_extra_one_line_says_what_to_install(tui, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.cli.desk.find_spec", lambda name: None)
    said = tui("web")
    assert (said.code, said.out) == (2, "")
    assert said.err == "tui: the desk in a browser needs textual-serve: install close-reading-tui[web]\n"


@pytest.mark.parametrize("option", ["--host", "--bind"])
def test_no_option_serves_another_address(tui, option: str) -> None:
    said = tui("web", option, "0.0.0.0")
    assert said.code == 2
    assert "No such option" in said.err
