// What growth is counted of, and who counts as a voice of it. A kind of subject is a line of the catalogue here and nowhere else.
import { z } from "zod";

export const subjectKinds = ["cluster", "account", "bank", "rule", "platform"] as const;
export const subjectKind = z.enum(subjectKinds);
export type SubjectKind = z.infer<typeof subjectKind>;

export interface Subject {
	readonly kind: SubjectKind;
	/** A cluster's or a bank's id, a rule's or a platform's name, an account as `platform/author`. */
	readonly key: string;
}

interface SubjectDeclaration {
	/** What must be many before it is an outbreak: one account that sends a thing a thousand times is one voice. */
	readonly voices: "accounts" | "things";
	/** Which items are sightings of it: every one, those that something was found of, or those that resemble known material. */
	readonly counts: "all" | "found" | "known";
	/** What is always there must be known for so long before it can stand out; a thing that is new stands out by being many at once. */
	readonly needsSeconds: number;
}

const day = 86_400;

export const subjectCatalogue = {
	cluster: { voices: "accounts", counts: "all", needsSeconds: 0 },
	account: { voices: "things", counts: "known", needsSeconds: 0 },
	bank: { voices: "accounts", counts: "found", needsSeconds: day },
	rule: { voices: "accounts", counts: "found", needsSeconds: day },
	platform: { voices: "accounts", counts: "found", needsSeconds: day },
} as const satisfies Readonly<Record<SubjectKind, SubjectDeclaration>>;

export function subjectText({ kind, key }: Subject): string {
	return `${kind}:${key}`;
}
