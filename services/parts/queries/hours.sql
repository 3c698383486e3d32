-- Monday is 1; hours are UTC.
SELECT
	day_of_week(at_hour) AS weekday,
	hour(at_hour) AS hour_utc,
	SUM(items) AS items,
	SUM(CASE WHEN tier <> 'none' THEN items ELSE 0 END) AS found
FROM verdict_hours
GROUP BY day_of_week(at_hour), hour(at_hour)
ORDER BY weekday, hour_utc
