// Strikes of accounts on a real record: what people removed, with its case, and nothing that was taken back.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { claimCase, decide } from "../../../services/core/cases/act-on-case.ts";
import type { Decision } from "../../../services/core/cases/case.ts";
import { undoDecision } from "../../../services/core/cases/undo-decision.ts";
import type { CaseId, PlatformId, UserId } from "../../../services/core/ids.ts";
import { defaultPolicy } from "../../../services/core/policy/policy.ts";
import { newItem, newVerdict } from "../../support/examined-items.ts";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let platformId: PlatformId;
let source: string;
let userId: UserId;
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	const forum = { name: "forum", source: "//forum.example", webhook: null, mediaHosts: [] };
	({ id: platformId, source } = await stores.platforms.create(forum));
	const lan = { login: "lan", displayName: "Lan", passwordHash: "x" } as const;
	({ id: userId } = await stores.users.create({ ...lan, roles: ["lead"] }));
}, 30_000);
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

async function posted(authorId: string): Promise<CaseId> {
	const clusterKey = `test:${randomUUID()}`;
	const item = newItem(platformId, source, { authorId, clusterKey, verdict: newVerdict({ category: "csam" }) });
	const [outcome] = await stores.verdicts.record([item]);
	if (outcome?.kind !== "recorded" || outcome.caseId === null) throw new Error("people see it");
	return outcome.caseId;
}

async function decided(id: CaseId, decision: Decision): Promise<void> {
	const actor = { kind: "person", userId } as const;
	const now = new Date();
	const claimed = await stores.cases.transition(id, actor, now, (current) =>
		claimCase(current, { userId, now, leaseMs: 60_000 }),
	);
	const act = { userId, fence: claimed?.claim?.fence ?? 0, now, decision, reason: "seen" };
	await stores.cases.transition(id, actor, now, (current) => decide(current, act, defaultPolicy));
}

const strikesOf = (accountId: string) => stores.strikes.ofAccount({ platformName: "forum", accountId });
const listed = (atLeast: number) => stores.strikes.list({ since: new Date(0), atLeast, limit: 10 });

it("what people removed of an account is a strike with its case; what waits, or was left, is none", async () => {
	const cases = [await posted("twice"), await posted("twice"), await posted("twice"), await posted("twice")] as const;
	await decided(cases[0], "remove");
	await decided(cases[1], "remove");
	await decided(cases[2], "restore");
	const strikes = await strikesOf("twice");
	expect(strikes.map(({ caseId, category }) => ({ caseId, category }))).toEqual([
		{ caseId: cases[1], category: "csam" },
		{ caseId: cases[0], category: "csam" },
	]);
	expect(await strikesOf("somebody else")).toEqual([]);
});

it("a decision that is taken back takes its strikes with it", async () => {
	const id = await posted("spared");
	await decided(id, "remove");
	expect(await strikesOf("spared")).toHaveLength(1);
	const now = new Date();
	const act = { userId, isLead: true, now, reason: "a mistake" };
	await stores.cases.transition(id, { kind: "person", userId }, now, (current) =>
		undoDecision(current, act, defaultPolicy),
	);
	expect(await strikesOf("spared")).toEqual([]);
});

it("accounts with so many strikes are listed, those with most first, with all that counts", async () => {
	for (const account of ["three", "three", "three", "four", "four", "four", "four"])
		await decided(await posted(account), "remove");
	const found = await listed(3);
	expect(found.map(({ platformName, accountId, strikes }) => [platformName, accountId, strikes.length])).toEqual([
		["forum", "four", 4],
		["forum", "three", 3],
	]);
	expect(await listed(5)).toEqual([]);
	expect(await stores.strikes.list({ since: new Date(Date.now() + 60_000), atLeast: 1, limit: 10 })).toEqual([]);
});
