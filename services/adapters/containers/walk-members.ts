// Goes through all that a container holds, and through containers within it, until it is enough: the limits are for the whole, however it is
// nested.
import { pathWithin } from "../../core/items/members.ts";
import type { UnavailableReason } from "../../core/signals/unavailable/reasons.ts";
import type { TaskOutcome } from "../../runtime/worker-set.ts";
import { containerTypeOf, faultOfUnread } from "./container-type.ts";
import type { UnpackedMember, UnpackInput, UnpackOutput } from "./unpack.worker.ts";

export interface WalkLimits {
	/** Containers within one another. */
	readonly depth: number;
	readonly members: number;
	/** One document is read so far. */
	readonly pages: number;
	readonly memberBytes: number;
	/** All that is unpacked, and how many times the bytes of the file itself, where it is not small. */
	readonly bytes: number;
	readonly ratio: number;
	readonly maxPixels: number;
	/** For all of it. */
	readonly timeoutMs: number;
}

export interface VisitedMember extends Omit<UnpackedMember, "name"> {
	readonly path: string;
	/** A container of its own, whose members follow. */
	readonly isContainer: boolean;
}

interface Walking {
	readonly unpack: (input: UnpackInput, signal: AbortSignal) => Promise<TaskOutcome<UnpackOutput>>;
	readonly limits: WalkLimits;
	readonly signal: AbortSignal;
	/** Answers false to have no more. */
	readonly visit: (member: VisitedMember) => Promise<boolean>;
}

/** A small file may be packed well. */
const leastBytes = 67_108_864;

/** What is left of the limits. */
interface Budget {
	members: number;
	bytes: number;
	readonly deadline: number;
	isDone: boolean;
}

interface Container {
	readonly bytes: Uint8Array;
	readonly path: string;
	readonly depth: number;
}

/** Why it is not all of the file; null where it is. What is missing of a container within it is said of that. */
export async function walkMembers(bytes: Uint8Array, walking: Walking): Promise<UnavailableReason | null> {
	const { limits } = walking;
	const budget = {
		members: limits.members,
		bytes: Math.min(limits.bytes, Math.max(leastBytes, bytes.length * limits.ratio)),
		deadline: performance.now() + limits.timeoutMs,
		isDone: false,
	};
	return walk({ bytes, path: "", depth: 1 }, walking, budget);
}

async function walk(container: Container, walking: Walking, budget: Budget): Promise<UnavailableReason | null> {
	const { limits } = walking;
	const readBy = containerTypeOf(container.bytes)?.readBy ?? "nobody";
	if (readBy === "nobody") return faultOfUnread(container.bytes);
	for (let from: number | null = 0; from !== null; ) {
		const leftMs = budget.deadline - performance.now();
		if (leftMs <= 0 || budget.members <= 0 || budget.bytes <= 0) return "members-not-read";
		const input: UnpackInput = {
			...{ bytes: container.bytes, readBy, from, maxPixels: limits.maxPixels, timeoutMs: leftMs },
			// The worker counts from the first member, whichever it answers.
			limits: { ...limits, members: from + budget.members },
		};
		const outcome = await walking.unpack(input, walking.signal);
		if (outcome.kind === "failed") return outcome.reason;
		const { members, next, missing } = outcome.output;
		for (const member of members) {
			budget.members -= 1;
			budget.bytes -= member.bytes?.length ?? 0;
			budget.isDone ||= !(await enter(member, container, walking, budget));
			if (budget.isDone) return null;
		}
		if (missing !== null) return missing;
		from = next;
	}
	return null;
}

/** False to have no more. What is in it comes before it. */
async function enter(
	{ name, ...member }: UnpackedMember,
	{ path: outer, depth }: Container,
	walking: Walking,
	budget: Budget,
): Promise<boolean> {
	const path = pathWithin(outer, name);
	const { bytes } = member;
	if (bytes === null || containerTypeOf(bytes) === null) return walking.visit({ ...member, path, isContainer: false });
	const isTooDeep = depth >= walking.limits.depth;
	const fault = isTooDeep ? "members-not-read" : await walk({ bytes, path, depth: depth + 1 }, walking, budget);
	return !budget.isDone && walking.visit({ ...member, fault, path, isContainer: true });
}
