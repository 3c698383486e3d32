// Which known sounds stand in what is heard of a file: how far apart they are, when each is heard, and how much of both it is. What a match means is
// policy's to say.
import type { Sound } from "../hashes/sound/sound.ts";
import { wordMs } from "../hashes/sound/sound-words.ts";
import { joinSegments } from "../items/segments.ts";
import type { BankEntry, Match, MediaHashes } from "./bank.ts";
import type { EntryTable, HeardEntry } from "./entry-table.ts";
import { nearestMatches } from "./nearest-matches.ts";
import type { How } from "./picture-queries.ts";

/** What could be compared at all says enough: there is no poorer sound. */
const fullQuality = 100;

/** What is harmless to hear says nothing of what is seen. */
export function matchSounds(
	{ sound, sha256 }: MediaHashes,
	table: Pick<EntryTable, "findSounds">,
	answer: (entry: BankEntry, content: Uint8Array, how: How) => Match | null,
): readonly Match[] {
	if (sound === undefined) return [];
	const heard = table.findSounds(sound);
	return nearestMatches(heard.flatMap((one) => answer(one.entry, sha256, howHeard(one, sound)) ?? []));
}

/** The nearest of its stretches speaks for all. */
function howHeard({ stretches, entryWords }: HeardEntry, { tunings: [words = new Uint32Array()] }: Sound): How {
	const all = stretches.reduce((sum, { item: { from, to } }) => sum + to - from, 0);
	const ofEntry = stretches.reduce((sum, { entry: { from, to } }) => sum + to - from, 0);
	return {
		distanceBits: Math.round(Math.min(...stretches.map(({ distanceBits }) => distanceBits))),
		queryQuality: fullQuality,
		shown: joinSegments(stretches.map(({ item: { from, to } }) => ({ fromMs: toMs(from), toMs: toMs(to) }))),
		frames: { ofItem: Math.min(1, all / words.length), ofEntry: Math.min(1, ofEntry / entryWords) },
	};
}

function toMs(words: number): number {
	return Math.round(words * wordMs);
}
