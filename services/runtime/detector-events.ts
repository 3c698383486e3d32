// Events of items, from the stream to the recorded verdict: a part of events.ts.
import type { CaseId, ItemId } from "../core/ids.ts";
import type { ItemKind } from "../core/items/item.ts";
import type { ExaminingKind } from "../core/policy/legal-basis.ts";
import type { Verdict } from "../core/policy/verdict.ts";
import type { UnavailableReason } from "../core/signals/unavailable/reasons.ts";
import type { Logger } from "./logger.ts";
import type { Metrics } from "./metrics.ts";

export function detectorEvents(logger: Logger, metrics: Metrics) {
	const settled = metrics.counter("breakwater_items_settled_total", "Items whose verdict is recorded.", [
		"kind",
		"tier",
		"action",
	]);
	const duplicates = metrics.counter("breakwater_items_duplicate_total", "Events already in the record.");
	const unavailable = metrics.counter("breakwater_signals_unavailable_total", "Signals that could not be computed.", [
		"detector",
		"reason",
	]);
	const settleSeconds = metrics.histogram(
		"breakwater_item_settle_seconds",
		"From the stream's receipt to the recorded verdict.",
		["kind"],
	);
	const withoutBasis = metrics.counter(
		"breakwater_items_without_basis_total",
		"Items at which a detector did not look, for want of a legal basis.",
		["kind", "of"],
	);
	const unexamined = metrics.counter(
		"breakwater_items_withheld_unexamined_total",
		"Items that were withheld on their bytes alone, before anything decoded them.",
	);
	return {
		itemWithheldUnexamined(event: {
			readonly itemId: ItemId;
			readonly tier: Verdict["tier"];
			readonly seconds: number;
		}): void {
			unexamined.inc();
			logger.info({ event: "item-withheld-unexamined", ...event });
		},
		itemSettled(event: {
			readonly itemId: ItemId;
			readonly kind: ItemKind;
			readonly verdict: Pick<Verdict, "tier" | "action">;
			/** The signals that could not be computed, and why. */
			readonly failures: readonly { readonly detector: string; readonly reason: UnavailableReason }[];
			/** What no law let look at it. */
			readonly unexamined: readonly ExaminingKind[];
			readonly caseId: CaseId | null;
			readonly seconds: number;
		}): void {
			const { tier, action } = event.verdict;
			settled.inc({ kind: event.kind, tier, action });
			settleSeconds.observe({ kind: event.kind }, event.seconds);
			for (const { detector, reason } of event.failures) unavailable.inc({ detector, reason });
			for (const of of event.unexamined) withoutBasis.inc({ kind: event.kind, of });
			if (action === "none") return;
			logger.info({
				event: "item-settled",
				itemId: event.itemId,
				caseId: event.caseId,
				tier,
				action,
				seconds: event.seconds,
			});
		},
		itemDuplicate(): void {
			duplicates.inc();
		},
		itemGone(event: { readonly items: number }): void {
			logger.debug({ event: "item-gone", ...event });
		},
	};
}
