-- The queue is read in its own order and from any case on, and a lane is counted, without a look at all that waits (adapters/postgres/cases/read-queue.ts).
ALTER TABLE cases ADD COLUMN lane text NOT NULL GENERATED ALWAYS AS (CASE
	WHEN state IN ('second', 'held') THEN 'second'
	WHEN copies_of IS NOT NULL THEN 'copies'
	WHEN tier IN ('K1', 'K2') THEN 'known'
	WHEN tier = 'K3' THEN 'probable'
	WHEN tier IN ('M', 'T') THEN 'model'
	ELSE 'unavailable' END) STORED;
CREATE INDEX cases_by_queue ON cases ((-urgency), (COALESCE(due_at, 'infinity')), opened_at, id) WHERE state NOT IN ('decided', 'closed');
CREATE INDEX cases_by_lane ON cases (lane, (-urgency), (COALESCE(due_at, 'infinity')), opened_at, id) WHERE state NOT IN ('decided', 'closed');
CREATE INDEX cases_waiting ON cases (lane, opened_at) WHERE state NOT IN ('decided', 'closed');
CREATE INDEX cases_ended ON cases (decided_at DESC NULLS FIRST, (-urgency), (COALESCE(due_at, 'infinity')), opened_at, id) WHERE state IN ('decided', 'closed');
CREATE INDEX cases_claimed ON cases (claimed_by) WHERE claimed_by IS NOT NULL;
-- No statement's condition ever let it serve.
DROP INDEX cases_queue_by_deadline;
