-- An outage that was noted wrongly: withdrawn with a reason, or its end moved. What stood there before stays.
ALTER TABLE outage ADD COLUMN withdrawn_at TIMESTAMP;

CREATE TABLE outage_correction (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    outage_id BIGINT NOT NULL REFERENCES outage (id),
    corrected_at TIMESTAMP NOT NULL,
    corrected_by TEXT NOT NULL,
    account_id BIGINT REFERENCES account (id),
    -- The end as it was, and as it became; none where the outage was withdrawn.
    until_before TIMESTAMP,
    until_after TIMESTAMP,
    withdrawn BOOLEAN NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX outage_correction_by_outage ON outage_correction (municipality_id, outage_id);

-- The words of a question as they were asked, once staff wrote it anew; and a question that is not shown (any more).
ALTER TABLE procedure_question ADD COLUMN asked_words TEXT;
ALTER TABLE procedure_question ADD COLUMN removed_at TIMESTAMP;
ALTER TABLE procedure_question ADD COLUMN removed_by TEXT;
ALTER TABLE procedure_question ADD COLUMN removed_reason TEXT;
