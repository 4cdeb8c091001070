-- The judgement: what was frozen, what was found, what was said of it.

-- Provisional until somebody sets it final; from then on a correction is the next version. Facts and findings are the
-- bytes that were hashed; they are long, and stand last so that a list of assessments need not read past them.
CREATE TABLE assessment (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    quarter TEXT NOT NULL,
    version INTEGER NOT NULL,
    digest TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    made_by TEXT NOT NULL,
    final_at TIMESTAMP,
    final_by TEXT,
    facts TEXT NOT NULL,
    findings TEXT NOT NULL,
    UNIQUE (municipality_id, provider_id, quarter, version)
);
CREATE INDEX assessment_by_quarter ON assessment (municipality_id, quarter, provider_id, version);

CREATE TABLE finding (
    assessment_id BIGINT NOT NULL REFERENCES assessment (id),
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    quarter TEXT NOT NULL,
    indicator BIGINT NOT NULL,
    numerator BIGINT NOT NULL,
    denominator BIGINT NOT NULL,
    strict_numerator BIGINT NOT NULL,
    strict_denominator BIGINT NOT NULL,
    target_pct BIGINT,
    verdict TEXT NOT NULL,
    label TEXT,
    PRIMARY KEY (assessment_id, indicator)
);
CREATE INDEX finding_by_provider ON finding (municipality_id, provider_id, quarter);

-- A reason of the municipality or a reaction of the provider to one indicator of one quarter.
CREATE TABLE remark (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    quarter TEXT NOT NULL,
    indicator BIGINT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    author TEXT NOT NULL,
    written_at TIMESTAMP NOT NULL
);
CREATE INDEX remark_by_provider ON remark (municipality_id, provider_id, quarter);

CREATE TABLE open_action (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    quarter TEXT NOT NULL,
    body TEXT NOT NULL,
    owner TEXT NOT NULL,
    due_on DATE NOT NULL,
    done_on DATE
);
CREATE INDEX open_action_by_provider ON open_action (municipality_id, provider_id, done_on);

CREATE TABLE report_file (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    assessment_id BIGINT NOT NULL REFERENCES assessment (id),
    language TEXT NOT NULL,
    file_digest TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    UNIQUE (assessment_id, language)
);
