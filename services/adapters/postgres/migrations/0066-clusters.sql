-- Items that are one thing: a cluster around the hash of the item that founded it, and its members.

CREATE TABLE clusters (
	-- Made of the medoid (core/clusters/cluster-id.ts).
	id uuid PRIMARY KEY,
	medoid bytea NOT NULL CHECK (length(medoid) = 32),
	-- When somebody joined last, to within a day: joining writes no row that everybody who joins waits for.
	seen_at timestamptz(3) NOT NULL,
	-- By the record's clock: what other detectors follow.
	written_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX clusters_written ON clusters (written_at);

CREATE TABLE cluster_members (
	cluster_id uuid NOT NULL REFERENCES clusters,
	item_id uuid NOT NULL REFERENCES items,
	degree text NOT NULL CHECK (degree IN ('confirmed', 'suggested')),
	distance_bits smallint NOT NULL CHECK (distance_bits BETWEEN 0 AND 31),
	PRIMARY KEY (cluster_id, item_id)
);
CREATE INDEX cluster_members_by_item ON cluster_members (item_id);
CREATE UNIQUE INDEX cluster_members_once ON cluster_members (item_id) WHERE degree = 'confirmed';
