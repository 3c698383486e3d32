-- Items that are withheld on their bytes alone and have not been examined yet: their verdict and their case are still to come. A row goes
-- in the transaction that records them. Such an item's order has no case until then.

CREATE TABLE examination_owed (
	item_id uuid PRIMARY KEY REFERENCES items,
	since timestamptz(3) NOT NULL DEFAULT now()
);
