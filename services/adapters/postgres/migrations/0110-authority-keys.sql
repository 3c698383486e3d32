-- An authority may have more than one key, so that a new one can be put in place before the former ends. A key of anybody's opens nothing from
-- `revoked_at` on, which may lie ahead.

CREATE TABLE authority_keys (
	key_hash bytea PRIMARY KEY CHECK (length(key_hash) = 32),
	authority_id uuid NOT NULL REFERENCES authorities,
	created_at timestamptz(3) NOT NULL DEFAULT now(),
	revoked_at timestamptz(3)
);
INSERT INTO authority_keys (key_hash, authority_id, created_at) SELECT key_hash, id, added_at FROM authorities;
ALTER TABLE authorities ALTER COLUMN key_hash DROP NOT NULL;
