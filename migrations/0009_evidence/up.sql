-- Evidence: files that a provider owns once and shows to many. It belongs to the provider, not to a municipality.

CREATE TABLE evidence (
    id INTEGER PRIMARY KEY,
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    -- Random, for addresses.
    public_id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    withdrawn_at TIMESTAMP
);
CREATE INDEX evidence_by_provider ON evidence (provider_id, id);

-- A file is never changed: a newer one is a new row.
CREATE TABLE evidence_version (
    id INTEGER PRIMARY KEY,
    evidence_id BIGINT NOT NULL REFERENCES evidence (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    public_id TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    file_digest TEXT NOT NULL,
    label TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    pages BIGINT,
    received_at TIMESTAMP NOT NULL,
    received_by TEXT NOT NULL,
    received_by_account BIGINT,
    document_date DATE,
    valid_from DATE,
    valid_until DATE,
    state TEXT NOT NULL,
    scanned_at TIMESTAMP,
    flags TEXT NOT NULL,
    -- The key of the form and the place of the file in it: a second press of the button stores nothing twice.
    submission TEXT,
    UNIQUE (evidence_id, version),
    UNIQUE (provider_id, submission)
);
CREATE INDEX evidence_version_by_state ON evidence_version (state, id);
