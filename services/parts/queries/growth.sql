-- The hundred clusters that grew most within a day of this time; those that are counted once are as they are.
WITH again AS (
	SELECT cluster_high FROM cluster_days GROUP BY cluster_high HAVING COUNT(*) > 1
), daily AS (
	SELECT cluster_days.cluster_high AS high, cluster_low AS low, day, SUM(items) AS on_day
	FROM cluster_days JOIN again ON again.cluster_high = cluster_days.cluster_high
	GROUP BY cluster_days.cluster_high, cluster_low, day
), cluster AS (
	SELECT high, low, MIN(day) AS first_day, MAX(day) AS last_day, SUM(on_day) AS items, MAX(on_day) AS most FROM daily GROUP BY high, low
	UNION ALL
	SELECT cluster_days.cluster_high, cluster_low, day, day, items, items
	FROM cluster_days LEFT JOIN again ON again.cluster_high = cluster_days.cluster_high WHERE again.cluster_high IS NULL
), grown AS (
	SELECT * FROM cluster ORDER BY most DESC, high, low LIMIT 100
)
SELECT
	CAST(high AS VARCHAR) AS cluster_high,
	CAST(low AS VARCHAR) AS cluster_low,
	CAST(first_day AS VARCHAR) AS first_day,
	CAST(last_day AS VARCHAR) AS last_day,
	items,
	most AS most_in_a_day
FROM grown
ORDER BY most DESC, high, low
