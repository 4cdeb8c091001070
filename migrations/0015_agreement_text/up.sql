-- The texts of a procedure that people agree to, as versions of articles. A version that is established never changes.
CREATE TABLE agreement_text (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    procedure_id BIGINT NOT NULL REFERENCES procedure (id),
    -- The text that this one is an annex to.
    annex_to BIGINT REFERENCES agreement_text (id),
    kind TEXT NOT NULL,
    domain TEXT NOT NULL,
    -- In addresses: re-integratie-2027.
    code TEXT NOT NULL,
    title_nl TEXT NOT NULL,
    title_en TEXT NOT NULL,
    -- Of the privacy agreement: what the provider is under the AVG.
    privacy_role TEXT,
    made_at TIMESTAMP NOT NULL,
    made_by TEXT NOT NULL,
    UNIQUE (municipality_id, code)
);
CREATE INDEX agreement_text_by_procedure ON agreement_text (municipality_id, procedure_id);

CREATE TABLE text_version (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    text_id BIGINT NOT NULL REFERENCES agreement_text (id),
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    -- Counts up with every change of the version or one of its articles.
    version INTEGER NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    changed_by TEXT NOT NULL,
    -- The days on which it holds, both included; before it is established the days that are proposed.
    holds_from DATE,
    holds_until DATE,
    consulted_at TIMESTAMP,
    consulted_by TEXT,
    consulted_account BIGINT,
    -- Until when the table can react.
    respond_rule TEXT,
    respond_from DATE,
    established_at TIMESTAMP,
    established_by TEXT,
    established_account BIGINT,
    -- Where the minutes of the table stand that it was established on.
    minutes TEXT,
    -- SHA-256 over the text, set when it is established.
    digest TEXT,
    -- What changes and why, in plain words.
    explanation TEXT NOT NULL,
    UNIQUE (text_id, number)
);

CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    text_version_id BIGINT NOT NULL REFERENCES text_version (id),
    -- What the clause is called through all versions of the text.
    clause INTEGER NOT NULL,
    position INTEGER NOT NULL,
    number TEXT NOT NULL,
    heading TEXT NOT NULL,
    scope TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (text_version_id, clause),
    UNIQUE (text_version_id, position)
);

CREATE TABLE text_history (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    text_version_id BIGINT NOT NULL REFERENCES text_version (id),
    verb TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    actor TEXT NOT NULL,
    account_id BIGINT,
    role TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX text_history_by_version ON text_history (municipality_id, text_version_id);
