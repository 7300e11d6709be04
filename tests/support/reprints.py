"""A speech in the public domain, two newspapers that reprint it, and what passim and TextPAIR write of them."""

import json
from pathlib import Path

SPEECH = """Four score and seven years ago our fathers brought forth on this continent, a new nation, conceived in \
Liberty, and dedicated to the proposition that all men are created equal.

Now we are engaged in a great civil war, testing whether that nation, or any nation so conceived and so \
dedicated, can long endure. We are met on a great battle-field of that war.

It is for us the living, rather, to be dedicated here to the unfinished work which they who fought here have \
thus far so nobly advanced.
"""

HERALD = """THE HEROES OF JULY. A SOLEMN AND IMPOSING EVENT.

The President then delivered the following dedicatory speech, which was received with long applause:

Four score and seven years ago our fathcrs brought forth on this continent a new nation, conceived in \
liberty, and dedicated to the proposition that all men are created equa1.

Now we are engaged in a great civil war, tcsting whether that nation, or any nation so conceived and so \
dedicated, can long endure. We are met on a great battle-field of that war.
"""

COURIER = """FROM OUR OWN CORRESPONDENT.

It was a fine day, and the crowd was very large. Mr. Lincoln said that it is for us the living rather to be \
dedicated here to the unfinished work which they who fought here have thus far so nobly advanced.
"""

TEXTS = {"speech": SPEECH, "herald": HERALD, "courier": COURIER}
DATES = {"speech": "1863-11-19", "herald": "1863-11-20", "courier": "1863-12-04"}

GREAT_WAR = ("Now we are engaged", "battle-field of that war.")
LIVING = ("us the living", "so nobly advanced.")


def place(text: str, first: str, last: str) -> tuple[int, int]:
    """Where a passage of a text stands that begins and ends with these words."""
    body = TEXTS[text]
    start = body.index(first)
    return start, body.index(last, start) + len(last)


def aligned() -> list[dict[str, object]]:
    """Records of passim 2's `align.json`."""
    (a, b), (c, d) = place("speech", *GREAT_WAR), place("herald", *GREAT_WAR)
    (e, f), (g, h) = place("speech", "Four score", "created equal."), place("herald", "Four score", "equa1.")
    war = SPEECH[a:b].replace("-", "\u2010"), HERALD[c:d].replace("-", "\u2010")
    years = (
        SPEECH[e:f],
        HERALD[g:h].replace("continent a", "continent- a"),
    )
    return [
        _aligned((a, b), (c, d), war),
        _aligned((e, f), (g, h), years),
    ]


def _aligned(near: tuple[int, int], far: tuple[int, int], strings: tuple[str, str]) -> dict[str, object]:
    one, other = strings
    assert len(one) == len(other)
    return {
        "uid2": -2473565290448567450,
        "uid": -7966282239007996852,
        "begin": near[0],
        "end": near[1],
        "begin2": far[0],
        "end2": far[1],
        "id": "speech",
        "title": "The Gettysburg Address",
        "date": DATES["speech"],
        "id2": "herald",
        "title2": "New York Herald",
        "date2": DATES["herald"],
        "s1": one,
        "s2": other,
        "matches": sum(x.lower() == y.lower() for x, y in zip(one, other, strict=True)),
    }


def clustered() -> list[dict[str, object]]:
    """Records of passim 2's `out.json`: a cluster of three, and one of two without a source."""
    speech, herald = place("speech", *GREAT_WAR), place("herald", *GREAT_WAR)
    living, reprint = place("speech", *LIVING), place("courier", *LIVING)
    return [
        _passage("herald", herald, 0, 3, [{"uid": 1, "begin": speech[0], "end": speech[1]}]),
        _passage("speech", speech, 0, 3, []),
        _passage("herald", (0, 48), 0, 3, [{"uid": 1, "begin": 0, "end": 999}]),
        _passage("courier", reprint, 7, 2, []),
        _passage("speech", living, 7, 2, []),
    ]


def _passage(text: str, span: tuple[int, int], cluster: int, size: int, src: object) -> dict[str, object]:
    return {
        "uid": 1 + list(TEXTS).index(text),
        "cluster": cluster,
        "begin": span[0],
        "end": span[1],
        "boiler": False,
        "src": src,
        "size": size,
        "pboiler": 0.0,
        "id": text,
        "date": DATES[text],
        "series": text.title(),
        "text": TEXTS[text][slice(*span)],
    }


def alignments() -> list[dict[str, object]]:
    """Records of TextPAIR's `alignments.jsonl`."""
    (a, b), (c, d) = place("speech", *LIVING), place("courier", *LIVING)
    return [
        {
            **_textpair("source", "speech", (a, b)),
            **_textpair("target", "courier", (c, d)),
            "group_id": [4, 9],
        }
    ]


def _textpair(which: str, text: str, span: tuple[int, int]) -> dict[str, object]:
    body = TEXTS[text]
    start, end = (len(body[:each].encode()) for each in span)
    flat = {
        "passage": body[slice(*span)].replace("\n", " "),
        "context_before": body[: span[0]][-300:].replace("\n", " "),
        "context_after": body[span[1] :][:300].replace("\n", " "),
        "start_byte": start,
        "end_byte": end,
        "doc_id": str(list(TEXTS).index(text)),
        "title": text.title(),
        "author": "Lincoln, Abraham",
        "year": DATES[text][:4],
        "filename": f"/data/texts/{text}.txt",
        "start_position": "42.17",
    }
    return {f"{which}_{name}": value for name, value in flat.items()}


def write_lines(path: Path, records: list[dict[str, object]]) -> Path:
    """The records as JSON-lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records), encoding="utf-8"
    )
    return path


def passim_output(folder: Path) -> Path:
    """A folder as passim writes it with `--pairwise`."""
    write_lines(folder / "align.json" / "part-00000-c000.json", aligned()[:1])
    write_lines(folder / "align.json" / "part-00001-c000.json", aligned()[1:])
    (folder / "align.json" / "_SUCCESS").touch()
    (folder / "align.json" / ".part-00000-c000.json.crc").write_bytes(b"crc\0")
    write_lines(folder / "out.json" / "part-00000-c000.json", clustered())
    return folder
