-- How many entries a bank holds, by type, kept as they come and go: counting ten million takes a second.

CREATE TABLE bank_entry_counts (
	bank_id uuid NOT NULL,
	hash_type text NOT NULL,
	entries bigint NOT NULL,
	-- When the last one came; null where none is left.
	newest_at timestamptz(3),
	PRIMARY KEY (bank_id, hash_type)
);

CREATE FUNCTION count_entries_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO bank_entry_counts AS held (bank_id, hash_type, entries, newest_at)
		SELECT bank_id, hash_type, count(*), max(added_at) FROM added GROUP BY bank_id, hash_type ORDER BY bank_id, hash_type
	ON CONFLICT (bank_id, hash_type) DO UPDATE
		SET entries = held.entries + excluded.entries, newest_at = GREATEST(held.newest_at, excluded.newest_at);
	RETURN NULL;
END $$;

CREATE FUNCTION count_entries_removed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	one record;
BEGIN
	-- In one order, so that two who sweep do not wait for each other.
	FOR one IN SELECT bank_id, hash_type, count(*) AS entries FROM removed GROUP BY bank_id, hash_type ORDER BY bank_id, hash_type LOOP
		UPDATE bank_entry_counts AS held
			SET entries = held.entries - one.entries, newest_at = CASE WHEN held.entries > one.entries THEN held.newest_at END
			WHERE held.bank_id = one.bank_id AND held.hash_type = one.hash_type;
	END LOOP;
	RETURN NULL;
END $$;

-- From here until the end nobody writes entries, so that none is missed or counted twice.
CREATE TRIGGER count_entries_added AFTER INSERT ON bank_entries
	REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_entries_added();
CREATE TRIGGER count_entries_removed AFTER DELETE ON bank_entries
	REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_entries_removed();

INSERT INTO bank_entry_counts (bank_id, hash_type, entries, newest_at)
	SELECT bank_id, hash_type, count(*), max(added_at) FROM bank_entries GROUP BY bank_id, hash_type;
