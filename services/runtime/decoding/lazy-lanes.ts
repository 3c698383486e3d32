// Lanes that are opened when they are first needed, with room for so many files at once: each is in memory from when it comes until it is
// answered, whichever lane it waits in.
import { createFairPlaces } from "../fair-places.ts";
import type { Owner } from "../fair-queue.ts";
import { openLazily } from "../open-lazily.ts";
import type { TaskOutcome } from "../worker-set.ts";
import { decodeInLanes, recall } from "./decode-in-lanes.ts";
import { createDecodeMemory } from "./decode-memory.ts";
import { createDecoderLanes, type DecoderLanesOptions } from "./decoder-lanes.ts";
import type { Lane } from "./lane.ts";
import { addLoad, type Load } from "./load.ts";

export interface LazyLanesOptions<O> extends DecoderLanesOptions<O> {
	/** More are sent away: the stream has them, and brings them again. */
	readonly room: { readonly files: number; readonly ofOne: number };
}

interface LaneFile<P> {
	readonly key: () => string;
	readonly owner: Owner;
	/** As of a lane's task. */
	readonly onPart?: ((part: P) => void) | undefined;
	readonly moreMs?: number;
}

/** `remembered`: it is a copy of what failed before, and is not tried. */
type LazyOutcome<O, E> = TaskOutcome<O> | { readonly kind: "remembered"; readonly examination: E };

export interface LazyLanes<I, O, E, P = never> {
	run(file: LaneFile<P>, input: (lane: Lane) => I, signal: AbortSignal): Promise<LazyOutcome<O, E>>;
	/** Keeps what copies are answered. */
	failed(key: string, examination: E): void;
	/** Its own and, where it stands before another, the other's. */
	load(others?: Load): Load;
	[Symbol.asyncDispose](): Promise<void>;
}

export function createLazyLanes<I extends object, O, E, P = never>(
	options: LazyLanesOptions<O>,
): LazyLanes<I, O, E, P> {
	const { files, ofOne } = options.room;
	const memory = createDecodeMemory<E>();
	const lanes = openLazily(() => createDecoderLanes<I, O, P>(options));
	const room = createFairPlaces({ places: files, mostOfOne: ofOne, expectedMs: 0 });
	const overloaded = { kind: "failed", reason: "overloaded" } as const;
	return {
		async run(file, input, signal) {
			const recalled = recall(memory, file.key);
			if (recalled.kind === "failed") return { kind: "remembered", examination: recalled.examination };
			const place = room.tryTake(file.owner);
			if (place === null) return overloaded;
			try {
				const asked = { ...file, recalled, onSlow: () => undefined };
				const outcome = await decodeInLanes({ lanes: lanes.get(), memory }, asked, input, signal);
				if (outcome.kind !== "vain") return outcome;
				const examination = memory.failureOf(file.key());
				return examination === null ? overloaded : { kind: "remembered", examination };
			} finally {
				place.leave();
			}
		},
		failed: memory.failed,
		load: (others) => addLoad(others, { waiting: lanes.opened?.waiting(), remembered: memory.size }),
		[Symbol.asyncDispose]: () => lanes[Symbol.asyncDispose](),
	};
}
