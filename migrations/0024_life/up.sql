-- The life of an agreement: one row across its versions, and everything that was done to it.
CREATE TABLE agreement_life (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    number TEXT NOT NULL,
    state TEXT NOT NULL,
    -- Counts up with every change.
    version INTEGER NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    changed_by TEXT NOT NULL,
    -- The first day on which no new client comes; outlives a notice.
    stopped_from DATE,
    -- The day from which the provider asked for a client stop, as long as nobody answered.
    asked_stop_from DATE,
    -- Of an intention to dissolve that is not decided on: the term in which the provider gives its views.
    heard_rule TEXT,
    heard_from DATE,
    intended_account BIGINT,
    -- The last day of which the provider was warned.
    warned_for DATE,
    UNIQUE (municipality_id, provider_id, number)
);

-- Append-only; a letter tells of a row and of nothing else.
CREATE TABLE life_event (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    life_id BIGINT NOT NULL REFERENCES agreement_life (id),
    -- Of the events of this agreement: counts from one.
    sequence INTEGER NOT NULL,
    verb TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    -- The day it was on a Dutch wall.
    day DATE NOT NULL,
    actor TEXT NOT NULL,
    account_id BIGINT,
    role TEXT NOT NULL,
    ground TEXT,
    reason TEXT NOT NULL,
    -- The case number of the one client it is about; empty when it is about none.
    case_ref TEXT NOT NULL,
    -- Of a client stop its first day, of an end the last day, of an extension the new last day.
    effective_on DATE,
    -- The last day as it was before.
    before_on DATE,
    -- The rule by which the day was computed, or of the term that begins.
    term_rule TEXT,
    -- What the provider can do against it.
    remedy TEXT,
    court TEXT,
    warning TEXT,
    UNIQUE (life_id, sequence)
);

CREATE TABLE transfer_list (
    life_id BIGINT PRIMARY KEY REFERENCES agreement_life (id),
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    drawn_up_at TIMESTAMP NOT NULL,
    closed_at TIMESTAMP,
    closed_by TEXT,
    -- Why it was closed with lines that are not settled.
    reason TEXT NOT NULL
);

-- A client by the case number of the trajectory, never by name.
CREATE TABLE transfer_line (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    life_id BIGINT NOT NULL REFERENCES agreement_life (id),
    case_ref TEXT NOT NULL,
    to_whom TEXT NOT NULL,
    settled_on DATE,
    remark TEXT NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    changed_by TEXT NOT NULL,
    UNIQUE (life_id, case_ref)
);

CREATE TABLE subcontractor (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    life_id BIGINT NOT NULL REFERENCES agreement_life (id),
    name TEXT NOT NULL,
    kvk TEXT NOT NULL,
    -- Solo self-employed (zzp): no consent is needed.
    solo BOOLEAN NOT NULL,
    products TEXT NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE,
    state TEXT NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    asked_by TEXT NOT NULL,
    answered_at TIMESTAMP,
    answered_by TEXT,
    -- Why it was refused.
    reason TEXT NOT NULL,
    ended_at TIMESTAMP,
    ended_by TEXT
);
CREATE INDEX subcontractor_by_life ON subcontractor (municipality_id, life_id);

-- Which files a letter about an agreement is, per language.
CREATE TABLE life_letter_file (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    event_id BIGINT NOT NULL REFERENCES life_event (id),
    language TEXT NOT NULL,
    pdf_digest TEXT NOT NULL,
    page_digest TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    UNIQUE (event_id, language)
);

-- A proposal to index the tariffs: computed, changed by a person with a reason, established by another.
CREATE TABLE indexation (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    changed_by TEXT NOT NULL,
    -- The first day of the new tariffs.
    valid_from DATE NOT NULL,
    -- The method with its figures, as JSON.
    method TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    made_by TEXT NOT NULL,
    made_account BIGINT,
    established_at TIMESTAMP,
    established_by TEXT,
    UNIQUE (municipality_id, valid_from)
);

CREATE TABLE indexation_line (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    indexation_id BIGINT NOT NULL REFERENCES indexation (id),
    product_id BIGINT NOT NULL REFERENCES product (id),
    old_cents BIGINT NOT NULL,
    computed_cents BIGINT NOT NULL,
    new_cents BIGINT NOT NULL,
    -- Why a person changed what was computed.
    reason TEXT NOT NULL,
    UNIQUE (indexation_id, product_id)
);

-- What was acceded to before there were lives.
INSERT INTO agreement_life (municipality_id, provider_id, number, state, version, changed_at, changed_by)
SELECT municipality_id, provider_id, number,
    CASE
        WHEN MIN(active_from) > CURRENT_DATE THEN 'signed'
        WHEN COUNT(active_until) = COUNT(*) AND MAX(active_until) < CURRENT_DATE THEN 'ended'
        ELSE 'active'
    END,
    1, CURRENT_TIMESTAMP, 'openhouse'
FROM accession
GROUP BY municipality_id, provider_id, number;

INSERT INTO life_event (municipality_id, provider_id, life_id, sequence, verb, to_state, at, day, actor, role, reason)
SELECT municipality_id, provider_id, id, 1, 'accede', state, CURRENT_TIMESTAMP, CURRENT_DATE, 'openhouse', 'system', ''
FROM agreement_life;
