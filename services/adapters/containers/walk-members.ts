// Goes through all that a container holds, and through containers within it, until it is enough: the limits are for the whole, however it is
// nested.

import { containerTypeOf, faultOfUnread } from "../../core/items/container-type.ts";
import { pathWithin } from "../../core/items/members.ts";
import type { UnavailableReason } from "../../core/signals/unavailable/reasons.ts";
import type { TaskOutcome } from "../../runtime/worker-set.ts";
import type { ReadBy, UnpackedMember, UnpackedPart, UnpackInput } from "./unpack.worker.ts";

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
	/** Letters that are read of all texts in it. */
	readonly letters: number;
	/** To unpack all of it, without what it waits for its turns. */
	readonly timeoutMs: number;
}

export interface VisitedMember extends Omit<UnpackedMember, "name" | "isJoined"> {
	readonly path: string;
	/** A container of its own, whose members follow. */
	readonly isContainer: boolean;
}

export type UnpackOutcome = TaskOutcome<UnpackedPart> & {
	/** Without what it waited for its turn. */
	readonly tookMs: number;
};

interface Walking {
	readonly unpack: (input: Omit<UnpackInput, "lane">) => Promise<UnpackOutcome>;
	readonly limits: WalkLimits;
	/** Answers false to have no more. */
	readonly visit: (member: VisitedMember) => Promise<boolean>;
}

/** A small file may be packed well. */
const leastBytes = 67_108_864;
/** All of it, with whatever waits for turns and with looking at what was unpacked, takes so many times what unpacking may. */
const mostPatience = 5;

/** What is left of the limits. */
interface Budget {
	members: number;
	bytes: number;
	letters: number;
	leftMs: number;
	readonly deadline: number;
	isDone: boolean;
	/** By their SHA-256: what is found beside a container's members may be one of them. */
	readonly seen: Set<string>;
}

interface Container {
	readonly bytes: Uint8Array;
	readonly path: string;
	readonly depth: number;
	readonly readBy: ReadBy | "nobody";
}

/** Why it is not all of the file; null where it is. What is missing of a container within it is said of that. */
export async function walkMembers(bytes: Uint8Array, walking: Walking): Promise<UnavailableReason | null> {
	const { limits } = walking;
	const budget = {
		members: limits.members,
		bytes: Math.min(limits.bytes, Math.max(leastBytes, bytes.length * limits.ratio)),
		letters: limits.letters,
		leftMs: limits.timeoutMs,
		deadline: performance.now() + limits.timeoutMs * mostPatience,
		isDone: false,
		seen: new Set<string>(),
	};
	const readBy = containerTypeOf(bytes)?.readBy ?? "joined";
	return walk({ bytes, path: "", depth: 1, readBy }, walking, budget);
}

async function walk(container: Container, walking: Walking, budget: Budget): Promise<UnavailableReason | null> {
	const { limits } = walking;
	const { readBy } = container;
	if (readBy === "nobody") return faultOfUnread(container.bytes);
	for (let from: number | null = 0; from !== null; ) {
		const timeoutMs = Math.min(budget.leftMs, budget.deadline - performance.now());
		if (timeoutMs <= 0 || budget.members <= 0 || budget.bytes <= 0) return "members-not-read";
		const input = {
			...{ bytes: container.bytes, readBy, from, maxPixels: limits.maxPixels, timeoutMs },
			// The worker counts from the first member, whichever it answers.
			limits: { ...limits, members: from + budget.members, bytes: budget.bytes, letters: budget.letters },
		};
		const outcome = await walking.unpack(input);
		budget.leftMs -= outcome.tookMs;
		if (outcome.kind === "failed") return outcome.reason;
		const { members, next, missing, isJoined } = outcome.output;
		for (const member of members) {
			budget.members -= 1;
			budget.bytes -= member.bytes?.length ?? 0;
			budget.letters -= member.typed?.length ?? 0;
			if (isSeen(member, container, budget)) continue;
			budget.isDone ||= !(await enter(member, container, walking, budget));
			if (budget.isDone) return null;
		}
		if (isJoined) {
			const beside = await walk({ ...container, readBy: "joined" }, walking, budget);
			return missing ?? beside;
		}
		if (missing !== null) return missing;
		from = next;
	}
	return null;
}

function isSeen({ exact }: UnpackedMember, { readBy }: Container, { seen }: Budget): boolean {
	if (exact === null) return false;
	const key = Buffer.from(exact.sha256).toString("hex");
	const isTwice = readBy === "joined" && seen.has(key);
	seen.add(key);
	return isTwice;
}

/** False to have no more. What is in it comes before it. */
async function enter(
	{ name, isJoined, ...member }: UnpackedMember,
	{ path: outer, depth }: Container,
	walking: Walking,
	budget: Budget,
): Promise<boolean> {
	const path = pathWithin(outer, name);
	const { bytes } = member;
	const type = bytes === null ? null : containerTypeOf(bytes);
	if (bytes === null || (type === null && isJoined === undefined))
		return walking.visit({ ...member, path, isContainer: false });
	const within = { bytes, path, depth: depth + 1, readBy: type?.readBy ?? "joined" } as const;
	const isTooDeep = depth >= walking.limits.depth;
	const fault = isTooDeep ? "members-not-read" : await walk(within, walking, budget);
	return !budget.isDone && walking.visit({ ...member, fault, path, isContainer: type !== null });
}
