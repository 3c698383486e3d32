-- Deadlines that run. What a clock began with never changes, and what happened to it is only added to; `clocks` also holds what follows from
-- that, by which it is found.

CREATE TABLE clocks (
	id uuid PRIMARY KEY,
	-- The rules under which it began, and where days are counted. An edited profile moves no clock that runs.
	profile_id text NOT NULL,
	jurisdiction text NOT NULL,
	profile jsonb NOT NULL,
	place jsonb NOT NULL,
	cause_kind text NOT NULL CHECK (cause_kind IN ('case', 'report', 'authority-request')),
	cause_id uuid NOT NULL,
	case_id uuid REFERENCES cases,
	-- Ours, and never changed.
	received_at timestamptz(3) NOT NULL,
	urgent_reason text CHECK (urgent_reason <> ''),
	started_at timestamptz(3) NOT NULL,
	-- Of what follows from its rules and events.
	due_at timestamptz(3),
	ended_at timestamptz(3),
	outcome text CHECK (outcome IN ('kept', 'late', 'moot')),
	look_at timestamptz(3),
	CHECK ((ended_at IS NULL) = (outcome IS NULL)),
	-- Whatever starts it may be told again.
	UNIQUE (profile_id, cause_kind, cause_id)
);
CREATE INDEX clocks_to_look_at ON clocks (look_at) WHERE look_at IS NOT NULL;
CREATE INDEX clocks_running ON clocks (due_at) WHERE ended_at IS NULL;
CREATE INDEX clocks_by_case ON clocks (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX clocks_by_cause ON clocks (cause_id);

-- What is to be removed before an order counts as acknowledged; null: nothing that we hold.
CREATE TABLE clock_targets (
	clock_id uuid NOT NULL REFERENCES clocks,
	position integer NOT NULL CHECK (position >= 0),
	item_id uuid REFERENCES items,
	PRIMARY KEY (clock_id, position)
);
CREATE INDEX clock_targets_by_item ON clock_targets (item_id) WHERE item_id IS NOT NULL;

CREATE TABLE clock_events (
	clock_id uuid NOT NULL REFERENCES clocks,
	event_id text NOT NULL CHECK (event_id <> ''),
	kind text NOT NULL,
	at timestamptz(3) NOT NULL,
	recorded_at timestamptz(3) NOT NULL,
	PRIMARY KEY (clock_id, event_id)
);

-- Warnings and breaches: when each was one, and when that was noted.
CREATE TABLE clock_marks (
	clock_id uuid NOT NULL REFERENCES clocks,
	kind text NOT NULL CHECK (kind IN ('warning', 'breach')),
	-- 0 for a breach.
	fraction double precision NOT NULL CHECK (fraction >= 0 AND fraction < 1),
	at timestamptz(3) NOT NULL,
	noted_at timestamptz(3) NOT NULL,
	PRIMARY KEY (clock_id, kind, fraction, at),
	CHECK ((kind = 'breach') = (fraction = 0))
);

CREATE FUNCTION keep_start_of_clock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF (NEW.id, NEW.received_at, NEW.cause_kind, NEW.cause_id, NEW.profile_id) IS DISTINCT FROM (OLD.id, OLD.received_at, OLD.cause_kind, OLD.cause_id, OLD.profile_id) THEN
		RAISE EXCEPTION 'when a clock was started, and by what, does not change';
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER clocks_start BEFORE UPDATE ON clocks FOR EACH ROW EXECUTE FUNCTION keep_start_of_clock();

CREATE FUNCTION refuse_to_forget_clocks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'what happened to a clock is only added to';
END $$;
CREATE TRIGGER clocks_stay BEFORE DELETE OR TRUNCATE ON clocks EXECUTE FUNCTION refuse_to_forget_clocks();
CREATE TRIGGER clock_events_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON clock_events EXECUTE FUNCTION refuse_to_forget_clocks();
CREATE TRIGGER clock_marks_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON clock_marks EXECUTE FUNCTION refuse_to_forget_clocks();

-- The nearest deadline that runs on a case; the queue is in this order within one urgency.
ALTER TABLE cases ADD COLUMN due_at timestamptz(3);
CREATE INDEX cases_queue_by_deadline ON cases (urgency DESC, due_at, opened_at) WHERE state NOT IN ('decided', 'closed');
DROP INDEX cases_queue;
