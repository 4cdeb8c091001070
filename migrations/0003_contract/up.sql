-- The contract: what is asked, what may be delivered, and who has acceded.

-- Everything that the law or a municipality may change: a body with validity dates. A change is a new row.
CREATE TABLE definition (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_until DATE,
    body TEXT NOT NULL,
    UNIQUE (municipality_id, kind, code, valid_from)
);

CREATE TABLE product (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    code TEXT NOT NULL,
    name_nl TEXT NOT NULL,
    name_en TEXT NOT NULL,
    unit TEXT NOT NULL,
    UNIQUE (municipality_id, code)
);

CREATE TABLE tariff (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    product_id BIGINT NOT NULL REFERENCES product (id),
    cents BIGINT NOT NULL,
    valid_from DATE NOT NULL,
    valid_until DATE,
    UNIQUE (municipality_id, product_id, valid_from)
);

CREATE TABLE accession (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    number TEXT NOT NULL,
    version INTEGER NOT NULL,
    active_from DATE NOT NULL,
    active_until DATE,
    UNIQUE (municipality_id, number, version)
);
CREATE INDEX accession_by_provider ON accession (municipality_id, provider_id, active_from);

CREATE TABLE accession_product (
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    accession_id BIGINT NOT NULL REFERENCES accession (id),
    product_id BIGINT NOT NULL REFERENCES product (id),
    PRIMARY KEY (accession_id, product_id)
);
