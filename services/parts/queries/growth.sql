-- The hundred clusters that grew most within a day of this time. Ids are compared as numbers: as texts they take twice the time and memory.
SELECT
	CAST(cluster AS VARCHAR) AS cluster_id,
	CAST(MIN(day) AS VARCHAR) AS first_day,
	CAST(MAX(day) AS VARCHAR) AS last_day,
	SUM(on_day) AS items,
	MAX(on_day) AS most_in_a_day
FROM (
	SELECT CAST(cluster_id AS UUID) AS cluster, day, SUM(items) AS on_day FROM cluster_days GROUP BY CAST(cluster_id AS UUID), day
) AS daily
GROUP BY cluster
ORDER BY most_in_a_day DESC, cluster_id
LIMIT 100
