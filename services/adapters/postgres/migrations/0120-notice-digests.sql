-- What a reference stands for, so that it is not taken for something else later.

ALTER TABLE reports
	-- SHA-256 of the notice (core/reports/repeated-notices.ts); null for receipts' reports, and for what came before this was kept.
	ADD COLUMN notice_digest bytea CHECK (length(notice_digest) = 32);
