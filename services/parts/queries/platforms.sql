SELECT
	platform,
	COUNT(*) AS items,
	SUM(CASE WHEN tier <> 'none' THEN 1 ELSE 0 END) AS found,
	SUM(CASE WHEN action = 'withhold' THEN 1 ELSE 0 END) AS withheld,
	SUM(CASE WHEN unexamined IS NOT NULL THEN 1 ELSE 0 END) AS unexamined
FROM verdicts
GROUP BY platform
ORDER BY items DESC, platform
