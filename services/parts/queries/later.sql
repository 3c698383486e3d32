-- Items that were judged again, and those of them of which nothing was known before.
SELECT
	CAST(day AS VARCHAR) AS day,
	occasion,
	COUNT(*) AS items,
	SUM(CASE WHEN tier_before = 'none' THEN 1 ELSE 0 END) AS unknown_before,
	SUM(CASE WHEN action = 'withhold' THEN 1 ELSE 0 END) AS withheld,
	SUM(CASE WHEN action = 'review' THEN 1 ELSE 0 END) AS reviewed
FROM later_verdicts
GROUP BY day, occasion
ORDER BY day, occasion
