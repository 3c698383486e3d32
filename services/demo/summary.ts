// What the demonstration comes to, and whether it went as planned.
import { tiers } from "../core/policy/verdict.ts";
import type { ClockCounts } from "../core/ports/clock-store.ts";
import type { FeedItem } from "./plan-feed.ts";
import { reportingPeople } from "./report-as-public.ts";
import type { SamplePlatform } from "./sample-platform.ts";
import type { ProgressWatch } from "./watch-progress.ts";

export interface Summary {
	readonly items: number;
	readonly settled: number;
	readonly byTier: Readonly<Record<string, number>>;
	readonly planted: number;
	readonly withheld: number;
	readonly missed: readonly string[];
	readonly wronglyWithheld: readonly string[];
	readonly lost: number;
	readonly doubledOrders: number;
	readonly refused: readonly string[];
	/** Given to people who reported, and leading back to their report. */
	readonly receipts: number;
	/** Those of this record that wait for people, over all runs: one is made in each. */
	readonly appeals: number;
	/** People are asked what to recommend about the account that posted something known again and again. */
	readonly hasAccountCase: boolean;
	/** The deadlines of this record, over all runs: an authority's request starts one in each. */
	readonly deadlines: {
		readonly running: number;
		/** Among those that run. */
		readonly overTime: number;
		readonly nextDueAt: string | null;
		readonly kept: number;
		readonly late: number;
	};
	/** From the item's own time to the order at the platform, milliseconds. */
	readonly timeToOrderMs: { readonly p50: number | null; readonly p95: number | null };
	readonly console: { readonly url: string; readonly login: string; readonly password: string };
	/** Every planted copy withheld, nothing else, nothing lost. */
	readonly isAsPlanned: boolean;
}

export async function sumUp(options: {
	readonly feed: readonly FeedItem[];
	readonly platform: SamplePlatform;
	readonly watch: ProgressWatch;
	/** The authority's request was taken in. */
	readonly wasAsked: boolean;
	readonly receipts: number;
	/** The user of a planted copy has, and the code leads back to it. */
	readonly hasAppealed: boolean;
	readonly hasAccountCase: boolean;
	readonly appeals: number;
	readonly deadlines: ClockCounts;
	readonly reviewUrl: string;
	readonly login: { readonly name: string; readonly password: string };
}): Promise<Summary> {
	const { feed, platform, watch, wasAsked, receipts, hasAppealed, hasAccountCase, appeals } = options;
	const ownSubjects = new Map(feed.map((item) => [item.subject, item]));
	// Orders of an earlier run may still arrive; they are not this run's.
	const orders = [...platform.orders.values()].filter(
		({ order }) => ownSubjects.has(order.subject) && order.action === "withhold",
	);
	const withheld = new Set(orders.map(({ order }) => order.subject));
	const planted = feed.filter((item) => item.isPlanted);
	const missed = planted.filter((item) => !withheld.has(item.subject)).map((item) => item.id);
	const wronglyWithheld = [...withheld].filter((subject) => ownSubjects.get(subject)?.isPlanted !== true);
	const lost = feed.length - watch.settledCount();
	const doubledOrders = orders.length - withheld.size;
	const delays = orders.map(
		({ order, receivedAtMs }) => receivedAtMs - (watch.sentAt.get(order.subject)?.getTime() ?? receivedAtMs),
	);
	return {
		items: feed.length,
		settled: watch.settledCount(),
		byTier: await watch.tiers(),
		planted: planted.length,
		withheld: withheld.size,
		missed,
		wronglyWithheld,
		lost,
		doubledOrders,
		refused: [
			...watch.refusals,
			...(wasAsked ? [] : ["the authority's request"]),
			...(hasAppealed ? [] : ["the user's appeal"]),
		],
		...{ receipts, appeals, hasAccountCase },
		deadlines: countDeadlines(options.deadlines),
		timeToOrderMs: { p50: quantile(delays, 0.5), p95: quantile(delays, 0.95) },
		console: { url: options.reviewUrl, login: options.login.name, password: options.login.password },
		isAsPlanned:
			wasAsked &&
			hasAppealed &&
			hasAccountCase &&
			receipts === reportingPeople &&
			missed.length + wronglyWithheld.length + lost + doubledOrders + watch.refusals.length + platform.refused() === 0,
	};
}

function countDeadlines({ running, ended }: ClockCounts): Summary["deadlines"] {
	const sum = (of: (one: ClockCounts["running"][number]) => number) =>
		running.reduce((total, one) => total + of(one), 0);
	const [next] = running.flatMap(({ nextDueAt }) => nextDueAt ?? []).toSorted((a, b) => a.getTime() - b.getTime());
	return {
		...{ running: sum((one) => one.running), overTime: sum((one) => one.late), nextDueAt: next?.toISOString() ?? null },
		...{ kept: ended.kept, late: ended.late },
	};
}

function quantile(values: readonly number[], share: number): number | null {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? null;
}

export function describeSummary(summary: Summary): string {
	const byTier = tiers.flatMap((tier) =>
		summary.byTier[tier] === undefined ? [] : [`${tier === "none" ? "no finding" : tier} ${summary.byTier[tier]}`],
	);
	const problems = [
		...(summary.lost > 0 ? [`${summary.lost} items were not settled`] : []),
		...(summary.missed.length > 0 ? [`planted and not withheld: ${summary.missed.join(", ")}`] : []),
		...(summary.wronglyWithheld.length > 0 ? [`withheld and not planted: ${summary.wronglyWithheld.join(", ")}`] : []),
		...(summary.doubledOrders > 0 ? [`${summary.doubledOrders} orders came under two ids`] : []),
		...(summary.receipts < reportingPeople ? [`${summary.receipts} of ${reportingPeople} receipts lead back`] : []),
		...(summary.hasAccountCase ? [] : ["nobody is asked about the account that posts again and again"]),
		...summary.refused.slice(0, 5).map((one) => `refused: ${one}`),
	];
	return [
		"",
		`items        ${summary.items} sent, ${summary.settled} settled, ${summary.lost} lost`,
		`by tier      ${byTier.join(" · ")}`,
		`withheld     ${summary.withheld} of ${summary.planted} planted copies, ${summary.wronglyWithheld.length} others`,
		`post→order   p50 ${summary.timeToOrderMs.p50} ms, p95 ${summary.timeToOrderMs.p95} ms`,
		`reports      ${summary.receipts} receipts given to people who reported a planted copy`,
		`appeals      ${summary.appeals} wait for people who have yet to decide`,
		`accounts     ${summary.hasAccountCase ? "one case asks what to recommend" : "no case"}, about the account whose posts people removed`,
		describeDeadlines(summary.deadlines),
		`console      ${summary.console.url}  login ${summary.console.login}  password ${summary.console.password}`,
		summary.isAsPlanned
			? "as planned   every planted copy withheld, nothing else, nothing lost"
			: `NOT AS PLANNED\n  ${problems.join("\n  ")}`,
	].join("\n");
}

function describeDeadlines({ running, overTime, nextDueAt, kept, late }: Summary["deadlines"]): string {
	const next = nextDueAt === null ? "" : `, the next at ${nextDueAt}`;
	return `deadlines    ${running} of authorities run${next}; ${kept} kept, ${overTime + late} breached`;
}
