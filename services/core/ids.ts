// Ids are UUIDv7 (RFC 9562): ordered by creation, so indexes stay compact. One brand per kind of thing.
// Runs in the browser too: the console reads the same contracts.
import { z } from "zod";

const id = <B extends string>(_brand: B) => z.uuid().brand<B>();

export const itemId = id("ItemId");
export const caseId = id("CaseId");
export const orderId = id("OrderId");
export const platformId = id("PlatformId");
export const bankId = id("BankId");
export const entryId = id("EntryId");
export const draftId = id("DraftId");
export const userId = id("UserId");
export const deadLetterId = id("DeadLetterId");
export const proposalId = id("ProposalId");
export const policyProposalId = id("PolicyProposalId");
export const reportId = id("ReportId");
export const reporterId = id("ReporterId");
export const noticeId = id("NoticeId");
export const clockId = id("ClockId");
export const authorityId = id("AuthorityId");
export const requestId = id("RequestId");
export const authorityAccountId = id("AuthorityAccountId");
export const sweepId = id("SweepId");
export const appealId = id("AppealId");
export const silenceId = id("SilenceId");
export const clusterId = id("ClusterId");
export const backtestId = id("BacktestId");
export const outbreakId = id("OutbreakId");
export const snoozeId = id("SnoozeId");
export const questionId = id("QuestionId");

export type ItemId = z.infer<typeof itemId>;
export type CaseId = z.infer<typeof caseId>;
export type OrderId = z.infer<typeof orderId>;
export type PlatformId = z.infer<typeof platformId>;
export type BankId = z.infer<typeof bankId>;
export type EntryId = z.infer<typeof entryId>;
export type DraftId = z.infer<typeof draftId>;
export type UserId = z.infer<typeof userId>;
export type DeadLetterId = z.infer<typeof deadLetterId>;
export type ProposalId = z.infer<typeof proposalId>;
export type PolicyProposalId = z.infer<typeof policyProposalId>;
export type ReportId = z.infer<typeof reportId>;
export type ReporterId = z.infer<typeof reporterId>;
export type NoticeId = z.infer<typeof noticeId>;
export type ClockId = z.infer<typeof clockId>;
export type AuthorityId = z.infer<typeof authorityId>;
export type RequestId = z.infer<typeof requestId>;
export type AuthorityAccountId = z.infer<typeof authorityAccountId>;
export type SweepId = z.infer<typeof sweepId>;
export type AppealId = z.infer<typeof appealId>;
export type SilenceId = z.infer<typeof silenceId>;
export type ClusterId = z.infer<typeof clusterId>;
export type BacktestId = z.infer<typeof backtestId>;
export type OutbreakId = z.infer<typeof outbreakId>;
export type SnoozeId = z.infer<typeof snoozeId>;
export type QuestionId = z.infer<typeof questionId>;

/** 32 hex digits as a UUID is written. */
export function uuidOfHex(hex: string): string {
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
/** Random bytes are fetched many at a time: each call into the generator costs more than an id. */
const pool = new Uint8Array(4_096);
let used = pool.length;

/** No id made at this Unix time or later is smaller, and none made before is not. */
export function firstIdAt(ms: number): string {
	return uuidOfHex(`${Math.max(0, Math.floor(ms)).toString(16).padStart(12, "0")}70008000000000000000`);
}

/** Makes a UUIDv7 string for the given Unix time in milliseconds; parse it with one of the schemas above. */
export function uuidv7(nowMs: number): string {
	if (used + 10 > pool.length) {
		crypto.getRandomValues(pool);
		used = 0;
	}
	const random = (index: number) => pool[used + index] ?? 0;
	const hex = (byte: number) => hexOf[byte & 0xff] ?? "00";
	const time = Math.floor(nowMs).toString(16).padStart(12, "0");
	const high = hex(0x70 | (random(0) & 0x0f)) + hex(random(1));
	const low = hex(0x80 | (random(2) & 0x3f)) + hex(random(3));
	const node = hex(random(4)) + hex(random(5)) + hex(random(6)) + hex(random(7)) + hex(random(8)) + hex(random(9));
	used += 10;
	return `${time.slice(0, 8)}-${time.slice(8)}-${high}-${low}-${node}`;
}
