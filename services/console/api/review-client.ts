// The review API, one function per endpoint.

import type { RevealLevel } from "../../core/cases/case.ts";
import type { CaseId, ClockId, DraftId, EntryId, ItemId, PolicyProposalId, ProposalId } from "../../core/ids.ts";
import type { CaseLane } from "../../core/ports/case-store.ts";
import type { StuckAct, StuckKind } from "../../core/stuck/stuck.ts";
import { type ActsAnswer, type ActsQuery, actsAnswer } from "../../core/wire/acts-api.ts";
import {
	type BankChangeRequest,
	type BankHistoryAnswer,
	type BanksAnswer,
	bankHistoryAnswer,
	banksAnswer,
	type ChangedBank,
	changedBank,
	type DraftsAnswer,
	draftsAnswer,
	type JudgeQuarantinedRequest,
	type NewBankRequest,
	type QuarantineAnswer,
	quarantineAnswer,
	type RevertBankAnswer,
	revertBankAnswer,
	type SwitchBankAnswer,
	switchBankAnswer,
	type WireDraft,
	wireDraft,
} from "../../core/wire/bank-api.ts";
import {
	type BreakerClosed,
	type BreakerRequest,
	type BreakersAnswer,
	breakerChange,
	breakerClosing,
	breakersAnswer,
} from "../../core/wire/breakers-api.ts";
import { type ClocksAnswer, clocksAnswer, type TellClockRequest } from "../../core/wire/clock-api.ts";
import { type ModelsAnswer, modelsAnswer, proposalAnswer } from "../../core/wire/models-api.ts";
import {
	type NewPolicyProposalRequest,
	type PolicyAnswer,
	type PolicyHistoryAnswer,
	type PolicyOutlookAnswer,
	policyAnswer,
	policyHistoryAnswer,
	policyOutlookAnswer,
	type WirePolicyProposal,
	type WirePolicyRevision,
	wirePolicyProposal,
	wirePolicyRevision,
} from "../../core/wire/policy-api.ts";
import {
	type CasesAnswer,
	casesAnswer,
	claimAnswer,
	countAnswer,
	type DeadLettersAnswer,
	type DecideAnswer,
	type DecideRequest,
	deadLettersAnswer,
	decideAnswer,
	type JudgeEntryRequest,
	type LanesAnswer,
	lanesAnswer,
	type NextAnswer,
	type NowAnswer,
	nextAnswer,
	nowAnswer,
	type RevealAnswer,
	revealAnswer,
	type SessionAnswer,
	sessionAnswer,
} from "../../core/wire/review-api.ts";
import { caseDetail, type WireCaseDetail, type WireClaim } from "../../core/wire/review-case.ts";
import {
	type DiscardRequest,
	type JobsAnswer,
	jobsAnswer,
	type OutstandingAnswer,
	outstandingAnswer,
	type PlatformsBehindAnswer,
	platformsBehindAnswer,
} from "../../core/wire/stuck-api.ts";
import { type OutbreakCalls, outbreakCalls } from "./outbreak-calls.ts";
import { queryOf } from "./query-of.ts";
import { type ReportCalls, reportCalls } from "./report-calls.ts";
import { type RequestCalls, requestCalls } from "./request-calls.ts";
import type { Requests } from "./requests.ts";
import { type RuleCalls, ruleCalls } from "./rule-calls.ts";
import { type SweepCalls, sweepCalls } from "./sweep-calls.ts";
import { type TellingCalls, tellingCalls } from "./telling-calls.ts";
import { type TrendCalls, trendCalls } from "./trend-calls.ts";

export interface CaseListQuery {
	readonly lane?: string;
	/** Comma-separated. */
	readonly state?: string;
	readonly search?: string;
	readonly mine?: boolean;
	readonly limit: number;
	readonly offset?: number;
	/** Those that follow it in the queue. */
	readonly after?: CaseId;
}

interface RevealOrder {
	readonly fence: number;
	readonly itemId: ItemId;
	readonly level: RevealLevel;
	readonly reason?: string;
	readonly password?: string;
}

export interface StuckQuery {
	readonly reason?: string;
	readonly since?: string;
	readonly until?: string;
	readonly limit?: number;
}

export interface BankFileUpload {
	readonly bank: string;
	readonly file: File;
	/** Empty: the bank's name. */
	readonly source: string;
	readonly isReplacing: boolean;
}

export interface ReviewClient
	extends OutbreakCalls,
		SweepCalls,
		TrendCalls,
		RequestCalls,
		TellingCalls,
		ReportCalls,
		RuleCalls {
	logIn(login: string, password: string): Promise<SessionAnswer>;
	session(): Promise<SessionAnswer>;
	/** Answers the session as it is from now on. */
	changePassword(password: string, newPassword: string): Promise<SessionAnswer>;
	logOut(): Promise<void>;
	lanes(): Promise<LanesAnswer>;
	cases(query: CaseListQuery): Promise<CasesAnswer>;
	takeNext(lane: CaseLane | null): Promise<NextAnswer>;
	/** With so many of its items, the oldest. */
	case(id: CaseId, items: number): Promise<WireCaseDetail>;
	claim(id: CaseId): Promise<WireCaseDetail>;
	heartbeat(id: CaseId, fence: number): Promise<WireClaim>;
	release(id: CaseId, fence: number): Promise<void>;
	skip(id: CaseId, fence: number): Promise<void>;
	decide(id: CaseId, given: DecideRequest): Promise<DecideAnswer>;
	undo(id: CaseId, reason: string): Promise<WireCaseDetail>;
	judgeMatched(id: CaseId, request: JudgeEntryRequest): Promise<WireCaseDetail>;
	comment(id: CaseId, text: string): Promise<void>;
	reveal(id: CaseId, order: RevealOrder, signal: AbortSignal): Promise<RevealAnswer>;
	endReveal(id: CaseId, revealId: string, durationMs: number): Promise<void>;
	media(token: string, signal: AbortSignal): Promise<Blob>;
	now(): Promise<NowAnswer>;
	platformsBehind(): Promise<PlatformsBehindAnswer>;
	breakers(): Promise<BreakersAnswer>;
	openBreaker(request: BreakerRequest): Promise<void>;
	closeBreaker(request: BreakerRequest): Promise<BreakerClosed>;
	banks(): Promise<BanksAnswer>;
	bankHistory(name: string, limit: number, within?: DraftId): Promise<BankHistoryAnswer>;
	createBank(bank: NewBankRequest): Promise<ChangedBank>;
	changeBank(name: string, change: BankChangeRequest): Promise<ChangedBank>;
	revertBank(name: string, toSequence: number): Promise<RevertBankAnswer>;
	switchBank(name: string, enabled: boolean): Promise<SwitchBankAnswer>;
	bankDrafts(): Promise<DraftsAnswer>;
	uploadBankFile(upload: BankFileUpload): Promise<WireDraft>;
	acceptDraft(draft: Pick<WireDraft, "id" | "baseSequence">, why: string): Promise<WireDraft>;
	rejectDraft(id: DraftId, why: string): Promise<WireDraft>;
	quarantine(): Promise<QuarantineAnswer>;
	judgeEntry(id: EntryId, request: JudgeQuarantinedRequest): Promise<void>;
	/** The schema is that of the view. */
	models(): Promise<ModelsAnswer>;
	decideProposal(verb: "accept" | "reject", id: ProposalId): Promise<{ readonly revision: number }>;
	policy(): Promise<PolicyAnswer>;
	policyHistory(limit: number): Promise<PolicyHistoryAnswer>;
	policyRevision(revision: number): Promise<WirePolicyRevision>;
	policyOutlook(id: PolicyProposalId): Promise<PolicyOutlookAnswer>;
	proposePolicy(proposal: NewPolicyProposalRequest): Promise<WirePolicyProposal>;
	acceptPolicy(id: PolicyProposalId, why: string): Promise<WirePolicyRevision>;
	rejectPolicy(id: PolicyProposalId, why: string): Promise<WirePolicyProposal>;
	deadLetters(query: StuckQuery & { readonly state: string }): Promise<DeadLettersAnswer>;
	stuckJobs(query: StuckQuery): Promise<JobsAnswer>;
	stuckOrders(query: StuckQuery): Promise<OutstandingAnswer>;
	clocks(withinHours: number | undefined): Promise<ClocksAnswer>;
	tellClock(id: ClockId, request: TellClockRequest): Promise<void>;
	acts(query: ActsQuery): Promise<ActsAnswer>;
	actOnStuck(kind: StuckKind, act: StuckAct, request: DiscardRequest): Promise<number>;
}

export function createReviewClient(requests: Requests): ReviewClient {
	const { json, plain } = requests;
	const ofBank = (name: string, act: string) => `/api/banks/${encodeURIComponent(name)}/${act}`;
	const ofProposal = (id: PolicyProposalId, act: string) => `/api/policy/proposals/${id}/${act}`;
	const of = (id: CaseId, act: string) => `/api/cases/${id}/${act}`;
	const counted = async (path: string, body: unknown) => (await json("POST", path, countAnswer, { body })).count;
	return {
		...tellingCalls(requests),
		...{ ...sweepCalls(requests), ...outbreakCalls(requests) },
		...trendCalls(requests),
		...requestCalls(requests),
		...reportCalls(requests),
		...ruleCalls(requests),
		async logIn(login, password) {
			const session = await json("POST", "/api/session", sessionAnswer, { body: { login, password } });
			requests.setCsrfToken(session.csrfToken);
			return session;
		},
		async session() {
			const session = await json("GET", "/api/session", sessionAnswer);
			requests.setCsrfToken(session.csrfToken);
			return session;
		},
		async changePassword(password, newPassword) {
			await plain("PUT", "/api/session/password", { body: { password, newPassword } });
			return json("GET", "/api/session", sessionAnswer);
		},
		async logOut() {
			await plain("DELETE", "/api/session");
			requests.setCsrfToken(null);
		},
		lanes: () => json("GET", "/api/lanes", lanesAnswer),
		cases: ({ lane, state, search, mine, limit, offset, after }) =>
			json("GET", `/api/cases?${queryOf({ lane, state, search, mine, limit, offset, after })}`, casesAnswer),
		takeNext: (lane) => json("POST", "/api/cases/next", nextAnswer, lane === null ? {} : { body: { lane } }),
		case: (id, items) => json("GET", `/api/cases/${id}?${queryOf({ items })}`, caseDetail),
		claim: (id) => json("POST", of(id, "claim"), caseDetail),
		heartbeat: (id, fence) => json("POST", of(id, "heartbeat"), claimAnswer, { body: { fence } }),
		// People leave by closing the window too: the case should not wait for the lease to run out.
		release: (id, fence) => plain("POST", of(id, "release"), { body: { fence }, keepalive: true }),
		skip: (id, fence) => plain("POST", of(id, "skip"), { body: { fence } }),
		decide: (id, given) => json("POST", of(id, "decide"), decideAnswer, { body: given }),
		undo: (id, reason) => json("POST", of(id, "undo"), caseDetail, { body: { reason } }),
		judgeMatched: (id, request) => json("POST", of(id, "judge-entry"), caseDetail, { body: request }),
		comment: (id, text) => plain("POST", of(id, "comment"), { body: { text } }),
		reveal: (id, order, signal) => json("POST", of(id, "reveals"), revealAnswer, { body: order, signal }),
		endReveal: (id, revealId, durationMs) =>
			plain("POST", of(id, `reveals/${revealId}/end`), {
				body: { durationMs: Math.round(durationMs) },
				keepalive: true,
			}),
		media: (token, signal) => requests.blob(`/api/media/${token}`, signal),
		now: () => json("GET", "/api/now", nowAnswer),
		platformsBehind: () => json("GET", "/api/platforms/behind", platformsBehindAnswer),
		breakers: () => json("GET", "/api/breakers", breakersAnswer),
		async openBreaker(request) {
			await json("POST", "/api/breakers/open", breakerChange, { body: request });
		},
		closeBreaker: (request) => json("POST", "/api/breakers/close", breakerClosing, { body: request }),
		banks: () => json("GET", "/api/banks", banksAnswer),
		bankHistory: (name, limit, within) =>
			json("GET", ofBank(name, `history?${queryOf({ limit, within })}`), bankHistoryAnswer),
		createBank: (bank) => json("POST", "/api/banks", changedBank, { body: bank }),
		changeBank: (name, change) =>
			json("PATCH", `/api/banks/${encodeURIComponent(name)}`, changedBank, { body: change }),
		revertBank: (name, toSequence) => json("POST", ofBank(name, "revert"), revertBankAnswer, { body: { toSequence } }),
		switchBank: (name, enabled) => json("POST", ofBank(name, "switch"), switchBankAnswer, { body: { enabled } }),
		uploadBankFile: ({ bank, file, source, isReplacing }) =>
			json(
				"POST",
				ofBank(bank, `drafts?${queryOf({ origin: file.name, source, replacing: isReplacing })}`),
				wireDraft,
				{
					file,
				},
			),
		bankDrafts: () => json("GET", "/api/bank-drafts", draftsAnswer),
		acceptDraft: ({ id, baseSequence }, why) =>
			json("POST", `/api/bank-drafts/${id}/accept`, wireDraft, { body: { why, baseSequence } }),
		rejectDraft: (id, why) => json("POST", `/api/bank-drafts/${id}/reject`, wireDraft, { body: { why } }),
		quarantine: () => json("GET", "/api/quarantine", quarantineAnswer),
		judgeEntry: (id, request) => plain("POST", `/api/quarantine/${id}/judge`, { body: request }),
		models: () => json("GET", "/api/models", modelsAnswer),
		decideProposal: (verb, id) => json("POST", `/api/model-proposals/${id}/${verb}`, proposalAnswer),
		policy: () => json("GET", "/api/policy", policyAnswer),
		policyHistory: (limit) => json("GET", `/api/policy/revisions?${queryOf({ limit })}`, policyHistoryAnswer),
		policyRevision: (revision) => json("GET", `/api/policy/revisions/${revision}`, wirePolicyRevision),
		policyOutlook: (id) => json("GET", ofProposal(id, "outlook"), policyOutlookAnswer),
		proposePolicy: (proposal) => json("POST", "/api/policy/proposals", wirePolicyProposal, { body: proposal }),
		acceptPolicy: (id, why) => json("POST", ofProposal(id, "accept"), wirePolicyRevision, { body: { why } }),
		rejectPolicy: (id, why) => json("POST", ofProposal(id, "reject"), wirePolicyProposal, { body: { why } }),
		deadLetters: (query) => json("GET", `/api/dead-letters?${queryOf({ ...query })}`, deadLettersAnswer),
		stuckJobs: (query) => json("GET", `/api/jobs?${queryOf({ ...query })}`, jobsAnswer),
		stuckOrders: (query) => json("GET", `/api/orders?${queryOf({ ...query })}`, outstandingAnswer),
		clocks: (withinHours) => json("GET", `/api/clocks?${queryOf({ withinHours })}`, clocksAnswer),
		tellClock: (id, request) => plain("POST", `/api/clocks/${id}/events`, { body: request }),
		acts: (query) => json("GET", `/api/acts?${queryOf({ ...query })}`, actsAnswer),
		actOnStuck: (kind, act, request) => counted(`/api/${kind}s/${act === "replayed" ? "replay" : "discard"}`, request),
	};
}
