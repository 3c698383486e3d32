-- What sweeps and reports made of items that were judged already is in the history, too. What came before this file is not.
ALTER TABLE history_due DROP CONSTRAINT history_due_kind_check,
	ADD CONSTRAINT history_due_kind_check CHECK (kind IN ('verdict', 'decision', 'order', 'report', 'later-verdict'));

CREATE FUNCTION history_of_later_verdicts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM history_is_due('later-verdict', array_agg(item_id || ':' || floor(extract(epoch FROM until) * 1000)::bigint)) FROM written HAVING count(*) > 0;
	RETURN NULL;
END $$;
CREATE TRIGGER history_of_later_verdicts AFTER INSERT ON earlier_verdicts REFERENCING NEW TABLE AS written
	FOR EACH STATEMENT EXECUTE FUNCTION history_of_later_verdicts();
