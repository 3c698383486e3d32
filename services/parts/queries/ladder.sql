-- How many withholdings were acknowledged within each rung; services/core/history/ladder.ts says what others have on some of them.
SELECT
	within_ms,
	COUNT(waited_ms) AS orders,
	SUM(CASE WHEN waited_ms <= within_ms THEN 1 ELSE 0 END) AS in_time
FROM (VALUES (1000), (5000), (15000), (60000), (300000), (3600000), (86400000), (172800000), (604800000)) AS rung (within_ms)
	LEFT JOIN orders ON action = 'withhold' AND state = 'delivered' AND waited_ms IS NOT NULL
GROUP BY within_ms
ORDER BY within_ms
