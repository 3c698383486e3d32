-- What is wrong with a parked record: codes with their parameters, which people read in their language. Letters of before, and of processes
-- of before, have a sentence in its place (detail), which is shown as a quotation.
ALTER TABLE dead_letters
	ADD COLUMN faults jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(faults) = 'array'),
	ALTER COLUMN detail SET DEFAULT '';
