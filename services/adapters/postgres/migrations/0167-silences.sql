-- Where a law forbids telling: while a silence lasts, nobody outside is told of its case, and what they would have been told is held.

ALTER TABLE authority_requests
	-- By which law nobody concerned may be told of it; null where nothing forbids it.
	ADD COLUMN silence_basis text CHECK (silence_basis <> ''),
	-- Null: until somebody of ours ends it.
	ADD COLUMN silence_until timestamptz(3);

CREATE TABLE silences (
	id uuid PRIMARY KEY,
	case_id uuid NOT NULL REFERENCES cases,
	reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 2000),
	-- The request that forbids it; null where a person of ours holds back.
	request_id uuid REFERENCES authority_requests,
	begun_by uuid REFERENCES users,
	begun_at timestamptz(3) NOT NULL,
	until timestamptz(3),
	ended_at timestamptz(3),
	-- Null: its time had come.
	ended_by uuid REFERENCES users,
	ended_why text CHECK (length(ended_why) BETWEEN 1 AND 500),
	CHECK ((request_id IS NULL) <> (begun_by IS NULL)),
	CHECK ((ended_by IS NULL) = (ended_why IS NULL)),
	CHECK (ended_by IS NULL OR ended_at IS NOT NULL)
);
CREATE INDEX silences_of_case ON silences (case_id) WHERE ended_at IS NULL;
CREATE INDEX silences_due ON silences (until) WHERE ended_at IS NULL AND until IS NOT NULL;

-- What those who reported a case would have been told; told, in this order, once no silence lasts.
CREATE TABLE held_answers (
	id uuid PRIMARY KEY,
	case_id uuid NOT NULL REFERENCES cases,
	answer text NOT NULL,
	by_user uuid NOT NULL REFERENCES users,
	-- `"all"`, `"unanswered"`, or ids of reports.
	whom jsonb NOT NULL,
	held_at timestamptz(3) NOT NULL
);
CREATE INDEX held_answers_of_case ON held_answers (case_id);
