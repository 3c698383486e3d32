-- Of each item what people decided last; what was taken back counts as not decided.
SELECT
	source,
	COUNT(*) AS items,
	SUM(CASE WHEN findings.tier IN ('K1', 'K2') THEN 1 ELSE 0 END) AS confirmed,
	SUM(CASE WHEN decision = 'remove' THEN 1 ELSE 0 END) AS right_items,
	SUM(CASE WHEN decision IN ('remove', 'restore') THEN 1 ELSE 0 END) AS decided,
	CAST(MAX(day) AS VARCHAR) AS last_day
FROM findings
	LEFT JOIN (SELECT item_id, max_by(decision, happened_at) AS decision FROM decisions GROUP BY item_id) AS decided ON decided.item_id = findings.item_id
GROUP BY source
ORDER BY items DESC, source
