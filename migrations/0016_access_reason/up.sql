-- Why a request for access was answered as it was: told to whoever looks at the answer later.
ALTER TABLE access_request ADD COLUMN reason TEXT NOT NULL DEFAULT '';
