-- Who wrote to whom in conversations of late, and when, without a word of it; kept for as long as it counts (core/conversations).
CREATE TABLE conversation_messages (
	-- Hashes: the first 16 bytes of SHA-256, of the platform and its own id of the post, the account or the conversation.
	post bytea NOT NULL CHECK (length(post) = 16),
	-- A post has a row for each account that it names; one that names nobody has one, with none.
	recipient bytea NOT NULL CHECK (length(recipient) IN (0, 16)),
	conversation bytea NOT NULL CHECK (length(conversation) = 16),
	author bytea NOT NULL CHECK (length(author) = 16),
	in_reply_to bytea CHECK (length(in_reply_to) = 16),
	at timestamptz(3) NOT NULL,
	surface text NOT NULL CHECK (surface IN ('public', 'group', 'direct')),
	-- It names a place off the platform, as lists said when it was examined.
	is_move boolean NOT NULL,
	-- As the platform says, where it does: when accounts were made, and ages in whole years.
	author_created timestamptz(3),
	author_age smallint CHECK (author_age BETWEEN 0 AND 130),
	recipient_created timestamptz(3),
	recipient_age smallint CHECK (recipient_age BETWEEN 0 AND 130),
	PRIMARY KEY (post, recipient)
);
CREATE INDEX conversation_messages_by_author ON conversation_messages (author, at DESC);
CREATE INDEX conversation_messages_by_place ON conversation_messages (conversation, author);
CREATE INDEX conversation_messages_answers ON conversation_messages (in_reply_to) WHERE in_reply_to IS NOT NULL;
CREATE INDEX conversation_messages_by_recipient ON conversation_messages (recipient, at DESC) WHERE length(recipient) > 0;
-- Rows come nearly in the order of their time.
CREATE INDEX conversation_messages_old ON conversation_messages USING brin (at);

-- An account's newest messages, and what of others is about them: in conversations between few the first of each, what was answered, what answers
-- them, and what is to the account.
CREATE FUNCTION messages_about(of_account bytea, since timestamptz, surfaces text[], most_own integer, most_others integer)
	RETURNS SETOF conversation_messages
	LANGUAGE plpgsql STABLE
	-- Whatever is known of the table so far: each look is at a few rows.
	SET enable_seqscan = off
AS $$
BEGIN
	RETURN QUERY
		WITH own AS MATERIALIZED (
			SELECT * FROM conversation_messages AS one
			WHERE one.author = of_account AND one.at > since AND one.surface = ANY (surfaces)
			ORDER BY one.at DESC LIMIT most_own
		), others AS (
			SELECT few.* FROM (SELECT DISTINCT own.conversation FROM own WHERE own.surface = 'direct') AS place
				CROSS JOIN LATERAL (
					SELECT * FROM conversation_messages AS one
					WHERE one.conversation = place.conversation AND one.author <> of_account AND one.at > since
					ORDER BY one.at LIMIT most_others
				) AS few
			UNION ALL
			SELECT answered.* FROM (SELECT DISTINCT own.in_reply_to FROM own) AS asked
				JOIN conversation_messages AS answered ON answered.post = asked.in_reply_to
			UNION ALL
			SELECT answers.* FROM (SELECT DISTINCT own.post FROM own) AS said
				CROSS JOIN LATERAL (
					SELECT * FROM conversation_messages AS one
					WHERE one.in_reply_to = said.post AND one.author <> of_account AND one.at > since
					ORDER BY one.at LIMIT most_others
				) AS answers
			UNION ALL
			(SELECT * FROM conversation_messages AS one
			WHERE one.recipient = of_account AND length(one.recipient) > 0 AND one.at > since
			ORDER BY one.at DESC LIMIT most_own)
		)
		SELECT * FROM own
		UNION
		SELECT * FROM others WHERE others.at > since AND others.surface = ANY (surfaces);
END $$;
