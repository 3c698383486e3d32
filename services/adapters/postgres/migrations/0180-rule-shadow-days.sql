-- What each revision of a rule said in shadow, and what it would have changed, by day (UTC).
CREATE TABLE rule_shadow_days (
	name text NOT NULL,
	revision integer NOT NULL,
	day date NOT NULL,
	held bigint NOT NULL DEFAULT 0 CHECK (held >= 0),
	-- It could not be worked out.
	failed bigint NOT NULL DEFAULT 0 CHECK (failed >= 0),
	-- Items that would have gone another way with it.
	would_withhold bigint NOT NULL DEFAULT 0 CHECK (would_withhold >= 0),
	would_review bigint NOT NULL DEFAULT 0 CHECK (would_review >= 0),
	would_let_pass bigint NOT NULL DEFAULT 0 CHECK (would_let_pass >= 0),
	PRIMARY KEY (name, revision, day),
	FOREIGN KEY (name, revision) REFERENCES rule_revisions
);
