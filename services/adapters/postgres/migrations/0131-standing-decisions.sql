-- What people decided stands for later copies, until it is taken back.

CREATE TABLE standing_decisions (
	-- 'cluster:' and its id, or 'sha256:' and the hash in hex (core/clusters/standing-decision.ts).
	subject text NOT NULL,
	case_id uuid NOT NULL REFERENCES cases,
	decision text NOT NULL CHECK (decision IN ('remove', 'restore')),
	category text,
	decided_at timestamptz(3) NOT NULL,
	-- Scopes of what had spoken of the case's items.
	knew text[] NOT NULL,
	is_withdrawn boolean NOT NULL DEFAULT false,
	-- By the record's clock: what detectors follow.
	written_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
	-- The sweep that reaches the items recorded before it was given; only what was removed needs one.
	sweep_id uuid REFERENCES sweeps,
	PRIMARY KEY (subject, case_id)
);
CREATE INDEX standing_decisions_by_case ON standing_decisions (case_id);
CREATE INDEX standing_decisions_written ON standing_decisions (written_at);
CREATE INDEX standing_decisions_due ON standing_decisions (case_id) WHERE sweep_id IS NULL AND decision = 'remove' AND NOT is_withdrawn;
CREATE INDEX standing_decisions_swept ON standing_decisions (sweep_id) WHERE sweep_id IS NOT NULL;

-- Decisions that it carries to earlier copies.
ALTER TABLE sweeps ADD COLUMN decisions integer NOT NULL DEFAULT 0 CHECK (decisions >= 0);

-- The decided case whose decision led to the order.
ALTER TABLE orders ADD COLUMN standing_case uuid REFERENCES cases;
CREATE INDEX orders_by_standing_case ON orders (standing_case) WHERE standing_case IS NOT NULL;

-- The decided case that this one's items are near copies of, while its decision stands.
ALTER TABLE cases ADD COLUMN copies_of uuid REFERENCES cases;
CREATE INDEX cases_copies ON cases (copies_of) WHERE copies_of IS NOT NULL;
