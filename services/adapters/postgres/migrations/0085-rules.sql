-- Rules of operators: each revision as it was written, the stage that it is in, and what waits for a second person.

CREATE TABLE rule_revisions (
	name text NOT NULL CHECK (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
	revision integer NOT NULL CHECK (revision >= 1),
	body jsonb NOT NULL,
	why text NOT NULL CHECK (length(why) BETWEEN 1 AND 500),
	made_by text NOT NULL,
	made_at timestamptz(3) NOT NULL DEFAULT now(),
	PRIMARY KEY (name, revision)
);
-- Verdicts name a revision: what it said is kept for ever.
CREATE TRIGGER rule_revisions_kept BEFORE UPDATE OR DELETE ON rule_revisions
	FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER rule_revisions_not_emptied BEFORE TRUNCATE ON rule_revisions
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE rule_stages (
	name text NOT NULL,
	revision integer NOT NULL,
	stage text NOT NULL CHECK (stage IN ('draft', 'checked', 'backtested', 'shadow', 'canary', 'live', 'retired')),
	share double precision NOT NULL DEFAULT 1 CHECK (share > 0 AND share <= 1),
	since timestamptz(3) NOT NULL DEFAULT now(),
	-- A shadow ends by itself.
	ends_at timestamptz(3),
	-- Two people let it speak once: one may go back to it.
	was_live boolean NOT NULL DEFAULT false,
	PRIMARY KEY (name, revision),
	FOREIGN KEY (name, revision) REFERENCES rule_revisions,
	CHECK ((stage = 'shadow') = (ends_at IS NOT NULL)),
	CHECK (stage = 'canary' OR share = 1)
);
CREATE UNIQUE INDEX rule_stages_one_of_each ON rule_stages (name, stage) WHERE stage IN ('shadow', 'canary', 'live');

-- At most one for each rule; gone once somebody has decided. The acts keep what was.
CREATE TABLE rule_requests (
	name text PRIMARY KEY,
	revision integer NOT NULL,
	stage text NOT NULL CHECK (stage IN ('canary', 'live')),
	share double precision NOT NULL CHECK (share > 0 AND share <= 1),
	why text NOT NULL CHECK (length(why) BETWEEN 1 AND 500),
	asked_by uuid NOT NULL REFERENCES users,
	asked_at timestamptz(3) NOT NULL DEFAULT now(),
	FOREIGN KEY (name, revision) REFERENCES rule_stages
);

ALTER TABLE breakers DROP CONSTRAINT breakers_kind_check,
	ADD CONSTRAINT breakers_kind_check CHECK (kind IN ('entry', 'bank', 'model', 'rule', 'platform', 'all'));
