-- What machines and people did and saw. An act is written to acts_due in the transaction of its effect; a sequencer moves what is committed
-- to acts, and numbers it. The body is canonical JSON, byte for byte what a log of hashes will cover.

CREATE TABLE acts_due (
	-- In the order of writing; has gaps where transactions were rolled back.
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	body text NOT NULL
);

CREATE TABLE acts (
	-- 1, 2, 3 …: without gaps, and visible in this order.
	sequence bigint PRIMARY KEY CHECK (sequence >= 1),
	body text NOT NULL,
	at text COLLATE "C" NOT NULL GENERATED ALWAYS AS (body::jsonb ->> 'at') STORED,
	actor text NOT NULL GENERATED ALWAYS AS (COALESCE(body::jsonb -> 'actor' ->> 'name', body::jsonb -> 'actor' ->> 'kind')) STORED,
	what text NOT NULL GENERATED ALWAYS AS (body::jsonb ->> 'what') STORED,
	subject_kind text NOT NULL GENERATED ALWAYS AS (body::jsonb -> 'on' ->> 'kind') STORED,
	subject_id text NOT NULL GENERATED ALWAYS AS (body::jsonb -> 'on' ->> 'id') STORED
);
CREATE INDEX acts_by_actor ON acts (actor, sequence);
CREATE INDEX acts_by_what ON acts (what, sequence);
CREATE INDEX acts_by_subject ON acts (subject_id, subject_kind, sequence);

-- No statement changes or deletes what is in the log.
CREATE FUNCTION refuse_to_change_acts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'the log of acts is only added to';
END $$;
CREATE TRIGGER acts_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON acts EXECUTE FUNCTION refuse_to_change_acts();
