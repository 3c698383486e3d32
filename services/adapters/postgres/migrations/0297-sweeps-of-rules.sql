-- A sweep is about a rule's new revision, too: earlier items are asked by what their verdicts recorded.
ALTER TABLE sweeps
	ADD COLUMN rule_name text,
	ADD COLUMN rule_revision integer,
	-- Verdicts that did not record a fact that the rule reads: what it says of them is not known.
	ADD COLUMN unrecorded bigint NOT NULL DEFAULT 0 CHECK (unrecorded >= 0),
	ADD CONSTRAINT sweeps_of_rule FOREIGN KEY (rule_name, rule_revision) REFERENCES rule_revisions,
	ADD CHECK ((rule_name IS NULL) = (rule_revision IS NULL));

-- Rules that are live already have been asked of what came since they are.
ALTER TABLE rule_stages ADD COLUMN is_swept boolean NOT NULL DEFAULT false;
UPDATE rule_stages SET is_swept = true WHERE stage = 'live';
