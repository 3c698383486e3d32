import type { ReportId } from "../ids.ts";
import type { ReportInput, ReportProgress, ReportSource, ReportSubject } from "../reports/report.ts";

interface NewReport {
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
	findByReceipt(receiptHash: Uint8Array): Promise<ReportForReporter | null>;
	addMessage(id: ReportId, body: string): Promise<AddOutcome>;
	/** Those that it has already are not added again. */
	addAddresses(id: ReportId, addresses: readonly string[]): Promise<AddOutcome>;
	/** The report is kept, and no longer counts. False where it was withdrawn already. */
	withdraw(id: ReportId): Promise<boolean>;
}
