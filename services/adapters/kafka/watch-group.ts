// Whether a group's records are shared with members that keep another record: each item would be in one of the two alone. Every commit says whose it
// is, and one that moves and is of another says that somebody reads along now; one that stands still may be of a record that was here before.
import type { Logger } from "../../runtime/logger.ts";
import type { Commit } from "./group-offsets.ts";

/** Without a word of them for so long they have gone. */
const goneAfterMs = 600_000;

export interface GroupWatch {
	/** To be told of all that the group has committed, now and then, by `nameOf`. */
	look(committed: ReadonlyMap<string, Commit | null>): void;
	isShared(): boolean;
}

interface GroupWatchOptions {
	readonly group: string;
	/** The id of the record that is kept here. */
	readonly record: string;
	readonly logger: Logger;
	/** Milliseconds, of a clock that never goes back. */
	readonly now?: () => number;
}

export function watchGroup({ group, record, logger, now = () => performance.now() }: GroupWatchOptions): GroupWatch {
	const ofOthers = new Map<string, bigint>();
	let seenAt = Number.NEGATIVE_INFINITY;
	const isShared = () => now() - seenAt < goneAfterMs;
	return {
		isShared,
		look(committed) {
			for (const [name, commit] of committed) {
				// Earlier versions did not say whose theirs are.
				if (commit === null || commit.record === null || commit.record === record) {
					ofOthers.delete(name);
					continue;
				}
				const before = ofOthers.get(name);
				ofOthers.set(name, commit.offset);
				if (before === undefined || commit.offset <= before) continue;
				if (!isShared()) logger.error({ event: "stream-group-shared", group });
				seenAt = now();
			}
		},
	};
}
