import type { BreakerKind } from "../../core/policy/breaker.ts";
import type { SweepAct, SweepState } from "../../core/sweeps/sweep.ts";

export const operations = {
	now: {
		title: "Now",
		asOf: "As of",
		examined: "Examination",
		lastExamined: (ago: string) => `The last item was examined ${ago}.`,
		neverExamined: "No item has been examined yet.",
		away: {
			stream: "The stream cannot be reached: nothing new comes in to be examined, and nothing from here goes onto it.",
			media: "The media store cannot be reached, or is full: material cannot be shown, and evidence waits to be kept.",
			takedown:
				"Nothing takes over what is recorded: takedown does not run, cannot reach its queue (Redis), or is far behind. Orders wait here, and nothing is lost; what is newly known is not withheld meanwhile.",
		},
		lanes: "People's queue",
		lane: "Lane",
		count: "Cases",
		oldest: "Oldest",
		total: "All lanes",
		outbox: "On its way to takedown",
		outboxEmpty: "Everything recorded has been handed on.",
		outboxSome: (count: string, age: string) => `${count} waiting, the oldest for ${age}`,
		orders: "Orders not acknowledged",
		ordersNone: "No order waits for a platform.",
		ordersOnTheWay: "No order has failed; what was recorded is on its way.",
		ordersSome: (count: string) => `${count} sent and not acknowledged`,
		platformOrders: (platform: string, retried: number, givenUp: number) =>
			`${platform}: ${[retried > 0 ? `${retried} waiting or tried again` : null, givenUp > 0 ? `${givenUp} given up` : null].filter((one) => one !== null).join(", ")}`,
		ordersHidden: "Your roles do not include orders.",
		banks: "Banks",
		banksNone: "There is no bank. Nothing can match until one is imported.",
		banksHidden: "Your roles do not include banks.",
		deadLetters: "Dead letters",
		deadLettersNone: "No record is parked.",
		deadLettersSome: (count: string) => `${count} parked`,
		columns: {
			bank: "Bank",
			kind: "Kind",
			category: "Category",
			entries: "Entries",
			updated: "Updated",
			state: "State",
		},
		bankKind: { known: "known", exempt: "harmless" },
		bankState: { on: "on", off: "off", shadow: "on trial", trusted: "trusted" },
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
		none: "None is open: what is known is ordered to be withheld at once, by the machine.",
		some: (count: number) =>
			count === 1
				? "1 breaker is open: what it covers is not withheld by the machine; people decide."
				: `${count} breakers are open: what they cover is not withheld by the machine; people decide.`,
		kinds: {
			entry: "Entry",
			bank: "Bank",
			model: "Model",
			rule: "Rule",
			platform: "Platform",
			all: "Everything",
		} satisfies Record<BreakerKind, string>,
		columns: { what: "What", since: "Open since", by: "Opened by", reason: "Reason", act: "Act" },
		machine: "the machine",
		tooFast: "withholds come too fast",
		rate: (perMinute: number, usual: number) => `(${perMinute} per minute, usually ${usual})`,
		close: "Close",
		closeTitle: (label: string) => `Close the breaker of ${label}`,
		closeEntryText:
			"What the entry matches is withheld again, once a second person has agreed to it on the page of the banks.",
		closingWaits: "It waits for a second person, on the page of the banks; until then it stays open.",
		closeText: "The machine withholds by itself again. What already went to people stays with them.",
		open: {
			entry: "Stop an entry",
			bank: "Stop a bank",
			model: "Stop a model",
			rule: "Stop a rule",
			platform: "Stop a platform",
			all: "Leave everything to people",
		} satisfies Record<BreakerKind, string>,
		openTitle: {
			entry: "Leave to people what one entry withholds",
			bank: "Leave to people what one bank withholds",
			model: "Leave to people what one model withholds",
			rule: "Ask one rule no more",
			platform: "Leave to people what is withheld on one platform",
			all: "Leave to people everything that the machine withholds",
		} satisfies Record<BreakerKind, string>,
		choose: "Choose…",
		willStop: (kind: string, name: string) => `Will be stopped: ${kind} ${name}`,
		willStopAll: "Will be stopped: everything, on all platforms",
		willStopNothing: "Nothing is chosen yet.",
		onQueue: (count: number, names: string) =>
			`${count === 1 ? "A breaker is open" : `${count} breakers are open`}: ${names}. People decide what the machine would have withheld.`,
		id: "Id",
		openText: {
			entry:
				"What this entry would withhold goes to people; what else matches it withholds still. Its cases show its id.",
			bank: "What this bank's entries would withhold goes to people, unless another bank matches too.",
			model: "What this model's scores would withhold goes to people.",
			rule: "The rule is asked no more: what it alone sends to people is not sent to them. Everything else goes on.",
			platform: "Nothing of this platform is withheld until a person decides.",
			all: "Nothing is withheld until a person decides. Everything known goes to the people's queue. Close it here.",
		} satisfies Record<BreakerKind, string>,
		opened: "Open: people decide from now on, in every detector within a second.",
		closed: "Closed: the machine withholds again.",
		history: "Last changes",
		acts: { opened: "opened", closed: "closed" },
	},
	sweeps: {
		title: "Earlier items",
		level: "Earlier items are compared with everything that banks hold now.",
		behind: (changes: number) =>
			changes === 1
				? "Earlier items are not compared with the last change of the banks yet."
				: `Earlier items are not compared with the last ${changes} changes of the banks yet.`,
		waiting: (count: number) =>
			count === 1
				? "1 sweep found more than it may do by itself: a second person agrees to it, or gives it up."
				: `${count} sweeps found more than they may do by themselves: a second person agrees to them, or gives them up.`,
		columns: {
			...{ started: "Started", by: "By", state: "State", about: "About", withhold: "Withheld" },
			...{ review: "To people", platforms: "Platforms", oldest: "Oldest item", act: "Act" },
		},
		itself: "itself",
		entries: (count: string) => `${count} entries`,
		rule: (name: string, revision: string) => `rule ${name}, revision ${revision}`,
		paused: "paused",
		of: (done: string, due: string) => `${done} of ${due}`,
		states: {
			...{ looking: "comparing", judging: "judging again", waiting: "waits for a second person" },
			...{ acting: "withholding", done: "done", canceled: "given up" },
		} satisfies Record<SweepState, string>,
		acts: { pause: "Pause", resume: "Resume", approve: "Agree", cancel: "Give up" } satisfies Record<SweepAct, string>,
		will: {
			pause: "It waits where it is until somebody lets it go on. What it has withheld stays withheld.",
			resume: "It goes on where it stopped.",
			approve: "What it found is withheld or put before people. Whoever made the change of the bank cannot agree.",
			cancel: "It ends here. What it has withheld stays withheld; the rest stays visible.",
		} satisfies Record<SweepAct, string>,
		done: {
			pause: "Paused.",
			resume: "It goes on.",
			approve: "Agreed: it goes on.",
			cancel: "Given up.",
		} satisfies Record<SweepAct, string>,
	},
};
