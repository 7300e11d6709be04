"""What was made is changed from the command line: highlights, links, notes, suggestions, furniture, tags."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.library import Library
from texts.model import Passage, Span, Text
from texts.quotes import places
from tui.cli.codes import CallError
from tui.cli.quotes import place

Tui = Callable[..., Any]


@pytest.fixture
def marked(library: Tui) -> Tui:
    """1: the mayor of the mill, with tag and note; 2: the mayor of the fire; 3: more of the mill; 1 and 2 linked."""
    library("mark", "mill", "Colin Moore-Hay", "--tag", "actor/mayor", "--note", "one l")
    library("mark", "fire", "Collin Moore Hay")
    library("mark", "mill", "said the mayor, Colin", "--tag", "speech")
    assert library("link", 1, 2, "--kind", "answers", "--note", "one l or two?").out == "1\n"
    return library


def done(said: Any) -> str:
    """What it said on stderr; it must have worked."""
    assert said.code == 0, said.err
    return str(said.err)


def refused(said: Any) -> str:
    """Why it refused: one line, and nothing on stdout."""
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    return str(said.err)


def highlights(tui: Tui) -> dict[int, dict[str, Any]]:
    """All highlights by id."""
    return {each["id"]: each for each in tui("annotations", "--json").data}


def acts(tui: Tui) -> int:
    """How many there are in the journal."""
    return len(tui("history", "--json").data)


# highlights


def test_change_does_all_that_is_asked_as_one_act(marked: Tui) -> None:
    before, journal = highlights(marked), acts(marked)
    said = marked("change", 1, 3, "--tag", "a", "--tag", "b", "--untag", "speech", "--note", "new", "--star")
    assert (said.out, done(said)) == ("", "2 highlights changed\n")
    after = highlights(marked)
    assert (after[1]["tags"], after[3]["tags"]) == (["actor/mayor", "a", "b"], ["a", "b"])
    assert [(after[n]["note"], after[n]["star"]) for n in (1, 3)] == [("new", True)] * 2
    assert after[2] == before[2]
    assert acts(marked) == journal + 1
    assert marked("undo").out == "undone: changed 2 highlights\n"
    assert {n: (h["tags"], h["note"], h["star"]) for n, h in highlights(marked).items()} == {
        n: (h["tags"], h["note"], h["star"]) for n, h in before.items()
    }


def test_one_change_is_called_in_the_journal_what_it_is(marked: Tui) -> None:
    done(marked("change", 1, "--note", ""))
    assert highlights(marked)[1]["note"] == ""
    assert marked("undo").out.startswith("undone: took the note off")
    done(marked("change", 1, "--star"))
    done(marked("change", 1, "--no-star"))
    assert highlights(marked)[1]["star"] is False


def test_edges_move_to_a_quote_and_to_the_near_one_of_several(library: Tui) -> None:
    library("mark", "mill", "The mill had stood", "--tag", "past")
    done(library("change", 1, "--quote", "mill"))
    mark = highlights(library)[1]
    assert (mark["quote"], mark["passage"], mark["tags"]) == ("mill", 5, ["past"])
    done(library("change", 1, "--quote", "mill", "--passage", 3))
    assert highlights(library)[1]["passage"] == 3
    assert "“the” is 2 times in ¶4 of mill: quote more words." in refused(
        library("change", 1, "--quote", "the", "--passage", 4)
    )


@given(body=st.text("ab '’\n", min_size=1, max_size=30), data=st.data())
def test_a_quote_is_moved_to_only_where_it_stands(body: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(body) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(body))))
    text = Text("text", "", "", "", body, (Passage(Span(0, len(body)), 1),))
    quote = text.quote(span)
    try:
        found = place(text, quote, near=[span])
    except CallError:
        assert not quote.strip() or len(places(text, quote)) > 1
    else:
        assert text.quote(found).replace("’", "'").split() == quote.replace("’", "'").split()


def test_an_orphan_is_put_back_by_its_new_words(marked: Tui, mill: Path) -> None:
    mill.write_text("A brewery in another county belongs to Tomas Reyl.\n")
    done(marked("update", "mill", mill))
    assert highlights(marked)[1]["anchor"] == "orphan"
    done(marked("change", 1, "--quote", "Tomas Reyl"))
    assert (highlights(marked)[1]["anchor"], highlights(marked)[1]["quote"]) == ("exact", "Tomas Reyl")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["change", "1"], "There is nothing to change: say --tag"),
        (["change", "9", "--star"], "there is no highlight 9"),
        (["change", "1", "2", "--quote", "mill"], "--quote moves one highlight"),
        (["change", "1", "--quote", "brewery"], "“brewery” is not in mill"),
        (["change", "1", "--quote", " "], "An empty quote is nowhere"),
        (
            ["change", "1", "--quote", "mill"],
            "“mill” is 3 times in mill (¶1, ¶3, ¶5): quote more words, or choose by --passage N",
        ),
        (["change", "1", "--quote", "mill", "--passage", "9"], "mill has no passage 9: they go from 1 to 5."),
        (["change", "1", "--star", "--passage", "9"], "--passage says where --quote is"),
        (["change", "1", "--star", "--untag", "speach"], "did you mean speech?"),
        (["change", "1", "--star", "--tag", "a//b"], "is no tag"),
        (["join", "1"], "joining takes two highlights or more"),
        (["join", "1", "2"], "only highlights of one text can be joined"),
        (["delete", "1", "9"], "there is no highlight 9"),
        (["links", "delete", "1", "9"], "there is no link 9: `tui links` lists what there is"),
        (["links", "--text", "brewery"], "there is no text “brewery”"),
        (
            ["links", "list", "--text", "mill", "--text", "fire", "--text", "mill"],
            "give --text once or twice",
        ),
        (["links", "lst"], "No such command 'lst'"),
        (["note", "words", "--delete"], "--delete takes the note away"),
        (["note", ""], "There is nothing to write; --delete takes a note away."),
        (["note", "-"], "There is nothing to write"),
        (["note", "words", "--text", "brewery"], "there is no text “brewery”"),
        (["dismiss", "mill", "9", "fire", "1"], "mill has no passage 9: they go from 1 to 5."),
        (["dismissed", "--text", "brewery"], "there is no text “brewery”"),
        (["dismissed", "take-back", "9"], "there is no dismissal 9: `tui dismissed` lists what there is."),
        (["furniture", "mill", "--passage", "9"], "mill has no passage 9: they go from 1 to 5."),
        (["furniture", "mill", "--article", "Share"], "no furniture of mill begins with “Share”"),
        (["furniture", "mill", "--article", ""], "give its first words"),
        (["furniture", "./mill.txt", "--passage", "1"], "add it to the library first"),
        (["tags", "letter", "speech", "SP"], "is no letter for a tag"),
        (["tags", "letter", "speach", "S"], "did you mean speech?"),
        (["tags", "quick", "speach", "1"], "did you mean speech?"),
        (["tags", "quick", "speech", "0"], "'0' is not one of"),
    ],
)
def test_what_cannot_be_done_is_refused_whole(marked: Tui, arguments: list[str], told: str) -> None:
    before, journal = highlights(marked), acts(marked)
    assert told in refused(marked(*arguments))
    assert (highlights(marked), acts(marked)) == (before, journal)


def test_join_makes_one_with_all_that_both_had(marked: Tui) -> None:
    said = marked("join", 1, 3)
    assert (said.out, done(said)) == ("1\n", "")
    (mill,) = [each for each in highlights(marked).values() if each["text"] == "mill"]
    assert (mill["quote"], mill["note"]) == ("said the mayor, Colin Moore-Hay", "one l")
    assert mill["tags"] == ["actor/mayor", "speech"]
    assert [link["highlight"] for link in mill["links"]] == [2]


def test_join_does_not_guess_what_becomes_of_two_notes(marked: Tui) -> None:
    marked("change", 3, "--note", "indirect")
    assert "They have 2 notes: say with --note" in refused(marked("join", 1, 3))
    done(marked("join", 1, 3, "--note", "both"))
    assert highlights(marked)[1]["note"] == "both"


def test_delete_is_one_act_and_takes_the_links_along(marked: Tui) -> None:
    assert done(marked("delete", 1, 3, 1)) == "2 highlights deleted; `tui undo` brings back what is gone\n"
    assert list(highlights(marked)) == [2]
    assert marked("links").code == 1
    marked("undo")
    assert sorted(highlights(marked)) == [1, 2, 3]
    assert marked("links").code == 0


# links


def test_links_are_listed_with_both_ends(marked: Tui, mill: Path) -> None:
    assert marked("links").lines == [
        "1  answers  1 mill ¶3 “Colin Moore-Hay” → 2 fire ¶3 “Collin Moore Hay”  ✎ one l or two?"
    ]
    (link,) = marked("links", "--json").data
    start = mill.read_text().index("Colin")
    assert link["left"] == {
        "highlight": 1,
        "text": "mill",
        "passage": 3,
        "start": start,
        "end": start + 15,
        "quote": "Colin Moore-Hay",
    }
    assert (link["id"], link["kind"], link["mutual"], link["right"]["highlight"]) == (1, "answers", False, 2)
    assert (link["note"], link["reader"]) == ("one l or two?", "ada")


def test_links_are_narrowed_by_text(marked: Tui) -> None:
    marked("link", 1, 3, "--kind", "same")

    def ids(*arguments: str) -> list[int]:
        return [each["id"] for each in marked("links", *arguments, "--json").data]

    assert ids() == ids("list") == [1, 2]
    assert ids("--text", "fire") == [1]
    assert ids("--text", "fire", "--text", "mill") == [1]
    assert ids("--text", "mill", "--text", "mill") == [2]


def test_links_are_deleted_as_one_act_and_the_highlights_stay(marked: Tui) -> None:
    marked("link", 1, 3)
    assert done(marked("links", "delete", 1, 2)).startswith("2 links are deleted")
    assert marked("links").code == 1
    assert sorted(highlights(marked)) == [1, 2, 3]
    marked("undo")
    assert len(marked("links", "--json").data) == 2


# notes


def test_a_note_on_the_library_and_one_on_a_text(library: Tui) -> None:
    assert library("notes").code == library("note").code == library("note", "--text", "mill").code == 1
    assert done(library("note", "two\nlines")) == "your note on the library is written\n"
    assert done(library("note", "-", "--text", "mill", stdin="piped — in\n".encode())).startswith("your note")
    assert library("note").out == "two\nlines\n"
    assert library("note", "--text", "mill").out == "piped — in\n"
    assert library("notes").lines == ["the library  ada  ✎ two␤lines", "mill  ada  ✎ piped — in"]
    (on_mill,) = library("notes", "--text", "mill", "--json").data
    assert {key: on_mill[key] for key in ("text", "note", "reader")} == {
        "text": "mill",
        "note": "piped — in",
        "reader": "ada",
    }


def test_each_reader_has_a_note_of_their_own(library: Tui) -> None:
    library("note", "by ada", "--text", "mill")
    library("note", "by ben", "--text", "mill", "--reader", "ben")
    assert library("note", "--text", "mill").out == "by ada\n"
    assert library("--reader", "ben", "note", "--text", "mill").out == "by ben\n"
    assert done(library("note", "--delete", "--text", "mill")) == "your note on mill is deleted\n"
    assert [note["reader"] for note in library("notes", "--json").data] == ["ben"]
    assert library("note", "--delete", "--text", "mill").code == 1
    assert library("undo").out == "undone: took the note off The mill burns\n"


def test_standard_input_that_is_no_note_is_refused(library: Tui) -> None:
    assert "no UTF-8: byte 1" in refused(library("note", "-", stdin=b"a\xff"))
    assert "too long for a note" in refused(library("note", "-", stdin=b"a" * 1_000_001))
    assert library("notes").code == 1


def test_drafts_are_listed_and_deleted(library: Tui, tmp_path: Path) -> None:
    assert library("drafts").code == 1
    with Library.open(tmp_path / "library.db", reader="ada") as opened:
        opened.drafts.keep("highlight:1", "half a\nthou\x1bght", seen="before")
        opened.drafts.keep("library", "on all")
    assert library("drafts").lines == ["highlight:1  ada  half a␤thou␛ght", "library  ada  on all"]
    assert [(each["draft"], each["words"]) for each in library("drafts", "--json").data] == [
        ("highlight:1", "half a\nthou\x1bght"),
        ("library", "on all"),
    ]
    assert done(library("drafts", "--delete", "highlight:1")) == "the draft highlight:1 is deleted\n"
    assert library("drafts").lines == ["library  ada  on all"]
    assert "there is no draft “nothing”" in refused(library("drafts", "--delete", "nothing"))


# suggestions


def test_a_suggestion_is_dismissed_and_taken_back(library: Tui) -> None:
    first = library("related", "mill", "fire", "--json").data[0]
    left, right = first["left"], first["right"]
    said = library("dismiss", "mill", left["passage"], "fire", right["passage"])
    assert (said.code, said.out) == (0, "1\n")
    assert library("dismiss", "mill", left["passage"], "fire", right["passage"]).out == "1\n"

    def suggested() -> list[tuple[int, int]]:
        found = library("related", "mill", "fire", "--json").data
        return [(each["left"]["passage"], each["right"]["passage"]) for each in found]

    pair = (left["passage"], right["passage"])
    assert pair not in suggested()
    (told,) = library("dismissed").lines
    assert told.startswith(f"1  mill ¶{pair[0]} ≁ fire ¶{pair[1]}: ")
    (dismissed,) = library("dismissed", "--text", "mill", "--json").data
    assert (dismissed["id"], dismissed["present"], dismissed["reader"]) == (1, True, "ada")
    assert dismissed["left"] == {key: left[key] for key in ("text", "passage", "start", "end", "quote")}
    assert done(library("dismissed", "take-back", 1)) == "it can be suggested again\n"
    assert pair in suggested()
    assert library("dismissed").code == 1
    library("undo")
    assert pair not in suggested()


def test_a_dismissal_in_a_text_that_has_changed_has_no_place(library: Tui, mill: Path) -> None:
    library("dismiss", "mill", 3, "fire", 3)
    mill.write_text("Nothing of it is left: this is about a brewery in another county.\n")
    done(library("update", "mill", mill))
    (dismissed,) = library("dismissed", "--json").data
    assert dismissed["present"] is False
    assert dismissed["left"] == {"text": "mill", "passage": None, "start": None, "end": None, "quote": None}
    assert library("dismissed").out == "1  mill ≁ fire (changed since)\n"


# furniture


def test_a_passage_is_taken_as_furniture_and_back(library: Tui) -> None:
    assert library("furniture", "mill").code == 1
    assert done(library("furniture", "mill", "--passage", 2, "--passage", 4)) == "mill has 3 passages now\n"
    assert [line[:17] for line in library("furniture", "mill").lines] == ["By Ada Quill", "“We shall build i"]
    assert [each["passage"] for each in library("search", "wheel", "--in", "mill", "--json").data] == [3]
    (byline, _) = library("furniture", "mill", "--json").data
    assert byline == {"text": "mill", "start": 16, "end": 28, "quote": "By Ada Quill"}
    assert done(library("furniture", "mill", "--article", '"we shall  build')) == "mill has 4 passages now\n"
    assert library("undo").out.startswith("undone: took ““We shall")
    assert library("undo").out.startswith("undone: took 2 paragraphs of The mill burns")
    assert library("furniture", "mill").code == 1


def test_paragraphs_that_begin_alike_are_not_guessed(library: Tui) -> None:
    library("furniture", "mill", "--passage", 1, "--passage", 5)
    assert "2 paragraphs of furniture begin with “The mill”" in refused(
        library("furniture", "mill", "--article", "The mill")
    )
    assert done(library("furniture", "mill", "--article", "The mill", "--all")) == "mill has 5 passages now\n"


def test_the_furniture_of_a_file_is_listed_too(library: Tui, tmp_path: Path) -> None:
    assert library("furniture", tmp_path / "mill.txt").code == 1


# tags


def test_a_letter_and_a_digit_of_a_tag(marked: Tui) -> None:
    def tag(path: str) -> dict[str, Any]:
        return next(each for each in marked("tags", "--json").data if each["tag"] == path)

    assert done(marked("tags", "letter", "speech", "x")) == "speech has the letter x\n"
    assert done(marked("tags", "quick", "speech", 3)) == "speech is on 3\n"
    assert (tag("speech")["letter"], tag("speech")["quick"]) == ("x", 3)
    assert [line.endswith("  (quick 3)") for line in marked("tags").lines] == [False, True]
    done(marked("tags", "quick", "actor/mayor", 3))
    assert (tag("speech")["quick"], tag("actor/mayor")["quick"]) == (None, 3)
    assert done(marked("tags", "quick", "actor/mayor", "none")) == "3 stands for no tag\n"
    assert tag("actor/mayor")["quick"] is None
    assert marked("tags", "quick", "actor/mayor", "none").code == 1
    marked("undo")
    assert tag("actor/mayor")["quick"] == 3


def test_an_orphan_is_listed_with_the_places_where_it_may_be(tui: Tui, tmp_path: Path) -> None:
    sentence = "The old mill at Harrow burned to the ground during the night."
    old = f"The council met on Monday to hear of it. {sentence} Nobody had asked the insurers yet."
    one, two = sentence.replace("mill", "farm"), sentence.replace("night", "storm")
    path = tmp_path / "mill.txt"
    path.write_text(old)
    tui("add", path)
    tui("mark", "mill", sentence)
    path.write_text(old.replace(sentence, f"{one} {two}"))
    tui("update", "mill", path)
    (orphan,) = tui("annotations", "--orphans", "--json").data
    assert orphan["anchor"] == "orphan"
    assert {place["quote"] for place in orphan["likely"]} == {one, two}
    assert [line for line in tui("annotations", "--orphans").lines if "may be at ¶1" in line] == [
        f"    may be at ¶1  “{place['quote']}”" for place in orphan["likely"]
    ]
    tui("change", "1", "--quote", two)
    assert [each["anchor"] for each in tui("annotations", "--json").data] == ["exact"]
    assert tui("annotations", "--orphans").code == 1


def test_names_are_one_however_their_accents_are_written(library: Tui) -> None:
    composed, apart = "José", "Jose\u0301"
    assert library("--reader", apart, "mark", "mill", "old mill").code == 0
    assert library("--reader", composed, "mark", "mill", "Colin Moore-Hay").code == 0
    for name in (composed, apart):
        assert len(library("annotations", "--reader", name, "--json").data) == 2
        assert (
            library("export", "--reader", name, "--format", "json").out.count(f'"reader": "{composed}"') >= 2
        )
    assert library("rename", "mill", "--title", "Re\u0301cit").code == 0
    for name in ("récit", "re\u0301", "Récit"):
        assert library("search", "old mill", "--in", name).code == 0
    assert library("names", "join", "Cafe\u0301 Hay", "Moore-Hay").code == 0
    assert library("names", "list").out == "Café Hay = Moore-Hay\n"
