-- Which laws a platform is under, as somebody of ours says; and what of a report laws ask for before they count from it.
ALTER TABLE platforms ADD COLUMN jurisdictions text[] NOT NULL DEFAULT '{}';
ALTER TABLE reports ADD COLUMN is_good_faith boolean NOT NULL DEFAULT false;
-- Until now each notice of an organisation had to say so, or was refused.
UPDATE reports SET is_good_faith = true WHERE reporter_id IS NOT NULL;
ALTER TABLE reports ADD COLUMN signature text NOT NULL DEFAULT '';
