SELECT
	CAST(day AS VARCHAR) AS day,
	tier,
	COUNT(*) AS items,
	SUM(CASE WHEN action = 'withhold' THEN 1 ELSE 0 END) AS withheld,
	SUM(CASE WHEN action = 'review' THEN 1 ELSE 0 END) AS reviewed,
	SUM(CASE WHEN unexamined IS NOT NULL THEN 1 ELSE 0 END) AS unexamined
FROM verdicts
GROUP BY day, tier
ORDER BY day, tier
