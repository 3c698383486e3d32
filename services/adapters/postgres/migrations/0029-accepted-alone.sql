-- An import that no second person has proven to agree with: of its maker, or under a name that was only typed. Those of a day count
-- together against the bank's allowance, even one that was stopped half way.

ALTER TABLE bank_drafts ADD COLUMN accepted_alone boolean NOT NULL DEFAULT false;

UPDATE bank_drafts SET accepted_alone = true
	WHERE state IN ('accepted', 'applied') AND lower(decided_by) = lower(created_by);
