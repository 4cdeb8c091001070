-- The ground: what every chapter writes to.
-- Both databases read these files; `INTEGER PRIMARY KEY` is a number that counts up by itself (see src/db/migrate.rs).

CREATE TABLE audit_event (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT,
    at TIMESTAMP NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    origin TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    result TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
);
CREATE INDEX audit_event_by_object ON audit_event (municipality_id, object, id);
