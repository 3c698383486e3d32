-- Outbreaks are of links and of domains, too: what an item links to, as core/outbreaks/post-links.ts has it; null where it links to nothing.
ALTER TABLE verdicts ADD COLUMN links text[];
ALTER TABLE outbreaks
	DROP CONSTRAINT outbreaks_subject_kind_check,
	ADD CONSTRAINT outbreaks_subject_kind_check CHECK (subject_kind IN ('cluster', 'link', 'domain', 'account', 'bank', 'rule', 'platform'));
