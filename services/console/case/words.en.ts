import type { CaseEventKind } from "../../core/cases/case.ts";
import type { MeasureAction } from "../../core/orders/order.ts";
import { outbreakWordsEn } from "../../words/outbreak-words.ts";

export const casePage = {
	title: (shortId: string) => `Case ${shortId}`,
	urgency: (urgency: number) => `Urgency ${urgency}`,
	opened: "Opened",
	lastItem: "Latest item",
	back: "Back to the queue",
	claim: {
		held: "You hold this case",
		remaining: "Your claim lasts for",
		renewed: "renewed while this page is open",
		failing: "The claim could not be renewed; trying again.",
		lostTitle: "You no longer hold this case",
		lostExpired: "Your claim ran out. Nothing you do here takes effect until you take it again.",
		lostTaken: (name: string) => `${name} holds it now. Nothing you do here takes effect.`,
		lostElsewhere: "You took it again in another window. Go on there, or take it back here.",
		typedKept: "The reason that you typed is kept here: take the case again, and it stands in its field.",
		watching: "You only look at this case",
		watchingText: "To see material or decide, take it first.",
		heldByOther: (name: string) => `${name} holds this case`,
		take: "Take this case",
		taking: "Taking…",
		ofAppealed: "You took part in the decision that is appealed. Other people decide now.",
		another: "You gave the first decision. Another person must give the second.",
		partOf: "It is about the same thing as another case, and became a part of it:",
		decided: (decision: string) => `This case is decided: ${decision}.`,
	},
	clocks: {
		title: "Time",
		none: "No deadline runs on this case.",
		ofListed: "Of the items that are listed:",
		ifWithheld: (count: number) =>
			count === 1
				? "If nobody acts, the withheld item stays withheld."
				: `If nobody acts, the ${count} withheld items stay withheld.`,
		ifOnItsWay: (count: number) =>
			count === 1
				? "One item is withheld as soon as its platform confirms the order."
				: `${count} items are withheld as soon as their platform confirms the order.`,
		ifLive: (count: number) =>
			count === 1
				? "If nobody acts, the visible item stays visible."
				: `If nobody acts, the ${count} visible items stay visible.`,
		waiting: "waiting for",
		escalated: "Put before people",
	},
	/** Beside an item's state as the platform has acknowledged it: the order that it has not. */
	outstanding: {
		pending: (action: string, attempts: number) =>
			attempts === 0
				? `${action}: on its way`
				: `${action}: sent, not confirmed, ${attempts === 1 ? "1 attempt" : `${attempts} attempts`}`,
		undelivered: (action: string, attempts: number) =>
			`${action}: given up after ${attempts === 1 ? "1 attempt" : `${attempts} attempts`}; operators can send it again`,
		discarded: (action: string) => `${action}: an operator gave it up, the platform was not told`,
		lastError: (reason: string) => `last error: ${reason}`,
	},
	items: {
		title: "Items",
		count: (count: number) =>
			count === 0 ? "No item held here" : count === 1 ? "One item" : `${count} items, one decision for all`,
		more: (count: number) => `List ${count} more`,
		listed: (listed: number) => `The ${listed} oldest are listed.`,
		kept: (count: number) =>
			`${count === 1 ? "One post" : `${count} posts`} kept to be looked at; nothing is decided of ${count === 1 ? "it" : "them"} here`,
		tripped: "this one set off the alert",
		nothingToSee: "nothing was kept to look at",
		segment: (stream: string, sequence: number | null) =>
			sequence === null ? `a segment of live stream ${stream}` : `segment ${sequence} of live stream ${stream}`,
		accounts: (count: number) => (count === 1 ? "one account" : `${count} accounts`),
		platforms: (count: number) => (count === 1 ? "one platform" : `${count} platforms`),
		growth: (count: number, duration: string) => `${count} in the last ${duration}`,
		short: (index: number) => `item ${index}`,
	},
	measures: {
		title: "Labels and friction",
		label: (label: string) => `Label ${label}`,
		friction: "Friction for the account",
		recommended: "a rule recommends it",
		confirmed: (items: number) => `Confirmed by the platform: ${items}`,
		unconfirmed: (items: number) => `Sent, not confirmed: ${items}`,
		notTold: (items: number) => `Given up, the platform was not told: ${items}`,
		ending: (items: number) => `Its end is sent, not confirmed: ${items}`,
		acts: {
			label: "Put the label on",
			unlabel: "Remove the label",
			"add-friction": "Slow the account down",
			"lift-friction": "Slow it down no more",
		} satisfies Record<MeasureAction, string>,
		done: {
			label: "The platform is told to show the label. The same button removes it.",
			unlabel: "The platform is told to show the label no more.",
			"add-friction": "The platform is told to slow the account down. The same button ends that.",
			"lift-friction": "The platform is told to slow the account down no more.",
		} satisfies Record<MeasureAction, string>,
	},
	outbreak: {
		title: "Spreads",
		found: (voices: number, minutes: number, expected: string) =>
			`${voices} accounts sent it within ${minutes} min, where ${expected} were expected`,
		total: (items: number, accounts: number, isMore: boolean) =>
			`${isMore ? "at least " : ""}${items} ${items === 1 ? "item" : "items"} of ${accounts} ${accounts === 1 ? "account" : "accounts"} until now`,
		letGo: "It ended so long ago that its items are no longer kept together",
		ahead: (items: number) =>
			`The limit of its spread, or its end, has yet to reach ${items} ${items === 1 ? "item" : "items"}; it goes on by itself`,
		newShare: (percent: number) => `${percent} % of the latest accounts were never seen before`,
		firstSeen: "first seen",
		foundAt: "noticed",
		ended: "Over since",
		ends: outbreakWordsEn.ends,
		chart: "How many items had come by each minute",
		minute: "time",
		items: "items",
		accounts: "accounts",
		platform: "platform",
		byPlatform: "By platform",
		ofLink: {
			link: "Posts of many accounts, with words of their own, link to one page of",
			domain: "Posts of many accounts, with words of their own, link to pages of",
		},
		trippedBy: "Set off by",
		newest: "The newest of them",
		post: "post",
		account: "account",
		case: "case",
	},
	cluster: {
		title: "Copies",
		titleOfAuthor: "By one account",
		titleOfStream: "Of one live stream",
		ofStream:
			"All of it are segments of one live stream, those that people must see. A decision reaches each of them; of the stream's other segments nothing was found.",
		confirmed: (members: number, platforms: number, isMore: boolean) =>
			`${isMore ? "At least " : ""}${members} ${members === 1 ? "item is" : "items are"} this one, on ${platforms === 1 ? "one platform" : `${platforms} platforms`}`,
		accounts: (count: number) => `posted by ${count === 1 ? "one account" : `${count} accounts`}`,
		firstSeen: "first seen",
		suggested: (count: number) =>
			`${count} more ${count === 1 ? "looks" : "look"} like it; no decision here reaches ${count === 1 ? "it" : "them"}`,
		ofAuthor:
			"All of it is one account's: what the account does is why people are asked, and not these words. What is decided says nothing of the same words from others.",
		ofPlace:
			"All of it is one account's, and is here for nothing but linking to what people called harmful. Read each: one may be a warning. What is decided says nothing of others' posts; taking back that decision ends this case:",
		copiesOf: "Copies of what people removed in",
	},
	reports: {
		title: "Reported",
		counts: (reports: number, reporters: number) =>
			`${reports} ${reports === 1 ? "report" : "reports"} of ${reporters} ${reporters === 1 ? "reporter" : "reporters"}`,
		danger: (count: number) =>
			count === 1 ? "One says that a child is in danger now." : `${count} say that a child is in danger now.`,
		counted: (voices: number, trusted: number) =>
			`Urgency counts ${voices} of the public and ${trusted} who are trusted; more of them raise it no further.`,
		answered: (count: number) => `${count} answered`,
		places: "What they name",
		placesNote: "As it was typed. Opening one shows material unprotected: do so only by your agency's rules.",
		notHeld:
			"This is on no platform of ours: deciding sends nothing anywhere. Look by your agency's rules, act with whoever can act there, then decide; reporters are told so.",
	},
	noPlatform: "no platform of ours",
	silences: {
		heading: "Telling",
		none: "Nothing is held back: whoever is concerned is told what is decided.",
		begin: "Hold back",
		beginText:
			"For where a law forbids telling; name it. Neither the affected user nor whoever reported this is told what is decided until it ends. What was told before stays told.",
		untilField: "Ends by itself (time of this device; empty: when somebody ends it)",
		begun: "Held back: nobody outside is told.",
		end: "End it",
		endText: "Whoever was not told meanwhile is told now, unless something else holds it back.",
		ended: (reports: number, statements: number) =>
			`Ended. Reporters told: ${reports}; statements of reasons sent: ${statements}.`,
		title:
			"Held back: neither the affected user nor whoever reported this is told what is decided. They are told once this ends.",
		until: "until",
		open: "until somebody ends it",
	},
	requests: {
		title: "Asked by authorities",
		asks: { removal: "Removal", information: "Information", preservation: "Preservation" },
		urgent: "urgent",
		authority: "Authority",
		reference: "Reference",
		legalBasis: "Legal basis",
		received: "Received",
		arrived: "Arrived",
		channel: "Came by",
		channels: { key: "key", page: "portal", "e-mail": "e-mail", phone: "phone", letter: "letter" },
	},
	appeals: {
		title: "Appealed",
		blind:
			"A decision on this was appealed. You see the case as it was before: who decided, what and why, is shown once you have decided. Whoever decided before cannot decide now.",
		others: "A decision on this was appealed. Other people than those who have decided so far decide now.",
		undecided: "Whoever is affected asks for people's decision, which is still to come.",
		decided: "Other people than before have decided.",
		by: { user: "The affected user", reporter: "A reporter" },
		channels: { portal: "on our pages", platform: "through the platform", key: "by an organisation's key" },
		withReport: "Their words are with their report.",
		received: "Received",
		outcomes: { upheld: "decision stands", overturned: "overturned" },
		waiting: "waits",
	},
	account: {
		asksAgain:
			"A restriction was recommended of it. Since then strikes that this rests on were taken back: others than those who decided say whether it stands. Until then it does.",
		kind: "Account",
		title: "An account that laws ask about",
		what: "People removed so much of this account that a law asks for its restriction to be considered. Nothing is restricted by it: people here recommend it or not, and the platform decides.",
		account: "Account",
		platform: "Platform",
		before: "Recommended before",
		times: (count: number) => (count === 0 ? "never" : count === 1 ? "once" : `${count} times`),
		strikes: (count: number) => (count === 1 ? "One strike" : `${count} strikes`),
		decidedIn: "decided in",
		takenBack: "The decision was taken back: it counts no more.",
		countsUntil: (day: string) => `Counts until ${day}`,
		countsNoMore: "No law counts it.",
		counts: "As laws count it now",
		noLaw: "No law in force counts strikes.",
		count: (count: number, threshold: number, days: number) => `${count} of ${threshold} within ${days} days`,
		reached: "reached",
		restriction: "What is recommended to the platform, by policy",
		asks: "What is asked to be considered",
		asksNothing: "Nothing any more: strikes were taken back since.",
		suspend: (law: string, least: number, most: number) => `A suspension of ${least} to ${most} days (${law}).`,
		suspendPermanently: (law: string) => `A suspension for good (${law}).`,
		told: "What the platform was told",
	},
	notes: { title: "Notes", none: "No notes yet.", add: "Add a note" },
	trail: {
		title: "Audit trail",
		machine: "Machine",
		showAll: (count: number) => `Show all ${count} entries`,
		showLess: "Show the latest only",
		events: {
			opened: "opened the case",
			"item-added": "added an item",
			"item-gone": "noted that an item is gone at the platform",
			escalated: "put the case before people",
			claimed: "took the case",
			released: "gave the case back",
			skipped: "passed",
			commented: "wrote a note",
			revealed: "viewed material",
			hidden: "hid the material",
			decided: "decided",
			"entry-judged": "judged an entry of a bank",
			"second-asked": "asked for a second person",
			"lead-asked": "asked for a lead: two people differ",
			undone: "took the decision back",
			reopened: "reopened the case",
			appealed: "received an appeal",
			upheld: "upheld the decision that was appealed",
			overturned: "overturned the decision that was appealed",
			requested: "received an authority's request",
			"found-by-sweep": "found an earlier item by newer entries",
			"judged-again": "judged a reported item again",
			"merged-into": "became a part of another case about the same thing",
			"took-in": "took in another case about the same thing",
			outbreak: "found it spreading",
			"specimen-kept": "kept one of what spreads, to be looked at",
			"spread-changed": "changed how far the rest of the outbreak spreads",
			"reports-counted": "counted what was reported",
			"reports-answered": "answered reporters",
			"strikes-taken-back": "asks again: strikes were taken back",
			"strikes-gathered": "gathered strikes of the account",
			"account-ordered": "told the platform of the account",
			ordered: "issued an order",
			delivered: "delivered the order to the platform",
			undelivered: "could not deliver the order",
		} satisfies Record<CaseEventKind, string>,
		items: (count: number) => (count === 1 ? "1 item" : `${count} items`),
		expired: "claim ran out",
		level: (level: number) => `level ${level}`,
		members: (count: number) => (count === 1 ? "1 member of the cluster" : `${count} members of the cluster`),
		still: (at: string) => `still at ${at}`,
		shownFor: (seconds: number) => `shown for ${seconds.toFixed(1)} s`,
		fence: (fence: number) => `claim ${fence}`,
		first: "first decision",
		final: "final",
		attempts: (count: number) => (count === 1 ? "1 attempt" : `${count} attempts`),
		revision: (revision: number) => `policy revision ${revision}`,
	},
};
