-- Passwords, second factors and what stands around signing in; and which keys seal the secrets of this database.

-- A key itself is never here: only a short fingerprint of it, to tell a wrong key from a right one.
CREATE TABLE vault_key (
    id TEXT PRIMARY KEY NOT NULL,
    first_used_at TIMESTAMP NOT NULL
);

ALTER TABLE account ADD COLUMN disabled_at TIMESTAMP;

-- The quarterly review of special rights: when somebody last looked whether this role is still needed.
ALTER TABLE role_grant ADD COLUMN reviewed_at TIMESTAMP;
ALTER TABLE role_grant ADD COLUMN reviewed_by TEXT;

ALTER TABLE session ADD COLUMN device TEXT NOT NULL DEFAULT '';

-- The second factor is sealed by the vault. `totp_step` is the last step that was accepted: a code works once.
CREATE TABLE credential (
    account_id BIGINT PRIMARY KEY NOT NULL REFERENCES account (id),
    password_hash TEXT NOT NULL,
    password_set_at TIMESTAMP NOT NULL,
    totp_secret TEXT,
    totp_step BIGINT
);

CREATE TABLE recovery_code (
    account_id BIGINT NOT NULL REFERENCES account (id),
    code_digest TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP,
    PRIMARY KEY (account_id, code_digest)
);

-- A link by mail: an invitation, or the choice of a new password.
CREATE TABLE account_link (
    token_digest TEXT PRIMARY KEY NOT NULL,
    account_id BIGINT NOT NULL REFERENCES account (id),
    kind TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);
CREATE INDEX account_link_by_account ON account_link (account_id);

-- Who stands between the door and the house: the password was right, something is still to be done.
-- `sealed` holds what he is being shown: the second factor that is set up, or the recovery codes.
CREATE TABLE porch (
    key_digest TEXT PRIMARY KEY NOT NULL,
    account_id BIGINT NOT NULL REFERENCES account (id),
    step TEXT NOT NULL,
    sealed TEXT,
    link_digest TEXT,
    wrong_codes BIGINT NOT NULL DEFAULT 0,
    entered_at TIMESTAMP NOT NULL,
    left_at TIMESTAMP
);

-- By the digest of what was typed as a name, so that an unknown name waits as long as a known one.
CREATE TABLE sign_in_failure (
    name_digest TEXT PRIMARY KEY NOT NULL,
    failures BIGINT NOT NULL,
    last_at TIMESTAMP NOT NULL,
    blocked_until TIMESTAMP
);

CREATE TABLE known_device (
    account_id BIGINT NOT NULL REFERENCES account (id),
    device_digest TEXT NOT NULL,
    first_seen_at TIMESTAMP NOT NULL,
    PRIMARY KEY (account_id, device_digest)
);
