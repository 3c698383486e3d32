-- Segments of live streams: which stream each is of, as its platform calls it, and the key of the case that gathers them (core/cases/cluster-key.ts).
CREATE TABLE live_segments (
	item_id uuid PRIMARY KEY REFERENCES items,
	case_key text NOT NULL,
	stream text NOT NULL,
	sequence bigint CHECK (sequence >= 0)
);
