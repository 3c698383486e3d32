// Whom the author of a post writes to, in numbers and without a word of it. It asks people where somebody begins contacts with new or much younger
// accounts, and points those that answer to a place off the platform; it has nothing withheld, whatever the policy.
import { z } from "zod";
import {
	begunShare,
	type ContactPicture,
	contactPicture,
	gapFromYears,
	newForDays,
	unansweredShare,
} from "../../conversations/contact-picture.ts";
import type { Policy } from "../../policy/policy.ts";
import { isAnyRead, type SignalFacts } from "../../rules/fact.ts";
import { signalFields } from "../signal.ts";
import { type Finding, finding, type SignalKind } from "../signal-kind.ts";

const schema = z
	.object({
		...signalFields("contacts"),
		picture: contactPicture,
		/** How far back was looked. */
		days: z.int().min(1),
		/** The post itself leads somebody away whom the picture counts. */
		isOneOfThem: z.boolean(),
		/** How many of those led away were so since people last let be what the account writes; left out where they never did. */
		afresh: z
			.object({ since: z.iso.datetime({ offset: true }), ledAway: z.int().min(0), youngerLedAway: z.int().min(0) })
			.readonly()
			.exactOptional(),
	})
	.readonly();
export type ContactsSignal = z.infer<typeof schema>;

const version = "1";

export function contactsSignal(said: Omit<ContactsSignal, "kind" | "detector" | "version">): ContactsSignal {
	return { kind: "contacts", detector: "contacts", version, ...said };
}

export const contactsReasonCodes = ["under-limits", "let-be", "adds-nothing", "contacts-ask-people"] as const;
type Code = (typeof contactsReasonCodes)[number];

/** What people have seen and let be is counted no more: they are asked again when as many were led away since. */
function find({ picture, isOneOfThem, afresh }: ContactsSignal, { contactLimits: limits }: Policy): Finding {
	const isReached = (led: Pick<ContactPicture, "ledAway" | "youngerLedAway">) =>
		led.ledAway >= limits.ledAway || led.youngerLedAway >= limits.youngerLedAway;
	const none = (code: Code) => finding({ tier: "none", reasons: [code], limits });
	if (!isReached(picture)) return none("under-limits");
	if (afresh !== undefined && !isReached(afresh)) return none("let-be");
	// Of a thousand messages of one account people see those that are part of it.
	if (!isOneOfThem) return none("adds-nothing");
	return finding({ tier: "T", reasons: ["contacts-ask-people" satisfies Code], limits });
}

const ofAuthor = { evidence: "content", isOfAuthor: true, since: 5 } as const;
const counted = (says: string) => ({ type: "int", says, ...ofAuthor }) as const;
const tally = (says: string) => ({ isTally: true, ...counted(says) }) as const;
const share = (says: string) => ({ type: "double", says, ...ofAuthor }) as const;

/** 0 where it stands in no conversation, or where nothing may be gathered. */
const facts: SignalFacts<ContactsSignal> = {
	group: "contacts",
	isMadeIfRead: true,
	declared: {
		begun: tally("accounts that its account wrote to first within 7 days"),
		received: counted("accounts that wrote to its account first within 7 days"),
		begunShare: share("share of those contacts that its account began, 0 to 1"),
		unansweredShare: share("share of the accounts it wrote to first that have not written back, 0 to 1"),
		toNew: tally(`accounts it wrote to first that were made within ${newForDays} days before, as the platform says`),
		moved: tally("accounts it wrote to first, and to whom it named a place of a list of the category off-platform"),
		ledAway: tally(
			"new or much younger accounts it wrote to first, that answered and were pointed to such a place then",
		),
		younger: tally(`minors it wrote to first as an adult at least ${gapFromYears} years older, where ages are given`),
		gapYears: counted("the middle difference in age of those, in years"),
	},
	read(signals) {
		const [one] = signals;
		if (one === undefined) return {};
		const { begun, received, toNew, moved, ledAway, younger, gapYears } = one.picture;
		return {
			begun,
			received,
			toNew,
			moved,
			ledAway,
			younger,
			gapYears: gapYears ?? 0,
			begunShare: begunShare(one.picture) ?? 0,
			unansweredShare: unansweredShare(one.picture) ?? 0,
		};
	},
};

export const contacts = {
	schema,
	upgrades: [],
	reasons: contactsReasonCodes,
	find,
	scopesOf: () => [],
	entryOf: () => null,
	segmentsOf: () => [],
	isOfAuthor: () => true,
	failureOf: () => null,
	facts,
} satisfies SignalKind<ContactsSignal>;

/** Whether contacts are counted for every message, as rules ask, and not for those alone that lead somebody away. */
export function isAskedOfAll(reads: ReadonlySet<string>): boolean {
	return isAnyRead(facts, reads);
}
