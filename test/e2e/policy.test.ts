// A revision of the policy, from two people to verdicts: a running detector obeys it within the deadline, where it holds and nowhere else,
// and each verdict names the revision that it was made under. The whole embedded system.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { hashText } from "../../services/core/hashes/text/text-hash.ts";
import type { UserId } from "../../services/core/ids.ts";
import { initialRevision } from "../../services/core/policy/policy.ts";
import { applyChange, type PolicyChangeRequest } from "../../services/core/policy/policy-set.ts";
import type { CaseItem } from "../../services/core/ports/case-store.ts";
import type { Surface } from "../../services/core/wire/item-event.ts";
import { eventTypes } from "../../services/core/wire/item-event.ts";
import { hashOfKey, newKey } from "../../services/runtime/bearer-key.ts";
import { eventually } from "../support/eventually.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const patience = { withinMs: 20_000 };
const knownText = "a benign sentence in the role of a known text";

interface Sender {
	readonly source: string;
	readonly apiKey: string;
}

let system: TestSystem;
let forum: Sender;
let shop: Sender;
let people: { readonly an: UserId; readonly binh: UserId };
beforeAll(async () => {
	system = await startTestSystem({ roles: ["intake", "detector"] });
	const { stores } = system.parts;
	const bank = await system.createBank();
	const opinion = { source: "list", kind: "positive" } as const;
	const hash = hashText(knownText) ?? new Uint8Array(32);
	const entry = { hashType: "text", hash, quality: null, opinion, externalId: null, note: null } as const;
	await stores.banks.addEntries(bank, [entry], "test");
	const lead = async (login: string) =>
		(await stores.users.create({ login, displayName: login, roles: ["lead"], passwordHash: "x" })).id;
	people = { an: await lead("an"), binh: await lead("binh") };
	forum = { source: system.platform.source, apiKey: system.apiKey };
	const second = await stores.platforms.create({
		name: "shop",
		source: "//shop.example",
		webhook: null,
		mediaHosts: [],
	});
	const apiKey = newKey("platform", "shop");
	await stores.platforms.addKey(second.id, hashOfKey(apiKey), "test");
	shop = { source: second.source, apiKey };
	await eventually(async () => expect((await verdictOn(forum)).tier).toBe("K1"), patience);
}, 60_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
});

/** Posts the known text, and answers what became of it. */
async function verdictOn(from: Sender, surface: Surface = "public"): Promise<CaseItem> {
	const id = randomUUID();
	const data = { text: knownText, authorId: "author", surface };
	const event = {
		specversion: "1.0",
		type: eventTypes.postPublished,
		source: from.source,
		id,
		subject: `post/${id}`,
		data,
	};
	const answer = await fetch(`${system.urlOf("intake")}/v1/events`, {
		method: "POST",
		headers: { authorization: `Bearer ${from.apiKey}`, "content-type": "application/cloudevents+json" },
		body: JSON.stringify(event),
	});
	expect(answer.status).toBe(202);
	return eventually(async () => {
		const { cases } = system.parts.stores;
		const [found] = await cases.list({ search: event.subject, limit: 1, offset: 0 });
		if (found === undefined) throw new Error("no case holds it yet");
		const item = (await cases.find(found.id))?.items.find(({ subject }) => subject === event.subject);
		if (item === undefined) throw new Error("it is not in the case");
		return item;
	}, patience);
}

async function accept(change: PolicyChangeRequest): Promise<number> {
	const { policy } = system.parts.stores;
	const { id } = await policy.propose({
		make: ({ set }) => applyChange(set, change),
		...{ base: null, why: "a trial", by: people.an },
	});
	return (await policy.accept(id, people.binh, null)).revision;
}

const outcome = ({ verdictAction, policyRevision }: CaseItem) => `${verdictAction} under ${policyRevision}`;

test("a platform's own policy is obeyed there before long, and only there; verdicts name the revision, older ones theirs", async () => {
	const before = await verdictOn(forum);
	expect(outcome(before)).toBe(`withhold under ${initialRevision}`);
	const revision = await accept({
		overrides: [{ platform: system.platform.id, surface: null, settings: { actions: { K1: "review" } } }],
	});
	await eventually(async () => expect(outcome(await verdictOn(forum))).toBe(`review under ${revision}`), patience);
	expect(outcome(await verdictOn(shop))).toBe(`withhold under ${revision}`);

	const { cases } = system.parts.stores;
	const [held] = await cases.list({ search: before.subject, limit: 1, offset: 0 });
	const kept = held === undefined ? null : await cases.find(held.id);
	const then = kept?.items.find(({ id }) => id === before.id);
	expect(then).toMatchObject({ policyRevision: initialRevision, grounds: before.grounds });
});

test("so is a surface's, on every platform, and the platform's own goes before it", async () => {
	const revision = await accept({
		overrides: [{ platform: null, surface: "direct", settings: { actions: { K1: "review" }, urgency: { K1: 10 } } }],
	});
	await eventually(
		async () => expect(outcome(await verdictOn(shop, "direct"))).toBe(`review under ${revision}`),
		patience,
	);
	expect(outcome(await verdictOn(shop, "group"))).toBe(`withhold under ${revision}`);
	expect(outcome(await verdictOn(forum, "group"))).toBe(`review under ${revision}`);
});

test("what an accepted policy would have made of recorded items can be told beforehand from their signals", async () => {
	const recent = await system.parts.stores.verdicts.recent(3);
	expect(recent).toHaveLength(3);
	expect(recent.map(({ surface }) => surface)).toEqual(["group", "group", "direct"]);
	for (const { signals } of recent) expect(signals.map(({ kind }) => kind)).toContain("matched");
});

test("a detector says on its health page and in its metrics which revision it works by", async () => {
	const { revision } = await system.parts.stores.policy.current();
	const health = await fetch(`${system.urlOf("detector")}/ready`);
	expect(health.status).toBe(200);
	const metrics = await (await fetch(`${system.urlOf("detector")}/metrics`)).text();
	expect(metrics).toMatch(new RegExp(`breakwater_policy_revision\\{[^}]*\\} ${revision}\\b`));
});
