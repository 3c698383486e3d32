-- What people are shown of words in pictures and documents (core/signals/written/excerpts.ts).
ALTER TABLE item_evidence ADD COLUMN words jsonb;
