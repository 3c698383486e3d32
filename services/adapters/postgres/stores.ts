// All stores on one database, under the names that processes know them by.
import { publicPagesOf } from "../../core/answers/public-pages.ts";
import type { ActLog } from "../../core/ports/act-log.ts";
import type { AppealStore } from "../../core/ports/appeal-store.ts";
import type { AuthorityAccountStore } from "../../core/ports/authority-account-store.ts";
import type { AuthorityStore } from "../../core/ports/authority-store.ts";
import type { BacktestStore } from "../../core/ports/backtest-store.ts";
import type { BankContentStore } from "../../core/ports/bank-content-store.ts";
import type { BankDraftStore } from "../../core/ports/bank-draft-store.ts";
import type { BankStore } from "../../core/ports/bank-store.ts";
import type { BreakerStore } from "../../core/ports/breaker-store.ts";
import type { CaseStore } from "../../core/ports/case-store.ts";
import type { ClockStore } from "../../core/ports/clock-store.ts";
import type { ClusterStore } from "../../core/ports/cluster-store.ts";
import type { ConversationStore } from "../../core/ports/conversation-store.ts";
import type { CountStore } from "../../core/ports/count-store.ts";
import type { DeadLetterStore } from "../../core/ports/dead-letter-store.ts";
import type { EntryWatchStore } from "../../core/ports/entry-watch-store.ts";
import type { FactStore } from "../../core/ports/fact-store.ts";
import type { HistoryStore } from "../../core/ports/history-store.ts";
import type { LawStore } from "../../core/ports/law-store.ts";
import type { MeasureStore } from "../../core/ports/measure-store.ts";
import type { ModelSettingsStore } from "../../core/ports/model-settings-store.ts";
import type { OrderStore } from "../../core/ports/order-store.ts";
import type { OutboxStore } from "../../core/ports/outbox-store.ts";
import type { OutbreakStore } from "../../core/ports/outbreak-store.ts";
import type { PlatformStore } from "../../core/ports/platform-store.ts";
import type { PolicyStore } from "../../core/ports/policy-store.ts";
import type { QuestionStore } from "../../core/ports/question-store.ts";
import type { ReportDesk, ReportGathering, ReportStore } from "../../core/ports/report-store.ts";
import type { ReporterStore } from "../../core/ports/reporter-store.ts";
import type { RevealStore } from "../../core/ports/reveal-store.ts";
import type { RuleStore } from "../../core/ports/rule-store.ts";
import type { ScoreWatchStore } from "../../core/ports/score-watch-store.ts";
import type { SilenceStore } from "../../core/ports/silence-store.ts";
import type { SnoozeStore } from "../../core/ports/snooze-store.ts";
import type { StandingStore } from "../../core/ports/standing-store.ts";
import type { StrikeStore } from "../../core/ports/strike-store.ts";
import type { SweepStore } from "../../core/ports/sweep-store.ts";
import type { TemplateStore } from "../../core/ports/template-store.ts";
import type { UserStore } from "../../core/ports/user-store.ts";
import type { VerdictStore } from "../../core/ports/verdict-store.ts";
import type { ViewStore } from "../../core/ports/view-store.ts";
import { type SignalCatalogue, signalCatalogue } from "../../core/signals/catalogue.ts";
import { createActLog } from "./acts/act-log.ts";
import { createSilenceStore } from "./answers/silence-store.ts";
import { createTemplateStore } from "./answers/template-store.ts";
import { createAppealStore } from "./appeals/appeal-store.ts";
import { createAuthorityAccountStore } from "./authorities/account-store.ts";
import { createAuthorityStore } from "./authorities/authority-store.ts";
import { createBankContentStore } from "./banks/bank-content-store.ts";
import { createBankDraftStore } from "./banks/bank-draft-store.ts";
import { createBankStore } from "./banks/bank-store.ts";
import { createEntryWatchStore } from "./banks/entry-watch-store.ts";
import { createCaseStore } from "./cases/case-store.ts";
import { createRevealStore } from "./cases/reveal-store.ts";
import { createClockStore } from "./clocks/clock-store.ts";
import { createLawStore } from "./clocks/law-store.ts";
import { createClusterStore } from "./clusters/cluster-store.ts";
import { createStandingStore } from "./clusters/standing-store.ts";
import type { Database } from "./connection/database.ts";
import { createConversationStore } from "./conversations/conversation-store.ts";
import { createHistoryStore } from "./history/history-store.ts";
import { createViewStore } from "./history/view-store.ts";
import { createVerdictStore } from "./items/verdict-store.ts";
import { createModelSettingsStore } from "./models/model-settings-store.ts";
import { createScoreWatchStore } from "./models/score-watch-store.ts";
import { createOrderStore } from "./orders/order-store.ts";
import { createOutboxStore } from "./orders/outbox-store.ts";
import { createOutbreakStore } from "./outbreaks/outbreak-store.ts";
import { createUserStore } from "./people/user-store.ts";
import { createPlatformStore } from "./platforms/platform-store.ts";
import { createBreakerStore } from "./policy/breaker-store.ts";
import { createPolicyStore } from "./policy/policy-store.ts";
import { createQuestionStore } from "./policy/question-store.ts";
import { createReportGathering } from "./reports/gather-reports.ts";
import { createReportDesk } from "./reports/report-desk.ts";
import { createReportStore } from "./reports/report-store.ts";
import { createReporterStore } from "./reports/reporter-store.ts";
import { createBacktestStore } from "./rules/backtest-store.ts";
import { createCountStore } from "./rules/count-store.ts";
import { createFactStore } from "./rules/fact-store.ts";
import { createMeasureStore } from "./rules/measure-store.ts";
import { createRuleStore } from "./rules/rule-store.ts";
import { createSnoozeStore } from "./rules/snooze-store.ts";
import { createDeadLetterStore } from "./stream/dead-letter-store.ts";
import { createStrikeStore } from "./strikes/strike-store.ts";
import { createSweepStore } from "./sweeps/sweep-store.ts";

export interface Stores {
	readonly acts: ActLog;
	readonly appeals: AppealStore;
	readonly authorities: AuthorityStore;
	readonly authorityAccounts: AuthorityAccountStore;
	readonly backtests: BacktestStore;
	readonly bankContents: BankContentStore;
	readonly banks: BankStore;
	readonly bankDrafts: BankDraftStore;
	readonly breakers: BreakerStore;
	readonly cases: CaseStore;
	readonly clocks: ClockStore;
	readonly clusters: ClusterStore;
	readonly conversations: ConversationStore;
	readonly counts: CountStore;
	readonly standing: StandingStore;
	readonly deadLetters: DeadLetterStore;
	readonly entryWatch: EntryWatchStore;
	readonly facts: FactStore;
	readonly history: HistoryStore;
	readonly laws: LawStore;
	readonly measures: MeasureStore;
	readonly modelSettings: ModelSettingsStore;
	readonly orders: OrderStore;
	readonly outbox: OutboxStore;
	readonly outbreaks: OutbreakStore;
	readonly platforms: PlatformStore;
	readonly policy: PolicyStore;
	readonly questions: QuestionStore;
	readonly reportDesk: ReportDesk;
	readonly reportGathering: ReportGathering;
	readonly reporters: ReporterStore;
	readonly reports: ReportStore;
	readonly reveals: RevealStore;
	readonly rules: RuleStore;
	readonly snoozes: SnoozeStore;
	readonly scoreWatch: ScoreWatchStore;
	readonly strikes: StrikeStore;
	readonly sweeps: SweepStore;
	readonly silences: SilenceStore;
	readonly templates: TemplateStore;
	readonly users: UserStore;
	readonly verdicts: VerdictStore;
	readonly views: ViewStore;
}

/** `catalogue` knows the kinds of signal that the record holds; `portalUrl` is the portal as the public reaches it, where that is known. */
export function createStores(
	database: Database,
	catalogue: SignalCatalogue = signalCatalogue,
	portalUrl: string | null = null,
): Stores {
	return {
		acts: createActLog(database),
		appeals: createAppealStore(database),
		authorities: createAuthorityStore(database),
		authorityAccounts: createAuthorityAccountStore(database),
		backtests: createBacktestStore(database),
		bankContents: createBankContentStore(database),
		banks: createBankStore(database),
		bankDrafts: createBankDraftStore(database),
		breakers: createBreakerStore(database),
		cases: createCaseStore(database, catalogue),
		clocks: createClockStore(database),
		clusters: createClusterStore(database),
		conversations: createConversationStore(database),
		counts: createCountStore(database),
		standing: createStandingStore(database),
		deadLetters: createDeadLetterStore(database),
		entryWatch: createEntryWatchStore(database),
		facts: createFactStore(database),
		history: createHistoryStore(database, catalogue),
		laws: createLawStore(database),
		measures: createMeasureStore(database),
		modelSettings: createModelSettingsStore(database),
		orders: createOrderStore(database, publicPagesOf(portalUrl)),
		outbox: createOutboxStore(database),
		outbreaks: createOutbreakStore(database, catalogue),
		platforms: createPlatformStore(database),
		policy: createPolicyStore(database),
		questions: createQuestionStore(database, catalogue),
		reportDesk: createReportDesk(database),
		reportGathering: createReportGathering(database),
		reporters: createReporterStore(database),
		reports: createReportStore(database),
		reveals: createRevealStore(database),
		rules: createRuleStore(database),
		snoozes: createSnoozeStore(database),
		scoreWatch: createScoreWatchStore(database),
		strikes: createStrikeStore(database),
		sweeps: createSweepStore(database, catalogue),
		silences: createSilenceStore(database),
		templates: createTemplateStore(database),
		users: createUserStore(database),
		views: createViewStore(database),
		verdicts: createVerdictStore(database, catalogue),
	};
}
