-- One detector looks again at what was reported: another takes it over where that one has not said by then what came of it.
ALTER TABLE reported_items ADD COLUMN taken_until timestamptz(3);
