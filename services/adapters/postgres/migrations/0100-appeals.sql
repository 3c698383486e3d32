-- Appeals: somebody whom a decision concerns asks that other people decide. A decided case waits for people once more, for others than
-- those who decided.

ALTER TABLE cases
	-- The decision that was appealed last, when it was given, and by whom; kept once people have decided again.
	ADD COLUMN appealed_decision text CHECK (appealed_decision IN ('remove', 'restore')),
	ADD COLUMN appealed_at timestamptz(3),
	ADD COLUMN appealed_by uuid[] CHECK (appealed_by <> '{}'),
	ADD CHECK ((appealed_decision IS NULL) = (appealed_at IS NULL) AND (appealed_decision IS NULL) = (appealed_by IS NULL)),
	-- Its cluster's key, while the case has one of its own: the cluster may have opened a newer case, and both wait for people.
	ADD COLUMN gathered_as text;

ALTER TABLE orders
	-- Stands in the statement of reasons: whoever holds it may appeal. Null where nothing is restricted, and of older orders.
	ADD COLUMN appeal_code text CHECK (appeal_code ~ '^\d{16}$'),
	-- Somebody had appealed when it was made.
	ADD COLUMN is_appealed boolean NOT NULL DEFAULT false;
CREATE INDEX orders_by_appeal_code ON orders (appeal_code) WHERE appeal_code IS NOT NULL;

CREATE TABLE appeals (
	id uuid PRIMARY KEY,
	case_id uuid NOT NULL REFERENCES cases,
	appellant text NOT NULL CHECK (appellant IN ('user', 'reporter')),
	channel text NOT NULL CHECK (channel IN ('portal', 'platform')),
	-- What restricted the user's item.
	order_id uuid REFERENCES orders,
	-- The reporter's; their words are among its messages.
	report_id uuid REFERENCES reports,
	body text NOT NULL,
	-- Ours, and never changed.
	received_at timestamptz(3) NOT NULL,
	-- When the decision was given that is appealed; null where people had yet to decide.
	against timestamptz(3),
	outcome text CHECK (outcome IN ('upheld', 'overturned')),
	settled_at timestamptz(3),
	CHECK ((appellant = 'user') = (order_id IS NOT NULL)),
	CHECK ((appellant = 'reporter') = (report_id IS NOT NULL)),
	CHECK ((outcome IS NULL) = (settled_at IS NULL))
);
CREATE INDEX appeals_by_order ON appeals (order_id) WHERE order_id IS NOT NULL;
-- Once: what other people have looked at stays as they left it.
CREATE UNIQUE INDEX appeals_by_report ON appeals (report_id, case_id) WHERE report_id IS NOT NULL;
CREATE INDEX appeals_by_case ON appeals (case_id);
CREATE INDEX appeals_waiting ON appeals (case_id) WHERE outcome IS NULL;
