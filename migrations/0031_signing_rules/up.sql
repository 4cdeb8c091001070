-- JSON: the products with their tariffs on the first day, as they were offered. None of a text that allows no products, of
-- one that has an annex of its own for them, and of what was offered before this was kept.
ALTER TABLE offer ADD COLUMN tariffs TEXT;

-- What who brought a file that was signed elsewhere is in his organisation, and the day that stands on the paper. Not known
-- of a file that came in before this was asked.
ALTER TABLE signed_upload ADD COLUMN position TEXT NOT NULL DEFAULT '';
ALTER TABLE signed_upload ADD COLUMN signed_on DATE;
