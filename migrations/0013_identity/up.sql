-- Signing in elsewhere: at the identity provider of the organisation, or with eHerkenning through a broker.

-- Who is known there under which name. An e-mail address never makes this row by itself.
CREATE TABLE identity (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES account (id),
    linked_at TIMESTAMP NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX identity_by_account ON identity (account_id);

-- Who was sent there and is to come back: once, in the same browser. `sealed` holds the nonce and the secret of PKCE.
-- `account_id` or `link_digest`: he wants to link what he comes back with to this account, or to that of an invitation.
CREATE TABLE journey (
    state_digest TEXT PRIMARY KEY NOT NULL,
    browser_digest TEXT NOT NULL,
    way TEXT NOT NULL,
    sealed TEXT NOT NULL,
    account_id BIGINT REFERENCES account (id),
    link_digest TEXT,
    began_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
);

-- The identity provider that gave a role; none for a role that an administrator gave.
ALTER TABLE role_grant ADD COLUMN issuer TEXT;

-- How somebody came in: it tells which of his roles he reaches.
ALTER TABLE session ADD COLUMN way TEXT NOT NULL DEFAULT 'own';
