// The account that a case is about, as whoever works on it sees it: what was removed of it, what laws make of that now, and what its platform was told.

import type { CaseSnapshot } from "../core/cases/case.ts";
import { isKeptFrom } from "../core/cases/second-look.ts";
import type { Jurisdiction } from "../core/clocks/profile.ts";
import type { UserId } from "../core/ids.ts";
import type { DecisionPolicy } from "../core/policy/policy.ts";
import type { AccountOfCase } from "../core/ports/strike-store.ts";
import { longestWindowMs, strikeFindings } from "../core/strikes/strike-findings.ts";
import type { WireAccount } from "../core/wire/review-account.ts";

interface Viewer {
	readonly userId: UserId;
	readonly now: Date;
	readonly laws: readonly Jurisdiction[];
	readonly policy: Pick<DecisionPolicy, "accountRestriction">;
}

export function showAccount(
	account: AccountOfCase,
	snapshot: CaseSnapshot,
	{ userId, now, laws, policy }: Viewer,
): WireAccount {
	const { accountId, strikes, recommendations, recommendedBefore, orders } = account;
	const standing = strikes.filter(({ isTakenBack }) => !isTakenBack);
	const windowMs = longestWindowMs(laws);
	return {
		...{ accountId, recommendations: [...recommendations], recommendedBefore },
		restriction: policy.accountRestriction,
		strikes: strikes.map(({ itemId, caseId, category, at, isTakenBack }) => ({
			...{ itemId, caseId, category, isTakenBack, at: at.toISOString() },
			countsUntil: windowMs === 0 ? null : new Date(at.getTime() + windowMs).toISOString(),
		})),
		counts: strikeFindings(standing, laws, { now, suspensions: recommendedBefore }).flatMap(({ law, counts }) =>
			counts.map(({ count, threshold, withinDays }) => ({ law, count, threshold, withinDays })),
		),
		orders: isKeptFrom(snapshot, userId)
			? []
			: orders.map(({ issuedAt, deliveredAt, ...order }) => ({
					...order,
					...{ issuedAt: issuedAt.toISOString(), deliveredAt: deliveredAt?.toISOString() ?? null },
				})),
	};
}
