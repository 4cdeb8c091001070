-- The procedure itself, and the dossier of whoever applies: application, review, advice, decision.

CREATE TABLE procedure (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    -- The municipality in public addresses; the same for all its procedures, and of no other municipality.
    slug TEXT NOT NULL,
    code TEXT NOT NULL,
    name_nl TEXT NOT NULL,
    name_en TEXT NOT NULL,
    domain TEXT NOT NULL,
    state TEXT NOT NULL,
    entry TEXT NOT NULL,
    opens_on DATE,
    closes_on DATE,
    remedy TEXT NOT NULL,
    court TEXT NOT NULL,
    contact_name TEXT NOT NULL,
    contact_phone TEXT NOT NULL,
    contact_email TEXT NOT NULL,
    intro_nl TEXT NOT NULL,
    intro_en TEXT NOT NULL,
    version INTEGER NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    changed_by TEXT NOT NULL,
    -- Who proposed to publish it: the one who does publish it is somebody else. Gone when something is changed.
    proposed_at TIMESTAMP,
    proposed_by TEXT,
    proposed_account BIGINT REFERENCES account (id),
    UNIQUE (municipality_id, code)
);
CREATE INDEX procedure_by_slug ON procedure (slug, code);

CREATE TABLE procedure_history (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    procedure_id BIGINT NOT NULL REFERENCES procedure (id),
    verb TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    actor TEXT NOT NULL,
    account_id BIGINT REFERENCES account (id),
    role TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX procedure_history_by_procedure ON procedure_history (municipality_id, procedure_id, id);

CREATE TABLE procedure_document (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    procedure_id BIGINT NOT NULL REFERENCES procedure (id),
    title_nl TEXT NOT NULL,
    title_en TEXT NOT NULL,
    file_digest TEXT NOT NULL,
    file_name TEXT NOT NULL,
    size BIGINT NOT NULL,
    valid_from DATE NOT NULL,
    valid_until DATE,
    added_at TIMESTAMP NOT NULL,
    added_by TEXT NOT NULL
);
CREATE INDEX procedure_document_by_procedure ON procedure_document (municipality_id, procedure_id, valid_from);

-- Answers are published together, at one moment, to everybody at once.
CREATE TABLE procedure_question (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    procedure_id BIGINT NOT NULL REFERENCES procedure (id),
    asked_at TIMESTAMP NOT NULL,
    asked_by TEXT NOT NULL,
    asked_account BIGINT REFERENCES account (id),
    question TEXT NOT NULL,
    answer TEXT,
    answered_at TIMESTAMP,
    answered_by TEXT,
    published_at TIMESTAMP
);
CREATE INDEX procedure_question_by_procedure ON procedure_question (municipality_id, procedure_id, published_at);

-- When the channel was down (storing); terms that ran on such a day are longer.
CREATE TABLE outage (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    from_at TIMESTAMP NOT NULL,
    until_at TIMESTAMP,
    explanation TEXT NOT NULL,
    noted_at TIMESTAMP NOT NULL,
    noted_by TEXT NOT NULL
);
CREATE INDEX outage_by_municipality ON outage (municipality_id, from_at);

-- Somebody with an account asks to work for an organisation that is known already; nobody takes one over.
CREATE TABLE access_request (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    account_id BIGINT NOT NULL REFERENCES account (id),
    asked_at TIMESTAMP NOT NULL,
    answered_at TIMESTAMP,
    answered_by TEXT,
    granted_role TEXT,
    UNIQUE (municipality_id, provider_id, account_id)
);

CREATE TABLE application (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    procedure_id BIGINT NOT NULL REFERENCES procedure (id),
    year INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    channel TEXT NOT NULL,
    state TEXT NOT NULL,
    -- Counts up with every act; who saw an older one is told who acted meanwhile.
    version INTEGER NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    changed_by TEXT NOT NULL,
    started_at TIMESTAMP NOT NULL,
    submitted_at TIMESTAMP,
    received_on DATE,
    -- The term that runs: which, by what rule, from what day. Its last day is computed, as an outage may extend it.
    term TEXT,
    term_rule TEXT,
    term_start DATE,
    -- The application before this one that was refused, withdrawn, set aside or lapsed.
    previous_id BIGINT REFERENCES application (id),
    UNIQUE (municipality_id, year, sequence)
);
CREATE INDEX application_by_provider ON application (municipality_id, provider_id, procedure_id);
CREATE INDEX application_by_state ON application (municipality_id, state);

CREATE TABLE application_history (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    application_id BIGINT NOT NULL REFERENCES application (id),
    verb TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    actor TEXT NOT NULL,
    account_id BIGINT REFERENCES account (id),
    role TEXT NOT NULL,
    reason TEXT NOT NULL,
    receipt TEXT
);
CREATE INDEX application_history_by_application ON application_history (municipality_id, application_id, id);

-- One step of the application form, as JSON.
CREATE TABLE application_step (
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    application_id BIGINT NOT NULL REFERENCES application (id),
    step TEXT NOT NULL,
    version INTEGER NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    saved_by TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (application_id, step)
);

-- What was handed in, and its receipt. The body is the bytes that were hashed.
CREATE TABLE application_receipt (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    application_id BIGINT NOT NULL REFERENCES application (id),
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    received_at TIMESTAMP NOT NULL,
    received_by TEXT NOT NULL,
    digest TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (municipality_id, number),
    UNIQUE (application_id, idempotency_key)
);

-- The criteria as they were in force on the day of submission; the definition is frozen by its id.
CREATE TABLE application_criterion (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    application_id BIGINT NOT NULL REFERENCES application (id),
    definition_id BIGINT NOT NULL REFERENCES definition (id),
    code TEXT NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    changed_by TEXT NOT NULL,
    -- The last day on which the verdict `met` holds; none when it has no end.
    holds_until DATE,
    -- Since when the evidence waits to be judged, on the municipality's own calendar.
    waits_since DATE,
    -- Who is at work on it, and until when that counts without a further sign.
    claimed_by TEXT,
    claimed_account BIGINT REFERENCES account (id),
    claimed_at TIMESTAMP,
    claimed_until TIMESTAMP,
    UNIQUE (application_id, code)
);
CREATE INDEX application_criterion_by_state ON application_criterion (municipality_id, state, code);
CREATE INDEX application_criterion_by_end ON application_criterion (municipality_id, holds_until);

-- Verdicts are only added.
CREATE TABLE criterion_verdict (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    application_id BIGINT NOT NULL REFERENCES application (id),
    criterion_id BIGINT NOT NULL REFERENCES application_criterion (id),
    -- Of the criterion, after this verdict.
    version INTEGER NOT NULL,
    result TEXT NOT NULL,
    reason TEXT NOT NULL,
    holds_until DATE,
    judged_at TIMESTAMP NOT NULL,
    judged_by TEXT NOT NULL,
    account_id BIGINT REFERENCES account (id),
    role TEXT NOT NULL,
    -- The evidence that was looked at, as a JSON list of version ids.
    evidence TEXT NOT NULL,
    UNIQUE (criterion_id, version)
);
CREATE INDEX criterion_verdict_by_application ON criterion_verdict (municipality_id, application_id, id);

-- Which version of which evidence was shown for which criterion, on the municipality's own day of receipt.
CREATE TABLE shown_evidence (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    application_id BIGINT NOT NULL REFERENCES application (id),
    code TEXT NOT NULL,
    evidence_version_id BIGINT NOT NULL REFERENCES evidence_version (id),
    shown_at TIMESTAMP NOT NULL,
    -- None until it is handed in: before that the municipality does not see it.
    received_on DATE,
    shown_by TEXT NOT NULL,
    -- Taken back before it was handed in, or replaced.
    taken_back_at TIMESTAMP
);
CREATE INDEX shown_evidence_by_application ON shown_evidence (municipality_id, application_id, code);
CREATE INDEX shown_evidence_by_version ON shown_evidence (municipality_id, provider_id, evidence_version_id);

CREATE TABLE supplement_request (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    application_id BIGINT NOT NULL REFERENCES application (id),
    asked_at TIMESTAMP NOT NULL,
    asked_by TEXT NOT NULL,
    message TEXT NOT NULL,
    term_rule TEXT NOT NULL,
    term_start DATE NOT NULL,
    reminded_at TIMESTAMP,
    -- When the supplement came in, or the request ended in another way.
    ended_at TIMESTAMP
);
CREATE INDEX supplement_request_by_application ON supplement_request (municipality_id, application_id, id);

CREATE TABLE supplement_item (
    request_id BIGINT NOT NULL REFERENCES supplement_request (id),
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    -- A criterion (`criterion/M07`) or a step of the form (`step/contact`).
    part TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (request_id, part)
);

CREATE TABLE application_advice (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    application_id BIGINT NOT NULL REFERENCES application (id),
    proposal TEXT NOT NULL,
    words TEXT NOT NULL,
    advised_at TIMESTAMP NOT NULL,
    advised_by TEXT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES account (id)
);
CREATE INDEX application_advice_by_application ON application_advice (municipality_id, application_id, id);

CREATE TABLE application_decision (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    application_id BIGINT NOT NULL REFERENCES application (id),
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- The remedy as it was configured on that day, with its term.
    remedy TEXT NOT NULL,
    court TEXT NOT NULL,
    term_rule TEXT,
    decided_at TIMESTAMP NOT NULL,
    decided_on DATE NOT NULL,
    decided_by TEXT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES account (id)
);
CREATE INDEX application_decision_by_application ON application_decision (municipality_id, application_id, id);
