-- What each bank in shadow would have done since it went into shadow: added to in the transaction of the verdicts.

-- No foreign key: a bank may be removed while a detector still counts its last match.
CREATE TABLE bank_shadow_tallies (
	bank_id uuid PRIMARY KEY,
	since timestamptz(3) NOT NULL DEFAULT now(),
	-- Items that it matched, and those of them that would have gone another way with it.
	matched bigint NOT NULL DEFAULT 0 CHECK (matched >= 0),
	would_withhold bigint NOT NULL DEFAULT 0 CHECK (would_withhold >= 0),
	would_review bigint NOT NULL DEFAULT 0 CHECK (would_review >= 0),
	would_let_pass bigint NOT NULL DEFAULT 0 CHECK (would_let_pass >= 0),
	-- One bit for each group of accounts seen (matching/account-bits.ts).
	accounts bit(4096) NOT NULL DEFAULT repeat('0', 4096)::bit(4096)
);
INSERT INTO bank_shadow_tallies (bank_id) SELECT id FROM banks WHERE shadow;
