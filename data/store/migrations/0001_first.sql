-- The first schema. Times are Unix seconds in UTC, 0 means never; dates are
-- days since 1970-01-01, 0 means not set. Ids of people, customers and audit
-- entries are never used again (AUTOINCREMENT). The only index that holds
-- personal data is the one on customers.phone.

CREATE TABLE roles (
    id   INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('account_owner', 'owner', 'team_lead', 'team_member', 'custom')),
    name TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE role_permissions (
    role_id    INTEGER NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
    permission TEXT    NOT NULL,
    PRIMARY KEY (role_id, permission)
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    name         TEXT    NOT NULL,
    phone        INTEGER NOT NULL DEFAULT 0,
    email        TEXT    NOT NULL DEFAULT '',
    role_id      INTEGER NOT NULL REFERENCES roles (id),
    active       INTEGER NOT NULL DEFAULT 1,
    created      INTEGER NOT NULL,
    last_sign_in INTEGER NOT NULL DEFAULT 0,
    must_change  INTEGER NOT NULL DEFAULT 0,
    public_key   BLOB    NOT NULL,             -- X25519: the one that counts
    next_key     BLOB    NOT NULL DEFAULT x'', -- taking its place, while the keys file changes
    verify_key   BLOB    NOT NULL DEFAULT x''  -- Ed25519, of the Account Owner
) STRICT;

-- What there is one of.
CREATE TABLE store (
    id           INTEGER PRIMARY KEY CHECK (id = 1),
    changes      INTEGER NOT NULL DEFAULT 0, -- grows with every change of a customer
    recovery_key  BLOB   NOT NULL,             -- X25519 public key of the recovery key
    next_recovery BLOB   NOT NULL DEFAULT x'', -- taking its place, while the keys file changes
    recovery_proved INTEGER NOT NULL DEFAULT 0, -- the owner typed its end back
    -- what is counted since the last OTP (data.Mark)
    mark_removed  INTEGER NOT NULL DEFAULT 0,
    mark_counted  INTEGER NOT NULL DEFAULT 0,
    mark_peak     INTEGER NOT NULL DEFAULT 0,
    mark_held     INTEGER NOT NULL DEFAULT 0,
    mark_most     INTEGER NOT NULL DEFAULT 0,
    mark_last_id  INTEGER NOT NULL DEFAULT 0, -- the largest customer id then
    -- the Account Owner's authenticator and its throttle, as otp.State writes it
    otp_state     TEXT    NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE customers (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    version        INTEGER NOT NULL,
    phone          INTEGER NOT NULL UNIQUE CHECK (phone > 0),
    name           TEXT    NOT NULL DEFAULT '',
    whatsapp       TEXT    NOT NULL DEFAULT '',
    email          TEXT    NOT NULL DEFAULT '',
    company        TEXT    NOT NULL DEFAULT '',
    city           TEXT    NOT NULL DEFAULT '',
    state          TEXT    NOT NULL DEFAULT '',
    country        TEXT    NOT NULL DEFAULT '',
    source         TEXT    NOT NULL DEFAULT '',
    agent          INTEGER NOT NULL DEFAULT 0,
    agent_phone    INTEGER NOT NULL DEFAULT 0,
    blocked        INTEGER NOT NULL DEFAULT 0,
    opt_out        INTEGER NOT NULL DEFAULT 0,
    created        INTEGER NOT NULL,
    first_received INTEGER NOT NULL DEFAULT 0,
    first_sent     INTEGER NOT NULL DEFAULT 0,
    last_sent      INTEGER NOT NULL DEFAULT 0,
    last_received  INTEGER NOT NULL DEFAULT 0,
    last_template  INTEGER NOT NULL DEFAULT 0,
    last_logged    INTEGER NOT NULL DEFAULT 0, -- latest of interactions
    follow_up      INTEGER NOT NULL DEFAULT 0,
    by_owner       INTEGER NOT NULL,           -- added by the Account Owner
    added_by       INTEGER NOT NULL,
    changed_at     INTEGER NOT NULL DEFAULT 0, -- since it was added, by hand or by import
    changed_by     INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE tags (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE customer_tags (
    customer_id INTEGER NOT NULL,
    tag_id      INTEGER NOT NULL,
    PRIMARY KEY (customer_id, tag_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE notes (
    customer_id INTEGER NOT NULL,
    id          INTEGER NOT NULL,
    text        TEXT    NOT NULL,
    created     INTEGER NOT NULL,
    author      INTEGER NOT NULL,
    PRIMARY KEY (customer_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE interactions (
    customer_id INTEGER NOT NULL,
    id          INTEGER NOT NULL,
    kind        TEXT    NOT NULL,
    at          INTEGER NOT NULL,
    line        TEXT    NOT NULL,
    author      INTEGER NOT NULL,
    PRIMARY KEY (customer_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE custom_fields (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    name    TEXT NOT NULL UNIQUE,
    kind    TEXT NOT NULL CHECK (kind IN ('text', 'number', 'date', 'list')),
    options TEXT NOT NULL DEFAULT '[]'
) STRICT;

CREATE TABLE custom_values (
    customer_id INTEGER NOT NULL,
    field_id    INTEGER NOT NULL,
    value       TEXT    NOT NULL,
    PRIMARY KEY (customer_id, field_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE segments (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT    NOT NULL UNIQUE,
    description TEXT    NOT NULL DEFAULT '',
    filter      TEXT    NOT NULL,
    created     INTEGER NOT NULL,
    author      INTEGER NOT NULL,
    edited      INTEGER NOT NULL DEFAULT 0,
    editor      INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE audit (
    seq   INTEGER PRIMARY KEY AUTOINCREMENT,
    at    INTEGER NOT NULL,
    actor INTEGER NOT NULL,
    kind  TEXT    NOT NULL,
    facts TEXT    NOT NULL,
    prev  BLOB    NOT NULL,
    hash  BLOB    NOT NULL
) STRICT;

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE (ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE (ABORT, 'the audit log is append-only'); END;

CREATE TABLE outbox (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT    NOT NULL CHECK (channel IN ('email', 'whatsapp')),
    address TEXT    NOT NULL,
    subject TEXT    NOT NULL,
    body    TEXT    NOT NULL,
    state   TEXT    NOT NULL,
    why     TEXT    NOT NULL DEFAULT '',
    created INTEGER NOT NULL,
    audit   INTEGER NOT NULL
) STRICT;

CREATE TABLE scrub_jobs (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    audit    INTEGER NOT NULL, -- the entry of the deletion
    created  INTEGER NOT NULL,
    state    TEXT    NOT NULL CHECK (state IN ('pending', 'checked', 'rebuilt')),
    report   TEXT    NOT NULL DEFAULT '',
    finished INTEGER NOT NULL DEFAULT 0
) STRICT;
