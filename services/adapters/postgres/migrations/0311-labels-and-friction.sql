-- Labels of items, and friction in the way of accounts: orders that follow each other by a version of their own, beside those that say whether an
-- item is to be seen.

ALTER TABLE orders
	-- Empty: the item's state, or what is recommended of the account. Else `friction`, or `label:` and its name.
	ADD COLUMN matter text NOT NULL DEFAULT '',
	DROP CONSTRAINT orders_check,
	DROP CONSTRAINT orders_item_id_version_key,
	DROP CONSTRAINT orders_account_platform_account_id_version_key,
	ADD UNIQUE (item_id, matter, version),
	ADD UNIQUE (account_platform, account_id, matter, version),
	ADD CONSTRAINT orders_check CHECK (CASE
		WHEN item_id IS NULL
			THEN account_platform IS NOT NULL AND account_id IS NOT NULL AND account_reasons IS NOT NULL AND case_id IS NOT NULL AND matter = ''
				AND decided_by = 'person' AND action IN ('account.restrict-recommended', 'account.restriction-withdrawn')
		-- The item is what led to it.
		WHEN matter = 'friction'
			THEN account_platform IS NOT NULL AND account_id IS NOT NULL AND account_reasons IS NULL AND action IN ('add-friction', 'lift-friction')
		ELSE account_platform IS NULL AND account_id IS NULL AND account_reasons IS NULL
			AND CASE WHEN matter = '' THEN action IN ('withhold', 'remove', 'restore', 'limit-spread', 'lift-limit')
				ELSE matter ~ '^label:[a-z0-9][a-z0-9-]{0,62}$' AND action IN ('label', 'unlabel') END END);
