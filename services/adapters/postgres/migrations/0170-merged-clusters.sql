-- Clusters of one thing that two detectors founded at once become one: the younger is merged into the elder.

ALTER TABLE clusters
	-- By the record's clock; the elder of two is the one that was founded first, or has the lower id.
	ADD COLUMN founded_at timestamptz NOT NULL DEFAULT now(),
	-- The one that stands in its place, which is merged into none itself.
	ADD COLUMN merged_into uuid REFERENCES clusters,
	-- How far it was from that one, in any framing.
	ADD COLUMN merged_bits smallint CHECK (merged_bits BETWEEN 0 AND 31),
	ADD CHECK ((merged_into IS NULL) = (merged_bits IS NULL)),
	ADD CHECK (merged_into <> id);
ALTER TABLE clusters ALTER COLUMN founded_at SET DEFAULT clock_timestamp();
CREATE INDEX clusters_merged ON clusters (merged_into) WHERE merged_into IS NOT NULL;
