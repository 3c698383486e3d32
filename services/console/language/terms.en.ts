// The words of the domain, one per code, so that a new code without a word does not compile.

import type { Transform } from "../../core/banks/bank.ts";
import type { CaseState, Decision } from "../../core/cases/case.ts";
import type { ItemState } from "../../core/items/item.ts";
import type { AnyOrderAction } from "../../core/orders/order.ts";
import type { Role } from "../../core/people/user.ts";
import type { Tier } from "../../core/policy/verdict.ts";
import type { CaseLane } from "../../core/ports/case-store.ts";
import type { Surface } from "../../core/wire/item-event.ts";

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const terms = {
	tier: {
		K1: "Confirmed match",
		K2: "Strong match",
		K3: "Probable match",
		M: "Model score",
		T: "Text or behavior",
		none: "No match",
	} satisfies Record<Tier, string>,
	lane: {
		known: "Known",
		copies: "Copies",
		probable: "Probable",
		model: "Model",
		unavailable: "Not examined",
		second: "Second person",
	} satisfies Record<CaseLane, string>,
	laneHint: {
		known: "Matched a bank strongly; usually decided from the hash alone",
		copies:
			"Like what people removed before: pictures are withheld and confirmed many at once, texts are read one by one",
		probable: "Near a bank's entry, one source, or disputed",
		model: "A model's score, a text or behavior",
		unavailable: "A check could not be made, so a person must look",
		second: "A first person decided; another must agree",
	} satisfies Record<CaseLane, string>,
	caseState: {
		open: "Open",
		claimed: "In work",
		second: "Waits for a second person",
		held: "On hold",
		decided: "Decided",
		closed: "Closed",
	} satisfies Record<CaseState, string>,
	/** What stands for what the first of two people may have changed. */
	stateKept: "Shown once you have decided",
	itemState: {
		live: "Visible",
		limited: "Visible, spread limited",
		withheld: "Withheld",
		removed: "Removed",
		restored: "Restored",
		gone: "Gone at the platform",
	} satisfies Record<ItemState, string>,
	orderAction: {
		...{ withhold: "Withhold", remove: "Remove", restore: "Restore" },
		...{ "limit-spread": "Limit spread", "lift-limit": "Lift the limit" },
		...{ label: "Label", unlabel: "Remove the label" },
		...{ "add-friction": "Slow the account down", "lift-friction": "Slow the account down no more" },
		"account.restrict-recommended": "Restricting the account is recommended",
		"account.restriction-withdrawn": "Recommendation withdrawn",
	} satisfies Record<AnyOrderAction, string>,
	orderState: {
		pending: "not confirmed yet",
		delivered: "delivered",
		undelivered: "not delivered",
		superseded: "replaced by a later order",
		discarded: "given up by an operator",
	},
	accountDecision: { remove: "Recommend restricting", restore: "Do not recommend" } satisfies Record<Decision, string>,
	decision: { remove: "Remove", restore: "Restore" } satisfies Record<Decision, string>,
	surface: { public: "Public", group: "Group", direct: "Direct message" } satisfies Record<Surface, string>,
	role: { reviewer: "Reviewer", lead: "Lead", operator: "Operator" } satisfies Record<Role, string>,
	transform: {
		none: "as it is",
		rotate90: "turned by 90°",
		rotate180: "turned by 180°",
		rotate270: "turned by 270°",
		flipX: "mirrored top to bottom",
		flipY: "mirrored left to right",
		transpose: "mirrored along the diagonal",
		transverse: "mirrored along the other diagonal",
		trimmed: "without its border",
		trimmedMirrored: "without its border, mirrored",
		panel: "a picture within this one",
		panelMirrored: "a picture within this one, mirrored",
		uncovered: "without what covers a part of it",
		uncoveredMirrored: "without what covers a part of it, mirrored",
		rendered: "as other viewers show this file",
		renderedMirrored: "as other viewers show this file, mirrored",
		uncropped: "with its cut edges replaced",
		uncroppedMirrored: "with its cut edges replaced, mirrored",
		straightened: "straightened",
		straightenedMirrored: "straightened, mirrored",
		negative: "with its tones reversed",
		negativeMirrored: "with its tones reversed, mirrored",
		half: "a half of it",
		halfMirrored: "a half of it, mirrored",
		unmarked: "without markup, its character codes read",
		respelled: "respelled: letters joined, digits and signs read as letters",
		retyped: "with its keystrokes or old encoding read as Vietnamese",
		excerpt: "a part of the text",
		withoutMarks: "in a text without diacritics",
		linkAddress: "a link to the listed address",
		linkPath: "a link to what lies beneath a listed path",
		linkHost: "a link to a listed host",
		linkDomain: "a link to a listed domain",
	} satisfies Record<Transform, string>,
	/** Policy categories are data; a code without a word here is shown as it is. */
	category: {
		adult: "Adult content",
		csam: "Child sexual abuse material",
		demonstration: "Demonstration",
		ncii: "Intimate images without consent",
		"off-platform": "Places off the platform",
		offensive: "Offensive language",
		other: "Other",
		terrorism: "Terrorist content",
		unclassified: "Not classified",
	},
	noCategory: "No category",
	items: (count: number) => plural(count, "item", "items"),
	time: {
		justNow: "just now",
		seconds: (count: number) => `${count} s`,
		minutes: (count: number) => `${count} min`,
		hours: (count: number) => `${count} h`,
		days: (count: number) => `${count} d`,
		ago: (duration: string) => `${duration} ago`,
	},
};
