// What people let be of an account, as the record has it: which rules had asked, what they had counted, and what ends it. What follows of it is core/rules/answered.ts.
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { keyOfAuthor } from "../../../services/core/cases/cluster-key.ts";
import { undoDecision } from "../../../services/core/cases/undo-decision.ts";
import type { CaseId, PlatformId, UserId } from "../../../services/core/ids.ts";
import { defaultPolicy } from "../../../services/core/policy/policy.ts";
import { ruleSignal } from "../../../services/core/signals/rule/rule-signal.ts";
import { decideTogether } from "../../support/decide-case.ts";
import { newItem, newVerdict } from "../../support/examined-items.ts";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let platform: { readonly id: PlatformId; readonly source: string };
const people: UserId[] = [];
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	platform = await stores.platforms.create({
		...{ name: "forum", source: "//forum.example", webhook: null, mediaHosts: [] },
	});
	for (const login of ["lan", "minh"]) {
		const user = { login, displayName: login, passwordHash: "x" };
		people.push((await stores.users.create({ ...user, roles: ["lead"] })).id);
	}
}, 30_000);
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

/** An item of the account of which a rule counted so many, in the account's case. */
async function asks(authorId: string, count: number, rule = "busy"): Promise<CaseId> {
	const signal = ruleSignal({
		...{ rule, revision: 1, stage: "live", outcome: "held", category: null, does: { review: true } },
		...{ isOnModelAlone: false, isOfAuthor: true, tallies: { "account.items1d": count }, known: null },
	});
	const verdict = newVerdict({ tier: "T", action: "review", urgency: 40, category: null, signals: [signal] });
	const item = newItem(platform.id, platform.source, { verdict, authorId });
	const [outcome] = await stores.verdicts.record([{ ...item, clusterKey: keyOfAuthor(platform.id, authorId) }]);
	if (outcome?.kind !== "recorded" || outcome.caseId === null) throw new Error("people are asked");
	return outcome.caseId;
}

async function letBeOf(authorId: string) {
	const key = keyOfAuthor(platform.id, authorId);
	return (await stores.cases.letBeOf([key, "author:none:nobody", key])).get(key) ?? [];
}

const decide = (id: CaseId, decision: "remove" | "restore") => decideTogether(stores, people, id, decision);

it("is what each rule had counted at most of the items of the case, from the decision on", async () => {
	const id = await asks("loud", 3);
	expect(await asks("loud", 7)).toBe(id);
	await asks("loud", 5, "restless");
	await asks("quiet", 9);
	expect(await letBeOf("loud")).toEqual([]);
	await decide(id, "restore");
	const found = await letBeOf("loud");
	expect(found.map(({ rule, tallies }) => [rule, tallies]).toSorted()).toEqual([
		["busy", { "account.items1d": 7 }],
		["restless", { "account.items1d": 5 }],
	]);
	expect(found[0]).toMatchObject({ caseId: id, revision: 1 });
	expect(await letBeOf("quiet")).toEqual([]);
});

it("is the newest decision's where they let it be again", async () => {
	await decide(await asks("again", 3), "restore");
	const second = await asks("again", 8);
	await decide(second, "restore");
	expect(await letBeOf("again")).toMatchObject([{ caseId: second, tallies: { "account.items1d": 8 } }]);
});

it("is nothing once they removed what the account sent, until they let it be again", async () => {
	await decide(await asks("worse", 3), "restore");
	await decide(await asks("worse", 8), "remove");
	expect(await letBeOf("worse")).toEqual([]);
	const third = await asks("worse", 4);
	await decide(third, "restore");
	expect(await letBeOf("worse")).toMatchObject([{ caseId: third }]);
});

it("is nothing once the decision is taken back", async () => {
	const id = await asks("reopened", 3);
	await decide(id, "restore");
	const [userId] = people;
	if (userId === undefined) throw new Error("somebody takes it back");
	const now = new Date();
	await stores.cases.transition(id, { kind: "person", userId }, now, (current) =>
		undoDecision(current, { userId, isLead: true, now, reason: "looked again" }, defaultPolicy),
	);
	expect(await letBeOf("reopened")).toEqual([]);
});
