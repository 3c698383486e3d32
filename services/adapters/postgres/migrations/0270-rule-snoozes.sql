-- Of whom rules say nothing for a while: an account, or a cluster. What they would have said is counted here, and stands in each verdict.
CREATE TABLE rule_snoozes (
	id uuid PRIMARY KEY,
	rule text NOT NULL,
	platform_id uuid REFERENCES platforms,
	-- As the platform calls it.
	account_id text CHECK (length(account_id) BETWEEN 1 AND 256),
	cluster_id uuid REFERENCES clusters,
	until timestamptz(3) NOT NULL,
	why text NOT NULL CHECK (length(why) BETWEEN 1 AND 500),
	begun_by text NOT NULL,
	begun_at timestamptz(3) NOT NULL,
	-- Somebody ended it before its time.
	ended_by text,
	ended_why text CHECK (length(ended_why) BETWEEN 1 AND 500),
	ended_at timestamptz(3),
	firings bigint NOT NULL DEFAULT 0 CHECK (firings >= 0),
	last_firing_at timestamptz(3),
	CHECK (until > begun_at),
	CHECK ((platform_id IS NULL) = (account_id IS NULL)),
	CHECK ((account_id IS NULL) <> (cluster_id IS NULL)),
	CHECK ((ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (ended_why IS NULL))
);
CREATE INDEX rule_snoozes_of_rule ON rule_snoozes (rule, begun_at DESC);
