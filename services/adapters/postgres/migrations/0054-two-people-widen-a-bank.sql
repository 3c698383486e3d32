-- What makes a bank do more than before is a draft, too, and waits for a second person.

-- What is asked of the bank, as core/banks/bank-proposal.ts has it; null: an import, whose rows say it.
ALTER TABLE bank_drafts ADD COLUMN proposal jsonb;

ALTER TABLE bank_drafts DROP CONSTRAINT bank_drafts_lapsed_check;
ALTER TABLE bank_drafts ADD CONSTRAINT bank_drafts_lapsed_check
	CHECK (lapsed IN ('abandoned', 'bank-removed', 'bank-put-back', 'asked-again'));
