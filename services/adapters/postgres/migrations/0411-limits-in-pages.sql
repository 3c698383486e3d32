-- Limits of spread, and their lifting, go over all items of an outbreak in pages, in the order in which these were counted.
ALTER TABLE outbreak_items ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY;
CREATE UNIQUE INDEX outbreak_items_in_order ON outbreak_items (outbreak_id, number);

ALTER TABLE outbreaks
	-- Up to here the limit in force, or its lifting, has gone.
	ADD COLUMN changed_through bigint NOT NULL DEFAULT 0 CHECK (changed_through >= 0),
	-- Its limit is lifted, and not of all of its items yet.
	ADD COLUMN is_lifting boolean NOT NULL DEFAULT false,
	-- Something was found of the content of one of its items.
	ADD COLUMN is_found boolean NOT NULL DEFAULT false;
UPDATE outbreaks SET is_found = true WHERE ended_at IS NULL
	AND EXISTS (SELECT FROM outbreak_items JOIN verdicts USING (item_id) WHERE outbreak_id = outbreaks.id AND verdicts.tier <> 'none');
CREATE INDEX outbreaks_lifting ON outbreaks (id) WHERE is_lifting;
