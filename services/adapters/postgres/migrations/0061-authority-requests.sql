-- What authorities ask for: who, by which law, what of which addresses. When it was received is ours and never changes.

CREATE TABLE authorities (
	id uuid PRIMARY KEY,
	name text NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
	jurisdiction text NOT NULL CHECK (jurisdiction ~ '^[A-Z]{2}$'),
	-- The profiles of jurisdictions/ by which its requests have deadlines.
	laws text[] NOT NULL,
	key_hash bytea NOT NULL UNIQUE CHECK (length(key_hash) = 32),
	is_enabled boolean NOT NULL DEFAULT true,
	added_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE authority_requests (
	id uuid PRIMARY KEY,
	authority_id uuid NOT NULL REFERENCES authorities,
	-- The authority's own; the same again is the same request, sent twice.
	reference text NOT NULL CHECK (reference <> ''),
	asks text NOT NULL CHECK (asks IN ('removal', 'information', 'preservation')),
	legal_basis text NOT NULL CHECK (legal_basis <> ''),
	urgent_reason text CHECK (urgent_reason <> ''),
	note text NOT NULL,
	received_at timestamptz(3) NOT NULL,
	UNIQUE (authority_id, reference)
);

CREATE TABLE authority_request_places (
	request_id uuid NOT NULL REFERENCES authority_requests,
	position integer NOT NULL CHECK (position >= 0),
	-- As it was typed.
	address text NOT NULL CHECK (address <> ''),
	-- Null: it leads to nothing that we hold.
	item_id uuid REFERENCES items,
	case_id uuid NOT NULL REFERENCES cases,
	PRIMARY KEY (request_id, position)
);
CREATE INDEX authority_request_places_by_case ON authority_request_places (case_id);

-- Evidence of what was asked.
CREATE TABLE authority_request_documents (
	request_id uuid PRIMARY KEY REFERENCES authority_requests,
	name text NOT NULL CHECK (name <> ''),
	media_type text NOT NULL,
	sha256 bytea NOT NULL CHECK (length(sha256) = 32),
	bytes bytea NOT NULL
);

CREATE FUNCTION keep_what_was_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'what an authority asked for, and when, does not change';
END $$;
CREATE TRIGGER authority_requests_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON authority_requests EXECUTE FUNCTION keep_what_was_asked();
CREATE TRIGGER authority_request_documents_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON authority_request_documents EXECUTE FUNCTION keep_what_was_asked();

-- One deadline may run on several cases: of each place that it is about.
ALTER TABLE clock_targets ADD COLUMN case_id uuid REFERENCES cases;
CREATE INDEX clock_targets_by_case ON clock_targets (case_id) WHERE case_id IS NOT NULL;
