-- Members who were removed keep their row, with their name, for the audit log;
-- what else was known of them is cleared. Unix seconds, 0: not removed.
ALTER TABLE users ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
