// What people remove becomes known here, in the transaction of their decision, and is taken back with it. A real record; a matcher in memory
// answers for what the bank then holds.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { createBankMatcher } from "../../../services/core/banks/bank-matcher.ts";
import type { Decision } from "../../../services/core/cases/case.ts";
import { undoDecision } from "../../../services/core/cases/undo-decision.ts";
import type { CaseId, PlatformId, UserId } from "../../../services/core/ids.ts";
import { defaultPolicy } from "../../../services/core/policy/policy.ts";
import { digest, hashesOf, withBitsFlipped } from "../../support/bank-fixtures.ts";
import { decideBy } from "../../support/decide-case.ts";
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
	const lan = { login: "lan", displayName: "Lan", roles: ["lead"], passwordHash: "x" } as const;
	({ id: userId } = await stores.users.create({ ...lan, roles: ["lead"] }));
}, 30_000);
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

const withheld = newVerdict({ category: "csam" });

/** A case of its own with one picture, whatever its bytes. */
async function newCase(picture: string, pdq: Uint8Array | null = digest(`pdq of ${picture}`)): Promise<CaseId> {
	const clusterKey = `test:${randomUUID()}`;
	const item = newItem(platformId, source, { verdict: withheld, hashes: hashesOf(picture, pdq), clusterKey });
	const [outcome] = await stores.verdicts.record([item]);
	if (outcome?.kind !== "recorded" || outcome.caseId === null) throw new Error("people see it");
	return outcome.caseId;
}

const decided = (id: CaseId, decision: Decision) => decideBy(stores, userId, id, { decision });

async function takenBack(id: CaseId): Promise<void> {
	const now = new Date();
	const act = { userId, isLead: true, now, reason: "a mistake" };
	await stores.cases.transition(id, { kind: "person", userId }, now, (current) =>
		undoDecision(current, act, defaultPolicy),
	);
}

/** How the local bank's entries for a picture stand, by type of hash. */
async function answers(picture: string) {
	const matcher = createBankMatcher({ clock: { now: () => Date.now() } });
	for (const change of await stores.banks.changesSince(0, 100_000)) matcher.apply(change);
	const found = matcher.match(hashesOf(picture)).filter(({ bankName }) => bankName === "here");
	return found.map(({ hashType, standing, categories }) => ({ hashType, standing, categories }));
}

const known = [
	{ hashType: "sha256", standing: "probable", categories: ["csam"] },
	{ hashType: "pdq", standing: "probable", categories: ["csam"] },
];

it("what people remove is known here by its bytes and its pixels, and asks people about what is like it", async () => {
	await decided(await newCase("a poster"), "remove");
	expect(await answers("a poster")).toEqual(known);
	const bank = await stores.banks.findByName("here");
	expect(bank).toMatchObject({ kind: "known", trusted: false });
});

it("the entry names the case that it comes of, and whoever decided", async () => {
	const id = await newCase("a boat");
	await decided(id, "remove");
	const bank = await stores.banks.findByName("here");
	const entries = bank === null ? [] : await stores.banks.findEntries(bank.id, { after: null, limit: 100 });
	const ofCase = entries.filter(({ opinions }) => opinions.some(({ externalId }) => externalId === id));
	expect(ofCase).toHaveLength(2);
	expect(ofCase[0]).toMatchObject({ addedBy: "lan", opinions: [{ source: "here", kind: "positive" }] });
	expect(await stores.acts.list({ what: "entries-added", limit: 1 })).toMatchObject([
		{ actor: { name: "lan" }, details: { name: "here", added: 2 } },
	]);
});

it("a video that people remove is found again by its frames, however it is encoded, until the decision is taken back", async () => {
	const frames = ["one", "two", "three"].map((name, at) => ({ hash: digest(name), quality: 90, atMs: at * 2_000 }));
	const clusterKey = `test:${randomUUID()}`;
	const hashes = hashesOf("a clip", null);
	const item = newItem(platformId, source, { verdict: withheld, hashes, frames, clusterKey });
	const [outcome] = await stores.verdicts.record([item]);
	if (outcome?.kind !== "recorded" || outcome.caseId === null) throw new Error("people see it");
	const answered = async () => {
		const matcher = createBankMatcher({ clock: { now: () => Date.now() } });
		for (const change of await stores.banks.changesSince(0, 100_000)) matcher.apply(change);
		const [first, ...others] = frames.map(({ hash, quality, atMs }) => ({
			...{ hash: withBitsFlipped(hash, 6), quality, dihedral: [withBitsFlipped(hash, 6)] },
			shown: [{ fromMs: atMs, toMs: atMs + 2_000 }],
		}));
		return matcher.match({ ...hashesOf("other bytes"), pdq: first ?? null }, others);
	};
	await decided(outcome.caseId, "remove");
	expect(await answered()).toMatchObject([
		{ hashType: "vpdq", bankName: "here", distanceBits: 6, standing: "probable" },
	]);
	await takenBack(outcome.caseId);
	expect(await answered()).toEqual([]);
});

it("what people restore is not", async () => {
	await decided(await newCase("a garden"), "restore");
	expect(await answers("a garden")).toEqual([]);
});

it("a picture without structure is known by its bytes alone", async () => {
	await decided(await newCase("a flat one", new Uint8Array(32)), "remove");
	expect((await answers("a flat one")).map(({ hashType }) => hashType)).toEqual(["sha256"]);
});

it("is known no more once the decision is taken back, and again once it is given anew", async () => {
	const id = await newCase("a bridge");
	await decided(id, "remove");
	await takenBack(id);
	expect(await answers("a bridge")).toEqual([]);
	await decided(id, "remove");
	expect(await answers("a bridge")).toEqual(known);
});

it("stays known where another case removed the same", async () => {
	const [first, second] = [await newCase("a market"), await newCase("a market")];
	await decided(first, "remove");
	await decided(second, "remove");
	await takenBack(second);
	expect(await answers("a market")).toEqual(known);
	await takenBack(first);
	expect(await answers("a market")).toEqual([]);
});
