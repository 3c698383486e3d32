-- What people see of a video in place of it: how long it is and where its stills are (core/items/choose-stills.ts).
ALTER TABLE item_evidence ADD COLUMN video jsonb;
-- Which still a look is at, milliseconds from the beginning; null for all of them together, and for what is no video.
ALTER TABLE reveals ADD COLUMN still_ms bigint CHECK (still_ms >= 0);
