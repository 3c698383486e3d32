// The catalogue of errors that cross a boundary. Texts are fixed and safe to show: they never carry content, URLs or hashes.
import type { Reason } from "./reason.ts";

export const errorCatalogue = {
	"malformed-json": { status: 400, retriable: false, title: "The body is not valid JSON." },
	"malformed-event": { status: 400, retriable: false, title: "The event does not follow its contract." },
	"unknown-event-type": { status: 400, retriable: false, title: "This event type is not known here." },
	"malformed-request": { status: 400, retriable: false, title: "The request does not follow its contract." },
	unauthenticated: { status: 401, retriable: false, title: "A valid key or session is required." },
	"bad-login": { status: 401, retriable: false, title: "Login or password is wrong." },
	"weak-password": { status: 400, retriable: false, title: "This password may not be used." },
	"password-due": { status: 403, retriable: false, title: "A first password must be changed before anything else." },
	forbidden: { status: 403, retriable: false, title: "This account may not do that." },
	"foreign-source": { status: 403, retriable: false, title: "The event's source does not belong to this platform." },
	"unknown-platform": { status: 403, retriable: false, title: "The event's source belongs to no known platform." },
	"not-found": { status: 404, retriable: false, title: "There is no such thing here." },
	"method-not-allowed": { status: 405, retriable: false, title: "This address does not take that method." },
	"claim-lost": { status: 409, retriable: false, title: "The claim has expired or is held by another person." },
	"already-claimed": { status: 409, retriable: true, title: "Another person holds this case." },
	"not-decidable": { status: 409, retriable: false, title: "The case is not in a state that allows this." },
	"wrong-state": { status: 409, retriable: false, title: "It is not in a state that allows this." },
	"same-person": { status: 409, retriable: false, title: "The second decision must come from another person." },
	"needs-lead": {
		status: 409,
		retriable: false,
		title: "Two people differ: a lead who gave neither decision decides.",
	},
	"too-late-to-undo": { status: 409, retriable: false, title: "The time to undo is over; a lead can reopen the case." },
	"nothing-to-appeal": { status: 409, retriable: false, title: "There is nothing that could be appealed against." },
	"too-late-to-appeal": { status: 409, retriable: false, title: "The time in which this may be appealed is over." },
	"not-before-people": { status: 409, retriable: true, title: "It was hidden a moment ago and comes before people." },
	"newer-case": { status: 409, retriable: false, title: "Newer copies are in an open case already; decide that one." },
	"case-grew": { status: 409, retriable: false, title: "More has come into the case since you looked; look again." },
	"over-allowance": {
		status: 409,
		retriable: false,
		title: "The import changes more than one person may accept; another person must.",
	},
	"draft-stale": {
		status: 409,
		retriable: false,
		title: "The bank has changed since, and with it what the import would do; look at the new delta first.",
	},
	"policy-stale": {
		status: 409,
		retriable: false,
		title: "Another revision of the policy has come into force since; propose it anew against that one.",
	},
	"laws-stale": {
		status: 409,
		retriable: false,
		title: "Another revision of the laws has come into force since; propose it anew against that one.",
	},
	"templates-stale": {
		status: 409,
		retriable: false,
		title: "Another revision of the templates has come into force since; propose it anew against that one.",
	},
	"nothing-changed": { status: 409, retriable: false, title: "This would leave everything as it is." },
	"name-taken": { status: 409, retriable: false, title: "That name is already in use." },
	"reference-taken": {
		status: 409,
		retriable: false,
		title: "That reference stands for something else that was sent; give this one a reference of its own.",
	},
	"contact-missing": {
		status: 422,
		retriable: false,
		title: "What this is about takes the name and e-mail of whoever noticed it.",
	},
	"rule-broken": {
		status: 422,
		retriable: false,
		title: "The request has its form, and breaks a rule between its parts or with what is there.",
	},
	"unreadable-file": { status: 422, retriable: false, title: "The file cannot be read to its end in that format." },
	"content-too-large": { status: 413, retriable: false, title: "The body is larger than the limit." },
	"offset-conflict": {
		status: 409,
		retriable: false,
		title: "The upload is at another offset; ask how far it is (HEAD) and go on from there.",
	},
	"upload-gone": { status: 410, retriable: false, title: "The upload was not completed in time; begin it anew." },
	"protocol-version": { status: 412, retriable: false, title: "Uploads in parts speak tus 1.0.0." },
	"unsupported-media-type": { status: 415, retriable: false, title: "This content type is not accepted here." },
	"no-preview": { status: 422, retriable: false, title: "Nothing can be shown of this item." },
	"rate-limited": { status: 429, retriable: true, title: "Too many requests; try again later." },
	"stream-unavailable": { status: 503, retriable: true, title: "The stream cannot take the item now; send it again." },
	"store-unavailable": { status: 503, retriable: true, title: "The record cannot be reached now; try again." },
	"view-refused": { status: 409, retriable: false, title: "The query cannot be asked." },
	"history-unavailable": {
		status: 503,
		retriable: true,
		title: "The history cannot be written or asked now; everything else goes on.",
	},
	internal: { status: 500, retriable: true, title: "Something failed on our side." },
} as const satisfies Record<string, { status: number; retriable: boolean; title: string }>;

export type ErrorCode = keyof typeof errorCatalogue;

interface ErrorOptions {
	readonly detail?: string;
	readonly reasons?: readonly Reason[];
	readonly cause?: unknown;
}

export class BreakwaterError extends Error {
	readonly code: ErrorCode;
	readonly status: number;
	readonly retriable: boolean;

	/** What people can do something about; each language has its sentences for them (services/words). */
	readonly reasons: readonly Reason[];

	/** `detail` is for engineers alone: in English, of fields, sizes and limits, never of values that came with the content. */
	constructor(code: ErrorCode, options: ErrorOptions = {}) {
		const entry = errorCatalogue[code];
		const codes = (options.reasons ?? []).map((one) => one.code).join(", ");
		super(options.detail ?? (codes === "" ? entry.title : `${entry.title} (${codes})`), { cause: options.cause });
		this.name = "BreakwaterError";
		this.code = code;
		this.status = entry.status;
		this.retriable = entry.retriable;
		this.reasons = options.reasons ?? [];
	}
}
