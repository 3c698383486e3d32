-- The row without a day is over all days: shares of a whole cannot be had from those of its parts.
SELECT
	CAST(day AS VARCHAR) AS day,
	COUNT(*) AS orders,
	approx_percentile(waited_ms, 0.5) AS p50_ms,
	approx_percentile(waited_ms, 0.95) AS p95_ms,
	approx_percentile(waited_ms, 0.99) AS p99_ms
FROM orders
WHERE action = 'withhold' AND state = 'delivered' AND waited_ms IS NOT NULL
GROUP BY GROUPING SETS ((day), ())
ORDER BY day
