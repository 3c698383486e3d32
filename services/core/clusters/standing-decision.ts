// What people decided of a case stands for what comes later and is the same: the bytes or the wording of its items, and the clusters that they are
// confirmed in. Here is which decision is asked of an item; what it comes to is the signal's (signals/decided).
import type { Decision } from "../cases/case.ts";
import { toHex } from "../hashes/hash-hex.ts";
import type { CaseId, ClusterId } from "../ids.ts";
import { domainsOf } from "../outbreaks/linked-keys.ts";
import { scopeText } from "../policy/breaker.ts";
import type { SignalCatalogue } from "../signals/catalogue.ts";
import { type DecidedSignal, decidedSignal } from "../signals/decided/decided.ts";
import type { Signal } from "../signals/signal.ts";
import { clusterTypes } from "./cluster-type.ts";
import type { SameHash } from "./likeness.ts";
import type { Membership } from "./membership.ts";

export interface StandingDecision {
	readonly caseId: CaseId;
	readonly decision: Decision;
	readonly decidedAt: Date;
	readonly category: string | null;
	/** The scopes (policy/breaker.ts) of what had spoken of the case's items. */
	readonly knew: readonly string[];
}

/** By subject; of most there is none. */
export interface StandingDecisions {
	of(subject: string): readonly StandingDecision[];
	/** Whether people let be something of which this scope (policy/breaker.ts) spoke. */
	wasLetBe(scope: string): boolean;
}

export function subjectOfSame({ type, hash }: SameHash): string {
	return `${type}:${toHex(hash)}`;
}

export function subjectOfCluster(id: ClusterId): string {
	return `cluster:${id}`;
}

const linked = "linked:";

/** A page or a domain that posts link to, as core/outbreaks/post-links.ts has it. */
export function subjectOfLinked(key: string): string {
	return linked + key;
}

/** What was decided of a link is asked of later posts alone: of earlier ones that nobody had to see there is no text to read. */
export const asksLaterOnly = `${linked}%`;

/**
 * What was decided of the very same counts before what was decided of the cluster, and this before what was decided of a link in it, of which only a removal
 * is heard: what people find harmless may be linked to with any words. Null where nothing was.
 */
export function askStanding(
	{
		same: sameHash,
		confirmed,
		links,
		signals,
	}: {
		/** Null where nothing tells what is the very same. */
		readonly same: SameHash | null;
		readonly confirmed: Pick<Membership, "clusterId" | "distanceBits" | "type"> | null;
		/** What it links to, as core/outbreaks/post-links.ts has it. */
		readonly links: readonly string[];
		readonly signals: readonly Signal[];
	},
	standing: Pick<StandingDecisions, "of">,
	catalogue: Pick<SignalCatalogue, "scopesOf">,
): DecidedSignal | null {
	const same = sameHash === null ? [] : standing.of(subjectOfSame(sameHash));
	const near = same.length > 0 || confirmed === null ? [] : standing.of(subjectOfCluster(confirmed.clusterId));
	const own = [...same, ...near];
	const given = (own.length > 0 ? own : removedLinks(links, standing)).toSorted(
		(a, b) => b.decidedAt.getTime() - a.decidedAt.getTime(),
	);
	const [latest] = given;
	if (latest === undefined) return null;
	const { caseId, category, decision } = latest;
	const knew = new Set(given.flatMap((one) => one.knew));
	const scopes = signals.flatMap((signal) => catalogue.scopesOf(signal));
	return decidedSignal({
		...{ caseId, category },
		decision: given.every((one) => one.decision === decision) ? decision : "differ",
		...(own.length === 0
			? { resemblance: "link", distanceBits: 0 }
			: same.length > 0 || confirmed === null
				? { resemblance: "same", distanceBits: 0 }
				: { resemblance: clusterTypes[confirmed.type].resembles, distanceBits: confirmed.distanceBits }),
		isNews: scopes.some((scope) => !knew.has(scopeText(scope))),
	});
}

function removedLinks(links: readonly string[], standing: Pick<StandingDecisions, "of">): readonly StandingDecision[] {
	const keys = new Set([...links, ...domainsOf(links)]);
	return [...keys].flatMap((key) => standing.of(subjectOfLinked(key)).filter(({ decision }) => decision === "remove"));
}
