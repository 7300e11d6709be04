"""Imports our cards into a collection of Anki twice, with its own modules, and says what is there.

python anki_cards.py CARDS.tsv COLLECTION.anki2
"""

import json
import sys

from anki.collection import Collection, ImportCsvRequest

cards, collection = sys.argv[1:]
library = Collection(collection)
counts = []
for _ in range(2):
    library.import_csv(
        ImportCsvRequest(path=cards, metadata=library.get_csv_metadata(path=cards, delimiter=None))
    )
    counts.append(library.note_count())
notes = [library.get_note(number) for number in library.find_notes("")]
print(
    json.dumps(
        {"counts": counts, "tags": sorted(library.tags.all()), "fronts": [note.fields[0] for note in notes]}
    )
)
library.close()
