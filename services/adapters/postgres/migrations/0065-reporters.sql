-- Who reports over the API: hotlines, trusted flaggers, partners, and the report buttons of platforms. What they are told goes to their webhook.

CREATE TABLE reporters (
	id uuid PRIMARY KEY,
	name text NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
	kind text NOT NULL CHECK (kind IN ('platform-user', 'trusted-flagger', 'hotline', 'partner')),
	webhook_url text,
	webhook_secret text,
	is_enabled boolean NOT NULL DEFAULT true,
	created_at timestamptz(3) NOT NULL DEFAULT now(),
	CHECK ((webhook_url IS NULL) = (webhook_secret IS NULL))
);

CREATE TABLE reporter_keys (
	key_hash bytea PRIMARY KEY CHECK (length(key_hash) = 32),
	reporter_id uuid NOT NULL REFERENCES reporters,
	created_at timestamptz(3) NOT NULL DEFAULT now(),
	revoked_at timestamptz(3)
);

ALTER TABLE reports
	ADD COLUMN reporter_id uuid REFERENCES reporters,
	-- The reporter's own name of it: the same one again is the same report.
	ADD COLUMN reference text CHECK (reference <> ''),
	-- The sentence of core/reports/answer.ts that was told last; null where there is none, or a person wrote their own.
	ADD COLUMN answer text,
	ALTER COLUMN receipt_hash DROP NOT NULL,
	ADD CONSTRAINT reports_by_reference UNIQUE (reporter_id, reference),
	-- A report has one way back to it: a receipt, or its reporter's key.
	ADD CONSTRAINT reports_way_back CHECK (
		(receipt_hash IS NULL) = (reporter_id IS NOT NULL) AND (reporter_id IS NULL) = (reference IS NULL));

CREATE TABLE reporter_notices (
	id uuid PRIMARY KEY,
	report_id uuid NOT NULL REFERENCES reports,
	status text NOT NULL CHECK (status IN ('received', 'answered', 'reopened')),
	answer text,
	-- What it says in words; null for an acknowledgement.
	message_id uuid REFERENCES report_messages,
	created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
	state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'undelivered')),
	attempts integer NOT NULL DEFAULT 0,
	last_reason text
);
CREATE INDEX reporter_notices_by_report ON reporter_notices (report_id);
