// Metric families by name, made once per registry. Names are breakwater_<noun>_<unit>; label values are from small fixed sets.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { endsWithin } from "./ends-within.ts";

/** Seconds; dense around the promise of one second. */
const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2.5, 5, 10, 30, 60, 300];

export interface Metrics {
	readonly registry: Registry;
	counter<L extends string = never>(name: string, help: string, labels?: readonly L[]): Counter<L>;
	/** `buckets`: upper bounds; without them those of durations around a second. */
	histogram<L extends string = never>(
		name: string,
		help: string,
		labels?: readonly L[],
		buckets?: readonly number[],
	): Histogram<L>;
	/** `collect`, where given, is asked at each scrape; if it fails, the scrape goes without this metric. */
	gauge<L extends string = never>(
		name: string,
		help: string,
		labels?: readonly L[],
		collect?: (gauge: Gauge<L>) => void | Promise<void>,
	): Gauge<L>;
}

export function createMetrics(processName: string): Metrics {
	const registry = new Registry();
	registry.setDefaultLabels({ process: processName });
	collectDefaultMetrics({ register: registry });
	const families = new Map<string, unknown>();
	const once = <T>(name: string, make: () => T): T => {
		const family = (families.get(name) as T | undefined) ?? make();
		families.set(name, family);
		return family;
	};
	return {
		registry,
		counter: (name, help, labels = []) =>
			once(name, () => new Counter({ name, help, labelNames: labels, registers: [registry] })),
		histogram: (name, help, labels = [], buckets = durationBuckets) =>
			once(name, () => new Histogram({ name, help, labelNames: labels, buckets: [...buckets], registers: [registry] })),
		gauge: (name, help, labels = [], collect) =>
			once(
				name,
				() =>
					new Gauge({
						name,
						help,
						labelNames: labels,
						registers: [registry],
						...(collect === undefined
							? {}
							: {
									collect() {
										return collectWithin(this, labels.length > 0, () => collect(this as Gauge<never> as never));
									},
								}),
					}),
			),
	};
}

/** Scrapers give up after seconds, and would then take the whole process for gone. */
const collectWithinMs = 3_000;

/**
 * What was true at the last scrape (a partition that another process reads now) must not linger; and where nothing can be found
 * out there is no value, so that one part that is away takes no other metric with it.
 */
async function collectWithin(
	gauge: Gauge<never>,
	isLabelled: boolean,
	collect: () => void | Promise<void>,
): Promise<void> {
	const clear = () => (isLabelled ? gauge.reset() : gauge.remove());
	if (isLabelled) clear();
	const collecting = (async () => collect())();
	if (!(await endsWithin(collectWithinMs, collecting).catch(() => false))) clear();
}
