-- Which files a letter is: made once, in both languages, as PDF and as page, from what was decided.
CREATE TABLE letter_file (
    id INTEGER PRIMARY KEY,
    municipality_id BIGINT NOT NULL REFERENCES municipality (id),
    provider_id BIGINT NOT NULL REFERENCES provider (id),
    application_id BIGINT NOT NULL REFERENCES application (id),
    kind TEXT NOT NULL,
    -- Of the letters of this kind about this application: counts from one.
    number INTEGER NOT NULL,
    language TEXT NOT NULL,
    pdf_digest TEXT NOT NULL,
    page_digest TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    UNIQUE (application_id, kind, number, language)
);
