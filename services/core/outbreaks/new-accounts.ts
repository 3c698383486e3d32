// Which accounts were never heard of before, and how many are as a rule on their platform now: what spreads by accounts made for it has more of
// them than anything else has there. A platform that has just joined has only such, so that there it says nothing until it is known.
import type { KeyHash } from "./hash-key.ts";
import { createSeenBefore, type SeenColumns } from "./seen-before.ts";

const weekSeconds = 7 * 86_400;
const accountsLog2 = 25;
/** Platforms that share a place share what is usual. */
const places = 1_024;
/** About so many sightings, the last ones, say what is usual. */
const remembered = 50_000;
/** An unknown platform begins as if it had so many, all by new accounts. */
const begun = 200;
const leastChance = 0.01;

/** A voice as far as this goes. */
export interface Newcomer {
	readonly isNew: boolean;
	/** How likely a new one was. */
	readonly chance: number;
}

export interface NewAccounts {
	note(account: KeyHash, platform: KeyHash, atSeconds: number): Newcomer;
	readonly columns: { readonly told: Float64Array; readonly fresh: Float64Array };
	readonly accounts: SeenColumns;
}

export function createNewAccounts(): NewAccounts {
	const seen = createSeenBefore(accountsLog2, weekSeconds);
	const columns = { told: new Float64Array(places), fresh: new Float64Array(places) };
	const { told, fresh } = columns;
	let last = { ...{ high: 0, low: 0, atSeconds: 0 }, newcomer: { isNew: false, chance: 1 } };
	return {
		columns,
		accounts: seen.columns,
		note({ high, low }, platform, atSeconds) {
			// An item is told as several sightings in a row: its account is as new to the second subject as it was to the first.
			if (last.high === high && last.low === low && last.atSeconds === atSeconds) return last.newcomer;
			const place = platform.low & (places - 1);
			const chance = ((fresh[place] ?? 0) + begun) / ((told[place] ?? 0) + begun);
			const isNew = !seen.note({ high, low }, atSeconds);
			const kept = 1 - 1 / remembered;
			told[place] = (told[place] ?? 0) * kept + 1;
			fresh[place] = (fresh[place] ?? 0) * kept + (isNew ? 1 : 0);
			const newcomer = { isNew, chance: Math.max(leastChance, chance) };
			last = { high, low, atSeconds, newcomer };
			return newcomer;
		},
	};
}
