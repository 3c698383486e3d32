// Which detectors a law lets look at what people say to each other: a setting of the policy, by platform and surface. Where a law names
// none, nobody looks, and the verdict says so.
import { z } from "zod";
import type { Surface } from "../wire/item-event.ts";

/** The kinds of signal that come of examining an item: known content, models, rules, whom its author writes to. */
export const examiningKind = z.enum(["matched", "scored", "rule", "contacts"]);
export type ExaminingKind = z.infer<typeof examiningKind>;

export const basis = z.enum(["given", "missing"]);
/** Whom people write to in private is looked at only where somebody has said that a law gives the basis for it. `public`: where everybody reads along. */
export const contactsBasis = z.enum(["given", "public", "missing"]);

const usual = { matched: "given", scored: "given", rule: "given", contacts: "public" } as const;

/** Revisions of before did not say it: every detector that there was ran everywhere. */
export const legalBasis = z
	.strictObject({ matched: basis, scored: basis, rule: basis, contacts: contactsBasis.default("public") })
	.default(usual);
export type LegalBasis = z.infer<typeof legalBasis>;

export const usualLegalBasis: LegalBasis = usual;

export function mayExamine(
	policy: { readonly legalBasis: LegalBasis },
	kind: Exclude<ExaminingKind, "contacts">,
): boolean {
	return policy.legalBasis[kind] === "given";
}

/** The same of any kind, on one surface. */
export function mayLookOn(policy: { readonly legalBasis: LegalBasis }, kind: ExaminingKind, surface: Surface): boolean {
	return kind === "contacts" ? mayGather(policy, surface) : mayExamine(policy, kind);
}

/** Whether it may be gathered who writes to whom there. */
export function mayGather(
	{ legalBasis: { contacts } }: { readonly legalBasis: LegalBasis },
	surface: Surface,
): boolean {
	return contacts === "given" || (contacts === "public" && surface === "public");
}
