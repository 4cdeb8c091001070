-- What each municipality was told by the calendar: one row for every day on which the daily round was done.
CREATE TABLE daily_round (
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    day DATE NOT NULL,
    done_at TIMESTAMP NOT NULL,
    PRIMARY KEY (municipality_id, day)
);

-- For which evidence a provider was asked for a successor, and how many days before its end: each once.
CREATE TABLE successor_request (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    criterion_id BIGINT NOT NULL REFERENCES application_criterion (id),
    holds_until DATE NOT NULL,
    days INTEGER NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    UNIQUE (criterion_id, holds_until, days)
);
