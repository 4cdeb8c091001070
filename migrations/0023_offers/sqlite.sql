-- Who signed what is never changed and never taken away.
CREATE TRIGGER signature_is_never_changed BEFORE UPDATE ON signature
BEGIN SELECT RAISE(ABORT, 'signature is append-only'); END;

CREATE TRIGGER signature_is_never_removed BEFORE DELETE ON signature
BEGIN SELECT RAISE(ABORT, 'signature is append-only'); END;

CREATE TRIGGER offer_history_is_never_changed BEFORE UPDATE ON offer_history
BEGIN SELECT RAISE(ABORT, 'offer_history is append-only'); END;

CREATE TRIGGER offer_history_is_never_removed BEFORE DELETE ON offer_history
BEGIN SELECT RAISE(ABORT, 'offer_history is append-only'); END;

CREATE TRIGGER signed_upload_is_never_changed BEFORE UPDATE ON signed_upload
BEGIN SELECT RAISE(ABORT, 'signed_upload is append-only'); END;

CREATE TRIGGER signed_upload_is_never_removed BEFORE DELETE ON signed_upload
BEGIN SELECT RAISE(ABORT, 'signed_upload is append-only'); END;
