import { clockEvents } from "../../words/clock-events.en.ts";

export const due = {
	title: "Due",
	intro:
		"What laws and promises ask for by when, the nearest first. A deadline stops only when what it waits for has happened.",
	within: "Due within",
	hours: { "6": "6 hours", "24": "24 hours", "72": "3 days", all: "All that run" },
	none: "Nothing is due in this time.",
	columns: {
		left: "Time left",
		waits: "Waits until",
		case: "Case",
		law: "Law",
		cause: "Because of",
		tell: "Elsewhere",
	},
	causes: {
		case: "what we found",
		report: "a report",
		"authority-request": "an authority's request",
		appeal: "an appeal",
	},
	tell: "Say what happened",
	tellText: (law: string) =>
		`For what happened elsewhere: a host removed something that we do not hold, an authority withdrew its request. The deadline of ${law} stops, pauses or goes on by it; who said so and why stays on record.`,
	what: "What happened",
	told: "It is on record.",
	urgent: "urgent",
	noCase: "no case",
	left: (duration: string) => `${duration} left`,
	overBy: (duration: string) => `over time by ${duration}`,
	doneLate: "done too late",
	kept: "done in time",
	moot: "not needed any more",
	paused: "paused until an answer comes",
	noFigure: "at once: the law names no figure",
	events: clockEvents,
	or: " or ",
	onCase: { title: "Deadlines", none: "No deadline ran or runs on this case." },
	received: "received",
	dueAt: "due",
};
