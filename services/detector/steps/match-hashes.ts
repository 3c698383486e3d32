import type { BankLookUps } from "../../core/banks/bank-matcher.ts";
import { hashSignals } from "../../core/signals/media-signals.ts";
import { isUnexamined } from "../../core/signals/unexamined/unexamined.ts";
import { next, type Step } from "../step.ts";
import type { ExaminedMedia } from "../values.ts";

export interface MatchHashesDeps {
	readonly matcher: Pick<BankLookUps, "version" | "match">;
}

/** Looks a picture, and the sampled frames of an animation, up in the banks, in one call. */
export function createMatchHashes({ matcher }: MatchHashesDeps): Step<ExaminedMedia, ExaminedMedia> {
	return async (item) => {
		const { hashes, framePdqs } = item;
		if (hashes === null || isUnexamined(item.signals, "matched")) return next(item);
		const matches = await matcher.match(hashes, framePdqs);
		return next({ ...item, signals: [...item.signals, ...hashSignals(hashes, matches, matcher.version)] });
	};
}
