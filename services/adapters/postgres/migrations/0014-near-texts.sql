-- The near-duplicate hash of texts as a hash type of banks, and the SHA-1 of media in the hash history, so that an entry of a list
-- that carries nothing else finds earlier copies, too. Rows that are there obey a narrower rule already and are not read for it.

ALTER TABLE bank_entries
	DROP CONSTRAINT bank_entries_hash_type_check,
	ADD CONSTRAINT bank_entries_hash_type_check
		CHECK (hash_type IN ('sha256', 'sha1', 'md5', 'pdq', 'text', 'text-simhash')) NOT VALID;

-- NULL in what was recorded before, or by a process of an older version.
ALTER TABLE media_hashes ADD COLUMN sha1 bytea CHECK (length(sha1) = 20);
