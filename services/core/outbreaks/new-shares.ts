// How many of a subject's voices were never heard of before, beside how many are as a rule: what spreads by accounts made for it looks like that.
import type { KeyHash } from "./hash-key.ts";
import { createSeenBefore, type SeenColumns } from "./seen-before.ts";

const weekSeconds = 7 * 86_400;
const accountsLog2 = 24;
/** About so many voices, the last ones, make a share. */
const remembered = 64;

export interface NewShares {
	/** Whether the account is new here; null until a week has been watched. */
	isNew(account: KeyHash, atSeconds: number): boolean | null;
	add(slot: number, isNew: boolean): void;
	/** Null where nothing was told. */
	of(slot: number): number | null;
	/** What is beyond the usual. */
	excess(slot: number): number;
	clear(slot: number): void;
	readonly columns: { readonly told: Float32Array; readonly fresh: Float32Array };
	readonly accounts: SeenColumns;
}

export function createNewShares(slots: number): NewShares {
	const accounts = createSeenBefore(accountsLog2, weekSeconds);
	/** The last is that of everybody. */
	const columns = { told: new Float32Array(slots + 1), fresh: new Float32Array(slots + 1) };
	const { told, fresh } = columns;
	const of = (slot: number) => ((told[slot] ?? 0) === 0 ? null : (fresh[slot] ?? 0) / (told[slot] ?? 1));
	return {
		columns,
		accounts: accounts.columns,
		isNew(account, atSeconds) {
			const isKnown = accounts.note(account, atSeconds);
			return accounts.isSettled(atSeconds) ? !isKnown : null;
		},
		add(slot, isNew) {
			const kept = 1 - 1 / remembered;
			for (const at of [slot, slots]) {
				told[at] = (told[at] ?? 0) * kept + 1;
				fresh[at] = (fresh[at] ?? 0) * kept + (isNew ? 1 : 0);
			}
		},
		of,
		excess: (slot) => Math.max(0, (of(slot) ?? 0) - (of(slots) ?? 0)),
		clear(slot) {
			told[slot] = 0;
			fresh[slot] = 0;
		},
	};
}
