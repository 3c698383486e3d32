-- Whose law holds: for items that name no country the one that their platform is registered with.
ALTER TABLE platforms ADD COLUMN country text CHECK (country ~ '^[A-Z]{2}$');
ALTER TABLE items ADD COLUMN country text CHECK (country ~ '^[A-Z]{2}$');
