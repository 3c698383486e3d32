-- How often a revision of a rule would have asked about an account that people had let be (core/rules/answered.ts).
CREATE TABLE answered_rules (
	name text NOT NULL,
	revision integer NOT NULL,
	items bigint NOT NULL CHECK (items > 0),
	last_at timestamptz(3) NOT NULL,
	PRIMARY KEY (name, revision),
	FOREIGN KEY (name, revision) REFERENCES rule_revisions
);
