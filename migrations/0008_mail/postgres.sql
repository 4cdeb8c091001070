-- What was told and which text was in force can always be shown again: no row is changed or taken away.
CREATE FUNCTION mail_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END; $$;

CREATE TRIGGER message_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON message
FOR EACH STATEMENT EXECUTE FUNCTION mail_is_append_only();

CREATE TRIGGER mail_text_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON mail_text
FOR EACH STATEMENT EXECUTE FUNCTION mail_is_append_only();
