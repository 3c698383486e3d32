-- The hundred clusters that grew most within a day of this time.
SELECT
	cluster_id,
	CAST(MIN(day) AS VARCHAR) AS first_day,
	CAST(MAX(day) AS VARCHAR) AS last_day,
	SUM(on_day) AS items,
	MAX(on_day) AS most_in_a_day
FROM (SELECT cluster_id, day, SUM(items) AS on_day FROM cluster_days GROUP BY cluster_id, day) AS daily
GROUP BY cluster_id
ORDER BY most_in_a_day DESC, cluster_id
LIMIT 100
