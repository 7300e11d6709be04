"""Files damaged in one place each, which the published schemas have to refuse by name.

By what is wrong: a pattern, what is put in its first place, and what the schema says: of XML a part of the message,
of annotations the assertion that fails. The whole file is that of `whole_library`.
"""

from __future__ import annotations

import re

GUID = "0000000A-0000-0000-0000-000000000000"

_CODES = {
    "no codes in codes": ("<Codes>.*</Codes>", "<Codes/>", "'Codes': Missing child element"),
    "a code without a name": ("(<Code [^>]*?) name=[^ ]*", r"\1", "'Code': The attribute 'name' is required"),
    "a code that may be codable": (
        'isCodable="true"',
        'isCodable="perhaps"',
        "'Code', attribute 'isCodable'",
    ),
    "a code that does not say": (' isCodable="true"', "", "'Code': The attribute 'isCodable' is required"),
    "a colour by name": ('color="#[^"]*"', 'color="blue"', "'Code', attribute 'color'"),
    "a colour of four digits": ('color="#[^"]*"', 'color="#0072"', "'Code', attribute 'color'"),
    "a description behind codes": (
        "(<Description>who</Description>)((?:<Code [^>]*/>)+)",
        r"\2\1",
        "'Description': This element is not expected",
    ),
    "two descriptions": (
        "(<Description>who</Description>)",
        r"\1\1",
        "'Description': This element is not expected",
    ),
}
"""Of codes, which stand in a project as they do in a codebook."""

PROJECTS = {
    **_CODES,
    "another namespace": ("project:1.0", "project:2.0", "'Project': No matching"),
    "a project without a name": (' name="Close reading"', "", "'Project': The attribute 'name' is required"),
    "users behind codes": (
        "(<Users>.*</Users>)(<CodeBook>.*</CodeBook>)",
        r"\2\1",
        "'Users': This element is not expected",
    ),
    "links before notes": (
        "(<Notes>.*</Notes>)(<Links>.*</Links>)",
        r"\2\1",
        "'Notes': This element is not expected",
    ),
    "no users in users": ("<Users>.*</Users>", "<Users/>", "'Users': Missing child element"),
    "a user without a GUID": ('<User guid="[^"]*"', "<User", "'User': The attribute 'guid' is required"),
    "a GUID that is too short": ('(<User guid=")[^-]*', r"\1abc", "'User', attribute 'guid'"),
    "a GUID of other letters": ('(<User guid=")........', r"\1zzzzzzzz", "'User', attribute 'guid'"),
    "a GUID with one brace": ('(<User guid=")', r"\1{", "'User', attribute 'guid'"),
    "a variable of no type": (
        ' typeOfVariable="Integer"',
        "",
        "'Variable': The attribute 'typeOfVariable' is required",
    ),
    "a variable of another type": (
        'typeOfVariable="Integer"',
        'typeOfVariable="Number"',
        "'Variable', attribute 'typeOfVariable'",
    ),
    "a value before its variable": (
        "(<VariableRef [^>]*/>)(<TextValue>one</TextValue>)",
        r"\2\1",
        "'TextValue': This element is not expected",
    ),
    "two values": ("(<TextValue>one</TextValue>)", r"\1\1", "'TextValue': This element is not expected"),
    "a number in words": ("<IntegerValue>1<", "<IntegerValue>one<", "'IntegerValue': 'one' is not a valid"),
    "a truth in words": (
        "<BooleanValue>true<",
        "<BooleanValue>indeed<",
        "'BooleanValue': 'indeed' is not a valid",
    ),
    "a selection without a start": (
        ' startPosition="[^"]*"',
        "",
        "'PlainTextSelection': The attribute 'startPosition' is required",
    ),
    "a selection with a start by another name": (
        "startPosition=",
        "startPlace=",
        "'PlainTextSelection': The attribute 'startPosition' is required",
    ),
    "a position in words": (
        'startPosition="[^"]*"',
        'startPosition="first"',
        "'PlainTextSelection', attribute 'startPosition'",
    ),
    "a time in words": (
        'creationDateTime="[^"]*"',
        'creationDateTime="1 January"',
        "'TextSource', attribute 'creationDateTime'",
    ),
    "a day for a time": (
        '(creationDateTime="2026-01-01)[^"]*',
        r"\1",
        "'TextSource', attribute 'creationDateTime'",
    ),
    "a user by name": (
        'creatingUser="[^"]*"',
        'creatingUser="ana"',
        "'TextSource', attribute 'creatingUser'",
    ),
    "a coding by another name": (
        "<CodeRef ",
        "<CodeReference ",
        "'CodeReference': This element is not expected",
    ),
    "a coding without a code": ("(<Coding [^>]*>)<CodeRef [^>]*/>", r"\1", "'Coding': Missing child element"),
    "a coding with two codes": ("(<CodeRef [^>]*/>)", r"\1\1", "'CodeRef': This element is not expected"),
    "a note that is nowhere": (
        "<NoteRef [^>]*/>",
        "<NoteRef/>",
        "'NoteRef': The attribute 'targetGUID' is required",
    ),
    "a note before a code": (
        "(<Coding [^>]*>.{,80}</Coding>)(<NoteRef [^>]*/>)",
        r"\2\1",
        "'Coding': This element is not expected",
    ),
    "a direction of no kind": ('direction="OneWay"', 'direction="Sideways"', "'Link', attribute 'direction'"),
    "a link to no GUID": ('(<Link .*originGUID=")[^"]*', r"\1here", "'Link', attribute 'originGUID'"),
    "an attribute of ours": ("<TextSource ", '<TextSource tags="a" ', "'TextSource', attribute 'tags'"),
    "an element of ours": ("<Sources>", "<Sources><Text/>", "'Text': This element is not expected"),
    "words between sources": ("<Sources>", "<Sources>words", "'Sources': Character content"),
}
CODEBOOKS = {
    **_CODES,
    "another namespace": ("codebook:1.0", "codebook:2.0", "'CodeBook': No matching"),
    "a name": ("<CodeBook ", '<CodeBook name="a" ', "'CodeBook', attribute 'name'"),
    "no codes": ("<Codes>.*</Codes>", "", "'CodeBook': Missing child element"),
    "codes twice": ("(<Codes>.*</Codes>)", r"\1\1", "'Codes': This element is not expected"),
    "words between codes": ("<Codes>", "<Codes>words", "'Codes': Character content"),
    "an element of ours": ("<Codes>", "<Codes><Tag/>", "'Tag': This element is not expected"),
    "an attribute of ours": ("<Code ", '<Code letter="A" ', "'Code', attribute 'letter'"),
    "a code without a GUID": ('<Code guid="[^"]*"', "<Code", "'Code': The attribute 'guid' is required"),
    "a GUID that is too short": ('(<Code guid=")[^-]*', r"\1abc", "'Code', attribute 'guid'"),
    "a GUID with one brace": ('(<Code guid="[^"]*)', r"\1}", "'Code', attribute 'guid'"),
    "a note on a code": (
        "</Description>",
        f'</Description><NoteRef targetGUID="{GUID}"/>',
        "'NoteRef': This element is not expected",
    ),
}
ANNOTATIONS = {
    "another context": (
        r'"http://www.w3.org/ns/anno.jsonld"',
        '"http://example.org/context"',
        "5.1-collectionContextValidated",
    ),
    "no context": ('"@context"', '"context"', "5.1-collectionContextValidated"),
    "a collection of another type": ('"AnnotationCollection"', '"Collection"', "5.1-collectionTypeValidated"),
    "items that are none": (r'"items": \[.*\]', '"items": 1', "5.2-pageItemsValidated"),
    "a page without items": ('"items": ', '"members": ', "5.2-pageItemsValidated"),
    "an annotation of another type": (
        '"type": "Annotation"',
        '"type": "Comment"',
        "3.1-annotationTypeValidated",
    ),
    "an annotation without a type": (
        '"type": "Annotation"',
        '"kind": "Annotation"',
        "3.1-annotationTypeValidated",
    ),
    "an annotation without a name": (r'(\n{)"id": ', r'\1"name": ', "3.1-annotationIdValidated"),
    "an annotation with words for a name": (
        r'(\n{"id": )"[^"]*"',
        r'\1"no address"',
        "3.1-annotationIdValidated",
    ),
    "an annotation with a number for a name": (r'(\n{"id": )"[^"]*"', r"\g<1>7", "3.1-annotationIdValidated"),
    "an annotation of nothing": ('"target":', '"aim":', "3.1-targetKeyFound"),
    "a target that is null": ('"target": {', '"target": null, "aim": {', "3.2-targetObjectsRecognized"),
    "a target that is a number": ('"target": {', '"target": 7, "aim": {', "3.2-targetObjectsRecognized"),
    "a target without a source": (
        '"target": {"source":',
        '"target": {"whence":',
        "3.2-targetObjectsRecognized",
    ),
    "a source that is a number": (
        r'("target": {"source": )"[^"]*"',
        r"\g<1>7",
        "3.2-targetObjectsRecognized",
    ),
    "a target by words": (r'"target": "[^"]*"', '"target": "on the text"', "3.2-targetObjectsRecognized"),
    "a quote without words": ('"exact":', '"words":', "4.2.4-textQuoteSelectorValid"),
    "a quote that is a number": (r'"exact": "[^"]*"', '"exact": 7', "4.2.4-textQuoteSelectorValid"),
    "a prefix that is a number": (r'"prefix": "[^"]*"', '"prefix": 7', "4.2.4-textQuoteSelectorValid"),
    "a suffix in a list": (r'"suffix": ("[^"]*")', r'"suffix": [\1]', "4.2.4-textQuoteSelectorValid"),
    "a start before the beginning": (r'"start": \d+', '"start": -1', "4.2-TextDataPositionSelectorValid"),
    "a start in words": (r'"start": (\d+)', r'"start": "\1"', "4.2-TextDataPositionSelectorValid"),
    "a start between characters": (r'"start": \d+', '"start": 1.5', "4.2-TextDataPositionSelectorValid"),
    "a position without an end": (r', "end": \d+', "", "4.2-TextDataPositionSelectorValid"),
    "a selector of an unknown type": (
        '"TextPositionSelector"',
        '"PlaceSelector"',
        "4.2-selectorValidIfPresent",
    ),
    "a selector without a type": ('"type": "TextPositionSelector", ', "", "4.2-selectorValidIfPresent"),
    "a selector that is null": (
        r'"selector": \[',
        '"selector": null, "parts": [',
        "4.2-selectorValidIfPresent",
    ),
    "no selector in a list of them": (
        r'"selector": \[',
        '"selector": [], "parts": [',
        "4.2-selectorValidIfPresent",
    ),
    "a body that is a number": (r'"body": \[', '"body": [7, ', "3.2-bodyObjectsRecognized"),
    "a body of words": (r'"body": \[', '"body": ["words", ', "3.2-bodyObjectsRecognized"),
    "a textual body without words": ('"value":', '"words":', "3.2-bodyObjectsRecognized"),
    "words that are a number": (r'"value": "[^"]*"', '"value": 7', "3.2-bodyObjectsRecognized"),
    "a time in words": (r'"created": "[^"]*"', '"created": "1 January"', "3.3.1-annotationCreatedValidated"),
    "a day for a time": (
        r'"created": "2026-01-01[^"]*"',
        '"created": "2026-01-01"',
        "3.3.1-annotationCreatedValidated",
    ),
    "two times": (r'"created": ("[^"]*")', r'"created": [\1, \1]', "3.3.1-annotationCreatedValidated"),
    "a collection without a name": (
        r'"id": "[^"]*", ("type": "AnnotationCollection")',
        r"\1",
        "5.1-collectionIdValidated",
    ),
    "a collection with annotations and without a page": (
        '"first": ',
        '"one": ',
        "5.1-collectionFirstValidated",
    ),
    "a number of annotations below zero": (r'"total": \d+', '"total": -1', "5.1-collectionTotalValidated"),
    "a page of no type": ('"type": "AnnotationPage", ', "", "5.1-collectionFirstValidated"),
    "a page that starts before the first": (
        '"startIndex": 0',
        '"startIndex": -1',
        "5.2-pageStartIndexValidated",
    ),
    "a change in words": (r'"modified": "[^"]*"', '"modified": "later"', "3.3.1-annotationModifiedValidated"),
    "a state in words": (r'"sourceDate": "[^"]*"', '"sourceDate": "then"', "4.3.1-timeStateValid"),
    "a state of an unknown type": ('"TimeState"', '"OtherState"', "4.3-stateValidIfPresent"),
    "a body as words and otherwise": (
        r'"body": \[',
        '"bodyValue": "words", "body": [',
        "3.2.5-notBodyBodyValue",
    ),
}


def damaged(whole: str, what: str, by: str) -> str:
    """A file with the first place that fits the pattern changed."""
    changed = re.sub(what, by, whole, count=1, flags=re.DOTALL)
    assert changed != whole
    return changed
