-- Imports. A draft shows what it would change before anyone accepts it; accepting is one act, carried out step by step from the
-- staged rows, so that a million entries neither block other changes nor have to start again after a crash.

CREATE TABLE bank_drafts (
	id uuid PRIMARY KEY,
	-- No foreign key: what was imported stays known after its bank is gone.
	bank_id uuid NOT NULL,
	bank_name text NOT NULL,
	-- The file's name, or what else the rows came from.
	origin text NOT NULL,
	source text NOT NULL,
	-- The file is all that its sources say: what they said before and do not say now is taken back.
	is_replacing boolean NOT NULL,
	state text NOT NULL DEFAULT 'building' CHECK (state IN ('building', 'open', 'accepted', 'applied', 'rejected')),
	created_by text NOT NULL,
	created_at timestamptz(3) NOT NULL DEFAULT now(),
	row_count integer NOT NULL DEFAULT 0 CHECK (row_count >= 0),
	done_rows integer NOT NULL DEFAULT 0 CHECK (done_rows BETWEEN 0 AND row_count),
	-- The delta was computed against the bank as of this sequence.
	base_sequence bigint NOT NULL DEFAULT 0,
	entries_before integer NOT NULL DEFAULT 0,
	added integer NOT NULL DEFAULT 0,
	changed integer NOT NULL DEFAULT 0,
	removed integer NOT NULL DEFAULT 0,
	same integer NOT NULL DEFAULT 0,
	-- {count, byCode, first: [{line, code, detail}]}
	rejected jsonb NOT NULL DEFAULT '{"count": 0, "byCode": {}, "first": []}',
	-- Why one person's word is not enough; empty where it is.
	faults text[] NOT NULL DEFAULT '{}',
	decided_by text,
	decided_at timestamptz(3),
	why text,
	CHECK ((decided_by IS NULL) = (state IN ('building', 'open')))
);
CREATE INDEX bank_drafts_by_time ON bank_drafts (created_at);

-- No foreign key either: a check per row would be a third of an import's time.
CREATE TABLE bank_draft_rows (
	draft_id uuid NOT NULL,
	n integer NOT NULL,
	id uuid NOT NULL,
	hash_type text NOT NULL,
	hash bytea NOT NULL,
	quality smallint,
	source text NOT NULL,
	-- Null: the source takes back what it said.
	opinion jsonb,
	PRIMARY KEY (draft_id, n)
);
