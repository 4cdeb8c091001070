-- The consultation table (overlegtafel): who sits at it, when it meets, what is proposed, how all react and what is
-- decided; and of every message who was told of it, in the transaction of the act it tells of.

CREATE TABLE consultation_table (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    procedure_id BIGINT NOT NULL REFERENCES procedure (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    purpose TEXT NOT NULL,
    -- Whether all at the table read each other's reactions before there is a decision.
    is_open BOOLEAN NOT NULL,
    runs_from DATE NOT NULL,
    runs_until DATE,
    made_at TIMESTAMP NOT NULL,
    made_by TEXT NOT NULL
);
CREATE INDEX consultation_table_by_procedure ON consultation_table (municipality_id, procedure_id);

-- A provider sits with all its people, somebody of the municipality with his account, a client representative with a
-- name, an address and links of his own.
CREATE TABLE table_seat (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    table_id BIGINT NOT NULL REFERENCES consultation_table (id),
    role TEXT NOT NULL,
    provider_id BIGINT REFERENCES provider (id),
    account_id BIGINT REFERENCES account (id),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    language TEXT NOT NULL,
    seated_at TIMESTAMP NOT NULL,
    seated_by TEXT NOT NULL,
    left_at TIMESTAMP
);
CREATE INDEX table_seat_by_table ON table_seat (municipality_id, table_id);

CREATE TABLE seat_link (
    token_digest TEXT PRIMARY KEY NOT NULL,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    seat_id BIGINT NOT NULL REFERENCES table_seat (id),
    made_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);

CREATE TABLE table_meeting (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    table_id BIGINT NOT NULL REFERENCES consultation_table (id),
    number INTEGER NOT NULL,
    -- In UTC.
    starts_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP NOT NULL,
    place TEXT NOT NULL,
    online TEXT NOT NULL,
    -- A point on every line.
    agenda TEXT NOT NULL,
    -- What calendars know it by, and how often it changed since.
    uid TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    invited_at TIMESTAMP,
    cancelled_at TIMESTAMP,
    version INTEGER NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    changed_by TEXT NOT NULL,
    UNIQUE (table_id, number)
);

-- The minutes of a meeting; a correction is the next number.
CREATE TABLE table_minutes (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    meeting_id BIGINT NOT NULL REFERENCES table_meeting (id),
    number INTEGER NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    changed_by TEXT NOT NULL,
    established_at TIMESTAMP,
    established_by TEXT,
    UNIQUE (meeting_id, number)
);

CREATE TABLE table_proposal (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    table_id BIGINT NOT NULL REFERENCES consultation_table (id),
    number INTEGER NOT NULL,
    text_version_id BIGINT NOT NULL REFERENCES text_version (id),
    kind TEXT NOT NULL,
    -- The clause that is to change or to go; of a new article the clause it is to stand behind.
    clause INTEGER,
    article_number TEXT NOT NULL,
    heading TEXT NOT NULL,
    scope TEXT NOT NULL,
    body TEXT NOT NULL,
    -- The article as it stood when this was proposed, and from the decision on as it stood then.
    was_number TEXT NOT NULL,
    was_heading TEXT NOT NULL,
    was_body TEXT NOT NULL,
    motive TEXT NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    seat_id BIGINT REFERENCES table_seat (id),
    account_id BIGINT REFERENCES account (id),
    side TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    changed_by TEXT NOT NULL,
    UNIQUE (table_id, number)
);
CREATE INDEX table_proposal_by_version ON table_proposal (municipality_id, text_version_id);

CREATE TABLE table_reaction (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    proposal_id BIGINT NOT NULL REFERENCES table_proposal (id),
    seat_id BIGINT REFERENCES table_seat (id),
    account_id BIGINT REFERENCES account (id),
    side TEXT NOT NULL,
    stance TEXT NOT NULL,
    words TEXT NOT NULL,
    reacted_by TEXT NOT NULL,
    reacted_at TIMESTAMP NOT NULL
);
CREATE INDEX table_reaction_by_proposal ON table_reaction (municipality_id, proposal_id);

CREATE TABLE table_decision (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    table_id BIGINT NOT NULL REFERENCES consultation_table (id),
    number INTEGER NOT NULL,
    proposal_id BIGINT NOT NULL REFERENCES table_proposal (id),
    meeting_id BIGINT NOT NULL REFERENCES table_meeting (id),
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- The clause that was changed, added or dropped, and the words that were decided; empty when nothing changed.
    clause INTEGER,
    article_number TEXT NOT NULL,
    heading TEXT NOT NULL,
    scope TEXT NOT NULL,
    body TEXT NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    decided_by TEXT NOT NULL,
    UNIQUE (table_id, number)
);

CREATE TABLE table_message (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    table_id BIGINT NOT NULL REFERENCES consultation_table (id),
    kind TEXT NOT NULL,
    -- The number of the proposal, decision, meeting or version it is about.
    number INTEGER,
    -- Where it stands, below the page of the table.
    place TEXT NOT NULL,
    words TEXT NOT NULL,
    told_at TIMESTAMP NOT NULL,
    told_by TEXT NOT NULL
);
CREATE INDEX table_message_by_table ON table_message (municipality_id, table_id);

-- Who was told of a message, all in one transaction; with how many mails went to that seat.
CREATE TABLE table_told (
    message_id BIGINT NOT NULL REFERENCES table_message (id),
    seat_id BIGINT NOT NULL REFERENCES table_seat (id),
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    mails INTEGER NOT NULL,
    PRIMARY KEY (message_id, seat_id)
);

-- The decision that the words of an article were born from.
ALTER TABLE article ADD COLUMN decision_id BIGINT REFERENCES table_decision (id);
