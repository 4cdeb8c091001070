-- An established version is offered to providers. Each signs it, and the municipality after it; then the agreement holds.
CREATE TABLE offer (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    text_id BIGINT NOT NULL REFERENCES agreement_text (id),
    text_version_id BIGINT NOT NULL REFERENCES text_version (id),
    -- SHA-256 over the SHA-256 of every document, in their order: this is what is signed.
    digest TEXT NOT NULL,
    -- The first day on which it can hold.
    starts_on DATE NOT NULL,
    term_rule TEXT NOT NULL,
    term_start DATE NOT NULL,
    -- What becomes of a change of which nobody said anything within its term.
    silence TEXT NOT NULL,
    -- Of a change that is forced, by a new law for example: how many months' notice who does not accept it has.
    notice_months INTEGER,
    offered_at TIMESTAMP NOT NULL,
    offered_by TEXT NOT NULL,
    offered_account BIGINT,
    withdrawn_at TIMESTAMP,
    withdrawn_by TEXT,
    withdrawn_reason TEXT
);
CREATE INDEX offer_by_text ON offer (municipality_id, text_id);

-- The text and its annexes, each as it was established when it was offered.
CREATE TABLE offer_document (
    offer_id BIGINT NOT NULL REFERENCES offer (id),
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    position INTEGER NOT NULL,
    text_version_id BIGINT NOT NULL REFERENCES text_version (id),
    digest TEXT NOT NULL,
    PRIMARY KEY (offer_id, position)
);

CREATE TABLE offer_product (
    offer_id BIGINT NOT NULL REFERENCES offer (id),
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    product_id BIGINT NOT NULL REFERENCES product (id),
    PRIMARY KEY (offer_id, product_id)
);

-- An offer to one provider.
CREATE TABLE offer_party (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    offer_id BIGINT NOT NULL REFERENCES offer (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    -- A first agreement, or a change of the one that runs.
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    changed_by TEXT NOT NULL,
    -- Its own term: it begins anew when a signed file is sent back.
    term_rule TEXT NOT NULL,
    term_start DATE NOT NULL,
    -- The agreement that a change follows, and the one that both signatures made.
    follows_id BIGINT REFERENCES accession (id),
    accession_id BIGINT REFERENCES accession (id),
    UNIQUE (offer_id, provider_id)
);
CREATE INDEX offer_party_by_provider ON offer_party (municipality_id, provider_id);
CREATE INDEX offer_party_by_state ON offer_party (municipality_id, state);

CREATE TABLE offer_history (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    party_id BIGINT NOT NULL REFERENCES offer_party (id),
    verb TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    actor TEXT NOT NULL,
    account_id BIGINT,
    role TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX offer_history_by_party ON offer_history (municipality_id, party_id);

-- A file that was signed outside this house, and what was read of the signature in it.
CREATE TABLE signed_upload (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    party_id BIGINT NOT NULL REFERENCES offer_party (id),
    evidence_version_id BIGINT NOT NULL REFERENCES evidence_version (id),
    received_at TIMESTAMP NOT NULL,
    received_by TEXT NOT NULL,
    received_account BIGINT NOT NULL REFERENCES account (id),
    -- JSON: of every signature who, when, by whom vouched for, and whether the file is still what was signed.
    found TEXT NOT NULL
);
CREATE INDEX signed_upload_by_party ON signed_upload (municipality_id, party_id);

CREATE TABLE signature (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    party_id BIGINT NOT NULL REFERENCES offer_party (id),
    -- The provider's or the municipality's.
    side TEXT NOT NULL,
    name TEXT NOT NULL,
    position TEXT NOT NULL,
    organisation TEXT NOT NULL,
    kvk TEXT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES account (id),
    at TIMESTAMP NOT NULL,
    digest TEXT NOT NULL,
    way TEXT NOT NULL,
    code TEXT,
    signed_upload_id BIGINT REFERENCES signed_upload (id),
    UNIQUE (party_id, side)
);

-- The one-time code of who has no app for it. Only its SHA-256 is kept.
CREATE TABLE signing_code (
    id INTEGER PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES account (id),
    purpose TEXT NOT NULL,
    code_digest TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    wrong INTEGER NOT NULL,
    ended_at TIMESTAMP
);
CREATE INDEX signing_code_by_account ON signing_code (account_id, purpose);

-- The certificate of signing, drawn once.
CREATE TABLE certificate_file (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    party_id BIGINT NOT NULL REFERENCES offer_party (id),
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    pdf_digest TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    UNIQUE (party_id, kind, language)
);
