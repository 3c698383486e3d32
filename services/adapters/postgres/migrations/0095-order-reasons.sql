-- What made people look, as it was when the order was made: every attempt gives the affected user the same reasons. Older orders name nobody.
ALTER TABLE orders
	ADD COLUMN is_reported boolean NOT NULL DEFAULT false,
	ADD COLUMN is_asked_for boolean NOT NULL DEFAULT false;
