SELECT
	CAST(day AS VARCHAR) AS day,
	tier,
	COUNT(*) AS items,
	SUM(CASE WHEN action = 'withhold' THEN 1 ELSE 0 END) AS withheld,
	SUM(CASE WHEN action = 'review' THEN 1 ELSE 0 END) AS reviewed
FROM verdicts
GROUP BY day, tier
ORDER BY day, tier
