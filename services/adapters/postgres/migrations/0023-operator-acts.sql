-- What people did with records, jobs and orders that were stuck: who, when, what and why. Written with the act itself.

CREATE TABLE operator_acts (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	at timestamptz(3) NOT NULL DEFAULT now(),
	by text NOT NULL CHECK (length(by) BETWEEN 1 AND 256),
	act text NOT NULL CHECK (act IN ('replayed', 'discarded')),
	kind text NOT NULL CHECK (kind IN ('dead-letter', 'job', 'order')),
	-- The id of what was acted on.
	subject text NOT NULL,
	why text NOT NULL
);
CREATE INDEX operator_acts_by_subject ON operator_acts (kind, subject);
