// Uploads that nobody will ask for: intake was killed between storing one and publishing its event, or could not say whether the
// stream took it. By now their events would long have been settled; those that parked records name are kept until these are resolved.
import type { DeadLetterStore } from "../ports/dead-letter-store.ts";
import type { MediaStore } from "../ports/media-store.ts";
import { uploadedAt, uploadsPrefix } from "../wire/media-key.ts";

export interface SweepUploadsDeps {
	readonly mediaStore: Pick<MediaStore, "list" | "delete">;
	readonly deadLetters: Pick<DeadLetterStore, "mentioned">;
}

/** Twice as long as Kafka keeps records by default: what is not settled by then is in no log any more. */
export const uploadsKeptMs = 14 * 24 * 3_600_000;

const keysAtOnce = 200;

/** Deletes what was uploaded before then, again and again without harm; answers how many there were. `isTrial` only counts. */
export async function sweepUploads(
	{ mediaStore, deadLetters }: SweepUploadsDeps,
	{ before, isTrial = false }: { readonly before: Date; readonly isTrial?: boolean },
): Promise<number> {
	let count = 0;
	const sweep = async (keys: readonly string[]) => {
		const needed = await deadLetters.mentioned(keys);
		for (const key of keys) {
			if (needed.has(key)) continue;
			if (!isTrial) await mediaStore.delete(key);
			count += 1;
		}
	};
	let due: string[] = [];
	for await (const key of mediaStore.list(uploadsPrefix)) {
		const at = uploadedAt(key);
		if (at === null || at >= before) continue;
		due.push(key);
		if (due.length < keysAtOnce) continue;
		await sweep(due);
		due = [];
	}
	await sweep(due);
	return count;
}
