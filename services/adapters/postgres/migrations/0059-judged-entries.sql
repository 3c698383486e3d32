-- What cases wrote to an entry, to be found by entry when a decision is taken back.
CREATE INDEX case_events_judged ON case_events ((data::jsonb ->> 'entryId')) WHERE kind = 'entry-judged';
