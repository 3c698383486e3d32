import type { EntryJudgement } from "../../core/banks/entry-judgement.ts";
import type { SpreadAction } from "../../core/cases/case.ts";
import type { WireConsequences } from "../../core/wire/review-case.ts";

const items = (count: number) => `${count} ${count === 1 ? "item" : "items"}`;

export const acts = {
	label: "Acts",
	remove: { name: "Remove", hint: "asks for a reason" },
	restore: { name: "Restore", hint: "asks for a reason" },
	leaveUp: { name: "Leave up", hint: "asks for a reason" },
	skip: { name: "Pass", hint: "no reason asked; goes to others" },
	judge: {
		name: "Judge entry",
		hint: "asks for a reason",
		title: "Judge an entry of a bank",
		conclusion: "Your conclusion",
		which: (count: number) => `Which of the ${count} entries?`,
		ofBank: "bank",
		distance: (bits: number) => `${bits} bits away`,
		names: { confirm: "Confirm", dispute: "Dispute", clear: "Clear" } satisfies Record<EntryJudgement, string>,
		does: {
			known: {
				confirm: "it is what its bank says; it withholds by itself, and is not asked about for a week.",
				dispute: "people look at each of its matches first, whatever lists say of it.",
				clear: "it matches nothing any more, in all detectors within a second.",
			},
			exempt: {
				confirm: "it is harmless, as its bank says; what matches it is let pass.",
				dispute: "it lets nothing pass any more.",
				clear: "it lets nothing pass any more, and matches nothing.",
			},
		} satisfies Record<string, Record<EntryJudgement, string>>,
		forLeads: "A lead's act.",
		missing: "Choose what you conclude.",
		keys: "Arrows choose · Tab to the reason · Enter confirms · the case stays yours, undecided",
		written: {
			confirm: "Written to the entry: confirmed. A later judgement replaces this one.",
			dispute: "Written to the entry: disputed. A later judgement replaces this one.",
			clear: "Written to the entry: cleared. A later judgement replaces this one.",
		} satisfies Record<EntryJudgement, string>,
	},
	spread: {
		recommended: { name: "Limit spread", hint: "recommended; stays up, not passed on" },
		lift: { name: "Lift limit", hint: "spreads as before" },
		done: {
			"limit-spread": "Its spread is limited until you or others decide. It stays up. The same key lifts it.",
			"lift-limit": "The limit is lifted: it spreads as before.",
		} satisfies Record<SpreadAction, string>,
	},
	comment: { name: "Note", hint: "kept with the case" },
	back: { name: "Give back", hint: "to the queue, hides everything" },
	confirm: {
		remove: "Remove for good",
		firstRemove: "Decide to remove",
		restore: "Restore",
		firstRestore: "Decide to restore",
		leaveUp: "Leave up",
		agree: "Agree with the reporters",
		firstAgree: "First to agree with the reporters",
		notAgree: "Find nothing to act on",
		will: "What will happen",
		willRemove: (count: number, platforms: string) => `${items(count)} on ${platforms} will be removed for good.`,
		willWithhold: (count: number, platforms: string) =>
			`${items(count)} still visible on ${platforms} will be withheld now.`,
		willRestore: (count: number, platforms: string) =>
			`${items(count)} withheld on ${platforms} will be visible again.`,
		stayWithheld: (count: number) => `${items(count)} already withheld will stay withheld.`,
		willUnlimit: (count: number, platforms: string) =>
			`${items(count)} whose spread is limited on ${platforms} will spread as before.`,
		stayLimited: (count: number) => `${items(count)} will stay visible, their spread limited.`,
		stayVisible: (count: number) => `${items(count)} will stay visible; no order is sent.`,
		unchanged: (count: number) => `${items(count)} already removed or gone will not change.`,
		willDispute: (count: number) =>
			count === 1
				? "The entry that withheld it is disputed: people look at its matches first from now on."
				: `The ${count} entries that withheld it are disputed: people look at their matches first from now on.`,
		willTell: (count: number, text: string) =>
			`${count} ${count === 1 ? "reporter is" : "reporters are"} told, in their language: “${text}”`,
		willTellNobody: "Nobody outside is told for now: it is held back, and told once that ends.",
		willTellAppealed:
			"Whoever appealed is told what it comes to; so is whoever reported it, if it comes to something else than before.",
		willTellOnceAgreed: (count: number, text: string) =>
			`Once two agree, ${count} ${count === 1 ? "reporter is" : "reporters are"} told, in their language: “${text}”`,
		waits: {
			nobody: "The case is decided and leaves the queue. You can take it back for a while; a lead can later.",
			"second-person": "A second person looks before anything is final, without seeing what you decided or why.",
			lead: "The first person decided otherwise: neither decision counts, and a lead decides.",
			agreement:
				"If the first person decided the same, this is final; if they did not, nothing of it happens and a lead decides.",
		} satisfies Record<WireConsequences["waitsFor"], string>,
		reason: "Reason",
		reasonHint: "↓ common reasons · Enter confirms · Shift+Enter starts a new line · Esc cancels",
		suggestions: "Common reasons",
		missing: "A reason is needed.",
		submit: "Confirm",
		cancel: "Cancel",
		busy: "Sending…",
		reasons: {
			remove: {
				hash: "Known material, confirmed from the hash alone.",
				seen: "Confirmed by viewing.",
				rules: "Against the platform's rules.",
			},
			restore: {
				different: "Not the known material: false match.",
				harmless: "Viewed: harmless.",
				context: "Permitted in this context.",
			},
		},
	},
	/** Where the case is about what many posts link to. */
	link: {
		remove: { name: "Call harmful", hint: "posts that link there are read; needs a reason" },
		restore: { name: "Let be", hint: "needs a reason" },
		call: "Call what they link to harmful",
		firstCall: "Be first to call what they link to harmful",
		letBe: "Let be what they link to",
		willAsk:
			"Later posts that link there come before people, those of one account together, to be read one by one: one may be a warning. Nothing is removed by this; where the spread of earlier posts is limited, it stays so.",
		willLetBe: "Posts that link there are judged by what they say. Where their spread is limited, it is lifted.",
		called: "Called harmful",
		left: "Let be",
		reasons: {
			remove: ["The page was looked at, and is harmful.", "Pushed by accounts that were made for it."],
			restore: ["The page was looked at, and is harmless.", "It spreads by itself."],
		},
	},
	account: {
		remove: { name: "Recommend", hint: "restricting the account; asks for a reason" },
		restore: { name: "Do not recommend", hint: "asks for a reason" },
		recommend: "Recommend that the platform restricts the account",
		firstRecommend: "Decide to recommend restricting the account",
		notRecommend: "Recommend nothing",
		willTell: (platform: string, asked: string) =>
			`Once it is final, ${platform} is told that a restriction is recommended. ${asked}`.trim(),
		restrictsNothing: "Nothing is restricted by it: the platform decides, and gives its user the reasons.",
		tellsNothing: "The platform is told nothing. New strikes put the account before people again.",
		reasons: {
			remove: ["The removals stand, and they are of one kind.", "It goes on after earlier removals."],
			restore: ["The removals are of one occasion.", "The account may have been taken over."],
		},
		recommended: "Decided: restricting the account is recommended",
		notRecommended: "Decided: nothing is recommended",
	},
	note: {
		title: "Add a note",
		label: "Note",
		hint: "Enter saves · Shift+Enter starts a new line · Esc cancels",
		submit: "Save",
		missing: "The note is empty.",
		saved: "The note is saved.",
	},
	undo: {
		undo: "Take the decision back",
		reopen: "Reopen the case",
		undoName: { name: "Undo", hint: "asks for a reason" },
		reopenName: { name: "Reopen", hint: "asks for a reason" },
		text: "The case is open again, and its items go back to where they were before the decision, by orders of their own. What was written to entries of banks stays.",
		ofAccount:
			"The case is open again. If the platform was told that a restriction is recommended, it is told that nothing is recommended any more.",
		until: "Can be taken back until",
	},
	done: {
		removed: "Decided: remove",
		second: "First decision recorded",
		lead: "You and the first person differ",
		leadText: "Neither decision counts. The case waits for a lead; you are not asked again.",
		restored: "Decided: restore",
		leftUp: "Left up",
		skipped: "Passed",
		secondText: "A second person must now agree. The case waits for them; you are not asked again.",
		skippedText: "The case is back in the queue for others. It is not offered to you again.",
		disputed: (count: number) => (count === 1 ? "The entry is disputed now." : `${count} entries are disputed now.`),
		noOrder: "No order was needed.",
		orders: "Orders",
		allDelivered: "The platform has every order.",
		waiting: "Orders are on their way; this line follows them.",
		failed: "An order could not be delivered. Operators see it and can send it again.",
		toQueue: "Back to the queue",
	},
};
