-- The Account Owner's signatures over the audit log: each covers the entry seq
-- and with its hash all entries before it.
CREATE TABLE countersigns (
    seq       INTEGER NOT NULL,
    head      BLOB    NOT NULL,
    key       BLOB    NOT NULL, -- Ed25519, of whoever was Account Owner then
    signature BLOB    NOT NULL,
    PRIMARY KEY (seq, key)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER countersigns_no_update BEFORE UPDATE ON countersigns
BEGIN SELECT RAISE (ABORT, 'countersignatures are append-only'); END;
CREATE TRIGGER countersigns_no_delete BEFORE DELETE ON countersigns
BEGIN SELECT RAISE (ABORT, 'countersignatures are append-only'); END;
