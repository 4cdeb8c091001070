-- The names of clients, each sealed by the vault: who has the database alone reads none. A name is a provider's word about
-- its own client, so it stands with both. No name was kept before this table, so there is nothing to seal: a name comes in
-- with the next statement that holds one.
CREATE TABLE client_name (
    client_id BIGINT NOT NULL REFERENCES client (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    sealed TEXT NOT NULL,
    stated_at TIMESTAMP NOT NULL,
    PRIMARY KEY (client_id, provider_id)
);
CREATE INDEX client_name_by_provider ON client_name (municipality_id, provider_id);
