-- Until when the pages of limits of spread wait, but for one now and then: a detector has more items before it than it examines at once, and says
-- so anew as long as that is so. Null where none ever said it.
ALTER TABLE outbreak_counter ADD COLUMN pages_wait_until timestamptz(3);
