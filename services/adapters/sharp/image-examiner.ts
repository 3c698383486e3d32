import sharp from "sharp";
import { type ExactHashes, exactHashes } from "../../core/hashes/exact/exact-hashes.ts";
import { toHex } from "../../core/hashes/hash-hex.ts";
import { framingsVersion } from "../../core/hashes/pdq/framings.ts";
import { membersOf } from "../../core/items/picture/members-of.ts";
import type {
	ExaminedMember,
	ExamineRequest,
	ImageExamination,
	ImageExaminer,
} from "../../core/ports/image-examiner.ts";
import type { UnavailableReason } from "../../core/signals/unavailable/reasons.ts";
import {
	decodeInLanes,
	type FileInLanes,
	keyOf,
	reasonBefore,
	recall,
} from "../../runtime/decoding/decode-in-lanes.ts";
import { createDecodeMemory, type DecodeMemory } from "../../runtime/decoding/decode-memory.ts";
import { createDecoderLanes } from "../../runtime/decoding/decoder-lanes.ts";
import type { Lane } from "../../runtime/decoding/lane.ts";
import { nobody } from "../../runtime/fair-queue.ts";
import type { Logger } from "../../runtime/logger.ts";
import { workerFile } from "../../runtime/worker-file.ts";
import type { ExamineInput, ExamineOutput } from "./examine-image.worker.ts";
import type { OthersWithin } from "./read-within.ts";

export type Unavailable = Extract<ImageExamination, { readonly kind: "unavailable" }>;

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
	readonly memory?: DecodeMemory<Unavailable>;
}

export function createImageExaminer(options: ImageExaminerOptions): ImageExaminer {
	const { modelSize, logger, memory = createDecodeMemory() } = options;
	const { maxBytes, timeoutMs, maxCostMs = Number.POSITIVE_INFINITY, ...limits } = options.limits;
	const file = options.file ?? workerFile(import.meta.url, "./examine-image.worker.ts");
	const lanes = createDecoderLanes<ExamineInput, ExamineOutput>({
		...{ file, decoders: options.workers, timeoutMs, logger },
		isSlow: ({ kind }) => kind === "slow",
	});

	const examine = async (picture: Picture, signal: AbortSignal): Promise<ImageExamination> => {
		const { bytes, exact, key, wantsWriting, wantsCuts } = picture;
		const recalled = recall(memory, key);
		if (recalled.kind === "failed") return recalled.examination;
		const asked = { ...{ bytes, exact, modelSize, wantsWriting, wantsCuts }, ...limits, maxCostMs, timeoutMs };
		const input = (lane: Lane) => ({ ...asked, lane });
		const outcome = await decodeInLanes({ lanes, memory }, { ...picture, recalled }, input, signal);
		if (outcome.kind === "vain") return memory.failureOf(key()) ?? unexamined(bytes, exact, "overloaded");
		if (outcome.kind !== "done" || outcome.output.kind === "slow") {
			const examination = unexamined(bytes, exact, outcome.kind === "failed" ? outcome.reason : "worker-lost");
			remember(memory, examination);
			return examination;
		}
		const { within = [], isMoreWithin = false, ...examination } = outcome.output;
		if (within.length === 0 && !isMoreWithin) {
			remember(memory, examination);
			return examination;
		}
		return { ...examination, ...(await examineWithin(picture, { within, isMoreWithin }, signal)) };
	};
	/** Each as a picture that came by itself; what stands within those is named and not looked at. */
	const examineWithin = async (outer: Picture, { within, isMoreWithin }: OthersWithin, signal: AbortSignal) => {
		const members: ExaminedMember[] = [];
		for (const { name, bytes } of outer.isWithin ? [] : within) {
			const one = { ...outer, bytes, exact: null, key: keyOf(bytes, null), isWithin: true };
			const { isJoined = false, ...found } = await examine(one, signal);
			members.push(...membersOf(name, isJoined ? { missing: "members-not-read", ...found } : found));
		}
		const missing = isMoreWithin || outer.isWithin ? ("members-not-read" as const) : null;
		return { members, missing };
	};
	return {
		version: `vips-${sharp.versions.vips}+pdq-1+${framingsVersion}+within-1`,
		async examine(bytes, signal, request = {}) {
			const { owner = nobody, exact = null, onSlow = () => undefined } = request;
			const { wantsWriting = false, wantsCuts = false } = request;
			if (bytes.length > maxBytes) return unexamined(bytes, exact, "too-many-bytes");
			const key = keyOf(bytes, exact);
			return examine({ key, bytes, exact, owner, onSlow, wantsWriting, wantsCuts, isWithin: false }, signal);
		},
		load: () => ({ waiting: lanes.waiting(), remembered: memory.size }),
		[Symbol.asyncDispose]: () => lanes[Symbol.asyncDispose](),
	};
}

interface Picture extends Omit<FileInLanes, "recalled">, Required<Pick<ExamineRequest, "wantsWriting" | "wantsCuts">> {
	readonly bytes: Uint8Array;
	readonly exact: ExactHashes | null;
	/** It stands within another one's file. */
	readonly isWithin: boolean;
}

/** A failure keeps what could be read. Of more frames than this it keeps none: they are read anew. */
const mostFrames = 16;

function remember(memory: DecodeMemory<Unavailable>, examination: ImageExamination): void {
	if (examination.kind !== "unavailable" || examination.frames.length > mostFrames) return;
	const reason = reasonBefore(examination.reason);
	if (reason !== null) memory.failed(toHex(examination.hashes.sha256), { ...examination, reason });
}

/** Exact matching never depends on a decoder, nor on the process that was lost. */
function unexamined(bytes: Uint8Array, exact: ExactHashes | null, reason: UnavailableReason): ImageExamination {
	const hashes = { ...(exact ?? exactHashes(bytes)), pdq: null };
	return { kind: "unavailable", reason, mediaType: null, hashes, frames: [] };
}
