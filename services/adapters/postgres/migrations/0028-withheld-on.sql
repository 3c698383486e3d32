-- On whose word alone an item was withheld, as the policy saw it then: the entries that a restore disputes. Earlier verdicts get what
-- was read from their signals until now, but for near texts, which withhold nothing.

ALTER TABLE verdicts ADD COLUMN withheld_on uuid[] NOT NULL DEFAULT '{}';

UPDATE verdicts SET withheld_on = strong.entries FROM (
	SELECT item_id, array_agg(DISTINCT (match ->> 'entryId')::uuid) AS entries
	FROM verdicts
	CROSS JOIN LATERAL jsonb_array_elements(signals) AS signal (value)
	CROSS JOIN LATERAL (SELECT value -> 'match' AS match) AS matched
	WHERE action = 'withhold' AND value ->> 'kind' = 'matched'
		AND match ->> 'bankKind' = 'known' AND match ->> 'standing' = 'confirmed' AND match ->> 'hashType' <> 'text-simhash'
		AND NOT (match ->> 'shadow')::boolean AND NOT COALESCE((match ->> 'isQuarantined')::boolean, false)
		AND (match ->> 'distanceBits')::integer <= (match ->> 'tightRadiusBits')::integer
	GROUP BY item_id
) AS strong
WHERE strong.item_id = verdicts.item_id;
