// Every place of an answer that has words of its own: who is told, on which occasion, and what the words may name. The words are data
// (answers/*.txt, and what two people put in their place); a place without words in every language is refused.
import { fact, prompt, redress, restriction } from "../orders/statement/codes.ts";
import { authorityAnswerCodes, reportAnswerCodes } from "../reports/answer.ts";
import { accountRestrictions } from "../strikes/account-restriction.ts";

export const answerLanguages = ["vi", "en"] as const;
export type AnswerLanguage = (typeof answerLanguages)[number];

export const recipients = ["reporter", "user", "authority"] as const;
export type Recipient = (typeof recipients)[number];

/** What may stand in braces, and what is put there: a text as it is, or a day as the language writes it. */
export const placeholders = {
	/** The code to appeal with, in fours. */
	code: "text",
	/** The address of a page of ours: on which one appeals, or reads what to do. */
	page: "text",
	/** When the report or the request was received. */
	received: "day",
	/** The authority's own name of its request. */
	reference: "text",
	/** Addresses of the request that the decision is about, one on each line. */
	places: "text",
	/** A country, or the EU. */
	place: "text",
	law: "text",
	/** How often something of an account was removed. */
	count: "text",
	/** The name of a label. */
	label: "text",
	/** The least and the most days of a suspension that a law asks for. */
	least: "text",
	most: "text",
} as const;
export type Placeholder = keyof typeof placeholders;

interface Slot {
	/** What its words may name. */
	readonly may: readonly Placeholder[];
	/** What they must name: without it nobody could use what they are told. */
	readonly must: readonly Placeholder[];
}

const plain: Slot = { may: [], must: [] };
const toReporter: Slot = { may: ["received"], must: [] };
const toAuthority: Slot = { may: ["reference", "received", "places"], must: ["reference"] };

export const slots = {
	...slotsOf("reporter/", reportAnswerCodes, toReporter),
	...slotsOf("authority/", authorityAnswerCodes, toAuthority),
	...slotsOf("user/restriction.", restriction.options, plain),
	...slotsOf("user/restriction.", ["labelled", "label-lifted"], { may: ["label"], must: ["label"] }),
	...slotsOf("user/facts.", fact.options, plain),
	...slotsOf("user/promptedBy.", prompt.options, plain),
	...slotsOf("user/decided.", ["machine", "machineLifted", "person"], plain),
	...slotsOf("user/ground.", ["illegal", "rules"], plain),
	...slotsOf("user/ground.", ["law"], { may: ["place", "law"], must: ["law"] }),
	...slotsOf("user/account.", ["recommended", "withdrawn", "assessment", "ground"], plain),
	...slotsOf("user/account.asked.", accountRestrictions, plain),
	...slotsOf("user/account.", ["strikes"], { may: ["count"], must: ["count"] }),
	...slotsOf("user/account.", ["suspend"], { may: ["law", "least", "most"], must: ["law", "least", "most"] }),
	...slotsOf("user/account.", ["suspend-permanently"], { may: ["law"], must: ["law"] }),
	...slotsOf("user/redress.", redress.options, plain),
	...slotsOf("user/", ["help"], { may: ["page"], must: ["page"] }),
	...slotsOf("user/redress.", ["page"], { may: ["page"], must: ["page"] }),
	...slotsOf("user/redress.", ["appeal"], { may: ["code"], must: ["code"] }),
};
export type SlotName = keyof typeof slots;
// The catalogue has no other keys than those that it was made of.
export const slotNames = Object.keys(slots) as readonly SlotName[];

export function isSlotName(text: string): text is SlotName {
	return Object.hasOwn(slots, text);
}

export function slotsTo(recipient: Recipient): readonly SlotName[] {
	return slotNames.filter((name) => name.startsWith(`${recipient}/`));
}

function slotsOf<P extends string, C extends string>(prefix: P, codes: readonly C[], slot: Slot) {
	return Object.fromEntries(codes.map((code) => [`${prefix}${code}`, slot])) as Record<`${P}${C}`, Slot>;
}
