-- Items whose verdict is recorded and acted on, and whose bytes are not in the media store yet. A row goes once they are.

CREATE TABLE evidence_owed (
	item_id uuid PRIMARY KEY REFERENCES items,
	since timestamptz(3) NOT NULL DEFAULT now()
);
