"""The statements of the first schema, which the first migration runs: never edited, only followed by migrations."""

_TEXTS = (
    """CREATE TABLE body (
        id INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL UNIQUE,
        content TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE text (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        slug TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        author TEXT NOT NULL,
        source TEXT NOT NULL,
        added TEXT NOT NULL
    ) STRICT""",
    # The version that counts is the last one; `furniture` is 0 where every paragraph belongs to the article.
    """CREATE TABLE version (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        text_id INTEGER NOT NULL REFERENCES text (id),
        body_id INTEGER NOT NULL REFERENCES body (id),
        furniture INTEGER NOT NULL DEFAULT 1 CHECK (furniture IN (0, 1)),
        source TEXT NOT NULL,
        reader TEXT NOT NULL,
        added TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX version_text ON version (text_id)",
    # The reader's own word on a paragraph, by where it starts.
    """CREATE TABLE furniture (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        version_id INTEGER NOT NULL REFERENCES version (id),
        start INTEGER NOT NULL CHECK (start >= 0),
        value INTEGER NOT NULL CHECK (value IN (0, 1)),
        UNIQUE (version_id, start)
    ) STRICT""",
    """CREATE VIEW present AS
        SELECT text.id AS text_id, text.slug, text.title, text.author, text.source, text.added,
            version.id AS version_id, version.body_id, version.furniture
        FROM text JOIN version ON version.id = (SELECT max(id) FROM version WHERE text_id = text.id)""",
)

_RECORD = (
    """CREATE TABLE tag (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        path TEXT NOT NULL UNIQUE CHECK (path <> ''),
        colour TEXT NOT NULL,
        letter TEXT NOT NULL,
        description TEXT NOT NULL DEFAULT '',
        quick INTEGER UNIQUE CHECK (quick BETWEEN 1 AND 9)
    ) STRICT""",
    # The version is the one that the places count in: for an orphan, where it last stood. `parts` is a JSON
    # array of [start, end] for a highlight with gaps, else null.
    """CREATE TABLE highlight (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL UNIQUE,
        text_id INTEGER NOT NULL REFERENCES text (id),
        version_id INTEGER NOT NULL REFERENCES version (id),
        "start" INTEGER NOT NULL CHECK ("start" >= 0),
        "end" INTEGER NOT NULL CHECK ("end" > "start"),
        parts TEXT,
        quote TEXT NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        note TEXT NOT NULL DEFAULT '',
        star INTEGER NOT NULL DEFAULT 0 CHECK (star IN (0, 1)),
        reader TEXT NOT NULL,
        created TEXT NOT NULL,
        updated TEXT NOT NULL,
        anchor TEXT NOT NULL DEFAULT 'exact' CHECK (anchor IN ('exact', 'changed', 'orphan')),
        confidence REAL NOT NULL DEFAULT 100 CHECK (confidence BETWEEN 0 AND 100)
    ) STRICT""",
    'CREATE INDEX highlight_text ON highlight (text_id, "start", "end")',
    "CREATE INDEX highlight_version ON highlight (version_id)",
    """CREATE TABLE highlight_tag (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        highlight_id INTEGER NOT NULL REFERENCES highlight (id),
        tag_id INTEGER NOT NULL REFERENCES tag (id),
        UNIQUE (highlight_id, tag_id)
    ) STRICT""",
    "CREATE INDEX highlight_tag_tag ON highlight_tag (tag_id)",
    """CREATE TABLE link (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL UNIQUE,
        left_id INTEGER NOT NULL REFERENCES highlight (id),
        right_id INTEGER NOT NULL REFERENCES highlight (id) CHECK (right_id <> left_id),
        kind TEXT NOT NULL CHECK (kind <> ''),
        mutual INTEGER NOT NULL CHECK (mutual IN (0, 1)),
        note TEXT NOT NULL DEFAULT '',
        reader TEXT NOT NULL,
        created TEXT NOT NULL,
        updated TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX link_left ON link (left_id)",
    "CREATE INDEX link_right ON link (right_id)",
    # A note without a text is one on the library.
    """CREATE TABLE note (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL UNIQUE,
        text_id INTEGER REFERENCES text (id),
        words TEXT NOT NULL,
        reader TEXT NOT NULL,
        created TEXT NOT NULL,
        updated TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX note_text ON note (text_id)",
    # Passages that the program found alike and a reader does not: by their places, as highlights are.
    """CREATE TABLE dismissed (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        left_version_id INTEGER NOT NULL REFERENCES version (id),
        left_start INTEGER NOT NULL,
        left_end INTEGER NOT NULL CHECK (left_end > left_start),
        right_version_id INTEGER NOT NULL REFERENCES version (id),
        right_start INTEGER NOT NULL,
        right_end INTEGER NOT NULL CHECK (right_end > right_start),
        reader TEXT NOT NULL,
        created TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX dismissed_left ON dismissed (left_version_id)",
    "CREATE INDEX dismissed_right ON dismissed (right_version_id)",
    """CREATE VIEW annotation AS
        SELECT highlight.id, text.slug AS text, text.title, highlight."start", highlight."end",
            highlight.before, highlight.quote, highlight.after,
            (SELECT group_concat(path, '; ') FROM (
                SELECT tag.path FROM highlight_tag JOIN tag ON tag.id = highlight_tag.tag_id
                WHERE highlight_tag.highlight_id = highlight.id ORDER BY highlight_tag.id)) AS tags,
            highlight.note, highlight.star, highlight.reader, highlight.created, highlight.updated,
            highlight.anchor, highlight.confidence
        FROM highlight JOIN text ON text.id = highlight.text_id""",
)

_JOURNAL = (
    # `undone` says whether the act is taken back; `program` is the run of a program that did it.
    """CREATE TABLE act (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        label TEXT NOT NULL,
        reader TEXT NOT NULL,
        at TEXT NOT NULL,
        program TEXT NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
    ) STRICT""",
    "CREATE INDEX act_undone ON act (undone, id)",
    # Before and after are JSON: the whole row where it came or went, else the columns that changed.
    """CREATE TABLE change (
        id INTEGER PRIMARY KEY,
        act_id INTEGER NOT NULL REFERENCES act (id) ON DELETE CASCADE,
        table_name TEXT NOT NULL,
        row_id INTEGER NOT NULL,
        before TEXT,
        after TEXT
    ) STRICT""",
    "CREATE INDEX change_act ON change (act_id)",
    # One row: the act whose changes the triggers record, null between acts.
    """CREATE TABLE recording (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        act_id INTEGER
    ) STRICT""",
    "INSERT INTO recording (id, act_id) VALUES (1, NULL)",
)

_PLACES = (
    """CREATE TABLE place (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE draft (
        key TEXT PRIMARY KEY,
        words TEXT NOT NULL,
        reader TEXT NOT NULL,
        updated TEXT NOT NULL
    ) STRICT""",
)

_CACHES = (
    """CREATE TABLE segmentation (
        version_id INTEGER PRIMARY KEY REFERENCES version (id) ON DELETE CASCADE,
        format INTEGER NOT NULL,
        passages INTEGER NOT NULL,
        words INTEGER NOT NULL,
        spans BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE search_index (
        version_id INTEGER PRIMARY KEY REFERENCES version (id) ON DELETE CASCADE,
        format INTEGER NOT NULL,
        data BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE relation (
        left_version_id INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
        right_version_id INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
        format INTEGER NOT NULL,
        aliases TEXT NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (left_version_id, right_version_id)
    ) STRICT""",
    "CREATE INDEX relation_right ON relation (right_version_id)",
    # What counts as furniture decides on numbers, search and relations: what was kept no longer holds.
    *(
        f"""CREATE TRIGGER forget_after_{event}_of_furniture AFTER {event.upper()} ON furniture
        BEGIN
            DELETE FROM segmentation WHERE version_id = {row}.version_id;
            DELETE FROM search_index WHERE version_id = {row}.version_id;
            DELETE FROM relation
            WHERE left_version_id = {row}.version_id OR right_version_id = {row}.version_id;
        END"""
        for event, row in (("insert", "new"), ("update", "new"), ("delete", "old"))
    ),
    """CREATE TRIGGER forget_after_update_of_version AFTER UPDATE OF furniture ON version
        BEGIN
            DELETE FROM segmentation WHERE version_id = new.id;
            DELETE FROM search_index WHERE version_id = new.id;
            DELETE FROM relation WHERE left_version_id = new.id OR right_version_id = new.id;
        END""",
)

STATEMENTS = (*_TEXTS, *_RECORD, *_JOURNAL, *_PLACES, *_CACHES)
"""In order: texts, what readers make of them, the journal, places, caches."""
