// Unpacks one file in turns: each takes a worker for as long as some of its members take, in the lanes that decoders have. What it was told to
// be, or turns out to be, it is for the rest of its turns.
import { decodeInLanes, type FileInLanes, type InLanes, reasonBefore } from "../../runtime/decoding/decode-in-lanes.ts";
import { quickMs } from "../../runtime/decoding/lane.ts";
import type { FairPlaces, Place } from "../../runtime/fair-places.ts";
import type { TaskOutcome } from "../../runtime/worker-set.ts";
import type { UnpackedPart, UnpackInput, UnpackOutput } from "./unpack.worker.ts";
import type { UnpackOutcome } from "./walk-members.ts";

export interface TurnsOptions<E> extends InLanes<UnpackInput, UnpackOutput, E> {
	/** Those that are slow are in memory with what was unpacked of them, whether they wait for a turn or for what looks at their members. */
	readonly slow: Pick<FairPlaces, "tryTake">;
}

export interface Turns extends Disposable {
	unpack(input: Omit<UnpackInput, "lane">): Promise<UnpackOutcome>;
	/** What looks at its members says so, too. */
	onSlow(): void;
	/** Ends what is under way for it where it was sent away. */
	readonly signal: AbortSignal;
	/** `vain`: meanwhile it is remembered of a copy that it fails. `sent-away`: too many are slow. */
	readonly ended: "vain" | "sent-away" | null;
	/** It took all its time, or broke a worker: copies need not be tried. */
	isHopeless(limitMs: number): boolean;
}

export function beginTurns<E>(options: TurnsOptions<E>, file: FileInLanes, askedSignal: AbortSignal): Turns {
	const sendAway = new AbortController();
	const signal = AbortSignal.any([askedSignal, sendAway.signal]);
	let { recalled } = file;
	let place: Place | null = null;
	let spentMs = 0;
	let isVain = false;
	let hasFailed = false;
	const onSlow = () => {
		if (recalled.kind === "unknown") recalled = { kind: "slow" };
		place ??= options.slow.tryTake(file.owner);
		if (place === null) sendAway.abort();
		file.onSlow();
	};
	const outcomeOf = async (input: Omit<UnpackInput, "lane">, begun: () => void): Promise<TaskOutcome<UnpackedPart>> => {
		const asked = { ...file, recalled, onSlow };
		const outcome = await decodeInLanes(
			options,
			asked,
			(lane) => {
				begun();
				return { ...input, lane };
			},
			signal,
		);
		isVain ||= outcome.kind === "vain";
		if (outcome.kind === "vain" || sendAway.signal.aborted) return { kind: "failed", reason: "overloaded" };
		if (outcome.kind === "failed") {
			hasFailed ||= reasonBefore(outcome.reason) !== null;
			return outcome;
		}
		const { output } = outcome;
		return output.kind === "slow" ? { kind: "failed", reason: "worker-lost" } : { kind: "done", output };
	};
	return {
		async unpack(input) {
			let begunMs = performance.now();
			const outcome = await outcomeOf(input, () => {
				begunMs = performance.now();
			});
			const tookMs = performance.now() - begunMs;
			spentMs += tookMs;
			if (spentMs > quickMs && recalled.kind === "unknown") recalled = { kind: "slow" };
			return { ...outcome, tookMs };
		},
		onSlow,
		signal,
		get ended() {
			return isVain ? "vain" : sendAway.signal.aborted ? "sent-away" : null;
		},
		isHopeless: (limitMs) => hasFailed || spentMs >= limitMs,
		[Symbol.dispose]: () => place?.leave(),
	};
}
