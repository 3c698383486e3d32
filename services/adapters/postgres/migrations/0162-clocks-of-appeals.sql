-- An appeal starts the clocks of laws that count from it.
ALTER TABLE clocks DROP CONSTRAINT clocks_cause_kind_check, ADD CHECK (cause_kind IN ('case', 'report', 'authority-request', 'appeal'));
