-- The quarter from both sides. When a version of the judgement was put before the provider, and until when it can react; a
-- version that came later, or a verdict that became stricter, is put before it anew.
CREATE TABLE hearing (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    quarter TEXT NOT NULL,
    version INTEGER NOT NULL,
    term_rule TEXT NOT NULL,
    term_start DATE NOT NULL,
    opened_at TIMESTAMP NOT NULL,
    opened_by TEXT NOT NULL,
    -- The provider said that it has no (further) remarks.
    done_at TIMESTAMP,
    done_by TEXT,
    -- A verdict became stricter after it was opened.
    overtaken BOOLEAN NOT NULL
);
CREATE INDEX hearing_by_quarter ON hearing (municipality_id, quarter, provider_id);

-- A reaction within a hearing, and the answer to it.
ALTER TABLE remark ADD COLUMN hearing_id BIGINT REFERENCES hearing (id);
ALTER TABLE remark ADD COLUMN answers_id BIGINT REFERENCES remark (id);

-- What the provider showed with a reaction, by the name and hash that the file had then.
CREATE TABLE remark_evidence (
    remark_id BIGINT NOT NULL REFERENCES remark (id),
    version_id BIGINT NOT NULL REFERENCES evidence_version (id),
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    quarter TEXT NOT NULL,
    label TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (remark_id, version_id)
);
CREATE INDEX remark_evidence_by_provider ON remark_evidence (municipality_id, provider_id, quarter);

-- What a person decided in the place of a computed proposal, with the figure it was decided about: it holds as long as that is
-- the same. Lines are only added; one without a verdict takes the one before it back.
CREATE TABLE finding_override (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    quarter TEXT NOT NULL,
    indicator BIGINT NOT NULL,
    numerator BIGINT NOT NULL,
    denominator BIGINT NOT NULL,
    computed TEXT NOT NULL,
    verdict TEXT,
    reason TEXT NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    decided_by TEXT NOT NULL
);
CREATE INDEX finding_override_by_provider ON finding_override (municipality_id, provider_id, quarter);

-- The final version that this one takes the place of, and why it was judged again.
ALTER TABLE assessment ADD COLUMN replaces INTEGER;
ALTER TABLE assessment ADD COLUMN reason TEXT NOT NULL DEFAULT '';

-- Whom we reminded of a quarter, and of what.
CREATE TABLE quarter_reminder (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    quarter TEXT NOT NULL,
    kind TEXT NOT NULL,
    sent_at TIMESTAMP NOT NULL,
    sent_by TEXT NOT NULL
);
CREATE INDEX quarter_reminder_by_quarter ON quarter_reminder (municipality_id, quarter, provider_id);
