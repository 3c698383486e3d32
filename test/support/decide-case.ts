// A case decided through the stores, as people do it over the API: each claims it and decides, until it is decided.
import type { Stores } from "../../services/adapters/postgres/stores.ts";
import { claimCase, decide } from "../../services/core/cases/act-on-case.ts";
import type { CaseSnapshot, Decision } from "../../services/core/cases/case.ts";
import type { CaseId, OrderId, UserId } from "../../services/core/ids.ts";
import { defaultPolicy, type Policy } from "../../services/core/policy/policy.ts";

type CaseStores = Pick<Stores, "cases">;

interface Deciding {
	readonly decision: Decision;
	readonly now?: Date;
	readonly policy?: Policy;
	readonly isLead?: boolean;
}

/** One person claims the case and decides; answers the case after that, which may wait for a second one. */
export async function decideBy(
	{ cases }: CaseStores,
	userId: UserId,
	id: CaseId,
	{ decision, now = new Date(), policy = defaultPolicy, isLead = false }: Deciding,
): Promise<CaseSnapshot | null> {
	const who = { userId, isLead, now };
	const act = (step: (current: CaseSnapshot) => ReturnType<typeof claimCase>) =>
		cases.transition(id, { kind: "person", userId }, now, step);
	const claimed = await act((current) => claimCase(current, { ...who, leaseMs: 60_000 }));
	const deciding = { ...who, fence: claimed?.fence ?? 0, decision, reason: "looked" };
	return act((current) => decide(current, deciding, policy));
}

/** Throws where `people` are not enough. */
export async function decideTogether(
	stores: CaseStores,
	people: readonly UserId[],
	id: CaseId,
	decision: Decision,
): Promise<void> {
	for (const userId of people) if ((await decideBy(stores, userId, id, { decision }))?.state === "decided") return;
	throw new Error("more people are needed");
}

/** The first removal that the case ordered. */
export async function removalOf({ cases }: CaseStores, id: CaseId): Promise<OrderId> {
	const order = (await cases.find(id))?.items.flatMap(({ orders }) => orders).find(({ action }) => action === "remove");
	if (order === undefined) throw new Error("a removal is ordered");
	return order.id;
}
