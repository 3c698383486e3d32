// What the routes that act on cases share.
import type { CaseSnapshot, CaseTransition } from "../core/cases/case.ts";
import type { CaseId } from "../core/ids.ts";
import { isAllowed, type User } from "../core/people/user.ts";
import { type DecisionPolicy, type Policies, strictestForPeople } from "../core/policy/policy.ts";
import type { AppealStore } from "../core/ports/appeal-store.ts";
import type { AuthorityStore } from "../core/ports/authority-store.ts";
import type { CaseStore } from "../core/ports/case-store.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { ClockStore } from "../core/ports/clock-store.ts";
import type { LawStore } from "../core/ports/law-store.ts";
import type { OutbreakStore } from "../core/ports/outbreak-store.ts";
import type { SilenceStore } from "../core/ports/silence-store.ts";
import type { StrikeStore } from "../core/ports/strike-store.ts";
import type { TemplateStore } from "../core/ports/template-store.ts";
import type { SignalCatalogue } from "../core/signals/catalogue.ts";
import type { WireCaseDetail } from "../core/wire/review-case.ts";
import type { Events } from "../runtime/events.ts";
import type { Guard } from "./guard.ts";

export interface CaseRouteDeps {
	readonly guard: Guard;
	readonly cases: CaseStore;
	readonly appeals: Pick<AppealStore, "list">;
	readonly authorities: Pick<AuthorityStore, "ofCase">;
	readonly clocks: Pick<ClockStore, "list">;
	readonly strikes: Pick<StrikeStore, "ofCase">;
	readonly laws: Pick<LawStore, "current">;
	readonly clock: Clock;
	readonly events: Pick<Events, "caseDecided" | "decisionUndone" | "entryJudged">;
	readonly policies: Pick<Policies, "of">;
	readonly signalCatalogue: SignalCatalogue;
	readonly silences: Pick<SilenceStore, "list">;
	readonly outbreaks: Pick<OutbreakStore, "ofCase" | "picture" | "list">;
	readonly templates: Pick<TemplateStore, "current">;
	readonly claimLeaseMs: number;
}

type Act = (current: CaseSnapshot) => CaseTransition;
export interface Acting {
	readonly deps: CaseRouteDeps;
	readonly now: () => Date;
	/** The case as this person sees it. */
	/** With so many of its items; default the usual. */
	readonly show: (id: CaseId, user: User, listed?: number) => Promise<WireCaseDetail>;
	readonly act: (id: CaseId, user: User, at: Date, act: Act) => Promise<CaseSnapshot>;
}

/** Who decides where two people differ, and reopens what was decided. */
export function isLead(user: User): boolean {
	return isAllowed(user, "case:arbitrate");
}

/** What decisions on the case take, of the policies that are in force now for its items. */
export function policyOfCase(
	{ items, account }: Pick<CaseSnapshot, "items" | "account">,
	policies: Pick<Policies, "of">,
): DecisionPolicy {
	if (account !== null) return policies.of(account.platformId, "public", account.country);
	return strictestForPeople(items.map(({ platformId, surface, country }) => policies.of(platformId, surface, country)));
}
