-- How far what models said of items lies from what people decided on their cases, by platform and by whose decisions they were read. A case speaks
-- once, however many copies it has; what was taken back counts as not decided.
WITH decided AS (
	SELECT item_id, max_by(decision, happened_at) AS decision, max_by(case_id, happened_at) AS case_id FROM decisions GROUP BY item_id
), said AS (
	SELECT
		source,
		platform,
		curve,
		case_id,
		AVG(CAST(probability_permille AS DOUBLE) / 1000) AS probability,
		MAX(CASE WHEN decision = 'remove' THEN 1 ELSE 0 END) AS confirmed
	FROM findings JOIN decided ON decided.item_id = findings.item_id
	WHERE probability_permille IS NOT NULL AND decision IN ('remove', 'restore')
	GROUP BY source, platform, curve, case_id
), bins AS (
	SELECT source, platform, curve, COUNT(*) AS cases, SUM(probability) AS expected, SUM(confirmed) AS confirmed
	FROM said
	GROUP BY source, platform, curve, LEAST(FLOOR(probability * 10), 9)
)
SELECT
	source,
	platform,
	curve,
	SUM(cases) AS cases,
	SUM(confirmed) AS confirmed,
	SUM(ABS(expected - confirmed)) / SUM(cases) AS error
FROM bins
GROUP BY source, platform, curve
ORDER BY cases DESC, source, platform
