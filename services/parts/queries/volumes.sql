SELECT
	CAST(day AS VARCHAR) AS day,
	tier,
	SUM(items) AS items,
	SUM(CASE WHEN action = 'withhold' THEN items ELSE 0 END) AS withheld,
	SUM(CASE WHEN action = 'review' THEN items ELSE 0 END) AS reviewed,
	SUM(CASE WHEN is_unexamined THEN items ELSE 0 END) AS unexamined
FROM verdict_hours
GROUP BY day, tier
ORDER BY day, tier
