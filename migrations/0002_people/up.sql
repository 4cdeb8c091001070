-- Municipalities, the people who sign in, and what they may do where.

CREATE TABLE municipality (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE provider (
    id INTEGER PRIMARY KEY,
    kvk TEXT NOT NULL UNIQUE CHECK (length(kvk) = 8),
    name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);

-- A provider exists once and may deal with several municipalities, each of which gives it a number.
CREATE TABLE registration (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    number BIGINT NOT NULL,
    sort_name TEXT NOT NULL,
    search_text TEXT NOT NULL,
    registered_at TIMESTAMP NOT NULL,
    UNIQUE (municipality_id, provider_id),
    UNIQUE (municipality_id, number)
);
CREATE INDEX registration_alphabetical ON registration (municipality_id, sort_name, provider_id);

CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    language TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE role_grant (
    id INTEGER PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES account (id),
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT REFERENCES provider (id),
    role TEXT NOT NULL,
    granted_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
);
CREATE INDEX role_grant_by_account ON role_grant (account_id);

-- Only the digest of a token or a session key is kept: who reads this table cannot sign in with it.
CREATE TABLE sign_in_link (
    token_digest TEXT PRIMARY KEY NOT NULL,
    role_grant_id BIGINT NOT NULL REFERENCES role_grant (id),
    made_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);

CREATE TABLE session (
    key_digest TEXT PRIMARY KEY NOT NULL,
    role_grant_id BIGINT NOT NULL REFERENCES role_grant (id),
    started_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
);
