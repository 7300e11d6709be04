"""Cards for Anki: its header lines, ids that stay, HTML in which nothing is run, tags as one word each."""

from __future__ import annotations

import csv
import html
import io
import re

from hypothesis import given

from store.exchange import anki
from store.exchange.archive import Archive
from tests.support.archives import archives, unhurried
from tests.support.whole_library import whole_library
from texts.visible import visible


def rows(archive: Archive) -> list[list[str]]:
    """The rows below the header, as Anki reads them: tab-separated, quoted where need be."""
    out = io.BytesIO()
    assert anki.write_archive(archive, out) == len(archive.highlights)
    head, table = out.getvalue().decode().split("\n#tags column:4\n")
    assert head.split("\n") == [
        "#separator:tab",
        "#html:true",
        "#columns:GUID\tFront\tBack\tTags",
        "#guid column:1",
    ]
    return list(csv.reader(io.StringIO(table, newline=""), delimiter="\t"))


def shown(field: str) -> str:
    """A field as a card shows it."""
    return html.unescape(re.sub("<br>", "\n", field))


def test_words_are_in_front_and_what_was_noted_is_behind() -> None:
    found = rows(whole_library())
    front = {row[1]: row for row in found}
    uid, _, back, tags = front["Tehran wrote"]
    assert uid == "00000000-0000-4000-8000-000000000001"
    assert shown(back) == (
        "a *note*\n\nsupports → “Maliki”, Two: because\n\n— Ana & Co, One: “a” & <b>, ¶1, ana"
    )
    assert tags == "act actor::tehran marked"
    assert front["spoke"][0].endswith("4")


@unhurried
@given(archives())
def test_any_words_are_shown_as_they_are_and_run_nothing(some: Archive) -> None:
    found = rows(some)
    assert sorted(row[0] for row in found) == sorted(each.uid for each in some.highlights)
    quotes = {each.uid: each.quote for each in some.highlights}
    for uid, front, back, tags in found:
        assert shown(front) == visible(quotes[uid])
        for field in (front, back):
            assert not set(field.replace("<br>", "")) & set("<>[\\\n\t")
            assert "{{" not in field
        assert all(part for tag in tags.split() for part in tag.split("::"))
