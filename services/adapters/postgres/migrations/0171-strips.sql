-- A look may be at several members of a cluster at once, in small.
ALTER TABLE reveals ADD COLUMN strip text CHECK (strip IN ('confirmed', 'suggested'));
