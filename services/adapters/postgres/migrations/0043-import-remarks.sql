-- What a draft's rows are that entered all the same: expired already, or given two opinions by one source.
ALTER TABLE bank_drafts ADD COLUMN remarks jsonb NOT NULL DEFAULT '[]';
