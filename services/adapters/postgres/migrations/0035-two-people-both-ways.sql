-- Of two people who differ neither decides: the second one's decision is kept beside the first's until a lead has decided. Who gave the
-- last decision is kept, so that they can take it back; of cases decided before, their events say who that was.
ALTER TABLE cases
	ADD COLUMN second_decision text CHECK (second_decision IN ('remove', 'restore')),
	ADD COLUMN second_decided_by uuid REFERENCES users,
	ADD COLUMN decided_by uuid REFERENCES users,
	ADD CONSTRAINT cases_second_decision_has_person CHECK ((second_decision IS NULL) = (second_decided_by IS NULL));
UPDATE cases SET decided_by = last.actor_id
	FROM (SELECT DISTINCT ON (case_id) case_id, actor_id FROM case_events WHERE kind = 'decided' AND actor_id IS NOT NULL
		ORDER BY case_id, sequence DESC) AS last
	WHERE cases.id = last.case_id AND cases.decision IS NOT NULL;
