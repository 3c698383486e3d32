import type { ReportId, UserId } from "../ids.ts";
import type { ReportInput, ReportProgress, ReportSource, ReportSubject } from "../reports/report.ts";

export interface NewReport {
	readonly receiptHash: Uint8Array;
	readonly source: ReportSource;
	/** Who reports, for a day; null where nothing tells one from another. */
	readonly reporter: Uint8Array | null;
	readonly input: ReportInput;
}

/** What whoever holds the receipt may see: what they said themselves, and what they were told. */
export interface ReportForReporter {
	readonly id: ReportId;
	readonly about: ReportSubject;
	readonly isDangerNow: boolean;
	readonly receivedAt: Date;
	readonly withdrawnAt: Date | null;
	readonly progress: ReportProgress;
	readonly addresses: readonly string[];
	/** Something that it names was left where it is, and they have not appealed. */
	readonly mayAppeal: boolean;
	/** In the order in which they were sent. */
	readonly messages: readonly {
		readonly isFromReporter: boolean;
		readonly body: string;
		readonly sentAt: Date;
	}[];
}

/** What one reporter may still add; more is for a call. */
export const reporterLimits = { addresses: 50, messages: 50 } as const;

export type AddOutcome = "added" | "withdrawn" | "too-many";

export interface ReportStore {
	/** Durable once it resolves. The same receipt again changes nothing: it is the same report, sent twice. */
	submit(report: NewReport): Promise<{ readonly isNew: boolean }>;
	/** The report that has one of these hashes. */
	findByReceipt(receiptHashes: readonly Uint8Array[]): Promise<ReportForReporter | null>;
	addMessage(id: ReportId, body: string): Promise<AddOutcome>;
	/** Those that it has already are not added again. */
	addAddresses(id: ReportId, addresses: readonly string[]): Promise<AddOutcome>;
	/** The report is kept, and no longer counts. False where it was withdrawn already. */
	withdraw(id: ReportId): Promise<boolean>;
}

/** What one round of gathering did. */
export interface GatheredReports {
	/** Those that were looked at; as many as were asked for where there may be more. */
	readonly reports: number;
	/** Cases. */
	readonly opened: number;
	readonly joined: number;
}

/** Brings reports into cases. What was reported is durable before, and waits in the record: a round that fails is done again. */
export interface ReportGathering {
	gather(mostReports: number): Promise<GatheredReports>;
	/** Calls back when something was reported, in any process. */
	onReported(listener: () => void): Promise<AsyncDisposable>;
}

/** Which reports a list shows. */
export const reportShelves = ["waiting", "answered", "withdrawn"] as const;
export type ReportShelf = (typeof reportShelves)[number];

/** What people who work on reports see of each in a list. */
export interface ReportSummary {
	readonly id: ReportId;
	readonly source: ReportSource;
	readonly about: ReportSubject;
	readonly isDangerNow: boolean;
	readonly receivedAt: Date;
	readonly isTaken: boolean;
	readonly isAnswered: boolean;
	/** The first address, or the account. */
	readonly where: string;
	/** Others that name one of its addresses, and how many reporters they are from as far as can be told. */
	readonly alike: { readonly reports: number; readonly reporters: number };
}

interface ReportForPeople extends ReportSummary {
	readonly withdrawnAt: Date | null;
	readonly platformName: string;
	readonly accountName: string;
	readonly seen: string;
	readonly text: string;
	/** Empty where the reporter gave none. */
	readonly contact: string;
	readonly language: "vi" | "en";
	/** They state that they mean it in good faith; of whoever is shown, their signature, empty where nobody signed. */
	readonly isGoodFaith: boolean;
	readonly signature: string;
	readonly addresses: readonly string[];
	readonly messages: readonly {
		/** Null where the reporter wrote it. */
		readonly from: string | null;
		readonly body: string;
		readonly sentAt: Date;
	}[];
}

export interface ReportDesk {
	/** Those where a child is in danger first, then the oldest; of the ended ones the newest first. */
	list(shelf: ReportShelf, limit: number): Promise<readonly ReportSummary[]>;
	/** Kept as a view of this person; the first one tells the reporter that somebody is looking. */
	open(id: ReportId, userId: UserId): Promise<ReportForPeople | null>;
	/** To the reporter. `isAnswer`: nothing else is to be done. Throws `not-decidable` where it was withdrawn. */
	write(id: ReportId, userId: UserId, message: { readonly body: string; readonly isAnswer: boolean }): Promise<void>;
}
