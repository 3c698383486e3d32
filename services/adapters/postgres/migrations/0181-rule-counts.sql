-- What was examined lately, by account and by what is the same; only while a rule asks, and no longer than its window.
CREATE TABLE rule_counts (
	-- Hashes: the first 16 bytes of SHA-256, of platform and account or of platform and cluster; of the item's key; of the account.
	subject bytea NOT NULL CHECK (length(subject) = 16),
	item bytea NOT NULL CHECK (length(item) = 16),
	who bytea NOT NULL CHECK (length(who) = 16),
	at timestamptz(3) NOT NULL,
	-- The order in which they were counted.
	seq bigint GENERATED ALWAYS AS IDENTITY,
	PRIMARY KEY (subject, item)
);
CREATE INDEX rule_counts_by_time ON rule_counts (subject, at DESC, seq) INCLUDE (who);
-- Rows come nearly in the order of their time.
CREATE INDEX rule_counts_old ON rule_counts USING brin (at);

-- One call counts one batch. It is a function because each of its statements must see what was committed while it waited for the lock.
CREATE FUNCTION count_lately(items jsonb, of_accounts boolean, of_clusters boolean, of_removed boolean, most integer)
	RETURNS TABLE (place integer, items5m integer, items1h integer, items1d integer, accounts1h integer, accounts1d integer, removed integer)
	LANGUAGE plpgsql VOLATILE
	-- Whatever is known of the table so far: each look is at one subject.
	SET enable_seqscan = off
AS $$
BEGIN
	-- In one order, so that two batches of several platforms never wait for each other in a circle.
	PERFORM pg_advisory_xact_lock(hashtext('rule-counts'), hashtext(one.platform::text))
		FROM (SELECT DISTINCT r.platform FROM jsonb_to_recordset(items) AS r (platform uuid) ORDER BY r.platform) AS one;
	INSERT INTO rule_counts (subject, item, who, at)
		SELECT subjects.subject, decode(r.item, 'hex'), decode(r.account, 'hex'), r.at
		FROM jsonb_to_recordset(items) AS r (place integer, account text, cluster text, item text, at timestamptz)
			CROSS JOIN LATERAL (
				SELECT decode(r.account, 'hex') AS subject WHERE of_accounts
				UNION ALL SELECT decode(r.cluster, 'hex') WHERE of_clusters AND r.cluster IS NOT NULL
			) AS subjects
		ORDER BY r.place
		ON CONFLICT DO NOTHING;
	RETURN QUERY
		SELECT r.place, coalesce(a.m5, 0), coalesce(a.h1, 0), coalesce(a.d1, 0), coalesce(c.h1, 0), coalesce(c.d1, 0), coalesce(gone.n, 0)
		FROM jsonb_to_recordset(items) AS r (place integer, platform uuid, author text, account text, cluster text, item text)
			LEFT JOIN LATERAL (
				SELECT (count(*) FILTER (WHERE near.at > own.at - interval '5 minutes'))::integer AS m5,
					(count(*) FILTER (WHERE near.at > own.at - interval '1 hour'))::integer AS h1, count(*)::integer AS d1
				FROM rule_counts AS own CROSS JOIN LATERAL (
						SELECT one.at FROM rule_counts AS one
						WHERE one.subject = own.subject AND one.at > own.at - interval '1 day' AND one.at <= own.at AND one.seq <= own.seq
						ORDER BY one.at DESC LIMIT most
					) AS near
				WHERE own.subject = decode(r.account, 'hex') AND own.item = decode(r.item, 'hex')
			) AS a ON of_accounts
			LEFT JOIN LATERAL (
				SELECT (count(DISTINCT near.who) FILTER (WHERE near.at > own.at - interval '1 hour'))::integer AS h1,
					count(DISTINCT near.who)::integer AS d1
				FROM rule_counts AS own CROSS JOIN LATERAL (
						SELECT one.at, one.who FROM rule_counts AS one
						WHERE one.subject = own.subject AND one.at > own.at - interval '1 day' AND one.at <= own.at AND one.seq <= own.seq
						ORDER BY one.at DESC LIMIT most
					) AS near
				WHERE own.subject = decode(r.cluster, 'hex') AND own.item = decode(r.item, 'hex')
			) AS c ON of_clusters AND r.cluster IS NOT NULL
			LEFT JOIN LATERAL (
				SELECT count(*)::integer AS n FROM (
					SELECT FROM public.items WHERE platform_id = r.platform AND author_id = r.author AND state = 'removed' LIMIT most
				) AS removed_items
			) AS gone ON of_removed;
END $$;
