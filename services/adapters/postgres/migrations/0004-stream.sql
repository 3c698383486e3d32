-- The embedded profile's stream: a partitioned log with consumer groups, and the records that could not be processed.

CREATE TABLE stream_partitions (
	topic text NOT NULL,
	partition integer NOT NULL CHECK (partition >= 0),
	-- Taken under the row's lock, so that offsets become visible in order.
	next_offset bigint NOT NULL DEFAULT 0,
	PRIMARY KEY (topic, partition)
);

CREATE TABLE stream_records (
	topic text NOT NULL,
	partition integer NOT NULL,
	"offset" bigint NOT NULL,
	key text,
	value bytea NOT NULL,
	headers jsonb NOT NULL DEFAULT '{}',
	at timestamptz(3) NOT NULL DEFAULT now(),
	PRIMARY KEY (topic, partition, "offset"),
	FOREIGN KEY (topic, partition) REFERENCES stream_partitions
);

CREATE TABLE stream_groups (
	"group" text NOT NULL,
	topic text NOT NULL,
	partition integer NOT NULL,
	committed_offset bigint NOT NULL DEFAULT 0,
	-- The member that reads this partition now; a lease, so that a lost member's partitions are taken over.
	member_id uuid,
	lease_expires_at timestamptz(3),
	PRIMARY KEY ("group", topic, partition),
	FOREIGN KEY (topic, partition) REFERENCES stream_partitions
);

CREATE TABLE stream_members (
	"group" text NOT NULL,
	member_id uuid NOT NULL,
	topics text[] NOT NULL,
	expires_at timestamptz(3) NOT NULL,
	PRIMARY KEY ("group", member_id)
);

CREATE TABLE dead_letters (
	id uuid PRIMARY KEY,
	reason text NOT NULL,
	detail text NOT NULL,
	topic text NOT NULL,
	partition integer NOT NULL,
	"offset" bigint NOT NULL,
	key text,
	value bytea NOT NULL,
	value_sha256 bytea NOT NULL CHECK (length(value_sha256) = 32),
	headers jsonb NOT NULL,
	attempts integer NOT NULL,
	state text NOT NULL DEFAULT 'parked' CHECK (state IN ('parked', 'replayed', 'discarded')),
	parked_at timestamptz(3) NOT NULL DEFAULT now(),
	resolved_at timestamptz(3),
	resolved_by text,
	resolution text,
	-- A recreated topic starts its offsets again: the value tells such records apart.
	UNIQUE (topic, partition, "offset", value_sha256),
	CHECK ((state = 'parked') = (resolved_at IS NULL))
);
CREATE INDEX dead_letters_parked ON dead_letters (parked_at) WHERE state = 'parked';
