// The review API on the log of acts: who did or saw what, when, on what and why. Never content.
import { z } from "zod";
import { actJson } from "../acts/act.ts";
import { actCode } from "../acts/act-catalogue.ts";
import { type SubjectKind, subjectKind } from "../acts/act-kind.ts";
import { timestamp } from "./review-case.ts";

export interface Subject {
	readonly kind: SubjectKind;
	readonly id?: string | undefined;
}

/** `case`, or `case:` and its id; null where it is neither. */
export function parseSubject(text: string): Subject | null {
	const colon = text.indexOf(":");
	const kind = subjectKind.safeParse(colon < 0 ? text : text.slice(0, colon));
	if (!kind.success) return null;
	return colon < 0 ? { kind: kind.data } : { kind: kind.data, id: text.slice(colon + 1) };
}

const subject = z
	.string()
	.max(300)
	.meta({ pattern: `^(${subjectKind.options.join("|")})(:.*)?$` })
	.transform((text, context) => {
		const parsed = parseSubject(text);
		if (parsed !== null) return parsed;
		context.addIssue({ code: "custom", message: `one of ${subjectKind.options.join(", ")}, or that and :id` });
		return z.NEVER;
	});
const sequence = z.coerce.number<number | string>().int().min(0);

// GET /api/acts: newest first, or with `after` oldest first
export const actsQuery = z.object({
	actor: z.string().min(1).max(256).optional(),
	on: subject.optional(),
	what: actCode.optional(),
	since: timestamp.optional(),
	before: sequence.optional(),
	after: sequence.optional(),
	limit: z.coerce.number<number | string>().int().min(1).max(500).default(100),
});
export type ActsQuery = z.input<typeof actsQuery>;

const wireAct = actJson.extend({ sequence: z.int() });
export type WireAct = z.infer<typeof wireAct>;
export const actsAnswer = z.object({ acts: z.array(wireAct) });
export type ActsAnswer = z.infer<typeof actsAnswer>;
