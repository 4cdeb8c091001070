-- What of a product was paid in advance (vooraf betaalde partij): so much for one provider, drawn down by the cost lines
-- from that day on. Lines are added only; a slip is put right by a line below nought with its reason.
CREATE TABLE product_batch (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    product_id BIGINT NOT NULL REFERENCES product (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    bought_on DATE NOT NULL,
    -- In hundredths of the product's unit.
    quantity BIGINT NOT NULL,
    -- None when it is not known here.
    paid_cents BIGINT,
    reason TEXT NOT NULL,
    noted_at TIMESTAMP NOT NULL,
    noted_by TEXT NOT NULL
);
CREATE INDEX product_batch_by_product ON product_batch (municipality_id, product_id, provider_id);

-- What a provider says it offers of the catalogue, for which client profiles (codes with a space between).
CREATE TABLE offered_product (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    product_id BIGINT NOT NULL REFERENCES product (id),
    profiles TEXT NOT NULL,
    from_on DATE NOT NULL,
    -- The last day; none while it is offered.
    until_on DATE,
    stated_at TIMESTAMP NOT NULL,
    stated_by TEXT NOT NULL
);
CREATE INDEX offered_product_by_provider ON offered_product (municipality_id, provider_id, product_id);

-- What runs and what was charged is counted per product.
CREATE INDEX trajectory_by_product ON trajectory (municipality_id, product_id);
CREATE INDEX cost_line_by_product ON cost_line (municipality_id, product_id, from_on);
