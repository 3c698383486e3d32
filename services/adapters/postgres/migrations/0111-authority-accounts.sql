-- Those who log in for authorities, with a second factor; and by which way each request came.

CREATE TABLE authority_accounts (
	id uuid PRIMARY KEY,
	authority_id uuid NOT NULL REFERENCES authorities,
	login text NOT NULL UNIQUE CHECK (login = lower(login) AND length(login) BETWEEN 1 AND 128),
	password_hash text NOT NULL,
	is_password_first boolean NOT NULL DEFAULT true,
	is_disabled boolean NOT NULL DEFAULT false,
	-- The secret of its one-time codes, sealed by the portal's own secret; null until it is set up.
	factor bytea,
	-- The last step of time whose code was taken: none of it, or of an earlier one, is taken again.
	factor_step bigint NOT NULL DEFAULT -1,
	created_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
	CHECK (factor IS NOT NULL OR is_password_first)
);

CREATE TABLE authority_recovery_codes (
	account_id uuid NOT NULL REFERENCES authority_accounts,
	code_hash bytea NOT NULL CHECK (length(code_hash) = 32),
	PRIMARY KEY (account_id, code_hash)
);

CREATE TABLE authority_sessions (
	token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
	user_id uuid NOT NULL REFERENCES authority_accounts,
	created_at timestamptz(3) NOT NULL,
	expires_at timestamptz(3) NOT NULL,
	ends_at timestamptz(3) NOT NULL
);
CREATE INDEX authority_sessions_by_end ON authority_sessions (ends_at);

ALTER TABLE authority_requests
	ADD COLUMN channel text NOT NULL DEFAULT 'key' CHECK (channel IN ('key', 'page', 'e-mail', 'phone', 'letter')),
	ADD COLUMN account_id uuid REFERENCES authority_accounts,
	-- Who typed it in, and when it had arrived by what they say.
	ADD COLUMN clerk_id uuid REFERENCES users,
	ADD COLUMN arrived_at timestamptz(3),
	ADD CONSTRAINT authority_requests_came CHECK (
		(channel = 'page') = (account_id IS NOT NULL)
		AND (channel IN ('e-mail', 'phone', 'letter')) = (clerk_id IS NOT NULL)
		AND (clerk_id IS NULL) = (arrived_at IS NULL)
		AND (arrived_at IS NULL OR arrived_at <= received_at));
CREATE INDEX authority_requests_newest ON authority_requests (authority_id, received_at DESC);
