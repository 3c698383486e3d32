import { type ExactHashes, exactHashes } from "../../core/hashes/exact/exact-hashes.ts";
import { containerTypeOf, faultOfUnread } from "../../core/items/container-type.ts";
import type {
	ExaminedMember,
	ExamineRequest,
	ImageExamination,
	ImageExaminer,
	MediaExaminer,
	UnpackedFile,
} from "../../core/ports/image-examiner.ts";
import type { UnavailableReason } from "../../core/signals/unavailable/reasons.ts";
import { type FileInLanes, keyOf, reasonBefore, recall } from "../../runtime/decoding/decode-in-lanes.ts";
import { createDecodeMemory, type DecodeMemory } from "../../runtime/decoding/decode-memory.ts";
import { createDecoderLanes } from "../../runtime/decoding/decoder-lanes.ts";
import { quickMs } from "../../runtime/decoding/lane.ts";
import { addLoad } from "../../runtime/decoding/load.ts";
import { createFairPlaces } from "../../runtime/fair-places.ts";
import { nobody } from "../../runtime/fair-queue.ts";
import type { Logger } from "../../runtime/logger.ts";
import { openLazily } from "../../runtime/open-lazily.ts";
import { workerFile } from "../../runtime/worker-file.ts";
import { workerGraceMs } from "../../runtime/worker-set.ts";
import { examineMembers } from "./examine-members.ts";
import { takeMembers } from "./take-members.ts";
import type { UnpackInput, UnpackOutput } from "./unpack.worker.ts";
import { beginTurns } from "./unpack-in-turns.ts";
import { type WalkLimits, walkMembers } from "./walk-members.ts";

export interface ContainerExaminerOptions {
	readonly workers: number;
	readonly limits: WalkLimits;
	readonly logger: Logger;
	/** What the workers run, compiled; tests put one there that crashes. */
	readonly file?: string;
	/** What is remembered of costly files; tests begin with some. */
	readonly memory?: DecodeMemory<Remembered>;
	/** As {@link workerGraceMs} unless said; tests are in a hurry. */
	readonly graceMs?: number;
}

/** Each holds its bytes in memory, and some of what is in it. */
const mostSlow = 16;
const mostSlowOfOne = 8;

export type Remembered = UnpackedFile | ImageExamination;

/**
 * Examines files that hold others (archives, Office files) or pages (PDF): each member by `others`, as a file of its own. Everything else is
 * left to `others`.
 */
export function createContainerExaminer(options: ContainerExaminerOptions, others: ImageExaminer): MediaExaminer {
	const { limits, memory = createDecodeMemory() } = options;
	// Most send no containers: then nothing of it is started.
	const lanes = openLazily(() => openLanes(options));
	const slow = createFairPlaces({ places: mostSlow, mostOfOne: mostSlowOfOne, expectedMs: quickMs });
	const begin = (file: FileInLanes, signal: AbortSignal) =>
		beginTurns({ lanes: lanes.get(), memory, slow }, file, signal);
	const examine = async (file: Container, signal: AbortSignal): Promise<Remembered> => {
		const recalled = recall(memory, file.key);
		if (recalled.kind === "failed") return recalled.examination;
		using turns = begin({ ...file, recalled }, signal);
		const { owner, wantsWriting, wantsSound } = file;
		const { members, visit } = examineMembers(others, {
			...{ owner, wantsWriting, wantsSound },
			signal: turns.signal,
			onSlow: turns.onSlow,
		});
		const missing = await walkMembers(file.bytes, { unpack: turns.unpack, limits, visit });
		const found = await members();
		if (turns.ended === "vain") return memory.failureOf(file.key()) ?? unexamined(file, "overloaded");
		const examination = unpackedFile(file, found, turns.ended === "sent-away" ? "overloaded" : missing);
		if (turns.isHopeless(limits.timeoutMs)) remember(memory, file.key(), examination);
		return examination;
	};
	const { examineFile } = others;
	return {
		...others,
		version: `${others.version}+unpack-5`,
		async examine(bytes, signal, request = {}) {
			const type = containerTypeOf(bytes);
			const picture = type === null ? await others.examine(bytes, signal, request) : null;
			if (picture !== null && picture.isJoined !== true) return picture;
			const exact = request.exact ?? picture?.hashes ?? exactHashes(bytes);
			const file = containerOf(bytes, { mediaType: type?.mediaType ?? unknownType, exact }, request);
			if (type?.readBy === "nobody") return unexamined(file, faultOfUnread(bytes));
			const unpacked = await examine(file, signal);
			return picture === null ? unpacked : joined(picture, unpacked);
		},
		...(examineFile && {
			async examineFile(file, signal, request = {}) {
				const { excerpt, ...video } = await examineFile(file, signal, request);
				if (excerpt === undefined) return video;
				const own = containerOf(excerpt.bytes, { mediaType: unknownType, exact: file.exact }, request);
				const both = joined(video, await examine(own, signal));
				return excerpt.isMore ? { ...both, missing: both.missing ?? "members-not-read" } : both;
			},
		}),
		async takeMembers(bytes, paths, signal) {
			const key = keyOf(bytes, null);
			const recalled = recall(memory, key);
			// Of what fails there may be members before it does.
			const asked = recalled.kind === "failed" ? ({ kind: "try-again" } as const) : recalled;
			using turns = begin({ key, owner: nobody, recalled: asked, onSlow: () => undefined }, signal);
			const taker = takeMembers(paths, others, signal);
			if (containerTypeOf(bytes) === null) await taker.takeOuter(bytes);
			if (!taker.isAll()) await walkMembers(bytes, { unpack: turns.unpack, limits, visit: taker.visit });
			return taker.taken();
		},
		load: () => addLoad(others.load?.(), { waiting: lanes.opened?.waiting(), remembered: memory.size }),
		async [Symbol.asyncDispose]() {
			await Promise.all([lanes[Symbol.asyncDispose](), others[Symbol.asyncDispose]()]);
		},
	};
}

interface Container extends Omit<FileInLanes, "recalled"> {
	readonly bytes: Uint8Array;
	readonly mediaType: string;
	readonly exact: ExactHashes;
	readonly wantsWriting: boolean;
	readonly wantsSound: boolean;
}

const unknownType = "application/octet-stream";

function containerOf(
	bytes: Uint8Array,
	{ mediaType, exact }: Pick<Container, "mediaType" | "exact">,
	{ owner = nobody, onSlow = () => undefined, wantsWriting = false, wantsSound = false }: ExamineRequest,
): Container {
	return { ...{ bytes, mediaType, exact, key: keyOf(bytes, exact) }, ...{ owner, onSlow, wantsWriting, wantsSound } };
}

function openLanes({ workers: decoders, limits, logger, file, graceMs = workerGraceMs }: ContainerExaminerOptions) {
	return createDecoderLanes<UnpackInput, UnpackOutput>({
		file: file ?? workerFile(import.meta.url, "./unpack.worker.ts"),
		...{ decoders, timeoutMs: limits.timeoutMs + graceMs, logger },
		isSlow: ({ kind }) => kind === "slow",
	});
}

function unexamined({ mediaType, exact }: Container, reason: UnavailableReason): ImageExamination {
	return { kind: "unavailable", reason, mediaType, hashes: { ...exact, pdq: null }, frames: [] };
}

function unpackedFile(
	{ mediaType, exact }: Container,
	members: readonly ExaminedMember[],
	missing: UnavailableReason | null,
): UnpackedFile {
	const common = { mediaType, hashes: { ...exact, pdq: null }, frames: [], members };
	// Nothing was found to look at: that is no reason to call it clear.
	return { kind: "unpacked", ...common, missing: missing ?? (members.length === 0 ? "empty" : null) };
}

/** A picture with the files that stand in its own, besides the pictures within it. */
function joined({ isJoined: _done, ...picture }: ImageExamination, unpacked: Remembered): ImageExamination {
	const { members = [], missing = null } = picture;
	return unpacked.kind === "unpacked"
		? { ...picture, members: [...members, ...unpacked.members], missing: missing ?? unpacked.missing }
		: { ...picture, members, missing: "reason" in unpacked ? unpacked.reason : "members-not-read" };
}

/** A failure keeps what was found by hashes. Of more of them than this it keeps none: they are read anew. */
const mostKept = 64;

function remember(memory: DecodeMemory<Remembered>, key: string, { members, missing, ...file }: UnpackedFile): void {
	if (members.reduce((sum, { frames }) => sum + 1 + frames.length, 0) > mostKept) return;
	const before = (reason: UnavailableReason | null) => reasonBefore(reason) ?? reason;
	const known = members.map(({ writing: _pixels, typed: _words, ...one }) => ({
		...{ ...one, rasters: [], rastersShown: [] },
		fault: before(one.fault),
	}));
	memory.failed(key, { ...file, members: known, missing: before(missing) });
}
