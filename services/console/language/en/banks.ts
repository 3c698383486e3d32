import type { EntryJudgement } from "../../../core/matching/entry-judgement.ts";
import type { RejectionCode } from "../../../core/matching/rejection.ts";
import type { DraftState } from "../../../core/ports/bank-draft-store.ts";

export const banks = {
	title: "Banks",
	imports: {
		title: "Imports",
		intro: "Nothing of an import enters its bank before someone accepts it.",
		none: "No import waits.",
		heading: (origin: string, bank: string) => `${origin} into ${bank}`,
		by: (name: string) => `by ${name}`,
		full: "full list of its sources",
		added: "added",
		changed: "changed",
		removed: "removed",
		same: "already there",
		refused: "refused",
		before: (count: string) => `The bank holds ${count} entries now.`,
		line: (line: number, why: string) => `line ${line}: ${why}`,
		codes: {
			malformed: "malformed",
			"all-zero": "all-zero hash",
			"empty-file": "hash of an empty file",
			"low-entropy": "too little structure",
			"low-quality": "quality below 50",
			"reserved-source": "reserved source",
		} satisfies Record<RejectionCode, string>,
		states: {
			building: "being read",
			open: "waits",
			accepted: "being carried out",
			applied: "applied",
			rejected: "rejected",
		} satisfies Record<DraftState, string>,
		progress: (done: string, total: string) => `${done} of ${total} rows`,
		overAllowance: "It changes more than one person may accept:",
		another: "You made it: another person must accept it.",
		accept: "Accept all of it",
		reject: "Reject…",
		rejectTitle: (origin: string) => `Reject ${origin}`,
		rejectText: "Nothing of it enters the bank.",
		accepted: "Accepted; it is being carried out.",
		rejected: "Rejected; the bank is as it was.",
	},
	quarantine: {
		title: "Quarantine",
		intro:
			"Entries that suddenly match much. Their matches go to people and are not withheld until someone has looked.",
		none: "No entry is in quarantine.",
		columns: { entry: "Entry", bank: "Bank", since: "Since", why: "Why", cases: "Open cases", act: "Act" },
		judgements: { confirm: "Confirm…", dispute: "Dispute…", clear: "Clear…" } satisfies Record<EntryJudgement, string>,
		judgeTitle: {
			confirm: "Confirm the entry",
			dispute: "Dispute the entry",
			clear: "Clear the entry",
		} satisfies Record<EntryJudgement, string>,
		judgeText: {
			confirm: "It is what its bank says: it withholds again, and is not asked about for a week.",
			dispute: "People look at each of its matches, whatever lists say of it.",
			clear: "It matches nothing any more, in all detectors within a second.",
		} satisfies Record<EntryJudgement, string>,
		judged: "Written to the entry; its quarantine is over.",
		readOnly: "Your roles let you see this; a lead judges.",
	},
	settings: {
		title: "All banks",
		columns: { radii: "Radii, bits", share: "Answers for", owner: "Owner", expires: "Expires" },
		quarantined: (count: string) => `${count} in quarantine`,
	},
};
