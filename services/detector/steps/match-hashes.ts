import type { BankLookUps } from "../../core/banks/bank-matcher.ts";
import { matchWithMembers } from "../../core/banks/match-members.ts";
import { hashSignals } from "../../core/signals/media-signals.ts";
import { isUnexamined } from "../../core/signals/unexamined/unexamined.ts";
import { next, type Step } from "../step.ts";
import type { ExaminedMedia } from "../values.ts";

export interface MatchHashesDeps {
	readonly matcher: Pick<BankLookUps, "version" | "match">;
}

/** Looks a picture, and the sampled frames of an animation, up in the banks, in one call; of a container each member. */
export function createMatchHashes({ matcher }: MatchHashesDeps): Step<ExaminedMedia, ExaminedMedia> {
	return async (item) => {
		const { hashes, framePdqs: frames, members } = item;
		if (hashes === null || isUnexamined(item.signals, "matched")) return next(item);
		const matches = await matchWithMembers((...one) => matcher.match(...one), { hashes, frames, members });
		const found = hashSignals(hashes, matches, matcher.version, members.length > 0);
		return next({ ...item, signals: [...item.signals, ...found] });
	};
}
