-- What rules could read of each item when it was judged, without content, for as long as it is kept; and what rules would have done with it.

-- Which fact stands at which place of the rows below.
CREATE TABLE fact_layouts (
	id integer PRIMARY KEY,
	-- Of the catalogue of facts.
	revision integer NOT NULL CHECK (revision >= 1),
	names text[] NOT NULL CHECK (cardinality(names) > 0)
);

-- Ids of items begin with the time: the key is the index by which a time is read, and by which rows that are too old go. No foreign keys:
-- each row is written by the statement that writes its item, and a process declares its layout before.
CREATE TABLE verdict_facts (
	item_id uuid PRIMARY KEY,
	layout integer NOT NULL,
	-- JSON: place, value, place, value, …
	facts text NOT NULL
);

CREATE TABLE rule_backtests (
	id uuid PRIMARY KEY,
	name text NOT NULL,
	revision integer NOT NULL,
	from_at timestamptz(3) NOT NULL,
	to_at timestamptz(3) NOT NULL,
	state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done')),
	-- The last item that was looked at.
	through uuid NOT NULL,
	tally jsonb NOT NULL,
	started_by text NOT NULL,
	started_at timestamptz(3) NOT NULL DEFAULT now(),
	ended_at timestamptz(3),
	FOREIGN KEY (name, revision) REFERENCES rule_revisions,
	CHECK (from_at < to_at),
	CHECK ((state = 'done') = (ended_at IS NOT NULL))
);
CREATE INDEX rule_backtests_by_rule ON rule_backtests (name, revision, started_at);
