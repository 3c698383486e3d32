-- The history without content: what a verdict, a decision, an order or a report came to goes from here to the stream, and from there to
-- Parquet. Whoever writes one of these tables writes what is due in the same transaction, by a trigger: no writer can forget it.

CREATE TABLE history_due (
	-- In the order of writing; has gaps where transactions were rolled back.
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	-- 1, 2, 3 …: without gaps, given once what was written is committed; null until then.
	number bigint UNIQUE,
	kind text NOT NULL CHECK (kind IN ('verdict', 'decision', 'order', 'report')),
	-- Ids; what they stand for is read when it is published.
	keys text[] NOT NULL CHECK (cardinality(keys) > 0),
	at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX history_due_new ON history_due (id) WHERE number IS NULL;

-- How far each step is. What is written to Parquet is deleted from history_due.
CREATE TABLE history_marks (
	name text PRIMARY KEY CHECK (name IN ('numbered', 'published', 'written')),
	number bigint NOT NULL DEFAULT 0 CHECK (number >= 0)
);
INSERT INTO history_marks (name) VALUES ('numbered'), ('published'), ('written');

-- The files that are the history: a file that is not named here is none of it.
CREATE TABLE history_files (
	key text PRIMARY KEY,
	in_table text NOT NULL,
	day date NOT NULL,
	platform text NOT NULL,
	-- How often its rows were brought together.
	level smallint NOT NULL CHECK (level >= 0),
	rows bigint NOT NULL CHECK (rows > 0),
	written_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
	-- Another holds its rows; it stays for a while for those who read it.
	replaced_at timestamptz(3)
);
CREATE INDEX history_files_in_force ON history_files (in_table, day, platform) WHERE replaced_at IS NULL;
CREATE INDEX history_files_replaced ON history_files (replaced_at) WHERE replaced_at IS NOT NULL;

-- Few enough for one record of the stream.
CREATE FUNCTION history_is_due(what text, all_keys text[]) RETURNS void LANGUAGE sql AS $$
	INSERT INTO history_due (kind, keys)
	SELECT what, array_agg(key ORDER BY place) FROM unnest(all_keys) WITH ORDINALITY AS one (key, place) GROUP BY (place - 1) / 500
$$;

CREATE FUNCTION history_of_verdicts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM history_is_due('verdict', array_agg(item_id::text)) FROM written HAVING count(*) > 0;
	RETURN NULL;
END $$;
CREATE TRIGGER history_of_verdicts AFTER INSERT ON verdicts REFERENCING NEW TABLE AS written
	FOR EACH STATEMENT EXECUTE FUNCTION history_of_verdicts();

-- What came of an order, each time that something did.
CREATE FUNCTION history_of_orders() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM history_is_due('order', array_agg(written.id::text)) FROM written JOIN before USING (id)
		WHERE written.state <> before.state AND written.state <> 'pending' HAVING count(*) > 0;
	RETURN NULL;
END $$;
CREATE TRIGGER history_of_orders AFTER UPDATE ON orders REFERENCING OLD TABLE AS before NEW TABLE AS written
	FOR EACH STATEMENT EXECUTE FUNCTION history_of_orders();

-- What people decided of each item that is in the case by then; taking it back is another row.
CREATE FUNCTION history_of_decisions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM history_is_due('decision', array_agg(written.case_id || ':' || sequence || ':' || item_id ORDER BY written.case_id, sequence, item_id))
		FROM written JOIN case_items ON case_items.case_id = written.case_id
		WHERE kind IN ('undone', 'reopened') OR (kind = 'decided' AND (data::jsonb -> 'isFinal')::boolean)
		HAVING count(*) > 0;
	RETURN NULL;
END $$;
CREATE TRIGGER history_of_decisions AFTER INSERT ON case_events REFERENCING NEW TABLE AS written
	FOR EACH STATEMENT EXECUTE FUNCTION history_of_decisions();

CREATE FUNCTION history_of_reports() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM history_is_due('report', array_agg(id::text)) FROM written HAVING count(*) > 0;
	RETURN NULL;
END $$;
CREATE TRIGGER history_of_reports AFTER INSERT ON reports REFERENCING NEW TABLE AS written
	FOR EACH STATEMENT EXECUTE FUNCTION history_of_reports();
