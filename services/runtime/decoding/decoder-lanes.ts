// Who gets a decoder, and when. Platforms and their surfaces share the decoders fairly (runtime/fair-queue.ts), in two lanes: what takes long
// gets out of the way of what is quick. A task that turns out to be slow goes on where it is, at a lower priority, and its place is another's;
// only where the slow lane is full is it ended, and begun again there. Why: infra/decisions/0057-costly-pictures.md.
import { createFairPlaces, type FairPlaces, type Place } from "../fair-places.ts";
import type { Owner } from "../fair-queue.ts";
import type { Logger } from "../logger.ts";
import type { WorkerProcess } from "../worker-process.ts";
import { createWorkers, type StartedTask, startTask, type TaskOutcome } from "../worker-set.ts";
import { type Lane, type Pace, picturePace } from "./lane.ts";

interface LaneTask<I, P = never> {
	readonly owner: Owner;
	/** The lane that it begins in. */
	readonly lane: Lane;
	input(lane: Lane): I;
	/** It is in the slow lane, and may wait there for long. */
	onSlow(): void;
	/** Asked when it is its turn: where it belongs by now, or whether it need not be tried any more. */
	laneNow(): Lane | "vain";
	/** Gets what a decoder tells of it before it is through; once more from the beginning where it is begun again. */
	readonly onPart?: ((part: P) => void) | undefined;
	/** Time that it may take beyond the lanes' own; 0 unless said. */
	readonly moreMs?: number | undefined;
}

export type LaneOutcome<O> = TaskOutcome<O> | { readonly kind: "vain" };

export interface DecoderLanes<I, O, P = never> {
	run(task: LaneTask<I, P>, signal: AbortSignal): Promise<LaneOutcome<O>>;
	waiting(): Readonly<Record<Lane, number>>;
	[Symbol.asyncDispose](): Promise<void>;
}

export interface DecoderLanesOptions<O> {
	/** Compiled, as of {@link createWorkers}. */
	readonly file: string;
	/** How many decoders the quick lane has. */
	readonly decoders: number;
	/** How many the slow lane has; one less unless said, and at least one: beside a single decoder it has the time that is left over. */
	readonly slowDecoders?: number;
	readonly timeoutMs: number;
	/** The worker's own word, from a first look: it belongs into the slow lane. */
	readonly isSlow: (output: O) => boolean;
	/** The pace of pictures, unless said. */
	readonly pace?: Pace;
	readonly logger: Logger;
}

/** From then on it may have to get out of the way soon: the one that takes its place is started. Of the time after which it may. */
const aheadAfter = 0.4;
const lookEveryMs = 50;
const usualMs = 50;
/** Each holds its bytes. More are sent away: the stream has them, and brings them again. */
const mostSlowWaiting = 32;
const mostSlowWaitingOfOne = 8;

export function createDecoderLanes<I extends object, O, P = never>(
	options: DecoderLanesOptions<O>,
): DecoderLanes<I, O, P> {
	const { decoders, timeoutMs, logger, pace = picturePace } = options;
	const slowPlaces = options.slowDecoders ?? Math.max(1, decoders - 1);
	const workers = createWorkers<I, O, P>(options.file, slowPlaces);
	const places = {
		quick: createFairPlaces({ places: decoders, expectedMs: usualMs }),
		slow: createFairPlaces({ places: slowPlaces, expectedMs: pace.quickMs }),
	};

	const runOn = async <T>(
		lane: Lane,
		use: (worker: WorkerProcess<I, O, P>) => Promise<T>,
	): Promise<T | TaskOutcome<never>> => {
		const worker = lane === "quick" ? workers.take() : workers.takeLowered();
		if (worker === null) return { kind: "failed", reason: "worker-lost" };
		try {
			return await use(worker);
		} finally {
			workers.giveBack(worker);
		}
	};
	const limitsOf = ({ onPart, moreMs = 0 }: LaneTask<I, P>, signal: AbortSignal) => ({
		...{ timeoutMs: timeoutMs + moreMs, signal, logger },
		...(onPart && { onPart }),
	});
	/** `slow` where it must be begun anew in the slow lane. */
	const runQuick = (task: LaneTask<I, P>, place: Place, signal: AbortSignal) =>
		runOn<TaskOutcome<O> | "slow">("quick", async (worker) => {
			const started = startTask<I, O, P>(worker, task.input("quick"), limitsOf(task, signal));
			let slowPlace: Place | null = null;
			let isSentOver = false;
			const watched = { ...task, ...started, pace, startAhead: workers.startAhead };
			const stopWatching = watch(places, watched, (taken) => {
				slowPlace = taken;
				isSentOver = taken === null;
				if (isSentOver) return started.end("overloaded");
				worker.lowerPriority();
				place.leave();
				task.onSlow();
			});
			try {
				const outcome = await started.outcome;
				return isSentOver || (outcome.kind === "done" && options.isSlow(outcome.output)) ? "slow" : outcome;
			} finally {
				stopWatching();
				leave(slowPlace);
			}
		});
	const runSlow = (task: LaneTask<I, P>, signal: AbortSignal): Promise<LaneOutcome<O>> => {
		const { waiting } = places.slow;
		task.onSlow();
		if (signal.aborted) return Promise.resolve({ kind: "failed", reason: "deadline-exceeded" });
		if (waiting >= mostSlowWaiting || places.slow.waitingOf(task.owner.platform) >= mostSlowWaitingOfOne)
			return Promise.resolve({ kind: "failed", reason: "overloaded" });
		return places.slow.run(task.owner, async () => {
			if (signal.aborted) return { kind: "failed", reason: "deadline-exceeded" };
			if (task.laneNow() === "vain") return { kind: "vain" };
			return runOn("slow", (worker) => startTask<I, O, P>(worker, task.input("slow"), limitsOf(task, signal)).outcome);
		});
	};
	return {
		async run(task, signal) {
			if (task.lane === "slow") return runSlow(task, signal);
			const outcome = await places.quick.run(task.owner, async (place): Promise<LaneOutcome<O> | "slow"> => {
				if (signal.aborted) return { kind: "failed", reason: "deadline-exceeded" };
				const lane = task.laneNow();
				if (lane === "vain") return { kind: "vain" };
				return lane === "slow" ? "slow" : runQuick(task, place, signal);
			});
			return outcome === "slow" ? runSlow(task, signal) : outcome;
		},
		waiting: () => ({ quick: places.quick.waiting, slow: places.slow.waiting }),
		[Symbol.asyncDispose]: async () => workers.close(),
	};
}

interface WatchedTask extends Pick<LaneTask<never>, "owner">, Pick<StartedTask<never>, "spentMs"> {
	readonly pace: Pace;
	startAhead(): void;
}

/** Lets a task that takes long out of the quick lane, to a place of the slow one if there is any; answers how to stop looking. */
function watch(
	{ quick, slow }: Readonly<Record<Lane, FairPlaces>>,
	{ owner, spentMs: spent, pace, startAhead }: WatchedTask,
	move: (place: Place | null) => void,
): () => void {
	const timer = setInterval(() => {
		const spentMs = spent();
		if (spentMs >= pace.yieldAfterMs * aheadAfter) startAhead();
		const isLate = spentMs >= pace.quickMs;
		if (!isLate && !(spentMs >= pace.yieldAfterMs && quick.isAwaitedBesides(owner.platform))) return;
		const place = slow.tryTake(owner);
		// A platform whose slow ones are at work already gets no more of the others' time.
		if (place === null && !isLate && slow.heldBy(owner.platform) === 0) return;
		clearInterval(timer);
		move(place);
	}, lookEveryMs);
	return () => clearInterval(timer);
}

function leave(place: Place | null): void {
	place?.leave();
}
