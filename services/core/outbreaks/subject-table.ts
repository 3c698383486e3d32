// Which subjects are watched, in a table that never grows. A subject has a few places where it may stand; where all are taken, one that comes
// for the second time may push out the coldest, less likely the warmer that is (after HeavyKeeper: Yang et al., 2019). Chance is made of the key and
// the moment, so that a restored table goes on exactly as it would have.
import { mix32 } from "../hashes/mix32.ts";
import type { KeyHash } from "./hash-key.ts";
import { createSeenBefore, type SeenBefore } from "./seen-before.ts";
import { longestSeconds } from "./windows.ts";

const ways = 4;
const coolingBase = 1.08;
const halfLifeSeconds = 3_600;

export interface SubjectTable {
	/** Its slot, -1 where it has none. */
	find(key: KeyHash): number;
	/** Its slot, which it is given if need be; `isNew` slots must be cleared. -1 where it is not watched yet. */
	admit(key: KeyHash, atSeconds: number): { readonly slot: number; readonly isNew: boolean };
	/** It is not pushed out until it is let go. */
	hold(slot: number, isHeld: boolean): void;
	isHeld(slot: number): boolean;
	letGoAll(): void;
	readonly seen: SeenBefore;
	readonly columns: {
		readonly high: Uint32Array;
		readonly low: Uint32Array;
		readonly heat: Float32Array;
		readonly warmedAt: Uint32Array;
		readonly held: Uint8Array;
	};
}

export function createSubjectTable(slotsLog2: number): SubjectTable {
	const slots = 2 ** slotsLog2;
	const columns = {
		...{ high: new Uint32Array(slots), low: new Uint32Array(slots), heat: new Float32Array(slots) },
		...{ warmedAt: new Uint32Array(slots), held: new Uint8Array(slots) },
	};
	const { high, low, heat, warmedAt, held } = columns;
	// Ten bits for each subject that a full table may see in a turn, of which there are some forty times as many as slots.
	const seen = createSeenBefore(Math.min(26, slotsLog2 + 8), longestSeconds);
	const baseOf = (key: KeyHash) => (key.high & (slots / ways - 1)) * ways;
	const heatAt = (slot: number, atSeconds: number) =>
		(heat[slot] ?? 0) * 0.5 ** (Math.max(0, atSeconds - (warmedAt[slot] ?? 0)) / halfLifeSeconds);
	const find = (key: KeyHash) => {
		const base = baseOf(key);
		for (let slot = base; slot < base + ways; slot += 1)
			if (high[slot] === key.high && low[slot] === key.low && (warmedAt[slot] ?? 0) > 0) return slot;
		return -1;
	};
	const coldest = (base: number, atSeconds: number) => {
		let found = -1;
		for (let slot = base; slot < base + ways; slot += 1)
			if (held[slot] === 0 && (found === -1 || heatAt(slot, atSeconds) < heatAt(found, atSeconds))) found = slot;
		return found;
	};
	const take = (slot: number, key: KeyHash, atSeconds: number) => {
		high[slot] = key.high;
		low[slot] = key.low;
		heat[slot] = 1;
		warmedAt[slot] = atSeconds;
		return { slot, isNew: true };
	};
	return {
		columns,
		seen,
		find,
		admit(key, atSeconds) {
			const present = find(key);
			if (present !== -1) {
				heat[present] = heatAt(present, atSeconds) + 1;
				warmedAt[present] = Math.max(warmedAt[present] ?? 0, atSeconds);
				return { slot: present, isNew: false };
			}
			const slot = coldest(baseOf(key), atSeconds);
			if (slot === -1) return { slot: -1, isNew: false };
			if (warmedAt[slot] === 0) return take(slot, key, atSeconds);
			if (!seen.note(key, atSeconds)) return { slot: -1, isNew: false };
			const chance = mix32(key.low ^ Math.imul(atSeconds, 0x9e3779b1)) / 2 ** 32;
			if (chance < coolingBase ** -heatAt(slot, atSeconds)) return take(slot, key, atSeconds);
			heat[slot] = Math.max(0, heatAt(slot, atSeconds) - 1);
			warmedAt[slot] = atSeconds;
			return { slot: -1, isNew: false };
		},
		hold(slot, isHeld) {
			held[slot] = isHeld ? 1 : 0;
		},
		isHeld: (slot) => held[slot] === 1,
		letGoAll() {
			held.fill(0);
		},
	};
}
