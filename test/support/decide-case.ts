// A case decided through the stores, as people do it over the API: each claims it and decides, until it is decided.
import type { Stores } from "../../services/adapters/postgres/stores.ts";
import { claimCase, decide } from "../../services/core/cases/act-on-case.ts";
import type { CaseSnapshot, Decision } from "../../services/core/cases/case.ts";
import type { CaseId, OrderId, UserId } from "../../services/core/ids.ts";
import { defaultPolicy } from "../../services/core/policy/policy.ts";

type CaseStores = Pick<Stores, "cases">;

/** Throws where `people` are not enough. */
export async function decideTogether(
	{ cases }: CaseStores,
	people: readonly UserId[],
	id: CaseId,
	decision: Decision,
): Promise<void> {
	for (const userId of people) {
		const now = new Date();
		const act = (step: (current: CaseSnapshot) => ReturnType<typeof claimCase>) =>
			cases.transition(id, { kind: "person", userId }, now, step);
		const claimed = await act((current) => claimCase(current, { userId, now, leaseMs: 60_000 }));
		const deciding = { userId, now, fence: claimed?.fence ?? 0, decision, reason: "looked" };
		const after = await act((current) => decide(current, deciding, defaultPolicy));
		if (after?.state === "decided") return;
	}
	throw new Error("more people are needed");
}

/** The first removal that the case ordered. */
export async function removalOf({ cases }: CaseStores, id: CaseId): Promise<OrderId> {
	const order = (await cases.find(id))?.items.flatMap(({ orders }) => orders).find(({ action }) => action === "remove");
	if (order === undefined) throw new Error("a removal is ordered");
	return order.id;
}
