-- When accounts were first seen, while a rule asks; and what became of their items, for rules and for whoever looks.

CREATE TABLE rule_accounts (
	-- As in rule_counts: the first 16 bytes of SHA-256 of platform and account.
	subject bytea PRIMARY KEY CHECK (length(subject) = 16),
	first_at timestamptz(3) NOT NULL,
	-- The day on which it was seen last.
	last_on date NOT NULL
);
-- Rows come in the order of their first time, which says little of the last: they are looked through seldom.
CREATE INDEX rule_accounts_old ON rule_accounts (last_on);

-- Since when a platform's accounts are noted without a gap of a day: whoever was first seen soon after that may be much older.
CREATE TABLE rule_account_watches (
	platform_id uuid PRIMARY KEY,
	since timestamptz(3) NOT NULL,
	last_at timestamptz(3) NOT NULL
);

CREATE INDEX items_withheld_by_account ON items (platform_id, author_id) WHERE state = 'withheld';
CREATE INDEX items_restored_by_account ON items (platform_id, author_id) WHERE state = 'restored';

-- Beside count_lately, under the same lock, so that of two first items of an account one is the first. How old the account was at each item, in
-- hours: as the platform says, or else since it was first seen. Where it was seen within the first day of the watch, it is taken to be a day older.
CREATE FUNCTION account_lately(items jsonb, of_ages boolean, of_history boolean, most integer)
	RETURNS TABLE (place integer, age_hours double precision, withheld integer, restored integer)
	LANGUAGE plpgsql VOLATILE
	SET enable_seqscan = off
AS $$
BEGIN
	PERFORM pg_advisory_xact_lock(hashtext('rule-counts'), hashtext(one.platform::text))
		FROM (SELECT DISTINCT r.platform FROM jsonb_to_recordset(items) AS r (platform uuid) ORDER BY r.platform) AS one;
	IF of_ages THEN
		INSERT INTO rule_account_watches AS watch (platform_id, since, last_at)
			SELECT r.platform, min(r.at), max(r.at) FROM jsonb_to_recordset(items) AS r (platform uuid, at timestamptz) GROUP BY r.platform ORDER BY r.platform
			ON CONFLICT (platform_id) DO UPDATE SET last_at = GREATEST(watch.last_at, excluded.last_at),
				since = CASE WHEN excluded.since > watch.last_at + interval '1 day' THEN excluded.since ELSE watch.since END;
		INSERT INTO rule_accounts AS known (subject, first_at, last_on)
			SELECT DISTINCT ON (subject) decode(r.account, 'hex') AS subject, r.at, (r.at AT TIME ZONE 'UTC')::date
			FROM jsonb_to_recordset(items) AS r (place integer, account text, at timestamptz) ORDER BY subject, r.place
			ON CONFLICT (subject) DO UPDATE SET last_on = excluded.last_on WHERE known.last_on < excluded.last_on;
	END IF;
	RETURN QUERY
		SELECT r.place,
			CASE WHEN of_ages THEN GREATEST(0, extract(epoch FROM r.at - COALESCE(r.created, CASE
				WHEN known.first_at < watch.since + interval '1 day' THEN known.first_at - interval '1 day' ELSE known.first_at END)) / 3600)::double precision
				ELSE 0 END,
			COALESCE(held.n, 0), COALESCE(back.n, 0)
		FROM jsonb_to_recordset(items) AS r (place integer, platform uuid, author text, account text, at timestamptz, created timestamptz)
			LEFT JOIN rule_accounts AS known ON of_ages AND known.subject = decode(r.account, 'hex')
			LEFT JOIN rule_account_watches AS watch ON of_ages AND watch.platform_id = r.platform
			LEFT JOIN LATERAL (
				SELECT count(*)::integer AS n FROM (
					SELECT FROM public.items WHERE platform_id = r.platform AND author_id = r.author AND state = 'withheld' LIMIT most
				) AS withheld_items
			) AS held ON of_history
			LEFT JOIN LATERAL (
				SELECT count(*)::integer AS n FROM (
					SELECT FROM public.items WHERE platform_id = r.platform AND author_id = r.author AND state = 'restored' LIMIT most
				) AS restored_items
			) AS back ON of_history;
END $$;
