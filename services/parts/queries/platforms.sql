SELECT
	platform,
	COUNT(*) AS items,
	SUM(CASE WHEN tier <> 'none' THEN 1 ELSE 0 END) AS found,
	SUM(CASE WHEN action = 'withhold' THEN 1 ELSE 0 END) AS withheld
FROM verdicts
GROUP BY platform
ORDER BY items DESC, platform
