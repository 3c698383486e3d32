// What a decision on a case about an account does: to recommend (`remove`) tells the platform so, to take that back or to overturn it tells the
// platform that nothing is recommended any more. Not to recommend (`restore`) tells it nothing: what a case before it recommended stands.
import type { DecisionPolicy } from "../policy/policy.ts";
import type { CaseSnapshot, CaseTransition, DecidedAbout, Decision } from "./case.ts";

type Account = Pick<CaseSnapshot, "account">;
type Told = Pick<CaseTransition, "accountAction" | "accountRestriction">;

export function afterAccountDecision(
	{ account, appealed }: Account & Pick<CaseSnapshot, "appealed">,
	decision: Decision,
	{ accountRestriction }: Pick<DecisionPolicy, "accountRestriction">,
): Told {
	if (account === null) return {};
	if (decision === "remove")
		return isStanding(account) ? {} : { accountAction: "account.restrict-recommended", accountRestriction };
	return appealed?.decision === "remove" ? withdrawn(account) : {};
}

/** Once the decision is taken back. */
export function accountBack({ account }: Account): Told {
	return account === null ? {} : withdrawn(account);
}

/** For the events of a case, which say what its decisions are about. */
export function aboutOf({ account }: Account): { readonly about?: DecidedAbout } {
	return account === null ? {} : { about: "account" };
}

function withdrawn(account: NonNullable<CaseSnapshot["account"]>): Told {
	return isStanding(account) ? { accountAction: "account.restriction-withdrawn" } : {};
}

/** Upheld, it was told already. */
function isStanding({ isRecommended, isByThisCase }: NonNullable<CaseSnapshot["account"]>): boolean {
	return isRecommended && isByThisCase;
}
