-- What was examined, what was concluded, what people do with it, and what platforms are told. One transaction of the detector
-- writes to all of these together with the outbox.

CREATE TABLE items (
	id uuid PRIMARY KEY,
	platform_id uuid NOT NULL REFERENCES platforms,
	source text NOT NULL,
	event_id text NOT NULL,
	subject text NOT NULL,
	kind text NOT NULL CHECK (kind IN ('post', 'media')),
	surface text NOT NULL CHECK (surface IN ('public', 'group', 'direct')),
	author_id text NOT NULL,
	state text NOT NULL DEFAULT 'live' CHECK (state IN ('live', 'withheld', 'removed', 'restored', 'gone')),
	version integer NOT NULL DEFAULT 0 CHECK (version >= 0),
	-- The platform's own time of the event; null where it sent none.
	event_time timestamptz(3),
	received_at timestamptz(3) NOT NULL,
	recorded_at timestamptz(3) NOT NULL,
	UNIQUE (source, event_id)
);
CREATE INDEX items_by_subject ON items (source, subject);

CREATE TABLE verdicts (
	item_id uuid PRIMARY KEY REFERENCES items,
	tier text NOT NULL CHECK (tier IN ('K1', 'K2', 'K3', 'M', 'T', 'none')),
	action text NOT NULL CHECK (action IN ('withhold', 'review', 'none')),
	urgency real NOT NULL CHECK (urgency BETWEEN 0 AND 100),
	is_incomplete boolean NOT NULL,
	category text,
	policy_revision integer NOT NULL,
	signals jsonb NOT NULL
);

-- The hash history: what later additions to banks are matched against.
CREATE TABLE media_hashes (
	item_id uuid PRIMARY KEY REFERENCES items,
	sha256 bytea NOT NULL CHECK (length(sha256) = 32),
	md5 bytea NOT NULL CHECK (length(md5) = 16),
	pdq bytea CHECK (length(pdq) = 32),
	pdq_quality smallint CHECK (pdq_quality BETWEEN 0 AND 100),
	recorded_at timestamptz(3) NOT NULL,
	CHECK ((pdq IS NULL) = (pdq_quality IS NULL))
);
CREATE INDEX media_hashes_by_sha256 ON media_hashes (sha256);

CREATE TABLE cases (
	id uuid PRIMARY KEY,
	cluster_key text NOT NULL,
	state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'claimed', 'second', 'held', 'decided', 'closed')),
	tier text NOT NULL CHECK (tier IN ('K1', 'K2', 'K3', 'M', 'T', 'none')),
	urgency real NOT NULL CHECK (urgency BETWEEN 0 AND 100),
	category text,
	is_incomplete boolean NOT NULL,
	-- Of the first item; a case may gather items of several platforms.
	platform_id uuid NOT NULL REFERENCES platforms,
	surface text NOT NULL CHECK (surface IN ('public', 'group', 'direct')),
	item_count integer NOT NULL DEFAULT 0,
	opened_at timestamptz(3) NOT NULL,
	last_item_at timestamptz(3) NOT NULL,
	escalated_at timestamptz(3),
	decided_at timestamptz(3),
	decision text CHECK (decision IN ('remove', 'restore')),
	first_decision text CHECK (first_decision IN ('remove', 'restore')),
	first_decided_by uuid REFERENCES users,
	-- Grows with each claim; acts under an older one are refused.
	fence integer NOT NULL DEFAULT 0,
	claimed_by uuid REFERENCES users,
	claim_expires_at timestamptz(3),
	next_sequence integer NOT NULL DEFAULT 1,
	CHECK ((claimed_by IS NULL) = (claim_expires_at IS NULL)),
	CHECK ((first_decision IS NULL) = (first_decided_by IS NULL)),
	CHECK ((state = 'decided') <= (decision IS NOT NULL))
);
-- New items join the case of their cluster while it is undecided.
CREATE UNIQUE INDEX cases_undecided_by_cluster ON cases (cluster_key) WHERE state NOT IN ('decided', 'closed');
CREATE INDEX cases_queue ON cases (urgency DESC, opened_at) WHERE state NOT IN ('decided', 'closed');

CREATE TABLE case_items (
	case_id uuid NOT NULL REFERENCES cases,
	item_id uuid NOT NULL REFERENCES items,
	PRIMARY KEY (case_id, item_id)
);
CREATE INDEX case_items_by_item ON case_items (item_id);

-- What reviewers need of an item; only items that reach people have a row.
CREATE TABLE item_evidence (
	item_id uuid PRIMARY KEY REFERENCES items,
	text text,
	media_key text,
	media_type text
);

CREATE TABLE case_events (
	case_id uuid NOT NULL REFERENCES cases,
	sequence integer NOT NULL,
	kind text NOT NULL,
	at timestamptz(3) NOT NULL,
	actor_kind text NOT NULL CHECK (actor_kind IN ('machine', 'person')),
	actor_id uuid REFERENCES users,
	-- Canonical JSON text (sorted keys), byte for byte what a hash chain will cover.
	data text NOT NULL,
	PRIMARY KEY (case_id, sequence),
	CHECK ((actor_kind = 'person') = (actor_id IS NOT NULL))
);
CREATE INDEX case_events_reveals ON case_events (actor_id, at) WHERE kind IN ('revealed', 'hidden');

CREATE TABLE case_skips (
	case_id uuid NOT NULL REFERENCES cases,
	user_id uuid NOT NULL REFERENCES users,
	at timestamptz(3) NOT NULL,
	PRIMARY KEY (case_id, user_id)
);

CREATE TABLE orders (
	id uuid PRIMARY KEY,
	item_id uuid NOT NULL REFERENCES items,
	case_id uuid REFERENCES cases,
	action text NOT NULL CHECK (action IN ('withhold', 'remove', 'restore')),
	version integer NOT NULL CHECK (version >= 1),
	tier text NOT NULL,
	category text,
	decided_by text NOT NULL CHECK (decided_by IN ('machine', 'person')),
	issued_at timestamptz(3) NOT NULL,
	state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'undelivered', 'superseded')),
	attempts integer NOT NULL DEFAULT 0,
	last_attempt_at timestamptz(3),
	last_reason text,
	delivered_at timestamptz(3),
	-- One order per transition: the same order can never exist under two ids.
	UNIQUE (item_id, version)
);
CREATE INDEX orders_undelivered ON orders (issued_at) WHERE state = 'undelivered';

CREATE TABLE outbox (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	name text NOT NULL,
	job_id text NOT NULL,
	payload jsonb NOT NULL,
	created_at timestamptz(3) NOT NULL,
	enqueued_at timestamptz(3)
);
-- Acknowledged rows are deleted, so both partial indexes stay small.
CREATE INDEX outbox_new ON outbox (id) WHERE enqueued_at IS NULL;
CREATE INDEX outbox_enqueued ON outbox (enqueued_at) WHERE enqueued_at IS NOT NULL;
CREATE INDEX outbox_by_job ON outbox (job_id);
