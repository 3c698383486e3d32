-- What a flood must not hold up goes first: people's decisions, then withholds, then the rest (core/wire/jobs.ts). A process of an
-- older version gives none: its rows go with the withholds.
ALTER TABLE outbox ADD COLUMN priority smallint NOT NULL DEFAULT 2 CHECK (priority >= 1);
CREATE INDEX outbox_new_by_priority ON outbox (priority, id) WHERE enqueued_at IS NULL;
DROP INDEX outbox_new;
