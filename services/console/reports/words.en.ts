import type { ReportShelf } from "../../core/ports/report-store.ts";
import type { ReportSource, ReportSubject } from "../../core/reports/report.ts";

const shelves: Readonly<Record<ReportShelf, string>> = {
	waiting: "Waiting",
	answered: "Answered",
	withdrawn: "Taken back",
};
const subjects: Readonly<Record<ReportSubject, string>> = {
	"abuse-picture": "Picture or video of abuse",
	grooming: "Grooming",
	extortion: "Extortion over pictures",
	"own-picture": "Private picture put online",
	violence: "Violence or neglect",
	other: "Something else",
};
const sources: Readonly<Record<ReportSource, string>> = {
	public: "the public",
	"platform-user": "a platform's user",
	"trusted-flagger": "a trusted flagger",
	hotline: "a hotline",
	partner: "a partner",
};

export const reports = {
	title: "Reports",
	intro: "What people told us. They see your messages with their receipt; they do not see your name.",
	shelf: "Which",
	shelves,
	subjects,
	sources,
	danger: "A child is in danger now",
	none: "None here.",
	columns: { about: "About", where: "Where", received: "Received", alike: "Same address", state: "State" },
	alike: (reports: number, reporters: number) =>
		reports === 0 ? "no others" : `${reports} more, of ${reporters} ${reporters === 1 ? "reporter" : "reporters"}`,
	states: {
		unread: "nobody looked",
		read: "read, not answered",
		again: "answered; something was added",
		answered: "answered",
	},
	back: "All reports",
	facts: {
		received: "Received",
		source: "From",
		platform: "Site or app",
		account: "Account",
		seen: "Seen",
		contact: "To reach the reporter",
		signature: "Signed by",
		goodFaith: "Meant in good faith",
		stated: "as the reporter states",
		noContact: "only by this page",
		language: "Writes in",
		languages: { vi: "Vietnamese", en: "English" },
	},
	addresses: "Addresses",
	addressesNote: "As they were typed. Opening one shows material unprotected: do so only by your agency's rules.",
	says: "Says",
	messages: "Messages",
	fromReporter: "Reporter",
	noMessages: "No messages yet.",
	write: "Write to the reporter",
	writeNote:
		"Plain words, in the reporter's language. Name nobody, and say nothing that would warn whoever is reported.",
	send: "Send",
	answer: "Send as answer",
	answerNote: "An answer ends the work on this report until its reporter adds something.",
	sent: "Sent: the reporter sees it with the receipt.",
	answered: "Answered: the reporter sees it with the receipt.",
	withdrawn: "Its reporter took this report back. Nothing can be written to it.",
} as const;
