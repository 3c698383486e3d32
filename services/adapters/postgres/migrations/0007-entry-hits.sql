-- How much each entry matches, in slots of ten minutes: counted in the transaction of the verdicts, so that all detectors together see
-- all of it. What an entry matched before is its own baseline.

-- No foreign key: an entry may be removed while a detector still counts its last match.
CREATE TABLE entry_hits (
	entry_id uuid NOT NULL,
	slot timestamptz(3) NOT NULL,
	hits integer NOT NULL CHECK (hits > 0),
	-- One bit for each group of accounts seen (matching/entry-surge.ts): how many there were can be estimated, who they were cannot.
	accounts bit(256) NOT NULL,
	PRIMARY KEY (entry_id, slot)
);
CREATE INDEX entry_hits_by_slot ON entry_hits (slot);
