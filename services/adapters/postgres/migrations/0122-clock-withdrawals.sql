-- What stopped a clock may be taken back: a removal whose decision was undone. The event stays, and counts no more.

CREATE TABLE clock_withdrawals (
	clock_id uuid NOT NULL,
	event_id text NOT NULL,
	at timestamptz(3) NOT NULL,
	PRIMARY KEY (clock_id, event_id),
	FOREIGN KEY (clock_id, event_id) REFERENCES clock_events
);
CREATE TRIGGER clock_withdrawals_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON clock_withdrawals
	EXECUTE FUNCTION refuse_to_forget_clocks();
