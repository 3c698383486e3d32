-- Counts of the history's files of verdicts, which questions over months read in the place of their rows. They are in force as long as the file
-- that they are of; forgotten with it, their own files are named by nothing and are swept.
CREATE TABLE history_counts (
	key text PRIMARY KEY,
	of_file text NOT NULL REFERENCES history_files ON DELETE CASCADE,
	in_table text NOT NULL,
	rows bigint NOT NULL CHECK (rows > 0)
);
CREATE INDEX history_counts_of_file ON history_counts (of_file);

-- Written with its counts, be they none.
ALTER TABLE history_files ADD COLUMN is_counted boolean NOT NULL DEFAULT false;
