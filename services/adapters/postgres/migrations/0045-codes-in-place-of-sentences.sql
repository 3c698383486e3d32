-- needs 0045-codes-in-place-of-sentences.sql
-- What a machine says to people is kept as a code with its parameters; what was kept as a sentence stays, as a quotation. And a bank's
-- history shows one step for an import, or for putting the bank back, however many entries it wrote.

ALTER TABLE bank_drafts ADD COLUMN over_allowance jsonb NOT NULL DEFAULT '[]';
UPDATE bank_drafts SET over_allowance = (
	SELECT jsonb_agg(jsonb_build_object('code', 'quoted', 'text', said)) FROM unnest(faults) AS said) WHERE faults <> '{}';
ALTER TABLE bank_drafts DROP COLUMN faults;
ALTER TABLE bank_drafts RENAME COLUMN over_allowance TO faults;

UPDATE bank_drafts SET rejected = jsonb_set(rejected, '{first}', (
	SELECT jsonb_agg(jsonb_build_object('line', said -> 'line', 'why', jsonb_build_object('code', 'quoted', 'text', said -> 'detail')))
	FROM jsonb_array_elements(rejected -> 'first') AS said)) WHERE rejected -> 'first' <> '[]';

-- Why a draft ended that nobody decided on; what a person said stands in "why".
ALTER TABLE bank_drafts ADD COLUMN lapsed text CHECK (lapsed IN ('abandoned', 'bank-removed', 'bank-put-back'));
UPDATE bank_drafts SET why = NULL, lapsed = CASE why
		WHEN 'the bank was removed' THEN 'bank-removed' WHEN 'the bank was put back' THEN 'bank-put-back' ELSE 'abandoned' END
	WHERE why IN ('its file was never read to its end', 'the bank was removed', 'the bank was put back');

-- To which step of its history a bank was put back, where that is what the draft records.
ALTER TABLE bank_drafts ADD COLUMN put_back_to bigint;
UPDATE bank_drafts SET put_back_to = substring(origin FROM '\d+$')::bigint WHERE source = 'here' AND origin ~ '^its history at \d+$';

ALTER TABLE bank_entries ALTER COLUMN quarantine_reason TYPE jsonb USING CASE WHEN quarantine_reason IS NULL THEN NULL
	WHEN quarantine_reason = 'in quarantine when it was removed' THEN '{"code": "removed-in-quarantine"}'::jsonb
	ELSE jsonb_build_object('code', 'quoted', 'text', quarantine_reason) END;
ALTER TABLE bank_quarantines_left ALTER COLUMN reason TYPE jsonb USING CASE
	WHEN reason = 'in quarantine when it was removed' THEN '{"code": "removed-in-quarantine"}'::jsonb
	ELSE jsonb_build_object('code', 'quoted', 'text', reason) END;

-- The machine opens a breaker for one reason only: no text says it again.
ALTER TABLE breakers ALTER COLUMN reason DROP NOT NULL;
ALTER TABLE breaker_events ALTER COLUMN reason DROP NOT NULL;
UPDATE breakers SET reason = NULL WHERE opened_by IS NULL;
UPDATE breaker_events SET reason = NULL WHERE by IS NULL;
ALTER TABLE breakers ADD CHECK ((reason IS NULL) = (opened_by IS NULL));
ALTER TABLE breaker_events ADD CHECK ((reason IS NULL) = (by IS NULL));

ALTER TABLE bank_changes ADD COLUMN draft_id uuid;
CREATE INDEX bank_changes_by_draft ON bank_changes (draft_id, sequence) WHERE draft_id IS NOT NULL;
CREATE INDEX bank_changes_alone ON bank_changes (bank_id, sequence) WHERE draft_id IS NULL;
