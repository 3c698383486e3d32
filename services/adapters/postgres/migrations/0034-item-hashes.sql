-- The hash history, a row for each hash of an item, of whatever type: a new type needs no column. Types and lengths are the catalogue's
-- to check (core/hashes), where hashes are read and made. Rows that are there obey a narrower rule already and are not read for it.

CREATE TABLE item_hashes (
	item_id uuid NOT NULL REFERENCES items,
	type text NOT NULL,
	hash bytea NOT NULL CHECK (length(hash) BETWEEN 1 AND 32),
	quality smallint CHECK (quality BETWEEN 0 AND 100),
	at_ms bigint NOT NULL,
	PRIMARY KEY (item_id, type)
);

CREATE FUNCTION take_media_hashes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO item_hashes (item_id, type, hash, quality, at_ms)
	SELECT NEW.item_id, type, hash, quality, floor(extract(epoch FROM NEW.recorded_at) * 1000)
	FROM (VALUES ('sha256', NEW.sha256, NULL), ('sha1', NEW.sha1, NULL), ('md5', NEW.md5, NULL), ('pdq', NEW.pdq, NEW.pdq_quality))
		AS of (type, hash, quality)
	WHERE hash IS NOT NULL;
	RETURN NULL;
END $$;

-- A process of the version before writes there while both run; what it writes comes here. The next version may drop it.
CREATE TRIGGER take_media_hashes BEFORE INSERT ON media_hashes FOR EACH ROW EXECUTE FUNCTION take_media_hashes();

INSERT INTO item_hashes (item_id, type, hash, quality, at_ms)
	SELECT item_id, type, hash, quality, floor(extract(epoch FROM recorded_at) * 1000)
	FROM media_hashes CROSS JOIN LATERAL (VALUES ('sha256', sha256, NULL), ('sha1', sha1, NULL), ('md5', md5, NULL), ('pdq', pdq, pdq_quality))
		AS of (type, hash, quality)
	WHERE hash IS NOT NULL;
TRUNCATE media_hashes;
CREATE INDEX item_hashes_by_hash ON item_hashes (type, hash);

ALTER TABLE bank_entries
	DROP CONSTRAINT bank_entries_hash_type_check,
	DROP CONSTRAINT bank_entries_hash_length_check,
	ADD CONSTRAINT bank_entries_hash_check CHECK (length(hash) BETWEEN 1 AND 32) NOT VALID;
