// Runs in a worker process: one container in, some of its members out, from the one that is asked for.
import { type ExactHashes, exactHashes } from "../../core/hashes/exact/exact-hashes.ts";
import type { UnavailableReason } from "../../core/signals/unavailable/reasons.ts";
import { holdsEmbeddedMedia } from "../../core/text/embedded-media.ts";
import { type Lane, quickMs } from "../../runtime/decoding/lane.ts";
import { containerTypeOf } from "./container-type.ts";
import { readArchive } from "./read-archive.ts";
import { readDocument } from "./read-document.ts";
import { readText } from "./read-text.ts";
import type { UnpackLimits } from "./unpacked.ts";

export interface UnpackInput {
	readonly bytes: Uint8Array;
	readonly readBy: "archive" | "document";
	/** The first member that is answered; those before have been. */
	readonly from: number;
	readonly limits: Omit<UnpackLimits, "deadline">;
	readonly maxPixels: number;
	/** From when the worker begins. */
	readonly timeoutMs: number;
	/** What will take long answers `slow` in the quick lane, unread. */
	readonly lane: Lane;
}

export interface UnpackedMember {
	readonly name: string;
	/** Null where it could not be unpacked. */
	readonly exact: ExactHashes | null;
	/** Null where there is nothing in it to be looked at, or it could not be unpacked. */
	readonly bytes: Uint8Array | null;
	readonly fault: UnavailableReason | null;
}

export interface UnpackedPart {
	readonly kind: "unpacked";
	readonly members: readonly UnpackedMember[];
	/** The next one to ask for; null where there is none. */
	readonly next: number | null;
	/** Why it is not all; null where it is. */
	readonly missing: UnavailableReason | null;
}

export type UnpackOutput = UnpackedPart | { readonly kind: "slow" };

/** What is answered at once; one member more than that is answered by itself. */
const batchBytes = 33_554_432;

export default async function unpack(input: UnpackInput): Promise<UnpackOutput> {
	const read = input.readBy === "archive" ? readArchive : readDocument(input.maxPixels);
	const { from, lane } = input;
	const request = {
		...{ ...input.limits, from, deadline: performance.now() + input.timeoutMs },
		mostCostMs: lane === "quick" ? quickMs : Number.POSITIVE_INFINITY,
	};
	const members: UnpackedMember[] = [];
	let size = 0;
	let next: number | null = null;
	const missing = await read(input.bytes, request, ({ name, ...member }) => {
		const bytes = "bytes" in member ? member.bytes : null;
		if (members.length > 0 && size + (bytes?.length ?? 0) > batchBytes) {
			next = from + members.length;
			return false;
		}
		size += bytes?.length ?? 0;
		members.push(
			bytes === null ? faulty(name, "fault" in member ? member.fault : "undecodable") : memberOf(name, bytes),
		);
		return true;
	});
	if (missing === "slow") return { kind: "slow" };
	return { kind: "unpacked", members, next, missing: next === null ? missing : null };
}

function faulty(name: string, fault: UnavailableReason): UnpackedMember {
	return { name, exact: null, bytes: null, fault };
}

/** A text shows nothing, but for what is embedded in it or drawn by it. */
function memberOf(name: string, bytes: Uint8Array): UnpackedMember {
	const exact = exactHashes(bytes);
	if (bytes.length === 0) return { name, exact, bytes: null, fault: null };
	const text = containerTypeOf(bytes) === null ? readText(bytes) : null;
	if (text === null) return { name, exact, bytes, fault: null };
	if (/<svg[\s>]/i.test(text)) return { name, exact, bytes: null, fault: "undecodable" };
	return { name, exact, bytes: null, fault: holdsEmbeddedMedia(text) ? "embedded-media" : null };
}
