// Which detectors a law lets look at what people say to each other: a setting of the policy, by platform and surface. Where a law names
// none, nobody looks, and the verdict says so.
import { z } from "zod";

/** The kinds of signal that come of examining an item: known content, models, rules. */
export const examiningKind = z.enum(["matched", "scored", "rule"]);
export type ExaminingKind = z.infer<typeof examiningKind>;

export const basis = z.enum(["given", "missing"]);

const given = { matched: "given", scored: "given", rule: "given" } as const;

/** Revisions of before did not say it: every detector ran everywhere. */
export const legalBasis = z.strictObject({ matched: basis, scored: basis, rule: basis }).default(given);
export type LegalBasis = z.infer<typeof legalBasis>;

export const everyBasisGiven: LegalBasis = given;

export function mayExamine(policy: { readonly legalBasis: LegalBasis }, kind: ExaminingKind): boolean {
	return policy.legalBasis[kind] === "given";
}
