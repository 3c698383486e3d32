-- Why each signal of a verdict counted, or did not. Null in verdicts of before, and in those of processes that do not write it yet: their
-- grounds are read under the policy revision that they name (core/policy/recorded-grounds.ts).

ALTER TABLE verdicts ADD COLUMN grounds jsonb;
