import { eventTypes } from "../../core/wire/item-event.ts";
import type { Step } from "../step.ts";
import type { Parsed } from "../values.ts";

/**
 * Lets a deletion wait for what is under way here of the same content: records of one partition are worked side by side, and a
 * deletion that overtook its post would find nothing to mark.
 */
export function createAfterEarlier<T extends Parsed>(run: Step<T, never>): Step<T, never> {
	const underWay = new Map<string, Promise<unknown>>();
	return async (item) => {
		const key = `${item.event.source}\n${item.event.subject}`;
		if (item.event.type === eventTypes.itemDeleted) {
			await underWay.get(key);
			return run(item);
		}
		const task = run(item);
		const all = Promise.allSettled([underWay.get(key), task]).then(() => {
			if (underWay.get(key) === all) underWay.delete(key);
		});
		underWay.set(key, all);
		return task;
	};
}
