-- What the contact person of a client says of a line that was charged. Lines are only added: of those about a line as it
-- now reads, the last counts. `about` is a digest of the line, so that a word about a line that changed lapses with it.
CREATE TABLE line_word (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    quarter TEXT NOT NULL,
    line TEXT NOT NULL,
    about TEXT NOT NULL,
    word TEXT NOT NULL,
    -- What it should have been, of a line that is corrected.
    quantity BIGINT,
    amount_cents BIGINT,
    reason TEXT NOT NULL,
    channel TEXT NOT NULL,
    said_at TIMESTAMP NOT NULL,
    said_by TEXT NOT NULL,
    account_id BIGINT REFERENCES account (id)
);
CREATE INDEX line_word_by_quarter ON line_word (municipality_id, quarter, provider_id);

-- Which contact person was asked again to look at his lines.
CREATE TABLE line_reminder (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    quarter TEXT NOT NULL,
    contact_id BIGINT NOT NULL REFERENCES municipal_contact (id),
    lines BIGINT NOT NULL,
    sent_at TIMESTAMP NOT NULL,
    sent_on DATE NOT NULL,
    sent_by TEXT NOT NULL,
    UNIQUE (provider_id, quarter, contact_id, sent_on)
);

-- The municipality's own client list: it decides whose client somebody is. None: as the provider states it.
ALTER TABLE client ADD COLUMN contact_id BIGINT REFERENCES municipal_contact (id);
CREATE INDEX cost_line_by_quarter ON cost_line (municipality_id, quarter);

-- Who recorded it, when and how; none of what was recorded before this was kept.
ALTER TABLE outflow ADD COLUMN told_at TIMESTAMP;
ALTER TABLE outflow ADD COLUMN told_by TEXT;
ALTER TABLE outflow ADD COLUMN channel TEXT;
ALTER TABLE placement ADD COLUMN told_at TIMESTAMP;
ALTER TABLE placement ADD COLUMN told_by TEXT;
ALTER TABLE placement ADD COLUMN channel TEXT;

-- The provider asks to go on after the term of a trajectory; the contact person answers.
CREATE TABLE extension_request (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    trajectory_id BIGINT NOT NULL REFERENCES trajectory (id),
    until_on DATE NOT NULL,
    motive TEXT NOT NULL,
    state TEXT NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    asked_by TEXT NOT NULL,
    answered_at TIMESTAMP,
    answered_on DATE,
    answered_by TEXT,
    reason TEXT NOT NULL
);
CREATE INDEX extension_request_by_provider ON extension_request (municipality_id, provider_id);
CREATE INDEX extension_request_by_trajectory ON extension_request (trajectory_id);
