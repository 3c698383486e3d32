// Organisations that report by a key of their own, what they reported, and what they are still to be told.
import type { Doer } from "../acts/doer.ts";
import type { NoticeId, ReporterId, ReportId } from "../ids.ts";
import type { ReportAnswerCode } from "../reports/answer.ts";
import type { ReporterKind, ReportNotice } from "../reports/notice.ts";
import type { TrustRecord } from "../reports/reliability.ts";
import type { ReportProgress } from "../reports/report.ts";
import type { ReportMessage } from "../wire/reporting-api.ts";
import type { KeyRotation } from "./key-rotation.ts";

export interface Reporter {
	readonly id: ReporterId;
	readonly name: string;
	readonly kind: ReporterKind;
	readonly webhook: { readonly url: string; readonly secret: string } | null;
	readonly isEnabled: boolean;
}

interface ReceivedReport {
	readonly id: ReportId;
	readonly reference: string;
	readonly receivedAt: Date;
	readonly isNew: boolean;
}

export type Submission =
	| { readonly kind: "received"; readonly reports: readonly ReceivedReport[] }
	/** None is taken; the one at `index` says otherwise than what its reference stands for. */
	| { readonly kind: "contradicted"; readonly index: number };

interface NoticedReport {
	readonly id: ReportId;
	readonly reference: string;
	readonly receivedAt: Date;
	readonly progress: ReportProgress;
	readonly answer: ReportAnswerCode | null;
	/** What people wrote, in the order in which they did. */
	readonly messages: readonly { readonly sentAt: Date; readonly text: string }[];
}

interface PendingNotice {
	readonly webhook: Reporter["webhook"];
	readonly message: ReportMessage;
	readonly isPending: boolean;
}

/** `by`: who asked for a change. */
export interface ReporterStore {
	/** Rejects with `name-taken`. */
	create(reporter: Pick<Reporter, "name" | "kind" | "webhook">, by: Doer): Promise<Reporter>;
	/** By name, each with how often it was right, by what people decided in the cases that it reported. */
	list(): Promise<readonly (Reporter & { readonly record: TrustRecord })[]>;
	setEnabled(id: ReporterId, isEnabled: boolean, by: Doer): Promise<void>;
	/** Kept as SHA-256, as platforms' keys are. */
	addKey(id: ReporterId, keyHash: Uint8Array, by: Doer): Promise<void>;
	rotateKeys(id: ReporterId, keyHash: Uint8Array, rotation: KeyRotation): Promise<void>;
	/** Null for unknown and revoked keys, and for reporters that are disabled. */
	findByKeyHash(keyHash: Uint8Array): Promise<Reporter | null>;
	/** All are durable or none is, in their order; a notice that this reporter sent before, in this request or another, changes nothing. */
	submit(reporter: Pick<Reporter, "id" | "kind" | "webhook">, notices: readonly ReportNotice[]): Promise<Submission>;
	/** Null where this reporter reported no such thing. */
	find(reporter: ReporterId, id: ReportId): Promise<NoticedReport | null>;
	findNotice(id: NoticeId): Promise<PendingNotice | null>;
	settleNotice(
		id: NoticeId,
		outcome: { readonly state: "pending" | "delivered" | "undelivered"; readonly reason: string | null },
	): Promise<void>;
}
