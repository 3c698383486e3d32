-- Outbreaks: what spreads faster than it should. One process at a time counts what the history is due, in the order of its numbers.

ALTER TABLE history_marks DROP CONSTRAINT history_marks_name_check;
ALTER TABLE history_marks ADD CHECK (name IN ('numbered', 'published', 'written', 'counted'));
-- Of what is due, all up to here is in the counter's snapshot: what is both written and counted is deleted.
INSERT INTO history_marks (name, number) SELECT 'counted', number FROM history_marks WHERE name = 'written';

CREATE TABLE outbreak_counter (
	is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
	-- Up to here outbreaks are in the record; at or after the snapshot.
	counted bigint NOT NULL CHECK (counted >= 0),
	holder text,
	held_until timestamptz(3),
	-- Compressed; null before the first.
	snapshot bytea
);
INSERT INTO outbreak_counter (counted) SELECT number FROM history_marks WHERE name = 'written';

CREATE TABLE outbreaks (
	id uuid PRIMARY KEY,
	subject_kind text NOT NULL CHECK (subject_kind IN ('cluster', 'account', 'bank', 'rule', 'platform')),
	subject_key text NOT NULL,
	-- When the item came that made it one.
	began_at timestamptz(3) NOT NULL,
	found_at timestamptz(3) NOT NULL,
	-- Growth as it was then, and as it was counted last (core/outbreaks/outbreak.ts).
	at_alert jsonb NOT NULL,
	latest jsonb NOT NULL,
	case_id uuid REFERENCES cases,
	ended_at timestamptz(3),
	ended_because text CHECK (ended_because IN ('growth-ended', 'decided', 'not-watched')),
	CHECK ((ended_at IS NULL) = (ended_because IS NULL))
);
CREATE UNIQUE INDEX outbreaks_running ON outbreaks (subject_kind, subject_key) WHERE ended_at IS NULL;
CREATE INDEX outbreaks_by_case ON outbreaks (case_id) WHERE case_id IS NOT NULL;

-- The items that it was seen by, as far as they are kept: those of its beginning.
CREATE TABLE outbreak_items (
	outbreak_id uuid NOT NULL REFERENCES outbreaks,
	item_id uuid NOT NULL REFERENCES items,
	PRIMARY KEY (outbreak_id, item_id)
);
CREATE INDEX outbreak_items_by_item ON outbreak_items (item_id);
