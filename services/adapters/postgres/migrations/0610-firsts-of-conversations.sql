-- A look at an account's contacts reads what decides them: firsts and lasts of each pair, and not every message.

-- Where every message names whom it is to, nothing else of a conversation has to be read.
CREATE INDEX conversation_messages_unnamed ON conversation_messages (conversation, at) WHERE length(recipient) = 0;

-- Takes the place of messages_about. Messages that come to the same contacts are one row, with the first and the last time; `post`, `conversation` and
-- `in_reply_to` are there where something hangs on them: the post that is asked about, what is answered, and whoever writes to nobody by name.
CREATE FUNCTION contacts_about(of_account bytea, of_post bytea, since timestamptz, surfaces text[], most_own integer, most_others integer)
	RETURNS TABLE (post bytea, recipient bytea, conversation bytea, author bytea, in_reply_to bytea, surface text, is_move boolean,
		first_at timestamptz, last_at timestamptz, author_created timestamptz, author_age smallint, recipient_created timestamptz, recipient_age smallint)
	LANGUAGE plpgsql STABLE
	-- Whatever is known of the table so far: each look is at a few rows.
	SET enable_seqscan = off
AS $$
#variable_conflict use_column
BEGIN
	RETURN QUERY
		WITH own AS MATERIALIZED (
			SELECT * FROM conversation_messages AS one
			WHERE one.author = of_account AND one.at > since AND one.surface = ANY (surfaces)
			ORDER BY one.at DESC LIMIT most_own
		), to_it AS MATERIALIZED (
			SELECT * FROM conversation_messages AS one
			WHERE one.recipient = of_account AND length(one.recipient) > 0 AND one.at > since AND one.surface = ANY (surfaces)
			ORDER BY one.at DESC LIMIT most_own
		), few AS MATERIALIZED (
			-- Of an account that more is written to than is read, the first answers are looked for in each conversation.
			SELECT first_ones.* FROM (SELECT DISTINCT own.conversation FROM own WHERE own.surface = 'direct') AS place
				CROSS JOIN LATERAL (
					SELECT * FROM conversation_messages AS one
					WHERE one.conversation = place.conversation AND one.author <> of_account AND one.at > since
					ORDER BY one.at LIMIT most_others
				) AS first_ones
			WHERE (SELECT count(*) FROM to_it) >= most_own
				OR EXISTS (SELECT FROM conversation_messages AS unnamed
					WHERE unnamed.conversation = place.conversation AND length(unnamed.recipient) = 0 AND unnamed.at > since)
		), cut AS MATERIALIZED (
			SELECT few.conversation FROM few GROUP BY few.conversation HAVING count(*) >= most_others
		), about AS MATERIALIZED (
			SELECT * FROM own
			UNION ALL
			SELECT * FROM to_it
			UNION ALL
			SELECT * FROM few
			UNION ALL
			SELECT answered.* FROM (SELECT DISTINCT own.in_reply_to FROM own WHERE length(own.recipient) = 0) AS asked
				JOIN conversation_messages AS answered ON answered.post = asked.in_reply_to
			UNION ALL
			-- What was read whole holds its answers.
			SELECT answers.* FROM (
					SELECT DISTINCT own.post FROM own
					WHERE own.surface <> 'direct' OR own.conversation IN (SELECT cut.conversation FROM cut)
				) AS said
				CROSS JOIN LATERAL (
					SELECT * FROM conversation_messages AS one
					WHERE one.in_reply_to = said.post AND length(one.recipient) = 0 AND one.author <> of_account AND one.at > since
					ORDER BY one.at LIMIT most_others
				) AS answers
		), unnamed AS MATERIALIZED (
			SELECT about.conversation, about.in_reply_to FROM about WHERE length(about.recipient) = 0
		)
		SELECT CASE WHEN one.post = of_post OR one.post IN (SELECT unnamed.in_reply_to FROM unnamed) THEN one.post END,
			one.recipient,
			CASE WHEN one.conversation IN (SELECT unnamed.conversation FROM unnamed) THEN one.conversation END,
			one.author, CASE WHEN length(one.recipient) = 0 THEN one.in_reply_to END, one.surface, one.is_move, min(one.at), max(one.at),
			min(one.author_created), max(one.author_age), min(one.recipient_created), max(one.recipient_age)
		FROM about AS one
		WHERE one.at > since AND one.surface = ANY (surfaces) AND one.recipient <> one.author
		GROUP BY 1, 2, 3, 4, 5, 6, 7;
END $$;
