-- Backups, and what a restore must not bring back.

-- Ids that went, and how: by a deletion, which no restore undoes, or by a
-- restore, which a later one may. Ids are never used again, so they name nobody
-- any more. One bit an id, in blocks of 1,024: a million fits into 125 kB,
-- however they went.
CREATE TABLE gone (
    kind  TEXT    NOT NULL CHECK (kind IN ('customer', 'field', 'segment')),
    how   TEXT    NOT NULL CHECK (how IN ('deleted', 'restore')),
    block INTEGER NOT NULL, -- ids from 1024 * block on
    bits  BLOB    NOT NULL CHECK (length(bits) = 128), -- bit n % 8 of byte n / 8 is the n-th of them
    PRIMARY KEY (kind, how, block)
) STRICT, WITHOUT ROWID;

-- Backups that were made of this list. An entry stays when its file is gone.
CREATE TABLE backups (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    path      TEXT    NOT NULL,
    mark      BLOB    NOT NULL UNIQUE, -- tells the file from all others
    sum       BLOB    NOT NULL,        -- of what is in it
    key       BLOB    NOT NULL,        -- of the database in it
    made      INTEGER NOT NULL,
    author    INTEGER NOT NULL,
    customers INTEGER NOT NULL,
    last_id   INTEGER NOT NULL,        -- the largest customer id given by then
    changes   INTEGER NOT NULL,        -- the change counter then
    entries   INTEGER NOT NULL,        -- of the audit log then
    rolling   INTEGER NOT NULL DEFAULT 0,
    removed   INTEGER NOT NULL DEFAULT 0 -- when Lethe removed the file, or saw that another took its place
) STRICT;

-- The backup that is rewritten after each deletion: where, and under what.
CREATE TABLE rolling_backup (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    path       TEXT    NOT NULL,
    passphrase TEXT    NOT NULL,
    author     INTEGER NOT NULL,
    failed     INTEGER NOT NULL DEFAULT 0 -- when it last could not be rewritten; 0: it could
) STRICT;
