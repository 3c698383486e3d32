// Follows the feed through the system: what was sent, what is settled in the record, what the platform was told.

import { itemKeyText } from "../core/ports/verdict-store.ts";
import type { Parts } from "../parts/parts.ts";
import type { FeedItem } from "./plan-feed.ts";
import type { SamplePlatform } from "./sample-platform.ts";

export interface ProgressWatch {
	sent(item: FeedItem, at: Date): void;
	refused(item: FeedItem, why: string): void;
	/** Resolves once everything sent is settled and every planted copy withheld, or time is up. */
	untilSettled(withinMs: number, signal: AbortSignal): Promise<void>;
	stop(): void;
	readonly sentAt: ReadonlyMap<string, Date>;
	readonly refusals: readonly string[];
	settledCount(): number;
	tiers(): Promise<Readonly<Record<string, number>>>;
}

const lookEveryMs = 250;

export function watchProgress(options: {
	readonly parts: Parts;
	readonly platform: SamplePlatform;
	readonly feed: readonly FeedItem[];
	readonly isQuiet: boolean;
}): ProgressWatch {
	const { parts, platform, feed } = options;
	const sentAt = new Map<string, Date>();
	const refusals: string[] = [];
	let settled = 0;
	const planted = feed.filter((item) => item.isPlanted);
	const source = async () =>
		(await parts.stores.platforms.list()).find((one) => one.webhook?.url === platform.url)?.source ?? "";

	const look = async () => {
		const own = await source();
		const keys = feed.filter((item) => sentAt.has(item.subject)).map((item) => ({ source: own, eventId: item.id }));
		const found = await parts.stores.verdicts.findSettled(keys);
		settled = keys.filter((key) => found.has(itemKeyText(key))).length;
	};
	const tiers = async () => {
		const metric = await parts.metrics.registry.getSingleMetric("breakwater_items_settled_total")?.get();
		const counts: Record<string, number> = {};
		for (const { labels, value } of metric?.values ?? [])
			counts[String(labels.tier)] = (counts[String(labels.tier)] ?? 0) + value;
		return counts;
	};
	const withheldCount = () => new Set([...platform.orders.values()].map(({ order }) => order.subject)).size;
	const show = () => {
		if (options.isQuiet) return;
		const line = `sent ${sentAt.size}/${feed.length} · settled ${settled} · withheld ${withheldCount()} of ${planted.length} planted`;
		process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
	};
	const timer = setInterval(
		() => void look().then(show, () => undefined),
		process.stderr.isTTY ? lookEveryMs : lookEveryMs * 8,
	);

	return {
		sentAt,
		refusals,
		sent: (item, at) => void sentAt.set(item.subject, at),
		refused: (item, why) => void refusals.push(`${item.kind} ${item.id}: ${why}`),
		async untilSettled(withinMs, signal) {
			const deadline = Date.now() + withinMs;
			while (Date.now() < deadline && !signal.aborted) {
				await look();
				const told = new Set([...platform.orders.values()].map(({ order }) => order.subject));
				// An event's metric follows its transaction.
				const counted = Object.values(await tiers()).reduce((sum, count) => sum + count, 0);
				if (counted >= settled && settled === sentAt.size && planted.every((item) => told.has(item.subject))) return;
				await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
			}
		},
		stop() {
			clearInterval(timer);
			show();
			if (process.stderr.isTTY && !options.isQuiet) process.stderr.write("\n");
		},
		settledCount: () => settled,
		tiers,
	};
}
