-- What another policy would have made of verdicts of the past: which policy, of which time, how far that is, and what it has come to.
CREATE TABLE policy_questions (
	id uuid PRIMARY KEY,
	-- A revision, or a proposal that is none yet.
	revision integer,
	proposal_id uuid REFERENCES policy_proposals,
	from_at timestamptz(3) NOT NULL,
	to_at timestamptz(3) NOT NULL,
	-- The part of the verdicts that is looked at, as if drawn.
	share double precision NOT NULL CHECK (share > 0 AND share <= 1),
	-- Verdicts of that time when it began, looked at or not.
	verdicts bigint NOT NULL CHECK (verdicts >= 0),
	state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done')),
	-- The last item that was looked at.
	through uuid NOT NULL,
	tally jsonb NOT NULL,
	started_by text NOT NULL,
	started_at timestamptz(3) NOT NULL DEFAULT now(),
	ended_at timestamptz(3),
	CHECK ((revision IS NULL) <> (proposal_id IS NULL)),
	CHECK (from_at < to_at),
	CHECK ((state = 'done') = (ended_at IS NOT NULL))
);
CREATE INDEX policy_questions_by_start ON policy_questions (started_at);
