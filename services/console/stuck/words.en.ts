import type { DeadLetterReason } from "../../core/ports/dead-letter-store.ts";
import type { StuckAct, StuckKind } from "../../core/stuck/stuck.ts";
import type { JobName } from "../../core/wire/jobs.ts";

const of = (count: number | null, one: string, many: string) =>
	count === null ? `all ${many} that the filter finds` : count === 1 ? `1 ${one}` : `${count} ${many}`;

interface ActWords {
	readonly name: string;
	/** `null`: all that the filter finds. */
	readonly title: (count: number | null) => string;
	readonly text: string;
}
type KindWords = { readonly name: string; readonly intro: string; readonly empty: string } & Readonly<
	Record<StuckAct, ActWords>
>;

export const stuck = {
	title: "Stuck",
	behind: "Orders are not taken: what was withheld or restored here may not be so there yet.",
	behindSince: "since",
	kinds: {
		"dead-letter": {
			name: "Dead letters",
			intro: "Records that could not be processed, kept with their reason. Their content is never shown here.",
			empty: "Every record that arrived has been processed.",
			replayed: {
				name: "Replay",
				title: (count: number | null) => `Replay ${of(count, "record", "records")}`,
				text: "They go back onto the stream and are processed again. One that is settled already changes nothing.",
			},
			discarded: {
				name: "Discard",
				title: (count: number | null) => `Discard ${of(count, "record", "records")}`,
				text: "They will not be processed. That they were here stays on record. This cannot be undone from here.",
			},
		},
		job: {
			name: "Jobs",
			intro: "What was decided and is not carried out yet, the oldest first. Most of it is under way, not stuck.",
			empty: "Everything recorded has been carried out.",
			replayed: {
				name: "Hand on again",
				title: (count: number | null) => `Hand on ${of(count, "job", "jobs")} again`,
				text: "They go to the queue at once. One that the queue has already is not doubled.",
			},
			discarded: {
				name: "Discard",
				title: (count: number | null) => `Discard ${of(count, "job", "jobs")}`,
				text: "They will not be carried out; an order that one would have delivered is given up with it. This cannot be undone from here.",
			},
		},
		order: {
			name: "Orders not acknowledged",
			intro:
				"Orders that were sent and that no platform has acknowledged, the oldest first. What is not confirmed yet is tried again by itself; what is not delivered waits for you.",
			empty: "No order that was sent waits for its platform's answer.",
			replayed: {
				name: "Send again",
				title: (count: number | null) => `Send ${of(count, "order", "orders")} again`,
				text: "They go out under their old ids: a platform that already has one changes nothing.",
			},
			discarded: {
				name: "Discard",
				title: (count: number | null) => `Discard ${of(count, "order", "orders")}`,
				text: "They will not be sent any more: the platform keeps showing, or hiding, what it does now. This cannot be undone from here.",
			},
		},
	} satisfies Record<StuckKind, KindWords>,
	letterStates: { parked: "Parked", replayed: "Replayed", discarded: "Discarded" },
	letterReasons: {
		"malformed-json": "Not valid JSON",
		"malformed-event": "Not a valid event",
		"unknown-event-type": "Unknown event type",
		"unknown-platform": "Unknown platform",
		"retries-exhausted": "Retries used up",
		"record-rejected": "Refused by the record",
		"evidence-not-kept": "Evidence could not be kept",
	} satisfies Record<DeadLetterReason, string>,
	jobNames: {
		restore: "Restore",
		withhold: "Withhold",
		remove: "Remove",
		escalate: "Put before people",
		tell: "Tell a reporter",
		measure: "Tell of a label or of friction",
		"account-order": "Tell what is recommended of an account",
		"count-strikes": "Count strikes of an account",
		"limit-spread": "Limit spread",
		"lift-limit": "Lift the limit on spread",
		state: "Send a statement of reasons",
	} satisfies Record<JobName, string>,
	answered: (status: string) => `it answered ${status}`,
	orderReasons: {
		"no-webhook": "the platform has no webhook",
		"no-platform": "the platform is gone or off",
		timeout: "no answer in time",
		"tls-error": "its certificate was not accepted",
		"connection-refused": "it refused the connection",
		"connection-reset": "it broke the connection off",
		"name-not-found": "its address has no such name",
		"connection-failed": "the connection failed",
		"address-forbidden": "its address is not allowed",
	},
	reason: "Reason",
	anyReason: "All reasons",
	when: {
		label: "When",
		any: "any time",
		quarter: "in the last 15 minutes",
		hour: "in the last hour",
		day: "in the last 24 hours",
		week: "in the last 7 days",
		beforeHour: "over an hour ago",
		beforeDay: "over 24 hours ago",
	},
	columns: {
		state: "State",
		parked: "Parked",
		reason: "Reason",
		detail: "Detail",
		place: "Place",
		size: "Size",
		attempts: "Attempts",
		resolved: "Resolved",
		job: "Job",
		id: "Id",
		recorded: "Recorded",
		enqueued: "Handed on",
		platform: "Platform",
		order: "Order",
		issued: "Issued",
		case: "Case",
	},
	notYet: "not yet",
	bytes: (count: string) => `${count} bytes`,
	selectAll: "Select all shown",
	selectOne: (name: string) => `Select ${name}`,
	shownFirst: (count: number) => `The first ${count}; there may be more.`,
	selected: (count: number) => `${count} selected`,
	whole: (verb: string) => `${verb}: all that the filter finds`,
	readOnly: "Your roles let you read this; an operator acts on it.",
	empty: "Nothing here",
	emptyFiltered: "Nothing of that reason and time.",
	done: {
		replayed: (count: number) => `On its way again: ${count}.`,
		discarded: (count: number) => `Discarded: ${count}.`,
	} satisfies Record<StuckAct, (count: number) => string>,
	lastActs: "Last acts",
};
