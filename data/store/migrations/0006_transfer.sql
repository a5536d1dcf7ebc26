-- What the columns of files became, by the shape of the file (a hash of its
-- headings): no value of a customer is in it.
CREATE TABLE import_mappings (
    shape   BLOB    PRIMARY KEY,
    mapping TEXT    NOT NULL,
    used    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Files of customers that Lethe wrote. temp is the folder in which one is being
-- written, beside its path; it is removed, at the latest when the list is next
-- opened.
CREATE TABLE exports (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    at     INTEGER NOT NULL,
    actor  INTEGER NOT NULL,
    format TEXT    NOT NULL,
    what   TEXT    NOT NULL,
    count  INTEGER NOT NULL,
    path   TEXT    NOT NULL,
    temp   TEXT    NOT NULL DEFAULT '',
    state  TEXT    NOT NULL CHECK (state IN ('writing', 'done', 'failed'))
) STRICT;
