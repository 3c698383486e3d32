// What each bank and each model said of one item, as rows of the history; grounds of entries, and of detectors that found nothing, are
// left out. Where several of a bank's entries answered, the strongest speaks for the bank.
import { parseScope, scopeText } from "../policy/breaker.ts";
import { type Ground, strongerTier } from "../policy/verdict.ts";
import type { SignalCatalogue } from "../signals/catalogue.ts";
import { scoresOf } from "../signals/scored/scored.ts";
import type { Signal } from "../signals/signal.ts";
import type { HistoryRow } from "./history-tables.ts";

type Place = Pick<HistoryRow<"findings">, "item_id" | "platform" | "happened_at">;

export function findingsOf(
	place: Place,
	signals: readonly Signal[],
	grounds: readonly Ground[],
	catalogue: SignalCatalogue,
): readonly HistoryRow<"findings">[] {
	const bySource = new Map<string, HistoryRow<"findings">>();
	grounds.forEach((ground, index) => {
		const signal = signals[index];
		if (signal === undefined || ground.alone === "none") return;
		const scopes = ground.restsOn.length > 0 ? ground.restsOn : catalogue.scopesOf(signal).map(scopeText);
		for (const source of scopes.filter((text) => parseScope(text)?.kind !== "entry")) {
			const before = bySource.get(source);
			bySource.set(source, {
				...place,
				...{ detector: signal.detector, source, category: before?.category ?? ground.category, ...scoreOf(signal) },
				alone: strongerTier(before?.alone ?? "none", ground.alone),
				tier: strongerTier(before?.tier ?? "none", ground.tier),
			});
		}
	});
	return [...bySource.values()];
}

function scoreOf(signal: Signal): Pick<HistoryRow<"findings">, "probability_permille" | "curve"> {
	const [score] = scoresOf([signal]);
	return score === undefined
		? { probability_permille: null, curve: null }
		: { probability_permille: Math.round(score.probability * 1_000), curve: score.curve ?? null };
}
