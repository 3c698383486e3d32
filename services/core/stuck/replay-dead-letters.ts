// Puts parked records back into their topics. What they are worth is decided again by the detector: one that is settled changes nothing.
import type { DeadLetterStore } from "../ports/dead-letter-store.ts";
import type { ItemStream } from "../ports/item-stream.ts";
import type { ActedBy, StuckFilter } from "./stuck.ts";

export interface ReplayDeadLettersDeps {
	readonly deadLetters: Pick<DeadLetterStore, "list" | "resolve">;
	readonly stream: Pick<ItemStream, "publish">;
}

/** Letters hold their records' bytes. */
const lettersAtOnce = 50;

/**
 * Answers how many were put back. Published first: should we fall between the two, the record comes twice, which changes nothing, and
 * is not lost.
 */
export async function replayDeadLetters(
	{ deadLetters, stream }: ReplayDeadLettersDeps,
	filter: StuckFilter,
	act: ActedBy,
): Promise<number> {
	let count = 0;
	for (;;) {
		const letters = await deadLetters.list({ ...filter, state: "parked", limit: lettersAtOnce });
		for (const { id, topic, key, value, headers } of letters) {
			await stream.publish(topic, [{ key: key ?? "", value, headers }]);
			count += await deadLetters.resolve({ ids: [id] }, "replayed", act);
		}
		if (letters.length < lettersAtOnce) return count;
	}
}
