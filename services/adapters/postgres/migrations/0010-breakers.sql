-- Breakers on automatic withholds: those that are open, who opened and closed them, and how fast withholds come.

CREATE TABLE breakers (
	kind text NOT NULL CHECK (kind IN ('entry', 'bank', 'model', 'platform', 'all')),
	key text NOT NULL CHECK (length(key) BETWEEN 1 AND 256),
	opened_at timestamptz(3) NOT NULL DEFAULT now(),
	-- Null: the machine.
	opened_by text,
	reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
	per_minute real,
	baseline_per_minute real,
	-- A row is there while the breaker is open.
	PRIMARY KEY (kind, key)
);

CREATE TABLE breaker_events (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	kind text NOT NULL,
	key text NOT NULL,
	act text NOT NULL CHECK (act IN ('opened', 'closed')),
	at timestamptz(3) NOT NULL DEFAULT now(),
	by text,
	reason text NOT NULL,
	-- Only people close.
	CHECK (act = 'opened' OR by IS NOT NULL)
);
CREATE INDEX breaker_events_by_scope ON breaker_events (kind, key, at DESC);

CREATE TABLE breaker_counts (
	kind text NOT NULL,
	key text NOT NULL,
	minute timestamptz(0) NOT NULL,
	count integer NOT NULL CHECK (count > 0),
	PRIMARY KEY (kind, key, minute)
);
CREATE INDEX breaker_counts_by_minute ON breaker_counts (minute);

ALTER TABLE verdicts ADD COLUMN diverted_by text[] NOT NULL DEFAULT '{}';
