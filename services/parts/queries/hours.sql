-- Monday is 1; hours are UTC.
SELECT
	day_of_week(happened_at) AS weekday,
	hour(happened_at) AS hour_utc,
	COUNT(*) AS items,
	SUM(CASE WHEN tier <> 'none' THEN 1 ELSE 0 END) AS found
FROM verdicts
GROUP BY day_of_week(happened_at), hour(happened_at)
ORDER BY weekday, hour_utc
