-- Clusters by the day of the first item that joined them in this time.
SELECT
	CAST(first_day AS VARCHAR) AS day,
	COUNT(*) AS clusters,
	SUM(CASE WHEN in_cluster > 1 THEN 1 ELSE 0 END) AS grown,
	SUM(CASE WHEN first_platform <> last_platform THEN 1 ELSE 0 END) AS spread,
	SUM(in_cluster) AS items,
	MAX(in_cluster) AS largest
FROM (
	SELECT cluster_id, MIN(day) AS first_day, SUM(items) AS in_cluster, MIN(platform) AS first_platform, MAX(platform) AS last_platform
	FROM cluster_days GROUP BY cluster_id
) AS cluster
GROUP BY first_day
ORDER BY day
