-- Questions to the history that operators wrote and keep for everyone, in SQL over its tables.
CREATE TABLE saved_views (
	name text PRIMARY KEY CHECK (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
	says text NOT NULL CHECK (length(says) BETWEEN 1 AND 500),
	query text NOT NULL CHECK (length(query) BETWEEN 1 AND 20000),
	saved_by text NOT NULL,
	saved_at timestamptz(3) NOT NULL DEFAULT now()
);
