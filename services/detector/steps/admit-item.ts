import { itemId, uuidv7 } from "../../core/ids.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { MediaStore } from "../../core/ports/media-store.ts";
import { type ItemKey, itemKeyText, type RecordedKey, type VerdictStore } from "../../core/ports/verdict-store.ts";
import { eventTypes } from "../../core/wire/item-event.ts";
import type { Events } from "../../runtime/events.ts";
import { createMicroBatch } from "../../runtime/micro-batch.ts";
import type { DetectorKinds } from "../kinds/catalogue.ts";
import { next, type Step, settled } from "../step.ts";
import type { Admitted, Owned } from "../values.ts";

export interface AdmitItemDeps {
	readonly clock: Clock;
	readonly verdicts: Pick<VerdictStore, "findRecorded" | "markGone">;
	readonly mediaStore: Pick<MediaStore, "delete">;
	readonly events: Pick<Events, "itemDuplicate" | "itemGone">;
	readonly kinds: DetectorKinds;
}

/** Makes an item of an event, by the kind that admits it; settles the events that need no examination. */
export function createAdmitItem(deps: AdmitItemDeps): Step<Owned, Admitted> {
	const findRecorded = createMicroBatch<ItemKey, RecordedKey | null>({
		maxSize: 500,
		maxWaitMs: 2,
		concurrency: 2,
		run: async (keys) => {
			const found = await deps.verdicts.findRecorded(keys);
			return keys.map((key) => found.get(itemKeyText(key)) ?? null);
		},
	});
	return async (owned) => {
		const { event } = owned;
		if (event.type === eventTypes.itemDeleted) {
			const at = event.time ?? new Date(owned.record.receivedAtMs);
			deps.events.itemGone({
				items: await deps.verdicts.markGone({ source: event.source, subject: event.subject, at }),
			});
			return settled;
		}
		if (event.type === eventTypes.itemEngagement) return settled;
		for (const part of Object.values(deps.kinds)) {
			const seen = part.admit(event);
			if (seen === null) continue;
			const recorded = part.isLookedUpFirst ? await findRecorded({ source: event.source, eventId: event.id }) : null;
			const isWithheld = recorded?.owes === "examination";
			const id = isWithheld ? recorded.itemId : itemId.parse(uuidv7(deps.clock.now()));
			const item = { kind: part.kind, itemId: id, isWithheld, ...owned, ...seen };
			if (recorded?.owes !== "nothing") return next(item);
			deps.events.itemDuplicate();
			// Sent again, or its detector died after the verdict: nobody will ask for what came with it.
			const upload = part.uploadOf(item);
			if (upload !== null) await deps.mediaStore.delete(upload);
			return settled;
		}
		throw new Error(`no kind of item admits events of type ${event.type}`);
	};
}
