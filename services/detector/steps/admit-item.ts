import { assertNever } from "../../core/assert-never.ts";
import { itemId, uuidv7 } from "../../core/ids.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { MediaStore } from "../../core/ports/media-store.ts";
import { type ItemKey, itemKeyText, type VerdictStore } from "../../core/ports/verdict-store.ts";
import { eventTypes } from "../../core/wire/item-event.ts";
import type { Events } from "../../runtime/events.ts";
import { createMicroBatch } from "../../runtime/micro-batch.ts";
import { next, type Step, settled } from "../step.ts";
import type { Admitted, Owned } from "../values.ts";

export interface AdmitItemDeps {
	readonly clock: Clock;
	readonly verdicts: Pick<VerdictStore, "findSettled" | "markGone">;
	readonly mediaStore: Pick<MediaStore, "delete">;
	readonly events: Pick<Events, "itemDuplicate" | "itemGone">;
}

/** Stops media that were examined before, and settles the events that need no examination. */
export function createAdmitItem(deps: AdmitItemDeps): Step<Owned, Admitted> {
	const isSettled = createMicroBatch<ItemKey, boolean>({
		maxSize: 500,
		maxWaitMs: 2,
		concurrency: 2,
		run: async (keys) => {
			const found = await deps.verdicts.findSettled(keys);
			return keys.map((key) => found.has(itemKeyText(key)));
		},
	});
	return async (owned) => {
		const { event } = owned;
		const base = { ...owned, itemId: itemId.parse(uuidv7(deps.clock.now())) };
		switch (event.type) {
			case eventTypes.itemDeleted: {
				const at = event.time ?? new Date(owned.record.receivedAtMs);
				deps.events.itemGone({
					items: await deps.verdicts.markGone({ source: event.source, subject: event.subject, at }),
				});
				return settled;
			}
			case eventTypes.itemEngagement:
				return settled;
			case eventTypes.postPublished:
			case eventTypes.postEdited: {
				// A post costs less to examine than to look up: the record itself refuses the second one.
				const { text, authorId, surface } = event.post;
				return next({ ...base, kind: "post", text, authorId, surface });
			}
			case eventTypes.mediaUploaded: {
				const { authorId, surface } = event.media;
				const { location } = event;
				if (!(await isDuplicate(event))) return next({ ...base, kind: "media", location, authorId, surface });
				// Uploaded again, or its detector died after the verdict: nobody will ask for these bytes.
				if (location.kind === "object") await deps.mediaStore.delete(location.objectKey);
				return settled;
			}
			default:
				return assertNever(event);
		}
	};

	async function isDuplicate(event: { readonly source: string; readonly id: string }): Promise<boolean> {
		const duplicate = await isSettled({ source: event.source, eventId: event.id });
		if (duplicate) deps.events.itemDuplicate();
		return duplicate;
	}
}
