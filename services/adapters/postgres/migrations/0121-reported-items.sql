-- Items that we hold and that somebody reported: each is judged again, by what banks and policy have become.

CREATE TABLE reported_items (
	-- No reference: its check would lock the item before its case, and whoever decides locks the case first.
	item_id uuid PRIMARY KEY,
	-- By the last report on it. However many came before it was judged again, it is judged once.
	asked_at timestamptz(3) NOT NULL,
	judged_at timestamptz(3)
);
CREATE INDEX reported_items_due ON reported_items (asked_at) WHERE judged_at IS NULL OR judged_at < asked_at;

ALTER TABLE earlier_verdicts
	DROP CONSTRAINT earlier_verdicts_pkey,
	-- Null where a report had it judged again.
	ALTER COLUMN sweep_id DROP NOT NULL,
	ADD PRIMARY KEY (item_id, until);
