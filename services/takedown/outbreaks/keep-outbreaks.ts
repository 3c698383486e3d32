// Has outbreaks counted each second, and measures how that goes.
import { randomUUID } from "node:crypto";
import { usualWatch } from "../../core/outbreaks/growth-watch.ts";
import type { Policies } from "../../core/policy/policy.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { OutbreakStore } from "../../core/ports/outbreak-store.ts";
import { createBriefCache } from "../../runtime/brief-cache.ts";
import type { Events } from "../../runtime/events.ts";
import type { Logger } from "../../runtime/logger.ts";
import { type Loop, startLoop } from "../../runtime/loop.ts";
import type { Metrics } from "../../runtime/metrics.ts";
import { createOutbreakCounter } from "./count-outbreaks.ts";

const everyMs = 1_000;
const backOffMs = 5_000;
/** Within one scrape. */
const countedForMs = 500;

export interface KeepOutbreaksDeps {
	readonly outbreaks: OutbreakStore;
	readonly clock: Clock;
	readonly events: Pick<Events, "outbreakBegan" | "outbreakEnded">;
	readonly logger: Pick<Logger, "warn">;
	readonly learnSeconds: number;
	readonly policies: Pick<Policies, "of">;
}

export function keepOutbreaks({ outbreaks, clock, events, logger, learnSeconds, policies }: KeepOutbreaksDeps): Loop {
	const onSnapshotUnread = () => logger.warn({ event: "outbreak-snapshot-unread" });
	const counter = createOutbreakCounter({
		outbreaks,
		...{ clock, policies },
		holder: randomUUID(),
		options: { ...usualWatch, learnSeconds },
		onSnapshotUnread,
	});
	let isFailing = false;
	return startLoop(async () => {
		try {
			const { found, ended, hasMore } = await counter.round();
			for (const { id, subject, caseId } of found) events.outbreakBegan({ outbreakId: id, kind: subject.kind, caseId });
			for (const because of ended) events.outbreakEnded({ because });
			isFailing = false;
			return hasMore ? 0 : everyMs;
		} catch (error) {
			if (!isFailing) logger.warn({ event: "outbreaks-not-counted", err: error });
			isFailing = true;
			return backOffMs;
		}
	});
}

export function measureOutbreaks(deps: {
	readonly outbreaks: Pick<OutbreakStore, "counts">;
	readonly clock: Clock;
	readonly metrics: Metrics;
}): void {
	const { outbreaks, clock, metrics } = deps;
	const counts = createBriefCache({
		forMs: countedForMs,
		maxEntries: 1,
		now: clock.now,
		load: () => outbreaks.counts(),
	});
	metrics.gauge(
		"breakwater_outbreak_running",
		"Outbreaks that are not over, by what they are of.",
		["kind"],
		async (gauge) => {
			for (const [kind, running] of Object.entries((await counts("all")).running)) gauge.set({ kind }, running);
		},
	);
	metrics.gauge(
		"breakwater_outbreak_behind_records",
		"Transactions in which outbreaks were not looked for yet.",
		[],
		async (gauge) => gauge.set((await counts("all")).behind),
	);
}
