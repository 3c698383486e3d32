// Has detectors look once more at an earlier item: the very steps between an event and the last signal that it went through when it came, over
// what of it is held. Nothing is recorded by them, and no item that arrives waits for one of these longer than for the overflow lane.
import type { PlatformStore } from "../../core/ports/platform-store.ts";
import type { HeldItem } from "../../core/ports/sweep-store.ts";
import type { SignalCatalogue } from "../../core/signals/catalogue.ts";
import type { Signal } from "../../core/signals/signal.ts";
import { isGone } from "../../core/sweeps/examined-again.ts";
import { topics } from "../../core/wire/topics.ts";
import type { DetectorKinds } from "../kinds/catalogue.ts";

export interface ExamineAgainDeps {
	readonly kinds: DetectorKinds;
	readonly platforms: Pick<PlatformStore, "find">;
	readonly signalCatalogue: SignalCatalogue;
}

/** Null where neither its bytes nor its text are held any more. */
export type ExamineAgain = (item: HeldItem) => Promise<readonly Signal[] | null>;

export function createExamineAgain({ kinds, platforms, signalCatalogue }: ExamineAgainDeps): ExamineAgain {
	return async (item) => {
		const part = kinds[item.kind];
		const event = part.recall(item);
		const seen = event === null ? null : part.admit(event);
		const platform = await platforms.find(item.platformId);
		if (event === null || seen === null || platform === null) return null;
		const result = await part.examine({
			...{ ...seen, event, platform, country: item.country, kind: item.kind, itemId: item.id },
			...{ record: recordOf(item), attempt: 1, isLastAttempt: true },
			// Its verdict withholds it, or people do: not the look at its bytes alone.
			isWithheld: true,
		});
		if (result.kind !== "next") throw new Error(`an item that was examined again came to ${result.kind}`);
		const { signals } = result.value;
		return isGone(signals, signalCatalogue) ? null : signals;
	};
}

function recordOf({ id, receivedAt }: HeldItem) {
	return {
		...{ topic: topics.overflow, partition: 0, offset: "0", key: id, headers: {} },
		...{ value: new Uint8Array(0), receivedAtMs: receivedAt.getTime() },
	};
}
