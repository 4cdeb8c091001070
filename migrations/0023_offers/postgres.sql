-- Who signed what is never changed and never taken away.
CREATE TRIGGER signature_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON signature
FOR EACH STATEMENT EXECUTE FUNCTION is_append_only();

CREATE TRIGGER offer_history_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON offer_history
FOR EACH STATEMENT EXECUTE FUNCTION is_append_only();

CREATE TRIGGER signed_upload_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON signed_upload
FOR EACH STATEMENT EXECUTE FUNCTION is_append_only();
