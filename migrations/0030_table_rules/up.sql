-- A decision of the table that was taken with a warning on the page: which ones were confirmed, by their codes with commas
-- between them.

ALTER TABLE table_decision ADD COLUMN cautions TEXT NOT NULL DEFAULT '';
