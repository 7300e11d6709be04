-- Written by `python -m store.write_schema`.
-- migrations: texts_and_what_readers_make_of_them, what_readers_say_of_names, what_came_from_other_libraries, indexes_for_large_libraries, what_drafts_go_on_from, which_log_belongs_to_the_file, what_language_texts_are_in, what_sentences_mean, which_texts_use_which_words, which_words_no_other_shard_has

CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
) STRICT;

CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

CREATE TABLE body (
        id INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL UNIQUE,
        content TEXT NOT NULL
    ) STRICT;

CREATE TABLE text (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        slug TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        author TEXT NOT NULL,
        source TEXT NOT NULL,
        added TEXT NOT NULL
    , language TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE version (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        text_id INTEGER NOT NULL REFERENCES text (id),
        body_id INTEGER NOT NULL REFERENCES body (id),
        furniture INTEGER NOT NULL DEFAULT 1 CHECK (furniture IN (0, 1)),
        source TEXT NOT NULL,
        reader TEXT NOT NULL,
        added TEXT NOT NULL
    ) STRICT;

CREATE INDEX version_text ON version (text_id);

CREATE TABLE furniture (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        version_id INTEGER NOT NULL REFERENCES version (id),
        start INTEGER NOT NULL CHECK (start >= 0),
        value INTEGER NOT NULL CHECK (value IN (0, 1)),
        UNIQUE (version_id, start)
    ) STRICT;

CREATE TABLE tag (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        path TEXT NOT NULL UNIQUE CHECK (path <> ''),
        colour TEXT NOT NULL,
        letter TEXT NOT NULL,
        description TEXT NOT NULL DEFAULT '',
        quick INTEGER UNIQUE CHECK (quick BETWEEN 1 AND 9)
    ) STRICT;

CREATE TABLE highlight (
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
    ) STRICT;

CREATE INDEX highlight_text ON highlight (text_id, "start", "end");

CREATE INDEX highlight_version ON highlight (version_id);

CREATE TABLE highlight_tag (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        highlight_id INTEGER NOT NULL REFERENCES highlight (id),
        tag_id INTEGER NOT NULL REFERENCES tag (id),
        UNIQUE (highlight_id, tag_id)
    ) STRICT;

CREATE TABLE link (
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
    ) STRICT;

CREATE INDEX link_left ON link (left_id);

CREATE INDEX link_right ON link (right_id);

CREATE TABLE note (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL UNIQUE,
        text_id INTEGER REFERENCES text (id),
        words TEXT NOT NULL,
        reader TEXT NOT NULL,
        created TEXT NOT NULL,
        updated TEXT NOT NULL
    ) STRICT;

CREATE INDEX note_text ON note (text_id);

CREATE TABLE dismissed (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        left_version_id INTEGER NOT NULL REFERENCES version (id),
        left_start INTEGER NOT NULL,
        left_end INTEGER NOT NULL CHECK (left_end > left_start),
        right_version_id INTEGER NOT NULL REFERENCES version (id),
        right_start INTEGER NOT NULL,
        right_end INTEGER NOT NULL CHECK (right_end > right_start),
        reader TEXT NOT NULL,
        created TEXT NOT NULL
    ) STRICT;

CREATE INDEX dismissed_left ON dismissed (left_version_id);

CREATE INDEX dismissed_right ON dismissed (right_version_id);

CREATE VIEW annotation AS
        SELECT highlight.id, text.slug AS text, text.title, highlight."start", highlight."end",
            highlight.before, highlight.quote, highlight.after,
            (SELECT group_concat(path, '; ') FROM (
                SELECT tag.path FROM highlight_tag JOIN tag ON tag.id = highlight_tag.tag_id
                WHERE highlight_tag.highlight_id = highlight.id ORDER BY highlight_tag.id)) AS tags,
            highlight.note, highlight.star, highlight.reader, highlight.created, highlight.updated,
            highlight.anchor, highlight.confidence
        FROM highlight JOIN text ON text.id = highlight.text_id;

CREATE TABLE act (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        label TEXT NOT NULL,
        reader TEXT NOT NULL,
        at TEXT NOT NULL,
        program TEXT NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
    ) STRICT;

CREATE INDEX act_undone ON act (undone, id);

CREATE TABLE change (
        id INTEGER PRIMARY KEY,
        act_id INTEGER NOT NULL REFERENCES act (id) ON DELETE CASCADE,
        table_name TEXT NOT NULL,
        row_id INTEGER NOT NULL,
        before TEXT,
        after TEXT
    ) STRICT;

CREATE INDEX change_act ON change (act_id);

CREATE TABLE recording (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        act_id INTEGER
    , lineage TEXT NOT NULL DEFAULT '', open_since TEXT) STRICT;

CREATE TABLE place (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
        key TEXT PRIMARY KEY,
        words TEXT NOT NULL,
        reader TEXT NOT NULL,
        updated TEXT NOT NULL
    , seen TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE segmentation (
        version_id INTEGER PRIMARY KEY REFERENCES version (id) ON DELETE CASCADE,
        format INTEGER NOT NULL,
        passages INTEGER NOT NULL,
        words INTEGER NOT NULL,
        spans BLOB NOT NULL
    , language TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE search_index (
        version_id INTEGER PRIMARY KEY REFERENCES version (id) ON DELETE CASCADE,
        format INTEGER NOT NULL,
        data BLOB NOT NULL
    ) STRICT;

CREATE TABLE relation (
        left_version_id INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
        right_version_id INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
        format INTEGER NOT NULL,
        aliases TEXT NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (left_version_id, right_version_id)
    ) STRICT;

CREATE INDEX relation_right ON relation (right_version_id);

CREATE TRIGGER forget_after_insert_of_furniture AFTER INSERT ON furniture
        BEGIN
            DELETE FROM segmentation WHERE version_id = new.version_id;
            DELETE FROM search_index WHERE version_id = new.version_id;
            DELETE FROM relation
            WHERE left_version_id = new.version_id OR right_version_id = new.version_id;
        END;

CREATE TRIGGER forget_after_update_of_furniture AFTER UPDATE ON furniture
        BEGIN
            DELETE FROM segmentation WHERE version_id = new.version_id;
            DELETE FROM search_index WHERE version_id = new.version_id;
            DELETE FROM relation
            WHERE left_version_id = new.version_id OR right_version_id = new.version_id;
        END;

CREATE TRIGGER forget_after_delete_of_furniture AFTER DELETE ON furniture
        BEGIN
            DELETE FROM segmentation WHERE version_id = old.version_id;
            DELETE FROM search_index WHERE version_id = old.version_id;
            DELETE FROM relation
            WHERE left_version_id = old.version_id OR right_version_id = old.version_id;
        END;

CREATE TRIGGER forget_after_update_of_version AFTER UPDATE OF furniture ON version
        BEGIN
            DELETE FROM segmentation WHERE version_id = new.id;
            DELETE FROM search_index WHERE version_id = new.id;
            DELETE FROM relation WHERE left_version_id = new.id OR right_version_id = new.id;
        END;

CREATE TRIGGER journal_version_insert AFTER INSERT ON version
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT act_id, 'version', new.id, NULL, json_object('id', new."id", 'text_id', new."text_id", 'body_id', new."body_id", 'furniture', new."furniture", 'source', new."source", 'reader', new."reader", 'added', new."added") FROM recording;
            END;

CREATE TRIGGER journal_version_delete AFTER DELETE ON version
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT act_id, 'version', old.id, json_object('id', old."id", 'text_id', old."text_id", 'body_id', old."body_id", 'furniture', old."furniture", 'source', old."source", 'reader', old."reader", 'added', old."added"), NULL FROM recording;
            END;

CREATE TRIGGER journal_version_update AFTER UPDATE ON version
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT recording.act_id, 'version', new.id, changed.before, changed.after
            FROM recording, (
                SELECT json_group_object(name, before) AS before, json_group_object(name, after) AS after
                FROM (SELECT 'text_id' AS name, old."text_id" AS before, new."text_id" AS after UNION ALL SELECT 'body_id' AS name, old."body_id" AS before, new."body_id" AS after UNION ALL SELECT 'furniture' AS name, old."furniture" AS before, new."furniture" AS after UNION ALL SELECT 'source' AS name, old."source" AS before, new."source" AS after UNION ALL SELECT 'reader' AS name, old."reader" AS before, new."reader" AS after UNION ALL SELECT 'added' AS name, old."added" AS before, new."added" AS after) WHERE before IS NOT after
            ) AS changed
            WHERE changed.before <> '{}';
            END;

CREATE TRIGGER journal_furniture_insert AFTER INSERT ON furniture
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT act_id, 'furniture', new.id, NULL, json_object('id', new."id", 'version_id', new."version_id", 'start', new."start", 'value', new."value") FROM recording;
            END;

CREATE TRIGGER journal_furniture_delete AFTER DELETE ON furniture
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT act_id, 'furniture', old.id, json_object('id', old."id", 'version_id', old."version_id", 'start', old."start", 'value', old."value"), NULL FROM recording;
            END;

CREATE TRIGGER journal_furniture_update AFTER UPDATE ON furniture
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT recording.act_id, 'furniture', new.id, changed.before, changed.after
            FROM recording, (
                SELECT json_group_object(name, before) AS before, json_group_object(name, after) AS after
                FROM (SELECT 'version_id' AS name, old."version_id" AS before, new."version_id" AS after UNION ALL SELECT 'start' AS name, old."start" AS before, new."start" AS after UNION ALL SELECT 'value' AS name, old."value" AS before, new."value" AS after) WHERE before IS NOT after
            ) AS changed
            WHERE changed.before <> '{}';
            END;

CREATE TRIGGER journal_tag_insert AFTER INSERT ON tag
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT act_id, 'tag', new.id, NULL, json_object('id', new."id", 'path', new."path", 'colour', new."colour", 'letter', new."letter", 'description', new."description", 'quick', new."quick") FROM recording;
            END;

CREATE TRIGGER journal_tag_delete AFTER DELETE ON tag
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT act_id, 'tag', old.id, json_object('id', old."id", 'path', old."path", 'colour', old."colour", 'letter', old."letter", 'description', old."description", 'quick', old."quick"), NULL FROM recording;
            END;

CREATE TRIGGER journal_tag_update AFTER UPDATE ON tag
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT recording.act_id, 'tag', new.id, changed.before, changed.after
            FROM recording, (
                SELECT json_group_object(name, before) AS before, json_group_object(name, after) AS after
                FROM (SELECT 'path' AS name, old."path" AS before, new."path" AS after UNION ALL SELECT 'colour' AS name, old."colour" AS before, new."colour" AS after UNION ALL SELECT 'letter' AS name, old."letter" AS before, new."letter" AS after UNION ALL SELECT 'description' AS name, old."description" AS before, new."description" AS after UNION ALL SELECT 'quick' AS name, old."quick" AS before, new."quick" AS after) WHERE before IS NOT after
            ) AS changed
            WHERE changed.before <> '{}';
            END;

CREATE TRIGGER journal_highlight_insert AFTER INSERT ON highlight
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT act_id, 'highlight', new.id, NULL, json_object('id', new."id", 'uid', new."uid", 'text_id', new."text_id", 'version_id', new."version_id", 'start', new."start", 'end', new."end", 'parts', new."parts", 'quote', new."quote", 'before', new."before", 'after', new."after", 'note', new."note", 'star', new."star", 'reader', new."reader", 'created', new."created", 'updated', new."updated", 'anchor', new."anchor", 'confidence', new."confidence") FROM recording;
            END;

CREATE TRIGGER journal_highlight_delete AFTER DELETE ON highlight
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT act_id, 'highlight', old.id, json_object('id', old."id", 'uid', old."uid", 'text_id', old."text_id", 'version_id', old."version_id", 'start', old."start", 'end', old."end", 'parts', old."parts", 'quote', old."quote", 'before', old."before", 'after', old."after", 'note', old."note", 'star', old."star", 'reader', old."reader", 'created', old."created", 'updated', old."updated", 'anchor', old."anchor", 'confidence', old."confidence"), NULL FROM recording;
            END;

CREATE TRIGGER journal_highlight_update AFTER UPDATE ON highlight
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT recording.act_id, 'highlight', new.id, changed.before, changed.after
            FROM recording, (
                SELECT json_group_object(name, before) AS before, json_group_object(name, after) AS after
                FROM (SELECT 'uid' AS name, old."uid" AS before, new."uid" AS after UNION ALL SELECT 'text_id' AS name, old."text_id" AS before, new."text_id" AS after UNION ALL SELECT 'version_id' AS name, old."version_id" AS before, new."version_id" AS after UNION ALL SELECT 'start' AS name, old."start" AS before, new."start" AS after UNION ALL SELECT 'end' AS name, old."end" AS before, new."end" AS after UNION ALL SELECT 'parts' AS name, old."parts" AS before, new."parts" AS after UNION ALL SELECT 'quote' AS name, old."quote" AS before, new."quote" AS after UNION ALL SELECT 'before' AS name, old."before" AS before, new."before" AS after UNION ALL SELECT 'after' AS name, old."after" AS before, new."after" AS after UNION ALL SELECT 'note' AS name, old."note" AS before, new."note" AS after UNION ALL SELECT 'star' AS name, old."star" AS before, new."star" AS after UNION ALL SELECT 'reader' AS name, old."reader" AS before, new."reader" AS after UNION ALL SELECT 'created' AS name, old."created" AS before, new."created" AS after UNION ALL SELECT 'updated' AS name, old."updated" AS before, new."updated" AS after UNION ALL SELECT 'anchor' AS name, old."anchor" AS before, new."anchor" AS after UNION ALL SELECT 'confidence' AS name, old."confidence" AS before, new."confidence" AS after) WHERE before IS NOT after
            ) AS changed
            WHERE changed.before <> '{}';
            END;

CREATE TRIGGER journal_highlight_tag_insert AFTER INSERT ON highlight_tag
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT act_id, 'highlight_tag', new.id, NULL, json_object('id', new."id", 'highlight_id', new."highlight_id", 'tag_id', new."tag_id") FROM recording;
            END;

CREATE TRIGGER journal_highlight_tag_delete AFTER DELETE ON highlight_tag
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT act_id, 'highlight_tag', old.id, json_object('id', old."id", 'highlight_id', old."highlight_id", 'tag_id', old."tag_id"), NULL FROM recording;
            END;

CREATE TRIGGER journal_highlight_tag_update AFTER UPDATE ON highlight_tag
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT recording.act_id, 'highlight_tag', new.id, changed.before, changed.after
            FROM recording, (
                SELECT json_group_object(name, before) AS before, json_group_object(name, after) AS after
                FROM (SELECT 'highlight_id' AS name, old."highlight_id" AS before, new."highlight_id" AS after UNION ALL SELECT 'tag_id' AS name, old."tag_id" AS before, new."tag_id" AS after) WHERE before IS NOT after
            ) AS changed
            WHERE changed.before <> '{}';
            END;

CREATE TRIGGER journal_link_insert AFTER INSERT ON link
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT act_id, 'link', new.id, NULL, json_object('id', new."id", 'uid', new."uid", 'left_id', new."left_id", 'right_id', new."right_id", 'kind', new."kind", 'mutual', new."mutual", 'note', new."note", 'reader', new."reader", 'created', new."created", 'updated', new."updated") FROM recording;
            END;

CREATE TRIGGER journal_link_delete AFTER DELETE ON link
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT act_id, 'link', old.id, json_object('id', old."id", 'uid', old."uid", 'left_id', old."left_id", 'right_id', old."right_id", 'kind', old."kind", 'mutual', old."mutual", 'note', old."note", 'reader', old."reader", 'created', old."created", 'updated', old."updated"), NULL FROM recording;
            END;

CREATE TRIGGER journal_link_update AFTER UPDATE ON link
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT recording.act_id, 'link', new.id, changed.before, changed.after
            FROM recording, (
                SELECT json_group_object(name, before) AS before, json_group_object(name, after) AS after
                FROM (SELECT 'uid' AS name, old."uid" AS before, new."uid" AS after UNION ALL SELECT 'left_id' AS name, old."left_id" AS before, new."left_id" AS after UNION ALL SELECT 'right_id' AS name, old."right_id" AS before, new."right_id" AS after UNION ALL SELECT 'kind' AS name, old."kind" AS before, new."kind" AS after UNION ALL SELECT 'mutual' AS name, old."mutual" AS before, new."mutual" AS after UNION ALL SELECT 'note' AS name, old."note" AS before, new."note" AS after UNION ALL SELECT 'reader' AS name, old."reader" AS before, new."reader" AS after UNION ALL SELECT 'created' AS name, old."created" AS before, new."created" AS after UNION ALL SELECT 'updated' AS name, old."updated" AS before, new."updated" AS after) WHERE before IS NOT after
            ) AS changed
            WHERE changed.before <> '{}';
            END;

CREATE TRIGGER journal_note_insert AFTER INSERT ON note
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT act_id, 'note', new.id, NULL, json_object('id', new."id", 'uid', new."uid", 'text_id', new."text_id", 'words', new."words", 'reader', new."reader", 'created', new."created", 'updated', new."updated") FROM recording;
            END;

CREATE TRIGGER journal_note_delete AFTER DELETE ON note
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT act_id, 'note', old.id, json_object('id', old."id", 'uid', old."uid", 'text_id', old."text_id", 'words', old."words", 'reader', old."reader", 'created', old."created", 'updated', old."updated"), NULL FROM recording;
            END;

CREATE TRIGGER journal_note_update AFTER UPDATE ON note
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT recording.act_id, 'note', new.id, changed.before, changed.after
            FROM recording, (
                SELECT json_group_object(name, before) AS before, json_group_object(name, after) AS after
                FROM (SELECT 'uid' AS name, old."uid" AS before, new."uid" AS after UNION ALL SELECT 'text_id' AS name, old."text_id" AS before, new."text_id" AS after UNION ALL SELECT 'words' AS name, old."words" AS before, new."words" AS after UNION ALL SELECT 'reader' AS name, old."reader" AS before, new."reader" AS after UNION ALL SELECT 'created' AS name, old."created" AS before, new."created" AS after UNION ALL SELECT 'updated' AS name, old."updated" AS before, new."updated" AS after) WHERE before IS NOT after
            ) AS changed
            WHERE changed.before <> '{}';
            END;

CREATE TRIGGER journal_dismissed_insert AFTER INSERT ON dismissed
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT act_id, 'dismissed', new.id, NULL, json_object('id', new."id", 'left_version_id', new."left_version_id", 'left_start', new."left_start", 'left_end', new."left_end", 'right_version_id', new."right_version_id", 'right_start', new."right_start", 'right_end', new."right_end", 'reader', new."reader", 'created', new."created") FROM recording;
            END;

CREATE TRIGGER journal_dismissed_delete AFTER DELETE ON dismissed
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT act_id, 'dismissed', old.id, json_object('id', old."id", 'left_version_id', old."left_version_id", 'left_start', old."left_start", 'left_end', old."left_end", 'right_version_id', old."right_version_id", 'right_start', old."right_start", 'right_end', old."right_end", 'reader', old."reader", 'created', old."created"), NULL FROM recording;
            END;

CREATE TRIGGER journal_dismissed_update AFTER UPDATE ON dismissed
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT recording.act_id, 'dismissed', new.id, changed.before, changed.after
            FROM recording, (
                SELECT json_group_object(name, before) AS before, json_group_object(name, after) AS after
                FROM (SELECT 'left_version_id' AS name, old."left_version_id" AS before, new."left_version_id" AS after UNION ALL SELECT 'left_start' AS name, old."left_start" AS before, new."left_start" AS after UNION ALL SELECT 'left_end' AS name, old."left_end" AS before, new."left_end" AS after UNION ALL SELECT 'right_version_id' AS name, old."right_version_id" AS before, new."right_version_id" AS after UNION ALL SELECT 'right_start' AS name, old."right_start" AS before, new."right_start" AS after UNION ALL SELECT 'right_end' AS name, old."right_end" AS before, new."right_end" AS after UNION ALL SELECT 'reader' AS name, old."reader" AS before, new."reader" AS after UNION ALL SELECT 'created' AS name, old."created" AS before, new."created" AS after) WHERE before IS NOT after
            ) AS changed
            WHERE changed.before <> '{}';
            END;

CREATE TABLE naming (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    one TEXT NOT NULL CHECK (one <> ''),
    other TEXT NOT NULL CHECK (other <> ''),
    same INTEGER NOT NULL CHECK (same IN (0, 1)),
    reader TEXT NOT NULL,
    created TEXT NOT NULL,
    UNIQUE (one, other)
) STRICT;

CREATE TRIGGER journal_naming_insert AFTER INSERT ON naming
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT act_id, 'naming', new.id, NULL, json_object('id', new."id", 'one', new."one", 'other', new."other", 'same', new."same", 'reader', new."reader", 'created', new."created") FROM recording;
            END;

CREATE TRIGGER journal_naming_delete AFTER DELETE ON naming
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT act_id, 'naming', old.id, json_object('id', old."id", 'one', old."one", 'other', old."other", 'same', old."same", 'reader', old."reader", 'created', old."created"), NULL FROM recording;
            END;

CREATE TRIGGER journal_naming_update AFTER UPDATE ON naming
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT recording.act_id, 'naming', new.id, changed.before, changed.after
            FROM recording, (
                SELECT json_group_object(name, before) AS before, json_group_object(name, after) AS after
                FROM (SELECT 'one' AS name, old."one" AS before, new."one" AS after UNION ALL SELECT 'other' AS name, old."other" AS before, new."other" AS after UNION ALL SELECT 'same' AS name, old."same" AS before, new."same" AS after UNION ALL SELECT 'reader' AS name, old."reader" AS before, new."reader" AS after UNION ALL SELECT 'created' AS name, old."created" AS before, new."created" AS after) WHERE before IS NOT after
            ) AS changed
            WHERE changed.before <> '{}';
            END;

CREATE TABLE received (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('highlight', 'link', 'note', 'tag')),
    uid TEXT NOT NULL,
    content TEXT NOT NULL DEFAULT '{}',
    updated TEXT NOT NULL DEFAULT '',
    joined_into TEXT,
    UNIQUE (kind, uid)
) STRICT;

CREATE TRIGGER journal_received_insert AFTER INSERT ON received
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT act_id, 'received', new.id, NULL, json_object('id', new."id", 'kind', new."kind", 'uid', new."uid", 'content', new."content", 'updated', new."updated", 'joined_into', new."joined_into") FROM recording;
            END;

CREATE TRIGGER journal_received_delete AFTER DELETE ON received
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT act_id, 'received', old.id, json_object('id', old."id", 'kind', old."kind", 'uid', old."uid", 'content', old."content", 'updated', old."updated", 'joined_into', old."joined_into"), NULL FROM recording;
            END;

CREATE TRIGGER journal_received_update AFTER UPDATE ON received
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT recording.act_id, 'received', new.id, changed.before, changed.after
            FROM recording, (
                SELECT json_group_object(name, before) AS before, json_group_object(name, after) AS after
                FROM (SELECT 'kind' AS name, old."kind" AS before, new."kind" AS after UNION ALL SELECT 'uid' AS name, old."uid" AS before, new."uid" AS after UNION ALL SELECT 'content' AS name, old."content" AS before, new."content" AS after UNION ALL SELECT 'updated' AS name, old."updated" AS before, new."updated" AS after UNION ALL SELECT 'joined_into' AS name, old."joined_into" AS before, new."joined_into" AS after) WHERE before IS NOT after
            ) AS changed
            WHERE changed.before <> '{}';
            END;

CREATE INDEX highlight_tag_tag ON highlight_tag (tag_id, highlight_id);

CREATE INDEX highlight_reader ON highlight (reader);

CREATE INDEX highlight_created ON highlight (created);

CREATE INDEX highlight_starred ON highlight (text_id, "start", "end") WHERE star = 1;

CREATE INDEX highlight_changed ON highlight (text_id, "start", "end") WHERE anchor = 'changed';

CREATE INDEX highlight_orphan ON highlight (text_id, "start", "end") WHERE anchor = 'orphan';

CREATE VIEW present AS
        SELECT text.id AS text_id, text.slug, text.title, text.author, text.source, text.added,
            version.id AS version_id, version.body_id, version.furniture, text.language
        FROM text JOIN version ON version.id = (SELECT max(id) FROM version WHERE text_id = text.id);

CREATE TRIGGER forget_after_update_of_language AFTER UPDATE OF language ON text
        BEGIN
            DELETE FROM relation WHERE left_version_id IN (SELECT id FROM version WHERE text_id = new.id)
                OR right_version_id IN (SELECT id FROM version WHERE text_id = new.id);
        END;

CREATE TRIGGER journal_text_insert AFTER INSERT ON text
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT act_id, 'text', new.id, NULL, json_object('id', new."id", 'slug', new."slug", 'title', new."title", 'author', new."author", 'source', new."source", 'added', new."added", 'language', new."language") FROM recording;
            END;

CREATE TRIGGER journal_text_delete AFTER DELETE ON text
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT act_id, 'text', old.id, json_object('id', old."id", 'slug', old."slug", 'title', old."title", 'author', old."author", 'source', old."source", 'added', old."added", 'language', old."language"), NULL FROM recording;
            END;

CREATE TRIGGER journal_text_update AFTER UPDATE ON text
            WHEN (SELECT act_id FROM recording) IS NOT NULL
            BEGIN
                INSERT INTO change (act_id, table_name, row_id, before, after) SELECT recording.act_id, 'text', new.id, changed.before, changed.after
            FROM recording, (
                SELECT json_group_object(name, before) AS before, json_group_object(name, after) AS after
                FROM (SELECT 'slug' AS name, old."slug" AS before, new."slug" AS after UNION ALL SELECT 'title' AS name, old."title" AS before, new."title" AS after UNION ALL SELECT 'author' AS name, old."author" AS before, new."author" AS after UNION ALL SELECT 'source' AS name, old."source" AS before, new."source" AS after UNION ALL SELECT 'added' AS name, old."added" AS before, new."added" AS after UNION ALL SELECT 'language' AS name, old."language" AS before, new."language" AS after) WHERE before IS NOT after
            ) AS changed
            WHERE changed.before <> '{}';
            END;

CREATE TABLE vector (
    model TEXT NOT NULL,
    digest BLOB NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (model, digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE shard (
        id INTEGER PRIMARY KEY,
        format TEXT NOT NULL,
        texts INTEGER NOT NULL,
        data BLOB NOT NULL
    ) STRICT;

CREATE TABLE unindexed (body_id INTEGER PRIMARY KEY REFERENCES body (id) ON DELETE CASCADE) STRICT;

CREATE TRIGGER index_after_insert_of_body AFTER INSERT ON body
        BEGIN
            INSERT INTO unindexed (body_id) VALUES (new.id);
        END;

CREATE TRIGGER forget_after_delete_of_body AFTER DELETE ON body WHEN EXISTS (SELECT 1 FROM shard)
        BEGIN
            DELETE FROM shard;
            INSERT OR IGNORE INTO unindexed (body_id) SELECT id FROM body;
        END;

CREATE TRIGGER forget_after_update_of_body AFTER UPDATE OF content ON body WHEN EXISTS (SELECT 1 FROM shard)
        BEGIN
            DELETE FROM shard;
            INSERT OR IGNORE INTO unindexed (body_id) SELECT id FROM body;
        END;

CREATE TABLE fresh_words (shard_id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;

CREATE TRIGGER forget_after_delete_of_shard AFTER DELETE ON shard
        BEGIN
            DELETE FROM fresh_words WHERE shard_id = old.id;
        END;
