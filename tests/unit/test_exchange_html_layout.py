"""The page as a browser lays it out: lines of a length that can be read, on a desk, a tablet and a telephone."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from entries import highlight_entry, text_entry
from exported import exported

from store.exchange import html
from store.exchange.archive import Archive

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
BODY = "\n\n".join(
    f"{number} " + "All of the words of a line are counted in a browser. " * 9 for number in range(4)
)

WIDTHS = (1920, 1440, 1280, 1120, 900, 420)

HARNESS = """<body>{frames}<script>onload = () => setTimeout(() => {{
  document.title = [...document.querySelectorAll("iframe")].map((frame) => {{
    const page = frame.contentDocument;
    const [one, other] = page.querySelectorAll(".passage:not(.headline)[data-n='2']");
    const em = parseFloat(frame.contentWindow.getComputedStyle(one).fontSize);
    const beside = other.getBoundingClientRect().left > one.getBoundingClientRect().right;
    const card = page.querySelector(".card").getBoundingClientRect();
    return [frame.width, (one.clientWidth / em).toFixed(1), beside, card.top < one.getBoundingClientRect().bottom,
      page.documentElement.scrollWidth <= page.documentElement.clientWidth].join();
  }}).join(" ");
}}, 100);</script>"""


@pytest.mark.skipif(BROWSER is None, reason="no Chromium")
def test_a_line_has_some_sixty_letters_wherever_there_is_room(tmp_path: Path) -> None:
    """A letter is about half an em, less in a narrow typeface: 30 to 33 em are 60 to 75 letters."""
    texts = (text_entry("one", BODY), text_entry("two", f"{BODY} And more."))
    marked = (highlight_entry("h", "one", BODY, (len(BODY) // 4 + 20, len(BODY) // 4 + 40)),)
    page = exported(html.write_archive, Archive(texts=texts, highlights=marked))
    (tmp_path / "page.html").write_bytes(page)
    frames = "".join(f'<iframe src="page.html" width="{width}" height="600"></iframe>' for width in WIDTHS)
    (tmp_path / "harness.html").write_text(HARNESS.format(frames=frames))
    assert BROWSER is not None
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files", "--hide-scrollbars",
             f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=2000", "--dump-dom")  # fmt: skip
    dom = subprocess.run(
        [BROWSER, *flags, (tmp_path / "harness.html").as_uri()],
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )
    told = re.search(r"<title>(.*?)</title>", dom.stdout)
    assert told, dom.stderr[-500:]
    found = [each.split(",") for each in told[1].split()]
    assert [int(width) for width, *_ in found] == list(WIDTHS)
    for width, em, side_by_side, card_beside, fits in found:
        assert fits == "true", width
        assert (side_by_side == "true") is (int(width) >= 1024), width
        assert (card_beside == "true") is (int(width) >= 1760), width
        assert 31 <= float(em) <= 33 or int(width) < 500, (width, em)
