"""Makes a project with Taguette's own modules: our codebook in it, a document, and highlights at its own offsets.

python taguette_project.py CODEBOOK.csv PROJECT.sqlite3
"""

import json
import sys
from datetime import datetime

from taguette import database, extract, import_codebook

HTML = "<h1>On signs</h1>\n<p>The first 😀 smiling reader.</p>\n<p>Said <b>Iran</b> &amp; Iran, cafés.</p>"
WORDS = "On signs\nThe first 😀 smiling reader.\nSaid Iran & Iran, cafés."
QUOTES = ("😀 smiling", "Iran", "Iran, cafés")

with open(sys.argv[1], "rb") as file:
    tags = import_codebook.list_tags(file)
session = database.connect(f"sqlite:///{sys.argv[2]}", create_tables=True)()
project = database.Project(name="Signs", description="", created=datetime(2026, 11, 30))
session.add(project)
made = [database.Tag(project=project, path=tag["path"], description=tag["description"]) for tag in tags]
document = database.Document(
    name="signs",
    description="",
    filename="signs.html",
    project=project,
    contents=HTML,
    text_direction=database.TextDirection.LEFT_TO_RIGHT,
)
session.add_all([*made, document])
at = 0
for quote in QUOTES:
    at = WORDS.index(quote, at)
    start, end = (len(WORDS[:place].encode()) for place in (at, at + len(quote)))
    snippet = extract.extract(HTML, start, end)
    assert quote.split()[0] in snippet, (quote, snippet)
    session.add(
        database.Highlight(
            document=document, start_offset=start, end_offset=end, snippet=snippet, tags=made[:2]
        )
    )
session.commit()
print(json.dumps({"tags": len(tags), "quotes": QUOTES}))
