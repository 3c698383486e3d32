import type { BreakerKind } from "../../../core/policy/breaker.ts";
import type { DeadLetterReason } from "../../../core/ports/dead-letter-store.ts";

export const operations = {
	now: {
		title: "Now",
		asOf: "As of",
		lanes: "People's queue",
		lane: "Lane",
		count: "Cases",
		oldest: "Oldest",
		total: "All lanes",
		outbox: "On its way to takedown",
		outboxEmpty: "Everything recorded has been handed on.",
		outboxSome: (count: string, age: string) => `${count} waiting, the oldest for ${age}`,
		orders: "Orders not delivered",
		ordersNone: "Every order has reached its platform.",
		ordersHidden: "Your roles do not include orders.",
		banks: "Banks",
		banksNone: "There is no bank. Nothing can match until one is imported.",
		banksHidden: "Your roles do not include banks.",
		deadLetters: "Dead letters",
		deadLettersNone: "No record is parked.",
		deadLettersSome: (count: string) => `${count} parked`,
		columns: {
			platform: "Platform",
			action: "Order",
			issued: "Issued",
			attempts: "Attempts",
			caseOf: "Case",
			bank: "Bank",
			kind: "Kind",
			category: "Category",
			entries: "Entries",
			updated: "Updated",
			state: "State",
		},
		bankKind: { known: "known", exempt: "harmless" },
		bankState: { on: "on", off: "off", shadow: "on trial", trusted: "trusted" },
		replayOrders: "Send all again",
		replayOrdersTitle: "Send undelivered orders again",
		replayOrdersText: (count: number) =>
			count === 1
				? "1 order will be sent again under its old id: a platform that already has it changes nothing."
				: `${count} orders will be sent again under their old ids: a platform that already has one changes nothing.`,
		replayed: (count: number) =>
			count === 1 ? "1 order is on its way again." : `${count} orders are on their way again.`,
	},
	/** What every act that asks for a reason says. */
	confirm: {
		why: "Why",
		missing: "A reason is needed.",
		incomplete: "Choose what it is about first.",
		submit: "Confirm",
		cancel: "Cancel",
	},
	breakers: {
		title: "Breakers",
		none: "None is open: the machine withholds what is known, at once.",
		some: (count: number) =>
			count === 1
				? "1 breaker is open: what it covers is not withheld by the machine; people decide."
				: `${count} breakers are open: what they cover is not withheld by the machine; people decide.`,
		kinds: { entry: "Entry", bank: "Bank", model: "Model", platform: "Platform", all: "Everything" } satisfies Record<
			BreakerKind,
			string
		>,
		columns: { what: "What", since: "Open since", by: "Opened by", reason: "Reason", act: "Act" },
		machine: "the machine",
		rate: (perMinute: number, usual: number) => `(${perMinute} per minute, usually ${usual})`,
		close: "Close",
		closeTitle: (label: string) => `Close the breaker of ${label}`,
		closeText: "The machine withholds by itself again. What already went to people stays with them.",
		open: "Open a breaker",
		openAll: "Leave everything to people",
		openTitle: "Leave to people what the machine withholds",
		which: "Which",
		id: "Id",
		openText: {
			entry:
				"What this entry would withhold goes to people; what else matches it withholds still. Its cases show its id.",
			bank: "What this bank's entries would withhold goes to people, unless another bank matches too.",
			model: "What this model's scores would withhold goes to people.",
			platform: "Nothing of this platform is withheld until a person decides.",
			all: "Nothing is withheld until a person decides. Everything known goes to the people's queue. Close it here.",
		} satisfies Record<BreakerKind, string>,
		opened: "Open: people decide from now on, in every detector within a second.",
		closed: "Closed: the machine withholds again.",
		history: "Last changes",
		acts: { opened: "opened", closed: "closed" },
	},
	deadLetters: {
		title: "Dead letters",
		intro: "Records that could not be processed, kept with their reason. Their content is never shown here.",
		states: { parked: "Parked", replayed: "Replayed", discarded: "Discarded" },
		allReasons: "All reasons",
		reason: "Reason",
		reasons: {
			"malformed-json": "Not valid JSON",
			"malformed-event": "Not a valid event",
			"unknown-event-type": "Unknown event type",
			"unknown-platform": "Unknown platform",
			"retries-exhausted": "Retries used up",
			"record-rejected": "Refused by the record",
			"evidence-not-kept": "Evidence could not be kept",
		} satisfies Record<DeadLetterReason, string>,
		columns: {
			select: "Select",
			parked: "Parked",
			reason: "Reason",
			detail: "Detail",
			place: "Place",
			size: "Size",
			attempts: "Attempts",
			resolved: "Resolved",
		},
		bytes: (count: string) => `${count} bytes`,
		selectAll: "Select all shown",
		selectOne: (place: string) => `Select ${place}`,
		selected: (count: number) => `${count} selected`,
		replay: "Replay…",
		discard: "Discard…",
		readOnly: "Your roles let you read dead letters, not replay or discard them.",
		empty: { title: "Nothing is parked", text: "Every record that arrived has been processed." },
		emptyOther: { title: "Nothing here", text: "No dead letter is in this state." },
		confirm: {
			replayTitle: "Replay dead letters",
			replayText: (count: number) =>
				`${count === 1 ? "1 record goes" : `${count} records go`} back onto the stream and will be processed again.`,
			discardTitle: "Discard dead letters",
			discardText: (count: number) =>
				`${count === 1 ? "1 record" : `${count} records`} will not be processed. The record of it stays. This cannot be undone from here.`,
		},
		replayed: (count: number) => (count === 1 ? "1 record replayed." : `${count} records replayed.`),
		discarded: (count: number) => (count === 1 ? "1 record discarded." : `${count} records discarded.`),
	},
};
