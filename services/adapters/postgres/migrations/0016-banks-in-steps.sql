-- Removing a bank and putting one back go in steps: what a removed bank leaves behind is swept, and an entry's past is looked up by entry.

-- A removed bank's row goes at once, its entries after it (sweep-banks.ts). A check per row was also a sixth of an import's time.
ALTER TABLE bank_entries DROP CONSTRAINT bank_entries_bank_id_fkey;

CREATE INDEX bank_changes_by_entry ON bank_changes (entry_id, sequence) WHERE entry_id IS NOT NULL;
CREATE INDEX bank_changes_by_name ON bank_changes ((data ->> 'name'), sequence) WHERE kind = 'bank';
CREATE INDEX bank_changes_removed ON bank_changes (bank_id) WHERE kind = 'bank-removed';
