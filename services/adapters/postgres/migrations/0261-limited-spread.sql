-- Orders that limit how far an item spreads while it stays up, and that lift the limit: for an outbreak, or because a person asked for it.

ALTER TABLE items
	DROP CONSTRAINT items_state_check,
	ADD CONSTRAINT items_state_check CHECK (state IN ('live', 'limited', 'withheld', 'removed', 'restored', 'gone'));

ALTER TABLE orders
	-- What the item spreads in, where that is why.
	ADD COLUMN outbreak_id uuid REFERENCES outbreaks,
	DROP CONSTRAINT orders_check,
	ADD CONSTRAINT orders_check CHECK (CASE WHEN item_id IS NULL
		THEN account_platform IS NOT NULL AND account_id IS NOT NULL AND account_reasons IS NOT NULL AND case_id IS NOT NULL
			AND decided_by = 'person' AND action IN ('account.restrict-recommended', 'account.restriction-withdrawn')
		ELSE account_platform IS NULL AND account_id IS NULL AND account_reasons IS NULL
			AND action IN ('withhold', 'remove', 'restore', 'limit-spread', 'lift-limit') END);

-- `recommended`: nobody has limited anything. `machine`, `person`: whose limit is in force, which its further items come under, too.
-- `lifted`: people took it back, or the outbreak is over.
ALTER TABLE outbreaks
	ADD COLUMN spread text NOT NULL DEFAULT 'recommended' CHECK (spread IN ('recommended', 'machine', 'person', 'lifted'));
CREATE INDEX outbreaks_limited ON outbreaks (id) WHERE spread IN ('machine', 'person');
