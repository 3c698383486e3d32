-- Hashes of texts that nobody had to see and that are like no other: many in a row, for sweeps to meet, and for as long as facts of verdicts
-- are kept. No row and no index for each: a text costs about a hundred bytes.

CREATE TABLE packed_hashes (
	-- The last of the items that were recorded together; the same in every type.
	through uuid NOT NULL,
	type text NOT NULL,
	-- 16 bytes each, and their hashes in the same order.
	item_ids bytea NOT NULL CHECK (length(item_ids) > 0 AND length(item_ids) % 16 = 0),
	hashes bytea NOT NULL CHECK (length(hashes) % (length(item_ids) / 16) = 0 AND length(hashes) > 0),
	PRIMARY KEY (through, type)
);
-- Hashes do not compress.
ALTER TABLE packed_hashes ALTER COLUMN item_ids SET STORAGE EXTERNAL, ALTER COLUMN hashes SET STORAGE EXTERNAL;
