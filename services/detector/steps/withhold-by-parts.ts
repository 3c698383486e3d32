import type { Match, PictureHashes } from "../../core/banks/bank.ts";
import type { BankLookUps } from "../../core/banks/bank-matcher.ts";
import { toHex } from "../../core/hashes/hash-hex.ts";
import { scopeText } from "../../core/policy/breaker.ts";
import { hashSignals } from "../../core/signals/media-signals.ts";
import { isUnexamined } from "../../core/signals/unexamined/unexamined.ts";
import type { HashedMedia } from "../values.ts";
import { createWithholdEarly, isWithheldEarly, type Withheld, type WithholdEarlyDeps } from "./withhold-early.ts";

export interface WithholdByPartsDeps extends WithholdEarlyDeps {
	readonly matcher: Pick<BankLookUps, "version" | "match" | "hasSounds">;
}

/** A video while it is being examined, part after part. */
interface PartsOfVideo {
	/** Takes the next one, and waits for nothing. */
	readonly take: (stills: readonly PictureHashes[]) => void;
	/** Once all have been looked up: what they changed of the item, and the stills that something was found by. */
	done(): Promise<{ readonly withheld: Withheld | null; readonly found: readonly PictureHashes[] }>;
}

/**
 * Looks the stills of a video up as they come: what the first minute decides is withheld while the other nine are still decoded. What may come after
 * does not overrule it: each still answers for its own time, and known videos are left to the end. So is an entry that spoke of anything that people let
 * be: that may be what this is a copy of, which only its whole shows.
 */
export function createWithholdByParts(deps: WithholdByPartsDeps): (item: HashedMedia) => PartsOfVideo | null {
	const early = createWithholdEarly(deps);
	return (item) => {
		const { exact } = item;
		if (exact === null || item.isWithheld || isUnexamined(item.signals, "matched")) return null;
		// Each alone says too little: what is shown again and again counts together.
		const found = new Map<string, PictureHashes>();
		let withheld: Withheld | null = null;
		let last = Promise.resolve();

		const lookUp = async (stills: readonly PictureHashes[]) => {
			if (withheld !== null) return;
			const asked = new Map([...found, ...stills.map((still) => [toHex(still.hash), still] as const)]);
			const { matcher } = deps;
			const hashes = { pdq: null, ...exact };
			const matches = await matcher.match(hashes, [...asked.values()], true);
			for (const [name, still] of asked) if (matches.some((match) => isOf(match, still))) found.set(name, still);
			const counting = matches.filter(
				({ entryId }) => !deps.standing.wasLetBe(scopeText({ kind: "entry", key: entryId })),
			);
			const verdict = early.verdictOf(item, exact, hashSignals(hashes, counting, matcher.version));
			if (isWithheldEarly(verdict)) withheld = await early.withhold(item, verdict);
		};
		return {
			take(stills) {
				last = last.then(() => lookUp(stills));
				// Whether it fails is for who waits for all of them.
				last.catch(() => undefined);
			},
			async done() {
				await last;
				return { withheld, found: [...found.values()] };
			},
		};
	};
}

/** They are seen at the same time. */
function isOf({ shown = [] }: Match, still: PictureHashes): boolean {
	return (still.shown ?? []).some(({ fromMs, toMs }) => shown.some((one) => one.fromMs < toMs && fromMs < one.toMs));
}
