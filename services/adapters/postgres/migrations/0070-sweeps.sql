-- Sweeps: earlier items meet entries that came or changed after them. What a sweep has done lies here, so that it goes on where it stopped.

CREATE TABLE sweeps (
	id uuid PRIMARY KEY,
	-- Of bank_changes: the changes after the first up to the second are compared.
	from_sequence bigint NOT NULL CHECK (from_sequence >= 0),
	to_sequence bigint NOT NULL CHECK (to_sequence >= from_sequence),
	-- Null: it began by itself.
	started_by text,
	started_at timestamptz(3) NOT NULL,
	state text NOT NULL CHECK (state IN ('looking', 'judging', 'waiting', 'acting', 'done', 'canceled')),
	is_paused boolean NOT NULL DEFAULT false,
	-- 1: all items; 2: those once more that were being examined when it began.
	pass smallint NOT NULL DEFAULT 1 CHECK (pass IN (1, 2)),
	-- Items up to this one have been compared in this pass.
	cursor uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
	tail_from uuid NOT NULL,
	through uuid NOT NULL,
	tail_due_at timestamptz(3) NOT NULL,
	entries integer NOT NULL DEFAULT 0 CHECK (entries >= 0),
	compared bigint NOT NULL DEFAULT 0 CHECK (compared >= 0),
	-- What it might do by itself, as the policy said when it had looked.
	allowed_items integer CHECK (allowed_items >= 0),
	approved_by text,
	ended_at timestamptz(3),
	-- A detector works on it until then.
	leased_by uuid,
	lease_until timestamptz(3),
	CHECK ((state IN ('done', 'canceled')) = (ended_at IS NOT NULL))
);
CREATE INDEX sweeps_unfinished ON sweeps (started_at) WHERE state NOT IN ('done', 'canceled');
CREATE INDEX sweeps_by_range ON sweeps (to_sequence);

CREATE TABLE sweep_findings (
	sweep_id uuid NOT NULL REFERENCES sweeps,
	item_id uuid NOT NULL REFERENCES items,
	-- Null until it has been judged again.
	tier text CHECK (tier IN ('K1', 'K2', 'K3', 'M', 'T', 'none')),
	effect text CHECK (effect IN ('withhold', 'review', 'none')),
	settled_at timestamptz(3),
	order_id uuid REFERENCES orders,
	PRIMARY KEY (sweep_id, item_id),
	CHECK ((tier IS NULL) = (effect IS NULL))
);
CREATE INDEX sweep_findings_unjudged ON sweep_findings (sweep_id, item_id) WHERE tier IS NULL;
CREATE INDEX sweep_findings_unsettled ON sweep_findings (sweep_id, item_id) WHERE settled_at IS NULL AND effect <> 'none';
CREATE INDEX sweep_findings_by_order ON sweep_findings (order_id) WHERE order_id IS NOT NULL;

-- What an item's verdict was before a sweep judged it again.
CREATE TABLE earlier_verdicts (
	item_id uuid NOT NULL REFERENCES items,
	sweep_id uuid NOT NULL REFERENCES sweeps,
	until timestamptz(3) NOT NULL,
	verdict jsonb NOT NULL,
	PRIMARY KEY (item_id, sweep_id)
);

-- What was recorded before sweeps came was compared with the banks of its time alone; `breakwater sweep start` compares it with all of them.
INSERT INTO sweeps (id, from_sequence, to_sequence, started_at, state, tail_from, through, tail_due_at, ended_at)
	SELECT '00000000-0000-7000-8000-000000000000', last, last, now(), 'done', '00000000-0000-0000-0000-000000000000',
		'00000000-0000-0000-0000-000000000000', now(), now()
	FROM (SELECT COALESCE(max(sequence), 0) AS last FROM bank_changes) AS banks;
