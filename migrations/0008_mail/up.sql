-- Mail: an outbox written in the transaction of the act, the messages in the portal, and the texts of a municipality.

-- A formal mail is only the notice; this is what was told. Never changed (see sqlite.sql and postgres.sql).
CREATE TABLE message (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    at TIMESTAMP NOT NULL
);
CREATE INDEX message_by_provider ON message (municipality_id, provider_id, id);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    kind TEXT NOT NULL,
    message_id BIGINT REFERENCES message (id),
    to_name TEXT NOT NULL,
    to_email TEXT NOT NULL,
    language TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    -- A path within the house; a secret one is taken away as soon as the mail is sent.
    link TEXT NOT NULL,
    -- The unchanging part of the Message-ID: a mail that is sent twice is still one mail.
    mark TEXT NOT NULL UNIQUE,
    posted_at TIMESTAMP NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    -- The next attempt; while a worker has the mail in hand: when another may take it over.
    due_at TIMESTAMP NOT NULL,
    patience_until TIMESTAMP NOT NULL,
    answer TEXT NOT NULL,
    ended_at TIMESTAMP,
    -- The whole text as it left.
    sent_text TEXT
);
CREATE INDEX outbox_by_due ON outbox (state, due_at);
CREATE INDEX outbox_by_municipality ON outbox (municipality_id, state, id);

-- Versions of a text, each from its own moment on; the last one in force counts. Never changed.
CREATE TABLE mail_text (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    kind TEXT NOT NULL,
    valid_from TIMESTAMP NOT NULL,
    subject_nl TEXT NOT NULL,
    subject_en TEXT NOT NULL,
    body_nl TEXT NOT NULL,
    body_en TEXT NOT NULL,
    author TEXT NOT NULL
);
CREATE INDEX mail_text_in_force ON mail_text (municipality_id, kind, valid_from);
