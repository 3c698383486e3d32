// Which items of an outbreak are kept to be looked at. Of what nothing is found of nothing is kept, so that people would be asked about a thing that they
// cannot see: while its case waits and shows too little, the content of the next few is kept for it. A specimen's verdict is what it was: nothing
// is found of it, and nothing done about it.
import type { Membership } from "../clusters/membership.ts";
import type { CaseId } from "../ids.ts";
import type { VerdictAction } from "../policy/verdict.ts";
import type { Surface } from "../wire/item-event.ts";
import { subjectsOf } from "./sighting.ts";
import type { Subject } from "./subject.ts";

/** So many of a case's items are there to be looked at, whatever they were kept for; from then on no other is kept for it. */
export const specimensKept = 3;

/** Cases that wait for one, by what spreads. */
export interface Awaited {
	/** The undecided case of an outbreak that goes on, as long as it shows too little; null for all else. */
	caseOf(subject: Subject): CaseId | null;
}

interface Arriving {
	readonly surface: Surface;
	readonly memberships: readonly Pick<Membership, "clusterId" | "degree">[];
	readonly links: readonly string[];
}

/** What is said where not everybody reads along is not kept for growth alone. */
export function awaitingCase({ surface, memberships, links }: Arriving, awaited: Awaited): CaseId | null {
	if (surface !== "public") return null;
	const clusters = memberships.flatMap(({ clusterId, degree }) => (degree === "confirmed" ? [clusterId] : []));
	for (const subject of subjectsOf({ clusters, links })) {
		const found = awaited.caseOf(subject);
		if (found !== null) return found;
	}
	return null;
}

/** The case that it is kept for though nobody has to see it for itself. */
export function specimenFor(action: VerdictAction, awaitedBy: CaseId | null): CaseId | null {
	return action === "none" ? awaitedBy : null;
}

/** Whether its content is kept. */
export function isKept(action: VerdictAction, awaitedBy: CaseId | null): boolean {
	return action !== "none" || awaitedBy !== null;
}
