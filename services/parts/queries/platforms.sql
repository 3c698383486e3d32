SELECT
	platform,
	SUM(items) AS items,
	SUM(CASE WHEN tier <> 'none' THEN items ELSE 0 END) AS found,
	SUM(CASE WHEN action = 'withhold' THEN items ELSE 0 END) AS withheld,
	SUM(CASE WHEN is_unexamined THEN items ELSE 0 END) AS unexamined
FROM verdict_hours
GROUP BY platform
ORDER BY items DESC, platform
