"""A REFI-QDA project with one of each thing that other programs write, as it is read of each of them."""

from __future__ import annotations

import io
import zipfile

import pytest
from recorded import plain, same_as_recorded

from store.exchange.refi import qdpx


def guid(number: int) -> str:
    return f"00000000-0000-0000-0000-{number:012}"


def element(tag: str, number: int, *inside: str, **attributes: object) -> str:
    words = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<{tag} guid="{guid(number)}"{words}>{"".join(inside)}</{tag}>'


def ref(tag: str, number: int) -> str:
    return f'<{tag} targetGUID="{{{guid(number).upper()}}}"/>'


def coding(number: int, code: int, user: int, *inside: str, second: int = 0) -> str:
    time = f"2026-01-01T00:00:{second:02}Z"
    return element(
        "Coding", number, ref("CodeRef", code), *inside, creatingUser=guid(user), creationDateTime=time
    )


def selection(
    number: int, start: int, end: int, *inside: str, tag: str = "PlainTextSelection", **more: object
) -> str:
    return element(tag, number, *inside, startPosition=start, endPosition=end, **more)


BODY = "Anna 😀 met Berta at the mill.\r\n\r\nShe said nothing of it to Carl.\r\n\r\nNobody asked."
DESCRIBED = "<Description>{}</Description>"
PROJECT = f"""<Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="{{origin}}" creatingUserGUID="{
    guid(1)
}" creationDateTime="2026-01-01T00:00:00Z">
{DESCRIBED.format("About the project.")}
<Users>{element("User", 1, name="Ann")}{element("User", 2, id="bo")}</Users>
<CodeBook><Codes>
{
    element(
        "Code",
        11,
        DESCRIBED.format("Who acts."),
        element("Code", 12, name="her/his", isCodable="true", color="#ee0000"),
        ref("NoteRef", 51),
        name="Actor",
        isCodable="false",
    )
}
{element("Code", 13, name="★", isCodable="true")}
{element("Code", 14, name="Place", isCodable="true", color="#00f")}
</Codes><Sets>{element("Set", 15, DESCRIBED.format("A set."), name="Codes of places")}</Sets></CodeBook>
<Variables>{element("Variable", 16, name="age", typeOfVariable="Integer")}</Variables>
<Cases>{
    element(
        "Case",
        17,
        DESCRIBED.format("A case."),
        "<VariableValue>" + ref("VariableRef", 16) + "<IntegerValue>4</IntegerValue></VariableValue>",
        name="Anna",
    )
}{element("Case", 18, name="Berta")}</Cases>
<Sources>
{
    element(
        "TextSource",
        21,
        DESCRIBED.format("An interview."),
        selection(
            31,
            0,
            4,
            coding(41, 12, 1, second=5),
            coding(42, 14, 2, second=3),
            name="Anna",
            creatingUser=guid(1),
            creationDateTime="2026-01-01T00:00:09Z",
        ),
        selection(32, 0, 4, coding(43, 13, 1), ref("NoteRef", 52), name="Anna"),
        selection(
            33,
            11,
            16,
            DESCRIBED.format("said here"),
            coding(44, 99, 2),
            name="Berta",
            creatingUser=guid(2),
            modifiedDateTime="2026-01-02T00:00:00Z",
        ),
        selection(34, 500, 600, name="nowhere"),
        selection(35, 34, 49, coding(45, 12, 1, ref("NoteRef", 53)), name="She said nothin"),
        coding(46, 14, 1),
        ref("NoteRef", 54),
        ref("NoteRef", 55),
        name="Interview",
        plainTextPath="internal://a.txt",
        creatingUser=guid(2),
        creationDateTime="2026-01-01T00:00:01Z",
    )
}
{element("TextSource", 22, selection(36, 0, 1), name="Lost", plainTextPath="internal://gone.txt")}
{element("TextSource", 23, "<PlainTextContent> </PlainTextContent>", name="Empty")}
{
    element(
        "TextSource",
        24,
        "<PlainTextContent>Short words.</PlainTextContent>",
        selection(37, 0, 5, coding(47, 14, 2)),
    )
}
{
    element(
        "PDFSource",
        25,
        element(
            "Representation",
            61,
            "<PlainTextContent>Words of a PDF.</PlainTextContent>",
            selection(38, 0, 5, coding(48, 14, 1)),
        ),
        element("PDFSelection", 62, DESCRIBED.format("in a corner"), name="corner"),
        DESCRIBED.format("A PDF."),
        name="Paper",
    )
}
{
    element(
        "PictureSource",
        26,
        element("TextDescription", 63, "<PlainTextContent>What is seen.</PlainTextContent>"),
        element("PictureSelection", 64),
        element("PictureSelection", 65),
        name="Picture",
    )
}
{
    element(
        "AudioSource",
        27,
        element(
            "Transcript",
            66,
            "<PlainTextContent>What was said.</PlainTextContent>",
            element("SyncPoint", 71, timeStamp=0, position=0),
            element("SyncPoint", 72, timeStamp=900, position=4),
            element(
                "TranscriptSelection",
                73,
                coding(49, 14, 1),
                fromSyncPoint=guid(71),
                toSyncPoint=guid(72),
                name="What",
            ),
        ),
        element("AudioSelection", 67, name="a cough"),
        name="Recording",
    )
}
{element("VideoSource", 28, element("VideoSelection", 68), DESCRIBED.format("A film."), name="Film")}
{element("PictureSource", 29, name="Map")}
</Sources>
<Notes>
{element("Note", 51, "<PlainTextContent>on the code</PlainTextContent>", name="Memo", creatingUser=guid(1))}
{element("Note", 52, DESCRIBED.format("on Anna"), name="on Anna")}
{element("Note", 53, name="Only a name", creatingUser=guid(2))}
{
    element(
        "Note",
        54,
        name="From a file",
        plainTextPath="internal://note.txt",
        creationDateTime="2026-01-03T00:00:00Z",
    )
}
{
    element(
        "Note",
        55,
        "<PlainTextContent>in its place</PlainTextContent>",
        selection(39, 63, 69, name="Nobody"),
        creatingUser=guid(1),
    )
}
{element("Note", 56, "<PlainTextContent>on nothing</PlainTextContent>")}
{element("Note", 57, "<PlainTextContent>on the project</PlainTextContent>")}
</Notes>
<Links>
{
    element(
        "Link",
        81,
        ref("NoteRef", 56),
        originGUID=guid(31),
        targetGUID=guid(33),
        name="answers",
        direction="OneWay",
    )
}
{element("Link", 82, originGUID=guid(33), targetGUID=guid(35), name="x" * 99, direction="Associative")}
{element("Link", 83, originGUID=guid(33), targetGUID=guid(33), name="itself")}
{element("Link", 84, originGUID=guid(11), targetGUID=guid(33))}
</Links>
<Graphs>{element("Graph", 85, name="Map of it", creatingUser=guid(1))}</Graphs>
{ref("NoteRef", 57)}
</Project>"""


@pytest.mark.parametrize("origin", ["NVivo 14", "QualCoder", "ATLAS.ti", "close-reading-tui"])
def test_what_is_read_of_a_project(origin: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("project.qde", PROJECT.replace("{origin}", origin))
        package.writestr("sources/a.txt", BODY)
        package.writestr("sources/note.txt", "words from a file")
    archive = plain(qdpx.read(out.getvalue(), "project.qdpx"))
    same_as_recorded(f"projects/{origin.replace(' ', '-').replace('.', '-').lower()}", archive)
