-- An entry that is removed in quarantine is in quarantine when its bank gets the same hash again, by whatever way: nobody has looked at
-- it since.

CREATE TABLE bank_quarantines_left (
	bank_id uuid NOT NULL,
	hash_type text NOT NULL,
	hash bytea NOT NULL,
	quarantined_at timestamptz(3) NOT NULL,
	reason text NOT NULL,
	PRIMARY KEY (bank_id, hash_type, hash)
);

CREATE FUNCTION leave_quarantines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO bank_quarantines_left AS already (bank_id, hash_type, hash, quarantined_at, reason)
		SELECT bank_id, hash_type, hash, quarantined_at, quarantine_reason FROM removed WHERE quarantined_at IS NOT NULL
	ON CONFLICT (bank_id, hash_type, hash) DO UPDATE SET quarantined_at = excluded.quarantined_at, reason = excluded.reason;
	RETURN NULL;
END $$;

CREATE FUNCTION take_quarantines_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT FROM bank_quarantines_left) THEN
		DELETE FROM bank_quarantines_left AS taken USING added
			WHERE added.quarantined_at IS NOT NULL AND taken.bank_id = added.bank_id AND taken.hash_type = added.hash_type AND taken.hash = added.hash;
	END IF;
	RETURN NULL;
END $$;

CREATE TRIGGER leave_quarantines AFTER DELETE ON bank_entries
	REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION leave_quarantines();
CREATE TRIGGER take_quarantines_up AFTER INSERT ON bank_entries
	REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION take_quarantines_up();
