-- What people have asked to see and are looking at, so that any review process can show it, once. Short-lived: the record of what
-- was shown, and for how long, is the case's events.
CREATE TABLE reveals (
	id uuid PRIMARY KEY,
	-- SHA-256 of the token that shows it; null once that is spent.
	token_hash bytea UNIQUE CHECK (length(token_hash) = 32),
	-- Ends with the session.
	session_hash bytea NOT NULL REFERENCES sessions ON DELETE CASCADE,
	case_id uuid NOT NULL,
	fence integer NOT NULL,
	item_id uuid NOT NULL,
	level smallint NOT NULL CHECK (level BETWEEN 1 AND 5),
	reason text,
	granted_at timestamptz(3) NOT NULL,
	shown_at timestamptz(3)
);
CREATE INDEX reveals_by_age ON reveals (granted_at);
CREATE INDEX reveals_by_session ON reveals (session_hash);
