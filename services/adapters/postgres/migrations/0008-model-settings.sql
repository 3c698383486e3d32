-- What people decided about models. Revisions are only added; a verdict's signals name the one that its score was read under.

CREATE TABLE model_revisions (
	revision integer PRIMARY KEY CHECK (revision >= 1),
	-- The revision whose settings these are: its own, or the one that a roll-back went to (0: before any decision).
	origin integer NOT NULL CHECK (origin BETWEEN 0 AND revision),
	act text NOT NULL CHECK (act IN ('shadow', 'end-shadow', 'promote', 'accept', 'renew-reference', 'rollback')),
	by text NOT NULL,
	at timestamptz(3) NOT NULL DEFAULT now(),
	settings jsonb NOT NULL,
	CHECK ((act = 'rollback') = (origin < revision))
);

CREATE TABLE model_proposals (
	id uuid PRIMARY KEY,
	model text NOT NULL,
	version text NOT NULL,
	category text NOT NULL,
	tuning jsonb NOT NULL,
	evidence jsonb NOT NULL,
	state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'rejected')),
	proposed_at timestamptz(3) NOT NULL DEFAULT now(),
	decided_at timestamptz(3),
	-- Null where a newer proposal took its place.
	decided_by uuid REFERENCES users,
	revision integer REFERENCES model_revisions,
	CHECK ((state = 'open') = (decided_at IS NULL)),
	CHECK ((state = 'accepted') = (revision IS NOT NULL)),
	CHECK (state <> 'accepted' OR decided_by IS NOT NULL)
);
CREATE UNIQUE INDEX model_proposals_open ON model_proposals (model, version, category) WHERE state = 'open';
