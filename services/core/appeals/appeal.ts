// An appeal: somebody whom a decision concerns asks that other people decide. Who may, against what, and until when; what it does to
// the case is cases/appeal-case.ts.
import { z } from "zod";
import type { Decision } from "../cases/case.ts";
import type { Jurisdiction } from "../clocks/profile.ts";
import { addTerm, type Term } from "../clocks/term.ts";
import { itemState } from "../items/item.ts";
import { isStorableText, sayingPattern, saysSomething } from "../wire/storable.ts";

/** `user`: whose item was restricted. `reporter`: who had reported what was left where it is. */
export const appellants = ["user", "reporter"] as const;
export const appellant = z.enum(appellants);
export type Appellant = z.infer<typeof appellant>;

/** How it came: on our pages, from the platform of the user, or by the key of an organisation that had reported. */
export const appealChannel = z.enum(["portal", "platform", "key"]);
export type AppealChannel = z.infer<typeof appealChannel>;

export const appealOutcome = z.enum(["upheld", "overturned"]);
export type AppealOutcome = z.infer<typeof appealOutcome>;

export const longestAppeal = 5_000;
/** Why the decision is held to be wrong, in the appellant's own words. */
export const appealText = z
	.string()
	.trim()
	.max(longestAppeal)
	.refine(isStorableText)
	.refine(saysSomething)
	.meta(sayingPattern);

/** What the appellant asks for. */
function askedFor(by: Appellant): Decision {
	return by === "user" ? "restore" : "remove";
}

export function outcomeOf(by: Appellant, decision: Decision): AppealOutcome {
	return decision === askedFor(by) ? "overturned" : "upheld";
}

/** What is appealed against, as decided here by now: an item, an account of which a restriction is recommended or is not any more, or a label of an item or friction of its account. */
export const appealableState = z.enum([
	...itemState.options,
	...(["account-recommended", "account-free", "measured", "measure-lifted"] as const),
]);
export type AppealableState = z.infer<typeof appealableState>;

/** Where nothing is restricted any more there is nothing to ask for. */
export function isRestricted(state: AppealableState): boolean {
	return ["limited", "withheld", "removed", "account-recommended", "measured"].includes(state);
}

/** Where no law that is known here says how long. */
const otherwise: Term = { count: 6, unit: "months" };

/** Until when a decision of then may be appealed: the longest that any of the laws gives from the day on which the user was informed. */
export function appealUntil(decidedAt: Date, laws: readonly Jurisdiction[]): Date {
	const windows = laws.flatMap(({ zone, calendar, profiles }) =>
		profiles.flatMap((profile) =>
			profile.kind === "lasting" && profile.trigger === "user-informed"
				? [{ term: profile.atLeast, place: { zone, calendar } }]
				: [],
		),
	);
	const used = windows.length > 0 ? windows : [{ term: otherwise, place: { zone: "UTC", calendar: null } }];
	return new Date(Math.max(...used.map(({ term, place }) => addTerm(decidedAt.getTime(), term, place).atMs)));
}
