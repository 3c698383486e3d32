-- Clusters by the day of the first item that joined them in this time.
WITH cluster AS (
	SELECT cluster_id, MIN(day) AS first_day, COUNT(*) AS items, COUNT(DISTINCT platform) AS platforms
	FROM verdicts WHERE cluster_id IS NOT NULL GROUP BY cluster_id
)
SELECT
	CAST(first_day AS VARCHAR) AS day,
	COUNT(*) AS clusters,
	SUM(CASE WHEN items > 1 THEN 1 ELSE 0 END) AS grown,
	SUM(CASE WHEN platforms > 1 THEN 1 ELSE 0 END) AS spread,
	SUM(items) AS items,
	MAX(items) AS largest
FROM cluster
GROUP BY first_day
ORDER BY day
