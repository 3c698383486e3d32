// Notices what the stream has lost: published, nowhere on the way, and not written for a while. It is published again, under its number.
import type { HistoryBatch } from "../../core/history/history-batch.ts";
import type { HistoryStore } from "../../core/ports/history-store.ts";
import type { Subscription } from "../../core/ports/item-stream.ts";

const lostAfterMs = 60_000;

export function createAskForLost(deps: {
	readonly history: Pick<HistoryStore, "marks" | "publishAgain">;
	readonly batch: Pick<HistoryBatch<unknown>, "next">;
	readonly subscription: Pick<Subscription, "positions" | "isConnected">;
}): () => Promise<void> {
	const { history, batch, subscription } = deps;
	let missed: { readonly number: number; readonly sinceMs: number } | null = null;
	return async () => {
		const { published, written } = await history.marks();
		const positions = await subscription.positions();
		const isOnTheWay = batch.next(1) !== null || positions.some(({ lag, unsettled }) => lag > unsettled);
		if (published <= written || isOnTheWay || !subscription.isConnected() || positions.length === 0) {
			missed = null;
			return;
		}
		if (missed?.number !== written) missed = { number: written, sinceMs: Date.now() };
		if (Date.now() - missed.sinceMs < lostAfterMs) return;
		missed = null;
		await history.publishAgain();
	};
}
