-- Items that a case about a place shows, and decides nothing of (core/outbreaks/specimen.ts).
CREATE TABLE specimens (
	case_id uuid NOT NULL REFERENCES cases,
	item_id uuid NOT NULL REFERENCES items,
	PRIMARY KEY (case_id, item_id)
);
CREATE INDEX specimens_by_item ON specimens (item_id);
