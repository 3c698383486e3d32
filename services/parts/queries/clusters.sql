-- Clusters by the day of the first item that joined them in this time. Most are counted once in all of it, and need not be told from others by their
-- ids: only those of which a part of the id comes again are brought together.
WITH again AS (
	SELECT cluster_high FROM cluster_days GROUP BY cluster_high HAVING COUNT(*) > 1
), counted AS (
	SELECT
		again.cluster_high, CASE WHEN again.cluster_high IS NOT NULL THEN cluster_low END AS cluster_low,
		CASE WHEN again.cluster_high IS NULL THEN day END AS alone_on, day, platform, items
	FROM cluster_days LEFT JOIN again ON again.cluster_high = cluster_days.cluster_high
), cluster AS (
	SELECT
		MIN(day) AS first_day,
		CASE WHEN cluster_high IS NULL THEN COUNT(*) ELSE 1 END AS clusters,
		CASE WHEN cluster_high IS NULL THEN SUM(CASE WHEN items > 1 THEN 1 ELSE 0 END) WHEN SUM(items) > 1 THEN 1 ELSE 0 END AS grown,
		CASE WHEN cluster_high IS NOT NULL AND MIN(platform) <> MAX(platform) THEN 1 ELSE 0 END AS spread,
		SUM(items) AS items,
		CASE WHEN cluster_high IS NULL THEN MAX(items) ELSE SUM(items) END AS largest
	FROM counted GROUP BY cluster_high, cluster_low, alone_on
)
SELECT
	CAST(first_day AS VARCHAR) AS day,
	SUM(clusters) AS clusters,
	SUM(grown) AS grown,
	SUM(spread) AS spread,
	SUM(items) AS items,
	MAX(largest) AS largest
FROM cluster
GROUP BY first_day
ORDER BY day
