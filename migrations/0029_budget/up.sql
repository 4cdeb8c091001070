-- The municipality's money. A source of funds (financieringsbron), as Participatiebudget.
CREATE TABLE budget_source (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    name TEXT NOT NULL,
    UNIQUE (municipality_id, name)
);

-- What there is of a source in a year, and which products it pays. Rows are only added: the newest version counts.
CREATE TABLE budget (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    source_id BIGINT NOT NULL REFERENCES budget_source (id),
    year INTEGER NOT NULL,
    version INTEGER NOT NULL,
    amount_cents BIGINT NOT NULL,
    -- Ids of products with a space between.
    products TEXT NOT NULL,
    reason TEXT NOT NULL,
    noted_at TIMESTAMP NOT NULL,
    noted_by TEXT NOT NULL,
    account_id BIGINT,
    UNIQUE (municipality_id, year, source_id, version)
);

-- Other costs (overige kosten) beside trajectories. Rows are only added; a slip is booked back by a row that names it.
CREATE TABLE budget_booking (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    source_id BIGINT NOT NULL REFERENCES budget_source (id),
    -- The first day of the month.
    month DATE NOT NULL,
    category TEXT NOT NULL,
    description TEXT NOT NULL,
    amount_cents BIGINT NOT NULL,
    -- The booking that this one takes back, each once.
    takes_back BIGINT UNIQUE REFERENCES budget_booking (id),
    noted_at TIMESTAMP NOT NULL,
    noted_by TEXT NOT NULL,
    account_id BIGINT
);
CREATE INDEX budget_booking_by_month ON budget_booking (municipality_id, month, id);

-- Cost lines that finance approved for payment, with what stood in them then: a line that is stated anew with another amount
-- waits again.
CREATE TABLE line_approval (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    quarter TEXT NOT NULL,
    line TEXT NOT NULL,
    trajectory_id BIGINT NOT NULL REFERENCES trajectory (id),
    product_id BIGINT NOT NULL REFERENCES product (id),
    from_on DATE NOT NULL,
    amount_cents BIGINT NOT NULL,
    approved_at TIMESTAMP NOT NULL,
    approved_by TEXT NOT NULL,
    account_id BIGINT,
    UNIQUE (municipality_id, provider_id, quarter, line, trajectory_id, product_id, from_on, amount_cents)
);

-- The last count of a year (telling), and its figures: one row for each product, profile, provider and month. A page reads
-- these few rows; the lines behind them may be hundreds of thousands.
CREATE TABLE budget_count (
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    year INTEGER NOT NULL,
    -- What still has to come is counted from this day.
    counted_on DATE NOT NULL,
    counted_at TIMESTAMP NOT NULL,
    counted_by TEXT NOT NULL,
    -- Clients who left their benefit for work in this year after or in a trajectory.
    outflows BIGINT NOT NULL,
    PRIMARY KEY (municipality_id, year)
);

CREATE TABLE budget_figure (
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    year INTEGER NOT NULL,
    -- product, profile, provider or month
    kind TEXT NOT NULL,
    -- An id, a code or a month; empty for a batch, which has no profile.
    of_what TEXT NOT NULL,
    spent_cents BIGINT NOT NULL,
    open_cents BIGINT NOT NULL,
    committed_cents BIGINT NOT NULL,
    -- Committed after this year.
    later_cents BIGINT NOT NULL,
    -- With a line that was approved.
    trajectories BIGINT NOT NULL,
    running BIGINT NOT NULL,
    -- Running, but what it will cost cannot be computed.
    unknown BIGINT NOT NULL,
    PRIMARY KEY (municipality_id, year, kind, of_what)
);

-- That a source passed the alarm in a year, and finance was told: once.
CREATE TABLE budget_alarm (
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    year INTEGER NOT NULL,
    source_id BIGINT NOT NULL REFERENCES budget_source (id),
    percent BIGINT NOT NULL,
    told_at TIMESTAMP NOT NULL,
    PRIMARY KEY (municipality_id, year, source_id)
);

-- Who waits for a place of a product (wachtlijst): the client's number and no name.
CREATE TABLE waiting_place (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    product_id BIGINT NOT NULL REFERENCES product (id),
    client_id BIGINT NOT NULL REFERENCES client (id),
    indication_on DATE NOT NULL,
    placed_on DATE,
    -- The day on which somebody left the list without a place, and why.
    left_on DATE,
    reason TEXT NOT NULL,
    noted_at TIMESTAMP NOT NULL,
    noted_by TEXT NOT NULL
);
CREATE INDEX waiting_place_by_product ON waiting_place (municipality_id, product_id, indication_on);

-- The lines of a year, of a trajectory, and the trajectories that run.
CREATE INDEX cost_line_by_day ON cost_line (municipality_id, from_on, id);
CREATE INDEX cost_line_by_trajectory ON cost_line (municipality_id, trajectory_id);
CREATE INDEX trajectory_by_end ON trajectory (municipality_id, ended_on, product_id);
CREATE INDEX submission_by_moment ON submission (municipality_id, received_at);
