-- Banks of known hashes. Every change is a row of bank_changes, in sequence: what detectors follow, and the banks' history.

CREATE TABLE banks (
	id uuid PRIMARY KEY,
	name text NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
	kind text NOT NULL CHECK (kind IN ('known', 'exempt')),
	category text NOT NULL,
	trusted boolean NOT NULL,
	enabled boolean NOT NULL,
	shadow boolean NOT NULL,
	enabled_ratio real NOT NULL CHECK (enabled_ratio BETWEEN 0 AND 1),
	tight_radius_bits smallint NOT NULL CHECK (tight_radius_bits BETWEEN 0 AND 31),
	wide_radius_bits smallint NOT NULL CHECK (wide_radius_bits BETWEEN 0 AND 31),
	created_at timestamptz(3) NOT NULL DEFAULT now(),
	updated_at timestamptz(3) NOT NULL DEFAULT now(),
	CHECK (tight_radius_bits <= wide_radius_bits)
);

CREATE TABLE bank_entries (
	id uuid PRIMARY KEY,
	bank_id uuid NOT NULL REFERENCES banks ON DELETE CASCADE,
	hash_type text NOT NULL CHECK (hash_type IN ('sha256', 'md5', 'pdq', 'text')),
	hash bytea NOT NULL CHECK (length(hash) = CASE hash_type WHEN 'md5' THEN 16 ELSE 32 END),
	quality smallint CHECK (quality BETWEEN 0 AND 100),
	added_by text NOT NULL,
	added_at timestamptz(3) NOT NULL DEFAULT now(),
	UNIQUE (bank_id, hash_type, hash)
);

CREATE TABLE bank_opinions (
	entry_id uuid NOT NULL REFERENCES bank_entries ON DELETE CASCADE,
	source text NOT NULL,
	kind text NOT NULL CHECK (kind IN ('positive', 'negative', 'investigate', 'withdrawn')),
	external_id text,
	note text,
	at timestamptz(3) NOT NULL DEFAULT now(),
	PRIMARY KEY (entry_id, source)
);

-- The sequence is handed out under an advisory lock, so that a reader who has seen N has seen everything before N.
CREATE TABLE bank_changes (
	sequence bigint PRIMARY KEY,
	at timestamptz(3) NOT NULL DEFAULT now(),
	by text NOT NULL,
	kind text NOT NULL CHECK (kind IN ('bank', 'bank-removed', 'entry', 'entry-removed')),
	bank_id uuid NOT NULL,
	entry_id uuid,
	-- The state after the change, enough to apply it without another query and to put a bank back to any revision.
	data jsonb NOT NULL
);
CREATE INDEX bank_changes_by_bank ON bank_changes (bank_id, sequence);
