-- When a provider was told that it had no clients for long (E30): once until it has one again.
CREATE TABLE no_clients_notice (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    told_on DATE NOT NULL
);
CREATE INDEX no_clients_notice_by_provider ON no_clients_notice (municipality_id, provider_id);
