-- Whose word counts by itself in a bank: only sources that an operator named, so that a file cannot bring its own witnesses.

ALTER TABLE banks ADD COLUMN sources text[] NOT NULL DEFAULT '{}';

-- Who speaks in a draft's rows, and whether their word counts by itself: {count, first: [{source, rows, countsAlone}]}.
ALTER TABLE bank_drafts ADD COLUMN sources jsonb NOT NULL DEFAULT '{"count": 0, "first": []}';
