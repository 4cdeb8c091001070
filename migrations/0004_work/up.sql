-- The work: people, clients, trajectories, complaints, surveys and what is charged.

CREATE TABLE municipal_contact (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    active_from DATE NOT NULL,
    active_until DATE,
    UNIQUE (municipality_id, email)
);

CREATE TABLE professional (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    staff_ref TEXT NOT NULL,
    kind TEXT NOT NULL,
    client_contact BOOLEAN NOT NULL,
    active_from DATE NOT NULL,
    active_until DATE,
    UNIQUE (municipality_id, provider_id, staff_ref)
);

-- The VOG register: that one was seen, its date and its codes. No file, no birth date, no number of the document.
CREATE TABLE vog (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    professional_id BIGINT NOT NULL REFERENCES professional (id),
    vog_date DATE NOT NULL,
    kind TEXT NOT NULL,
    codes TEXT NOT NULL,
    checked_on DATE,
    UNIQUE (professional_id, vog_date, kind)
);
CREATE INDEX vog_by_provider ON vog (municipality_id, provider_id, professional_id);

CREATE TABLE client (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    client_ref TEXT NOT NULL,
    UNIQUE (municipality_id, client_ref)
);

-- What only the municipality knows of a client.
CREATE TABLE outflow (
    client_id BIGINT PRIMARY KEY NOT NULL REFERENCES client (id),
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    benefit_ended_on DATE NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX outflow_by_municipality ON outflow (municipality_id, client_id);

CREATE TABLE placement (
    client_id BIGINT PRIMARY KEY NOT NULL REFERENCES client (id),
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    confirmed BOOLEAN NOT NULL,
    waiting_list_days BIGINT NOT NULL
);
CREATE INDEX placement_by_municipality ON placement (municipality_id, client_id);

-- counts_from and counts_until: the first and the last date of the row, computed when it is written; what runs on counts
-- until the end of time. They tell the judging of a quarter which rows it need not read.
CREATE TABLE trajectory (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    client_id BIGINT NOT NULL REFERENCES client (id),
    contact_id BIGINT NOT NULL REFERENCES municipal_contact (id),
    product_id BIGINT NOT NULL REFERENCES product (id),
    case_ref TEXT NOT NULL,
    profile TEXT NOT NULL,
    referred_on DATE NOT NULL,
    started_on DATE,
    plan_agreed_on DATE,
    agreed_results BIGINT NOT NULL,
    client_agreed_on DATE,
    coach_involved BOOLEAN NOT NULL,
    coach_agreed_on DATE,
    contact_informed_on DATE,
    term_ends_on DATE,
    suspended_days BIGINT NOT NULL,
    extension_permitted_on DATE,
    ended_on DATE,
    end_reason TEXT,
    results_achieved TEXT,
    reason_recorded BOOLEAN NOT NULL,
    work_started_on DATE,
    hours_per_week BIGINT,
    indication_on DATE,
    capacity_available_on DATE,
    placed_on DATE,
    ladder_start BIGINT,
    ladder_now BIGINT,
    counts_from DATE NOT NULL,
    counts_until DATE NOT NULL,
    UNIQUE (municipality_id, provider_id, case_ref)
);
CREATE INDEX trajectory_by_provider ON trajectory (municipality_id, provider_id, id);
CREATE INDEX trajectory_by_client ON trajectory (municipality_id, client_id);

CREATE TABLE feedback_moment (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    trajectory_id BIGINT NOT NULL REFERENCES trajectory (id),
    due_on DATE NOT NULL,
    done_on DATE,
    manner TEXT NOT NULL,
    UNIQUE (municipality_id, provider_id, trajectory_id, due_on)
);

CREATE TABLE exclusion (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    trajectory_id BIGINT NOT NULL REFERENCES trajectory (id),
    indicator BIGINT,
    code TEXT NOT NULL,
    accepted BOOLEAN NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX exclusion_by_trajectory ON exclusion (municipality_id, provider_id, trajectory_id);

CREATE TABLE complaint (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    complaint_ref TEXT NOT NULL,
    received_on DATE NOT NULL,
    reported_on DATE,
    category TEXT NOT NULL,
    handled_on DATE,
    outcome TEXT NOT NULL,
    UNIQUE (municipality_id, provider_id, complaint_ref)
);

CREATE TABLE complaint_arrangement (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    procedure_valid_until DATE,
    adviser_named BOOLEAN NOT NULL,
    UNIQUE (municipality_id, provider_id)
);

CREATE TABLE client_survey (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    survey_ref TEXT NOT NULL,
    due_on DATE NOT NULL,
    UNIQUE (municipality_id, survey_ref)
);

CREATE TABLE survey_cooperation (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    survey_id BIGINT NOT NULL REFERENCES client_survey (id),
    cooperated_on DATE,
    UNIQUE (municipality_id, provider_id, survey_id)
);

CREATE TABLE quarter_statement (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    quarter TEXT NOT NULL,
    received_at TIMESTAMP NOT NULL,
    received_on DATE NOT NULL,
    complete BOOLEAN NOT NULL,
    returned_on DATE,
    repaired_on DATE,
    nil_return BOOLEAN NOT NULL,
    note TEXT NOT NULL,
    UNIQUE (municipality_id, provider_id, quarter)
);
CREATE INDEX quarter_statement_by_quarter ON quarter_statement (municipality_id, quarter, provider_id);

-- Every file that was handed in, good or refused: a receipt is never taken back.
CREATE TABLE submission (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    quarter TEXT NOT NULL,
    received_at TIMESTAMP NOT NULL,
    file_name TEXT NOT NULL,
    file_digest TEXT NOT NULL,
    kept_digest TEXT,
    result TEXT NOT NULL,
    good_rows BIGINT NOT NULL,
    refused_rows BIGINT NOT NULL,
    actor TEXT NOT NULL
);
CREATE INDEX submission_by_provider ON submission (municipality_id, provider_id, quarter, id);

CREATE TABLE cost_line (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    quarter TEXT NOT NULL,
    line TEXT NOT NULL,
    trajectory_id BIGINT NOT NULL REFERENCES trajectory (id),
    contact_id BIGINT NOT NULL REFERENCES municipal_contact (id),
    product_id BIGINT NOT NULL REFERENCES product (id),
    from_on DATE NOT NULL,
    until_on DATE NOT NULL,
    unit TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    tariff_cents BIGINT NOT NULL,
    amount_cents BIGINT NOT NULL,
    vat_cents BIGINT,
    invoice TEXT NOT NULL,
    corrects TEXT,
    UNIQUE (municipality_id, provider_id, quarter, line)
);
