-- Confirmations that are sent, and certificates that are signed.

ALTER TABLE outbox ADD COLUMN answer     TEXT    NOT NULL DEFAULT ''; -- the server's
ALTER TABLE outbox ADD COLUMN changed    INTEGER NOT NULL DEFAULT 0;  -- when state changed
ALTER TABLE outbox ADD COLUMN next_try   INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN tries      INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN message_id TEXT    NOT NULL DEFAULT ''; -- RFC 5322, without its brackets

-- The Ed25519 seed by which certificates are signed; made at the next sign-in.
ALTER TABLE store ADD COLUMN certificate_seed BLOB NOT NULL DEFAULT x'';

-- Where confirmations go is no longer whatever the Account Owner's own entry
-- says: that can be edited without their OTP.
INSERT INTO settings (key, value)
    SELECT 'tell_email', email FROM users
    WHERE role_id = (SELECT id FROM roles WHERE kind = 'account_owner');
INSERT INTO settings (key, value)
    SELECT 'tell_phone', CAST(phone AS TEXT) FROM users
    WHERE role_id = (SELECT id FROM roles WHERE kind = 'account_owner');
