// One file in the lanes, with what is remembered of files like it: a copy of what was slow begins among the slow, a copy of what took a
// decoder's full time, or broke it, is not tried while that is remembered.
import { createHash } from "node:crypto";
import type { ExactHashes } from "../../core/hashes/exact/exact-hashes.ts";
import { toHex } from "../../core/hashes/hash-hex.ts";
import type { UnavailableReason } from "../../core/signals/unavailable/reasons.ts";
import type { Owner } from "../fair-queue.ts";
import type { DecodeMemory, Recalled } from "./decode-memory.ts";
import type { DecoderLanes, LaneOutcome } from "./decoder-lanes.ts";
import type { Lane } from "./lane.ts";

export interface FileInLanes<P = never> {
	readonly key: () => string;
	readonly owner: Owner;
	/** What is remembered of the file itself, or of one like it. */
	readonly recalled: Exclude<Recalled<never>, { readonly kind: "failed" }>;
	readonly onSlow: () => void;
	/** As of a lane's task. */
	readonly onPart?: ((part: P) => void) | undefined;
	readonly moreMs?: number | undefined;
}

export interface InLanes<I, O, E, P = never> {
	readonly lanes: Pick<DecoderLanes<I, O, P>, "run">;
	readonly memory: DecodeMemory<E>;
}

const retriesOfCrash = 2;

/** The file's SHA-256, made when it is first asked for: few files are costly. */
export function keyOf(bytes: Uint8Array, exact: Pick<ExactHashes, "sha256"> | null): () => string {
	let key: string | null = null;
	return () => {
		key ??= toHex(exact?.sha256 ?? createHash("sha256").update(bytes).digest());
		return key;
	};
}

/** Nothing is remembered at first, and then no key is made. */
export function recall<E>(memory: DecodeMemory<E>, key: () => string): Recalled<E> {
	return memory.size === 0 ? { kind: "unknown" } : memory.recall(key());
}

/** `vain`: meanwhile it is remembered of a copy that it fails. */
export async function decodeInLanes<I, O, E, P = never>(
	{ lanes, memory }: InLanes<I, O, E, P>,
	{ key, owner, recalled, onSlow, onPart, moreMs }: FileInLanes<P>,
	input: (lane: Lane) => I,
	signal: AbortSignal,
): Promise<LaneOutcome<O>> {
	const lane: Lane = recalled.kind === "unknown" ? "quick" : "slow";
	const task = {
		...{ owner, lane, input, onPart, moreMs },
		onSlow() {
			memory.wasSlow(key());
			onSlow();
		},
		laneNow() {
			if (recalled.kind === "try-again" || memory.size === 0) return lane;
			if (memory.failureOf(key()) !== null) return "vain";
			return memory.isKnown(key()) ? "slow" : lane;
		},
	} as const;
	let outcome = await lanes.run(task, signal);
	// That may be anybody's fault, and be so again: memory that ran out, somebody who ended the process. Three times is the file's.
	for (let again = 0; again < retriesOfCrash && isCrash(outcome); again += 1) outcome = await lanes.run(task, signal);
	return outcome;
}

function isCrash(outcome: LaneOutcome<unknown>): boolean {
	return outcome.kind === "failed" && outcome.reason === "decoder-crashed";
}

/** What copies are told. To read a header of many pages takes a second by itself: that, too, is not tried again. */
const reasonsBefore: Readonly<Partial<Record<UnavailableReason, UnavailableReason>>> = {
	"decode-timeout": "timed-out-before",
	"decoder-crashed": "crashed-before",
	"too-costly": "too-costly",
};

/** What is told of copies of a file that failed for this reason; null where they are tried like any other. */
export function reasonBefore(reason: UnavailableReason | null): UnavailableReason | null {
	return reason === null ? null : (reasonsBefore[reason] ?? null);
}
