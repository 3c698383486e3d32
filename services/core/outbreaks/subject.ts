// What growth is counted of, and who counts as a voice of it. A kind of subject is a line of the catalogue here and nowhere else.
import { z } from "zod";

export const subjectKinds = ["cluster", "link", "domain", "account", "bank", "rule", "platform"] as const;
export const subjectKind = z.enum(subjectKinds);
export type SubjectKind = z.infer<typeof subjectKind>;

export interface Subject {
	readonly kind: SubjectKind;
	/** A cluster's or a bank's id, a rule's, a domain's or a platform's name, an account as `platform/author`, a link as post-links.ts has it. */
	readonly key: string;
}

interface SubjectDeclaration {
	/** What must be many before it is an outbreak: one account that sends a thing a thousand times is one voice. */
	readonly voices: "accounts" | "things";
	/** Which items are sightings of it: every one, those that something was found of, or those that resemble known material. */
	readonly counts: "all" | "found" | "known";
	/** What is always there must be known for so long before it can stand out; a thing that is new stands out by being many at once. */
	readonly needsSeconds: number;
	/** Its part of the false alarms that are put up with: what brings a case before people must be found soonest. */
	readonly weight: number;
	/**
	 * What people are asked of it. `thing`: its items are one thing, and are decided. `place`: its items link to one place, and say what they like beside it; people
	 * decide of the place, and of no item. Null where each of its items is before people by itself already.
	 */
	readonly opens: "thing" | "place" | null;
}

const day = 86_400;

export const subjectCatalogue = {
	cluster: { voices: "accounts", counts: "all", needsSeconds: 0, weight: 6, opens: "thing" },
	link: { voices: "accounts", counts: "all", needsSeconds: 0, weight: 1, opens: "place" },
	domain: { voices: "accounts", counts: "all", needsSeconds: 0, weight: 1, opens: "place" },
	account: { voices: "things", counts: "known", needsSeconds: 0, weight: 1, opens: null },
	bank: { voices: "accounts", counts: "found", needsSeconds: day, weight: 1, opens: null },
	rule: { voices: "accounts", counts: "found", needsSeconds: day, weight: 1, opens: null },
	platform: { voices: "accounts", counts: "found", needsSeconds: day, weight: 1, opens: null },
} as const satisfies Readonly<Record<SubjectKind, SubjectDeclaration>>;

/** Those of which a case is about a link. */
export const linkKinds = subjectKinds.filter((kind) => subjectCatalogue[kind].opens === "place");
/** Those whose items are one thing: what is found of one of them is said of all. */
export const thingKinds = subjectKinds.filter((kind) => subjectCatalogue[kind].opens === "thing");

export function subjectText({ kind, key }: Subject): string {
	return `${kind}:${key}`;
}
