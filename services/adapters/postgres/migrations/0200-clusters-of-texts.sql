-- Clusters are of texts, too: of which type of hash the medoid is.
ALTER TABLE clusters ADD COLUMN type text NOT NULL DEFAULT 'pdq';
