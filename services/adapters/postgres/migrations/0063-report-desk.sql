-- People at the reports: who waits for them, who looked first, who answered.

ALTER TABLE reports
	-- True until it is answered or withdrawn, and again once its reporter adds something.
	ADD COLUMN is_waiting boolean NOT NULL DEFAULT true,
	-- When somebody first opened it.
	ADD COLUMN taken_at timestamptz(3),
	ADD CHECK (withdrawn_at IS NULL OR NOT is_waiting);
CREATE INDEX reports_waiting ON reports (is_danger_now DESC, received_at) WHERE is_waiting;
