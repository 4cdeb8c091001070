-- The planning board of a procedure: from which month it is laid out. An activity stands in months counted from there, so
-- that moving the first month moves all.
CREATE TABLE planning_board (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    procedure_id BIGINT NOT NULL REFERENCES procedure (id),
    -- The first day of the first month.
    starts_on DATE NOT NULL,
    version INTEGER NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    changed_by TEXT NOT NULL,
    UNIQUE (procedure_id)
);

CREATE TABLE planning_activity (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    procedure_id BIGINT NOT NULL REFERENCES procedure (id),
    phase TEXT NOT NULL,
    name_nl TEXT NOT NULL,
    name_en TEXT NOT NULL,
    -- What is there when it is done; empty where the activity itself is what counts.
    deliverable_nl TEXT NOT NULL,
    deliverable_en TEXT NOT NULL,
    -- The first and the last month, the first month of the board being 1.
    first_month INTEGER NOT NULL,
    last_month INTEGER NOT NULL,
    delivered_on DATE,
    delivered_by TEXT,
    dropped BOOLEAN NOT NULL,
    version INTEGER NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    changed_by TEXT NOT NULL
);
CREATE INDEX planning_activity_by_procedure ON planning_activity (municipality_id, procedure_id);

-- Everything that was done to a board, with what stood there afterwards. Lines are only added.
CREATE TABLE planning_step (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    procedure_id BIGINT NOT NULL REFERENCES procedure (id),
    -- None where it was done to the whole board.
    activity_id BIGINT REFERENCES planning_activity (id),
    verb TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    actor TEXT NOT NULL,
    account_id BIGINT REFERENCES account (id),
    role TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- The first month of the board as it then was.
    starts_on DATE NOT NULL,
    -- JSON: the activity as it became, and the day on which it was delivered.
    body TEXT NOT NULL
);
CREATE INDEX planning_step_by_procedure ON planning_step (municipality_id, procedure_id);

-- The register of decisions of the college. A decision that was entered wrongly gets a next version under its own number.
CREATE TABLE college_decision (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    entry INTEGER NOT NULL,
    version INTEGER NOT NULL,
    -- As the college numbers it.
    number TEXT NOT NULL,
    decided_on DATE NOT NULL,
    subject TEXT NOT NULL,
    decided TEXT NOT NULL,
    procedure_id BIGINT REFERENCES procedure (id),
    text_version_id BIGINT REFERENCES text_version (id),
    -- The day from which the criteria hold that it is about.
    criteria_from DATE,
    link TEXT NOT NULL,
    -- Why it was entered anew; empty for a first version.
    reason TEXT NOT NULL,
    noted_at TIMESTAMP NOT NULL,
    noted_by TEXT NOT NULL,
    account_id BIGINT REFERENCES account (id),
    UNIQUE (municipality_id, entry, version)
);

-- What a provider tells of itself in the public register: locations, languages, waiting time. Each time a next version.
CREATE TABLE provider_listing (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    changed_by TEXT NOT NULL,
    account_id BIGINT REFERENCES account (id),
    UNIQUE (municipality_id, provider_id, version)
);
