-- Clusters are of videos, too: the PDQ of the frames that such a medoid names, one after the other.
ALTER TABLE clusters ADD COLUMN frames bytea CHECK (length(frames) % 32 = 0);
