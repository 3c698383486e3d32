-- What people report, and how they come back to it. Contacts and texts are theirs: they leave these tables for nobody's log.

CREATE TABLE reports (
	id uuid PRIMARY KEY,
	-- Of the receipt, keyed; the receipt itself is kept nowhere.
	receipt_hash bytea NOT NULL UNIQUE CHECK (length(receipt_hash) = 32),
	source text NOT NULL CHECK (source IN ('public', 'platform-user', 'trusted-flagger', 'hotline', 'partner')),
	-- A pseudonym of who reports, good for a day; null where there is none.
	reporter bytea CHECK (length(reporter) = 16),
	about text NOT NULL CHECK (about IN ('abuse-picture', 'grooming', 'extortion', 'own-picture', 'violence', 'other')),
	platform_name text NOT NULL,
	account_name text NOT NULL,
	seen text NOT NULL,
	is_danger_now boolean NOT NULL,
	body text NOT NULL,
	contact text NOT NULL,
	language text NOT NULL CHECK (language IN ('vi', 'en')),
	-- Ours, and never changed.
	received_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
	withdrawn_at timestamptz(3),
	answered_at timestamptz(3)
);
CREATE INDEX reports_by_time ON reports (received_at);

CREATE TABLE report_addresses (
	report_id uuid NOT NULL REFERENCES reports,
	position integer NOT NULL CHECK (position >= 0),
	address text NOT NULL CHECK (address <> ''),
	-- Null where it is no web address.
	canonical text,
	added_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
	PRIMARY KEY (report_id, position)
);
CREATE INDEX report_addresses_by_canonical ON report_addresses (canonical) WHERE canonical IS NOT NULL;

CREATE TABLE report_messages (
	id uuid PRIMARY KEY,
	report_id uuid NOT NULL REFERENCES reports,
	-- Null where the reporter wrote it.
	user_id uuid REFERENCES users,
	body text NOT NULL CHECK (body <> ''),
	sent_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX report_messages_by_report ON report_messages (report_id, sent_at);

CREATE FUNCTION keep_received_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.received_at IS DISTINCT FROM OLD.received_at THEN
		RAISE EXCEPTION 'when a report was received does not change';
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER reports_received_at BEFORE UPDATE ON reports FOR EACH ROW EXECUTE FUNCTION keep_received_at();
