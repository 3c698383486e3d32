import { exactHashes } from "../../core/hashes/exact/exact-hashes.ts";
import type {
	ExamineRequest,
	ImageExamination,
	ImageExaminer,
	MediaExaminer,
	UnpackedFile,
} from "../../core/ports/image-examiner.ts";
import type { UnavailableReason } from "../../core/signals/unavailable/reasons.ts";
import type { Logger } from "../../runtime/logger.ts";
import { workerFile } from "../../runtime/worker-file.ts";
import { createWorkerPool } from "../../runtime/worker-pool.ts";
import { containerTypeOf, faultOfUnread } from "./container-type.ts";
import { examineMembers } from "./examine-members.ts";
import type { UnpackInput, UnpackOutput } from "./unpack.worker.ts";
import { type VisitedMember, type WalkLimits, walkMembers } from "./walk-members.ts";

export interface ContainerExaminerOptions {
	readonly workers: number;
	readonly limits: WalkLimits;
	readonly logger: Logger;
	/** What the workers run, compiled; tests put one there that crashes. */
	readonly file?: string;
}

/** The worker answers by its own limit what it has; one that does not is ended. */
const graceMs = 5_000;
const nobody = { platform: "", surface: "" };
/** Each holds its bytes in memory. */
const mostWaiting = 8;

/**
 * Examines files that hold others (archives, Office files) or pages (PDF): each member by `others`, as a file of its own. Everything else is
 * left to `others`.
 */
export function createContainerExaminer(options: ContainerExaminerOptions, others: ImageExaminer): MediaExaminer {
	const { limits, workers, logger } = options;
	const file = options.file ?? workerFile(import.meta.url, "./unpack.worker.ts");
	// Most send no containers: then nothing of it is started.
	let pool: ReturnType<typeof createWorkerPool<UnpackInput, UnpackOutput>> | null = null;
	let waiting = 0;
	const unpack = (input: UnpackInput, signal: AbortSignal) => {
		pool ??= createWorkerPool({ file, workers, timeoutMs: limits.timeoutMs + graceMs, logger });
		return pool.run(input, signal);
	};
	const unexamined = (bytes: Uint8Array, request: ExamineRequest, reason: UnavailableReason): ImageExamination => {
		const hashes = { ...(request.exact ?? exactHashes(bytes)), pdq: null };
		return { kind: "unavailable", reason, mediaType: containerTypeOf(bytes)?.mediaType ?? null, hashes, frames: [] };
	};
	const examine = async (
		bytes: Uint8Array,
		mediaType: string,
		signal: AbortSignal,
		request: ExamineRequest,
	): Promise<UnpackedFile> => {
		const { members, visit } = examineMembers(others, { signal, owner: nobody, wantsWriting: false, ...request });
		const missing = await walkMembers(bytes, { unpack, limits, signal, visit });
		const hashes = { ...(request.exact ?? exactHashes(bytes)), pdq: null };
		const found = await members();
		// Nothing was found to look at: that is no reason to call it clear.
		const reason = missing ?? (found.length === 0 ? "empty" : null);
		return { kind: "unpacked", mediaType, hashes, frames: [], members: found, missing: reason };
	};
	return {
		...others,
		version: `${others.version}+unpack-1`,
		async examine(bytes, signal, request = {}) {
			const type = containerTypeOf(bytes);
			if (type === null) return others.examine(bytes, signal, request);
			if (type.readBy === "nobody") return unexamined(bytes, request, faultOfUnread(bytes));
			request.onSlow?.();
			if (waiting >= mostWaiting) return unexamined(bytes, request, "overloaded");
			waiting += 1;
			try {
				return await examine(bytes, type.mediaType, signal, request);
			} finally {
				waiting -= 1;
			}
		},
		async takeMembers(bytes, paths, signal) {
			const found = new Map<string, Uint8Array | null>();
			const visit = async ({ path, bytes: member }: VisitedMember) => {
				if (member === null || found.has(path) || !paths.includes(path)) return true;
				found.set(path, await pictureOf(member, others, signal));
				return found.size < new Set(paths).size;
			};
			await walkMembers(bytes, { unpack, limits, signal, visit });
			return paths.map((path) => found.get(path) ?? null);
		},
		async [Symbol.asyncDispose]() {
			await Promise.all([pool?.[Symbol.asyncDispose](), others[Symbol.asyncDispose]()]);
		},
	};
}

/** A video is shown by the still after its first second, or by its first. */
const stillsMs = [1_000, 0];

async function pictureOf(bytes: Uint8Array, others: ImageExaminer, signal: AbortSignal): Promise<Uint8Array | null> {
	const stills = others.isVideo?.(bytes) === true ? await others.takeStills?.(bytes, stillsMs, signal) : undefined;
	return stills === undefined ? bytes : (stills.find((still) => still !== null) ?? null);
}
