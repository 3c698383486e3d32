-- Tenants, their keys, and the people who work with cases.

CREATE TABLE platforms (
	id uuid PRIMARY KEY,
	name text NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
	source text NOT NULL UNIQUE CHECK (length(source) BETWEEN 1 AND 512),
	webhook_url text,
	webhook_secret text,
	media_hosts text[] NOT NULL DEFAULT '{}',
	is_enabled boolean NOT NULL DEFAULT true,
	created_at timestamptz(3) NOT NULL DEFAULT now(),
	CHECK ((webhook_url IS NULL) = (webhook_secret IS NULL))
);

CREATE TABLE api_keys (
	key_hash bytea PRIMARY KEY CHECK (length(key_hash) = 32),
	platform_id uuid NOT NULL REFERENCES platforms,
	label text NOT NULL,
	created_at timestamptz(3) NOT NULL DEFAULT now(),
	revoked_at timestamptz(3)
);

CREATE TABLE users (
	id uuid PRIMARY KEY,
	login text NOT NULL UNIQUE CHECK (login = lower(login) AND length(login) BETWEEN 1 AND 128),
	display_name text NOT NULL,
	roles text[] NOT NULL CHECK (roles <@ ARRAY['reviewer', 'lead', 'operator'] AND cardinality(roles) > 0),
	password_hash text NOT NULL,
	is_disabled boolean NOT NULL DEFAULT false,
	created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE sessions (
	token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
	user_id uuid NOT NULL REFERENCES users,
	created_at timestamptz(3) NOT NULL,
	expires_at timestamptz(3) NOT NULL,
	-- However often it is used, a session ends here.
	ends_at timestamptz(3) NOT NULL
);
CREATE INDEX sessions_by_end ON sessions (ends_at);
