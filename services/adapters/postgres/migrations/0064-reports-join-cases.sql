-- Reports come before people as cases: one for each thing that somebody reported, however many did.

CREATE TABLE case_reports (
	report_id uuid NOT NULL REFERENCES reports,
	-- A hash of what it names, the same for all who name it (core/reports/things.ts).
	thing text NOT NULL,
	-- As it was typed.
	place text NOT NULL,
	case_id uuid NOT NULL REFERENCES cases,
	PRIMARY KEY (report_id, thing)
);
CREATE INDEX case_reports_by_case ON case_reports (case_id);

ALTER TABLE reports
	-- How often its reporter named something, and up to which of these times that is in cases.
	ADD COLUMN named integer NOT NULL DEFAULT 1,
	ADD COLUMN gathered integer NOT NULL DEFAULT 0;
UPDATE reports SET gathered = 1 WHERE NOT is_waiting;
CREATE INDEX reports_due ON reports (received_at) WHERE gathered < named;

ALTER TABLE cases
	-- Null for a place that is on no platform of ours.
	ALTER COLUMN platform_id DROP NOT NULL,
	ALTER COLUMN surface DROP NOT NULL,
	-- How its reports were counted (core/cases/count-reports.ts); null where there are none.
	ADD COLUMN counted_reports jsonb;

ALTER TABLE platforms
	-- Where it shows its content, with {item} for its own id of it.
	ADD COLUMN address_templates text[] NOT NULL DEFAULT '{}';
