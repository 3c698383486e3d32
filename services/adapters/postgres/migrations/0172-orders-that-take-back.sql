-- Whether the order takes a decision back: what was restored so was restored by no decision of people.
ALTER TABLE orders ADD COLUMN takes_back boolean NOT NULL DEFAULT false;
