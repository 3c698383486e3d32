-- Cases about accounts, with what people removed of them as evidence, and what platforms are told of accounts: orders as those of items are, sent,
-- acknowledged, repeated, given up and sent again in the same way.

CREATE TABLE account_cases (
	case_id uuid PRIMARY KEY REFERENCES cases,
	platform_id uuid NOT NULL REFERENCES platforms,
	-- The platform's own id of it.
	account_id text NOT NULL,
	-- What laws asked to consider when the last strike came to it (core/strikes/recommendation.ts).
	recommendations jsonb NOT NULL
);
CREATE INDEX account_cases_by_account ON account_cases (platform_id, account_id);

-- A strike is the order that removed an item. Taken back since, it counts no more, and stays as what the case was opened for.
CREATE TABLE account_strikes (
	case_id uuid NOT NULL REFERENCES account_cases,
	order_id uuid NOT NULL REFERENCES orders,
	PRIMARY KEY (case_id, order_id)
);

ALTER TABLE orders
	ALTER COLUMN item_id DROP NOT NULL,
	-- The account's, instead of the item's.
	ADD COLUMN account_platform uuid REFERENCES platforms,
	ADD COLUMN account_id text,
	-- What it rests on: how many strikes, and what laws ask.
	ADD COLUMN account_reasons jsonb,
	DROP CONSTRAINT orders_action_check,
	ADD CHECK (CASE WHEN item_id IS NULL
		THEN account_platform IS NOT NULL AND account_id IS NOT NULL AND account_reasons IS NOT NULL AND case_id IS NOT NULL
			AND decided_by = 'person' AND action IN ('account.restrict-recommended', 'account.restriction-withdrawn')
		ELSE account_platform IS NULL AND account_id IS NULL AND account_reasons IS NULL AND action IN ('withhold', 'remove', 'restore') END),
	ADD UNIQUE (account_platform, account_id, version);
