-- SHA-1 of media as a hash type: some lists carry nothing else.

ALTER TABLE bank_entries
	DROP CONSTRAINT bank_entries_hash_type_check,
	DROP CONSTRAINT bank_entries_check,
	ADD CONSTRAINT bank_entries_hash_type_check CHECK (hash_type IN ('sha256', 'sha1', 'md5', 'pdq', 'text')),
	ADD CONSTRAINT bank_entries_hash_length_check
		CHECK (length(hash) = CASE hash_type WHEN 'md5' THEN 16 WHEN 'sha1' THEN 20 ELSE 32 END);
