#!/usr/bin/env bash
# rdflib 7.6.0 (RDF in Python), writing JSON-LD.
# Behaviour: with a context that says of a key that its values are addresses ("@type": "@id"), as the context of the W3C's
#   Web Annotations says of target and selector, a node without an address of its own is neither written in its place nor
#   anywhere else: all that is left of the target is "_:N…", and quote and position are gone. Turtle has them.
# Guess: "@type": "@id" only says how to read a string; the node stands in its place, or in a graph beside.
# Who meets it: who keeps annotations in a triple store and hands them on as JSON-LD: without a warning they lose their
#   places, of which no reader can find them again.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q rdflib==7.6.0
venv/bin/python - <<'PYTHON'
import json
import sys

from rdflib import Graph

oa = "http://www.w3.org/ns/oa#"
context = {
    "id": "@id",
    "type": "@type",
    "Annotation": oa + "Annotation",
    "TextQuoteSelector": oa + "TextQuoteSelector",
    "target": {"@id": oa + "hasTarget", "@type": "@id"},
    "source": {"@id": oa + "hasSource", "@type": "@id"},
    "selector": {"@id": oa + "hasSelector", "@type": "@id"},
    "exact": oa + "exact",
}
annotation = {
    "@context": context,
    "id": "http://example.org/1",
    "type": "Annotation",
    "target": {
        "source": "http://example.org/text",
        "selector": {"type": "TextQuoteSelector", "exact": "the old mill"},
    },
}
graph = Graph().parse(data=json.dumps(annotation), format="json-ld")
turtle, written = graph.serialize(format="turtle"), graph.serialize(format="json-ld", context=context)
del (shown := json.loads(written))["@context"]
print("statements read:", len(graph), "- the quote in Turtle:", "the old mill" in turtle)
print("as JSON-LD:", json.dumps(shown))
sys.exit(len(graph) != 6 or "the old mill" not in turtle or "the old mill" in written)
PYTHON
