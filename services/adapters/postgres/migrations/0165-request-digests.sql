-- What a reference of an authority stands for, so that it is not taken for something else later.

ALTER TABLE authority_requests
	-- SHA-256 of the request (core/reports/repeated-references.ts); null of what came before this was kept.
	ADD COLUMN request_digest bytea CHECK (length(request_digest) = 32);
