-- One row: what the whole book is about.
CREATE TABLE book (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    notice TEXT NOT NULL,
    sha256 TEXT NOT NULL
) STRICT;

-- One row a transaction. `target`: the operation that an undo or redo is about.
-- `sha256` covers the row and what ties its revisions to it (see content.rs).
CREATE TABLE operation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('change', 'undo', 'redo')),
    target INTEGER REFERENCES operation (id),
    sha256 TEXT NOT NULL,
    CHECK ((kind = 'change') = (target IS NULL))
) STRICT;

-- Every state that a person or a recommender ever had, in full. Only ever added to. No content: removed.
CREATE TABLE revision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    operation INTEGER NOT NULL REFERENCES operation (id),
    subject TEXT NOT NULL CHECK (subject IN ('person', 'recommender')),
    subject_id INTEGER NOT NULL,
    previous INTEGER REFERENCES revision (id),
    recommender INTEGER,
    content TEXT,
    sha256 TEXT,
    CHECK ((content IS NULL) = (sha256 IS NULL)),
    CHECK ((recommender IS NOT NULL) = (subject = 'person' AND content IS NOT NULL))
) STRICT;

CREATE INDEX revision_of_subject ON revision (subject, subject_id);
CREATE INDEX revision_of_operation ON revision (operation);

-- Who is in the book now; the content is the revision's. Deferred, because an undo puts rows back in any order.
CREATE TABLE recommender (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    revision INTEGER NOT NULL REFERENCES revision (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    recommender INTEGER NOT NULL REFERENCES recommender (id) DEFERRABLE INITIALLY DEFERRED,
    revision INTEGER NOT NULL REFERENCES revision (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX person_of_recommender ON person (recommender);

-- Photos and scans, each once. The key is `<sha-256>.<jpg|png|pdf>`.
CREATE TABLE file (
    key TEXT PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;
