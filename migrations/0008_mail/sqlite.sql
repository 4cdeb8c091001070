-- What was told and which text was in force can always be shown again: no row is changed or taken away.
CREATE TRIGGER message_is_never_changed BEFORE UPDATE ON message
BEGIN SELECT RAISE(ABORT, 'message is append-only'); END;
CREATE TRIGGER message_is_never_removed BEFORE DELETE ON message
BEGIN SELECT RAISE(ABORT, 'message is append-only'); END;

CREATE TRIGGER mail_text_is_never_changed BEFORE UPDATE ON mail_text
BEGIN SELECT RAISE(ABORT, 'mail_text is append-only'); END;
CREATE TRIGGER mail_text_is_never_removed BEFORE DELETE ON mail_text
BEGIN SELECT RAISE(ABORT, 'mail_text is append-only'); END;
