-- Histories and verdicts are append-only: a line is never changed and never taken away.
CREATE FUNCTION is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END; $$;

CREATE TRIGGER application_history_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON application_history
FOR EACH STATEMENT EXECUTE FUNCTION is_append_only();

CREATE TRIGGER criterion_verdict_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON criterion_verdict
FOR EACH STATEMENT EXECUTE FUNCTION is_append_only();

CREATE TRIGGER procedure_history_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON procedure_history
FOR EACH STATEMENT EXECUTE FUNCTION is_append_only();

