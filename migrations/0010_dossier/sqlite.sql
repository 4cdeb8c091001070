-- Histories and verdicts are append-only: a line is never changed and never taken away.
CREATE TRIGGER application_history_is_never_changed BEFORE UPDATE ON application_history
BEGIN SELECT RAISE(ABORT, 'application_history is append-only'); END;

CREATE TRIGGER application_history_is_never_removed BEFORE DELETE ON application_history
BEGIN SELECT RAISE(ABORT, 'application_history is append-only'); END;

CREATE TRIGGER criterion_verdict_is_never_changed BEFORE UPDATE ON criterion_verdict
BEGIN SELECT RAISE(ABORT, 'criterion_verdict is append-only'); END;

CREATE TRIGGER criterion_verdict_is_never_removed BEFORE DELETE ON criterion_verdict
BEGIN SELECT RAISE(ABORT, 'criterion_verdict is append-only'); END;

CREATE TRIGGER procedure_history_is_never_changed BEFORE UPDATE ON procedure_history
BEGIN SELECT RAISE(ABORT, 'procedure_history is append-only'); END;

CREATE TRIGGER procedure_history_is_never_removed BEFORE DELETE ON procedure_history
BEGIN SELECT RAISE(ABORT, 'procedure_history is append-only'); END;

