// Who sent first what is not watched yet: where the table of subjects is full, one is watched from its second sighting on, and the first voice is a voice
// as well. Kept for as long as its place is not needed for another: of what grows, the second comes soon.
import type { KeyHash } from "./hash-key.ts";
import type { Newcomer } from "./new-accounts.ts";

export interface FirstVoice {
	readonly voice: KeyHash;
	readonly atSeconds: number;
	/** Null where voices are no accounts. */
	readonly newcomer: Newcomer | null;
}

export interface FirstVoices {
	note(subject: KeyHash, first: FirstVoice): void;
	/** Null where it is not known, or none any more. */
	of(subject: KeyHash): FirstVoice | null;
	readonly columns: Readonly<Record<"subjects" | "high" | "low" | "spoke", Uint32Array>> & {
		/** How likely a new one was: less than 0 where it is none, and 0 where nobody said. */
		readonly chances: Float32Array;
	};
}

export function createFirstVoices(placesLog2: number): FirstVoices {
	const places = 2 ** placesLog2;
	const columns = {
		...{ subjects: new Uint32Array(places), high: new Uint32Array(places), low: new Uint32Array(places) },
		...{ spoke: new Uint32Array(places), chances: new Float32Array(places) },
	};
	const { subjects, high, low, spoke, chances } = columns;
	const placeOf = (subject: KeyHash) => subject.low & (places - 1);
	return {
		columns,
		note(subject, { voice, atSeconds, newcomer }) {
			const place = placeOf(subject);
			subjects[place] = subject.high;
			high[place] = voice.high;
			low[place] = voice.low;
			spoke[place] = atSeconds;
			chances[place] = newcomer === null ? 0 : newcomer.chance * (newcomer.isNew ? 1 : -1);
		},
		of(subject) {
			const place = placeOf(subject);
			const atSeconds = spoke[place] ?? 0;
			if (atSeconds === 0 || subjects[place] !== subject.high >>> 0) return null;
			const chance = chances[place] ?? 0;
			const newcomer = chance === 0 ? null : { isNew: chance > 0, chance: Math.abs(chance) };
			return { voice: { high: high[place] ?? 0, low: low[place] ?? 0 }, atSeconds, newcomer };
		},
	};
}
