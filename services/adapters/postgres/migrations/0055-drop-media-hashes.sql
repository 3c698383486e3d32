-- needs 0034-item-hashes.sql
-- What a version before that one wrote into the old table went on into item_hashes; no such process runs beside this file.

DROP TABLE media_hashes;
DROP FUNCTION take_media_hashes;
