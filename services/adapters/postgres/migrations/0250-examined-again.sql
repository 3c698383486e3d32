-- How far detectors could be asked once more about what was reported; null where nobody had to look.
ALTER TABLE reported_items ADD COLUMN examined text CHECK (examined IN ('examined', 'not-held', 'not-permitted', 'unavailable'));
