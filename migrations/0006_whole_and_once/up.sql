-- What is printed of a quarter is frozen whole; what is handed in with one form comes in once.

-- `beside`: what a report says of the quarter beside the ten figures; `digest` covers it. `closing`: what was said and the
-- figures of other quarters, frozen when the quarter is set final; `final_digest` covers all four documents. An assessment
-- that was made before has neither, and its `digest` covers facts and findings alone.
ALTER TABLE assessment ADD COLUMN final_digest TEXT;
ALTER TABLE assessment ADD COLUMN beside TEXT;
ALTER TABLE assessment ADD COLUMN closing TEXT;

-- The key of the form with which a file was sent; none for a file that came without a form.
ALTER TABLE submission ADD COLUMN form_key TEXT;
CREATE UNIQUE INDEX submission_once ON submission (municipality_id, provider_id, form_key);
