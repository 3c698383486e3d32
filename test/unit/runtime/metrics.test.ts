import { describe, expect, test } from "@jest/globals";
import { createMetrics } from "../../../services/runtime/metrics.ts";

describe("gauges that are asked at each scrape", () => {
	test("one that cannot be found out is left out, and the others are there", async () => {
		const metrics = createMetrics("test");
		metrics.gauge("breakwater_fine_count", "Fine.", [], (gauge) => gauge.set(3));
		let isAway = false;
		metrics.gauge("breakwater_away_count", "Away.", [], async (gauge) => {
			if (isAway) throw new Error("away");
			gauge.set(1);
		});
		expect(await metrics.registry.metrics()).toMatch(/^breakwater_away_count\{.*\} 1$/m);
		isAway = true;
		const text = await metrics.registry.metrics();
		expect(text).toMatch(/^breakwater_fine_count\{.*\} 3$/m);
		expect(text).not.toMatch(/^breakwater_away_count\{/m);
	});

	test("a partition that others read now is no longer reported here", async () => {
		const metrics = createMetrics("test");
		let partitions = ["0", "1"];
		metrics.gauge("breakwater_lag_count", "Lag.", ["partition"], (gauge) => {
			for (const partition of partitions) gauge.set({ partition }, 5);
		});
		expect(await metrics.registry.metrics()).toMatch(/^breakwater_lag_count\{partition="1".*\} 5$/m);
		partitions = ["0"];
		const text = await metrics.registry.metrics();
		expect(text).toMatch(/^breakwater_lag_count\{partition="0".*\} 5$/m);
		expect(text).not.toContain('partition="1"');
	});
});
