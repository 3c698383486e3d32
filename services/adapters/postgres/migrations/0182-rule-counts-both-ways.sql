-- Of two items that are counted in another order than they came in, each within the other's window, the one that is counted later counts the other.
CREATE OR REPLACE FUNCTION count_lately(items jsonb, of_accounts boolean, of_clusters boolean, of_removed boolean, most integer)
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
				SELECT max(near.n) FILTER (WHERE near.span = '5 minutes') AS m5, max(near.n) FILTER (WHERE near.span = '1 hour') AS h1,
					max(near.n) FILTER (WHERE near.span = '1 day') AS d1
				FROM rule_counts AS own CROSS JOIN LATERAL (
						SELECT spans.span, (
								SELECT count(*)::integer FROM (
									SELECT FROM rule_counts AS one
									WHERE one.subject = own.subject AND one.at > own.at - spans.span AND one.at < own.at + spans.span AND one.seq <= own.seq
									LIMIT most
								) AS within
							) AS n
						FROM (VALUES (interval '5 minutes'), (interval '1 hour'), (interval '1 day')) AS spans (span)
					) AS near
				WHERE own.subject = decode(r.account, 'hex') AND own.item = decode(r.item, 'hex')
			) AS a ON of_accounts
			LEFT JOIN LATERAL (
				SELECT max(near.n) FILTER (WHERE near.span = '1 hour') AS h1, max(near.n) FILTER (WHERE near.span = '1 day') AS d1
				FROM rule_counts AS own CROSS JOIN LATERAL (
						SELECT spans.span, (
								SELECT count(DISTINCT within.who)::integer FROM (
									SELECT one.who FROM rule_counts AS one
									WHERE one.subject = own.subject AND one.at > own.at - spans.span AND one.at < own.at + spans.span AND one.seq <= own.seq
									ORDER BY one.at DESC LIMIT most
								) AS within
							) AS n
						FROM (VALUES (interval '1 hour'), (interval '1 day')) AS spans (span)
					) AS near
				WHERE own.subject = decode(r.cluster, 'hex') AND own.item = decode(r.item, 'hex')
			) AS c ON of_clusters AND r.cluster IS NOT NULL
			LEFT JOIN LATERAL (
				SELECT count(*)::integer AS n FROM (
					SELECT FROM public.items WHERE platform_id = r.platform AND author_id = r.author AND state = 'removed' LIMIT most
				) AS removed_items
			) AS gone ON of_removed;
END $$;
