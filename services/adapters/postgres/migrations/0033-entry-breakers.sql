-- The kill switch of an entry hangs on its bank, type and hash: removed and added anew, by whatever way, it takes the id that is stopped.

ALTER TABLE breakers ADD COLUMN bank_id uuid, ADD COLUMN hash_type text, ADD COLUMN hash bytea;

-- What is stopped now: by the entry itself, or where that is gone by what the history last knew of it.
UPDATE breakers SET bank_id = was.bank_id, hash_type = was.data ->> 'hashType', hash = decode(was.data ->> 'hash', 'hex')
	FROM (SELECT DISTINCT ON (entry_id) entry_id, bank_id, data FROM bank_changes WHERE kind = 'entry' ORDER BY entry_id, sequence DESC) AS was
	WHERE breakers.kind = 'entry' AND breakers.key = was.entry_id::text;
UPDATE breakers SET bank_id = entry.bank_id, hash_type = entry.hash_type, hash = entry.hash
	FROM bank_entries AS entry WHERE breakers.kind = 'entry' AND breakers.key = entry.id::text;
-- Of one that came back under another id before this, the id that it has; of several that stopped the same, one is enough.
DELETE FROM breakers AS one USING breakers AS other
	WHERE one.kind = 'entry' AND other.kind = 'entry' AND one.bank_id = other.bank_id AND one.hash_type = other.hash_type AND one.hash = other.hash
		AND one.key < other.key;
UPDATE breakers SET key = entry.id::text
	FROM bank_entries AS entry
	WHERE breakers.kind = 'entry' AND breakers.bank_id = entry.bank_id AND breakers.hash_type = entry.hash_type AND breakers.hash = entry.hash;

CREATE UNIQUE INDEX breakers_of_entries ON breakers (bank_id, hash_type, hash) WHERE kind = 'entry';
