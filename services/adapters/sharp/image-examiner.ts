import { createHash } from "node:crypto";
import sharp from "sharp";
import { type ExactHashes, exactHashes } from "../../core/hashes/exact/exact-hashes.ts";
import { toHex } from "../../core/hashes/hash-hex.ts";
import { framingsVersion } from "../../core/hashes/pdq/framings.ts";
import type { ExamineRequest, ImageExamination, ImageExaminer } from "../../core/ports/image-examiner.ts";
import type { UnavailableReason } from "../../core/signals/unavailable/reasons.ts";
import type { Logger } from "../../runtime/logger.ts";
import { workerFile } from "../../runtime/worker-file.ts";
import type { TaskOutcome } from "../../runtime/worker-set.ts";
import { createDecodeMemory, type DecodeMemory } from "./decode-memory.ts";
import { createDecoderLanes, type Lane } from "./decoder-lanes.ts";
import type { ExamineInput, ExamineOutput } from "./examine-image.worker.ts";

export interface ImageExaminerOptions {
	readonly workers: number;
	/** Edge of the model's square input, pixels; null where no model will look. */
	readonly modelSize: number | null;
	readonly limits: {
		readonly maxBytes: number;
		readonly maxPixels: number;
		readonly timeoutMs: number;
		/** Frames of an animation that a model looks at. All are hashed, but where a model looks at none: then only the first is. */
		readonly maxFrames: number;
		/** What a picture may cost by its header, milliseconds of one core; without, whatever it costs is tried. */
		readonly maxCostMs?: number;
	};
	readonly logger: Logger;
	/** What the workers run, compiled; tests put one there that crashes. */
	readonly file?: string;
	/** What is remembered of costly files; tests have an hour pass. */
	readonly memory?: DecodeMemory;
}

const nobody = { platform: "", surface: "" };

export function createImageExaminer(options: ImageExaminerOptions): ImageExaminer {
	const { modelSize, logger, memory = createDecodeMemory() } = options;
	const { maxBytes, timeoutMs, maxCostMs = Number.POSITIVE_INFINITY, ...limits } = options.limits;
	const file = options.file ?? workerFile(import.meta.url, "./examine-image.worker.ts");
	const lanes = createDecoderLanes<ExamineInput, ExamineOutput>({
		...{ file, decoders: options.workers, timeoutMs, logger },
		isSlow: ({ kind }) => kind === "slow",
	});

	/** `again`: it has been tried before, and its hour is over. */
	const decode = async (picture: Picture, lane: Lane, isAgain: boolean, signal: AbortSignal) => {
		const { bytes, exact, owner, onSlow, wantsWriting } = picture;
		const task = {
			...{ owner, lane },
			input: (lane: Lane) => ({ ...{ bytes, exact, modelSize, wantsWriting }, ...limits, maxCostMs, timeoutMs, lane }),
			onSlow() {
				memory.wasSlow(picture.key());
				onSlow();
			},
			laneNow() {
				if (isAgain || memory.size === 0) return lane;
				if (memory.failureOf(picture.key()) !== null) return "vain";
				return memory.isKnown(picture.key()) ? "slow" : lane;
			},
		};
		let outcome = await lanes.run(task, signal);
		// That may be anybody's fault, and be so again: memory that ran out, somebody who ended the process. Three times is the picture's.
		for (let again = 0; again < retriesOfCrash && isCrash(outcome); again += 1) outcome = await lanes.run(task, signal);
		return outcome;
	};
	const examine = async (picture: Picture, signal: AbortSignal): Promise<ImageExamination> => {
		const { bytes, exact } = picture;
		const recalled = memory.size === 0 ? ({ kind: "unknown" } as const) : memory.recall(picture.key());
		if (recalled.kind === "failed") return asBefore(recalled.examination);
		const lane = recalled.kind === "unknown" ? "quick" : "slow";
		const outcome = await decode(picture, lane, recalled.kind === "try-again", signal);
		if (outcome.kind === "vain") {
			const failure = memory.failureOf(picture.key());
			return failure === null ? unexamined(bytes, exact, "overloaded") : asBefore(failure);
		}
		const examination =
			outcome.kind === "done" && outcome.output.kind !== "slow"
				? outcome.output
				: unexamined(bytes, exact, outcome.kind === "failed" ? outcome.reason : "worker-lost");
		remember(memory, examination);
		return examination;
	};
	return {
		version: `vips-${sharp.versions.vips}+pdq-1+${framingsVersion}`,
		async examine(bytes, signal, request = {}) {
			const { owner = nobody, exact = null, onSlow = () => undefined, wantsWriting = false } = request;
			if (bytes.length > maxBytes) return unexamined(bytes, exact, "too-many-bytes");
			return examine({ key: keyOf(bytes, exact), bytes, exact, owner, onSlow, wantsWriting }, signal);
		},
		load: () => ({ waiting: lanes.waiting(), remembered: memory.size }),
		[Symbol.asyncDispose]: () => lanes[Symbol.asyncDispose](),
	};
}

interface Picture extends Required<Pick<ExamineRequest, "owner" | "onSlow" | "wantsWriting">> {
	/** Made when it is first asked for: few files are costly. */
	readonly key: () => string;
	readonly bytes: Uint8Array;
	readonly exact: ExactHashes | null;
}

function keyOf(bytes: Uint8Array, exact: ExactHashes | null): () => string {
	let key: string | null = null;
	return () => {
		key ??= toHex(exact?.sha256 ?? createHash("sha256").update(bytes).digest());
		return key;
	};
}

const retriesOfCrash = 2;

function isCrash(outcome: TaskOutcome<ExamineOutput> | { readonly kind: "vain" }): boolean {
	return outcome.kind === "failed" && outcome.reason === "decoder-crashed";
}

/** What took a decoder's full time, or broke it, or would: to read a header of many pages takes a second by itself. */
const remembered: ReadonlySet<UnavailableReason> = new Set(["decode-timeout", "decoder-crashed", "too-costly"]);
const reasonsBefore: Readonly<Partial<Record<UnavailableReason, UnavailableReason>>> = {
	"decode-timeout": "timed-out-before",
	"decoder-crashed": "crashed-before",
};

function remember(memory: DecodeMemory, examination: ImageExamination): void {
	if (examination.kind === "unavailable" && remembered.has(examination.reason))
		memory.failed(toHex(examination.hashes.sha256), examination);
}

function asBefore<E extends { readonly reason: UnavailableReason }>(examination: E): E {
	return { ...examination, reason: reasonsBefore[examination.reason] ?? examination.reason };
}

/** Exact matching never depends on a decoder, nor on the process that was lost. */
function unexamined(bytes: Uint8Array, exact: ExactHashes | null, reason: UnavailableReason): ImageExamination {
	const hashes = { ...(exact ?? exactHashes(bytes)), pdq: null };
	return { kind: "unavailable", reason, mediaType: null, hashes, frames: [] };
}
