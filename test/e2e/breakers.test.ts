// What stops the machine, from the feed to the order: an entry that suddenly matches much goes into quarantine, a flood of withholds opens
// a breaker, people decide from then on, and only a person lets the machine withhold again. The whole embedded system.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { hashText } from "../../services/core/hashes/text/text-hash.ts";
import type { BankId } from "../../services/core/ids.ts";
import { eventTypes } from "../../services/core/wire/item-event.ts";
import { eventually } from "../support/eventually.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const patience = { withinMs: 20_000 };
const knownText = "a benign sentence in the role of a known text";
const widespreadText = "another benign sentence, which many suddenly post";
let system: TestSystem;
let bank: BankId;
beforeAll(async () => {
	system = await startTestSystem({
		roles: ["intake", "detector", "takedown"],
		env: { BREAKWATER_BREAKER_BANK_PER_MINUTE: "100", BREAKWATER_BREAKER_REST_MS: "60000" },
	});
	bank = await system.createBank();
	await system.parts.stores.banks.addEntries(
		bank,
		[knownText, widespreadText].map((text) => ({
			hashType: "text",
			hash: hashText(text) ?? new Uint8Array(32),
			quality: null,
			opinion: { source: "list", kind: "positive" },
			externalId: null,
			note: null,
		})),
		"test",
	);
	await eventually(async () => (await withheld(await post(knownText))) || false, patience);
}, 60_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
});

async function post(text: string, count = 1, accounts = 1): Promise<string> {
	const events = Array.from({ length: count }, (_, index) => {
		const id = randomUUID();
		const data = { text, authorId: `author ${index % accounts}`, surface: "public" };
		const { source } = system.platform;
		return { specversion: "1.0", type: eventTypes.postPublished, source, id, subject: `post/${id}`, data };
	});
	const answer = await fetch(`${system.urlOf("intake")}/v1/events`, {
		method: "POST",
		headers: { authorization: `Bearer ${system.apiKey}`, "content-type": "application/cloudevents-batch+json" },
		body: JSON.stringify(events),
	});
	expect(answer.status).toBe(202);
	return events.at(-1)?.subject ?? "";
}

/** Whether an order came for it, once its verdict is recorded. */
async function withheld(subject: string): Promise<boolean> {
	const id = subject.replace("post/", "");
	await eventually(async () => {
		const found = await system.parts.stores.verdicts.findSettled([{ source: system.platform.source, eventId: id }]);
		return found.size > 0;
	}, patience);
	const found = await system.parts.stores.cases.list({ search: subject, limit: 1, offset: 0 });
	const detail = await system.parts.stores.cases.find(found[0]?.id as never);
	return detail?.items.find((item) => item.subject === subject)?.state === "withheld";
}

describe("an entry that many accounts suddenly post", () => {
	test("goes into quarantine; the copies that follow go to people and stay visible until they decide", async () => {
		const { entryWatch, cases } = system.parts.stores;
		await post(widespreadText, 60, 60);
		const found = await eventually(async () => {
			const [first] = await entryWatch.listQuarantined(new Date(), 10);
			if (first === undefined) throw new Error("none is in quarantine");
			return first;
		}, patience);
		expect(found.reason).toMatchObject({
			code: "surge",
			hits: expect.any(Number),
			accounts: expect.any(Number),
			minutes: 20,
			usualHits: 0,
		});
		await eventually(async () => !(await withheld(await post(widespreadText))), patience);
		const subject = await post(widespreadText);
		expect(await withheld(subject)).toBe(false);
		expect(await cases.list({ search: subject, limit: 1, offset: 0 })).toHaveLength(1);
		const metrics = await (await fetch(`${system.urlOf("detector")}/metrics`)).text();
		expect(metrics).toMatch(/breakwater_entries_quarantined\{process="test"\} 1/);
	});

	test("withholds again once a person has confirmed it, and says who and why", async () => {
		const { entryWatch, banks } = system.parts.stores;
		const [found] = await entryWatch.listQuarantined(new Date(), 10);
		if (found === undefined) throw new Error("it is in quarantine");
		await entryWatch.judge(found.id, "confirm", { by: "an", why: "it spreads, and it is that", at: new Date() });
		await eventually(async () => withheld(await post(widespreadText)), patience);
		const entry = await banks.findEntry(found.id);
		expect(entry?.quarantine).toBeNull();
		expect(entry?.opinions).toContainEqual({ source: "here", kind: "positive", note: "it spreads, and it is that" });
	});
});

describe("a flood of withholds of one bank", () => {
	test("opens its breaker; what follows goes to people and stays visible until they decide", async () => {
		await post(knownText, 150);
		const breaker = await eventually(async () => {
			const [first] = await system.parts.stores.breakers.listOpen();
			if (first === undefined) throw new Error("none is open");
			return first;
		}, patience);
		expect(breaker).toMatchObject({ kind: "bank", openedBy: null, reason: null });
		expect(breaker.perMinute).toBeGreaterThan(100);
		await eventually(async () => !(await withheld(await post(knownText))), patience);
		const metrics = await (await fetch(`${system.urlOf("detector")}/metrics`)).text();
		expect(metrics).toMatch(/breakwater_breakers_open\{kind="bank",process="test"\} 1/);
		expect(metrics).toMatch(/breakwater_withholds_diverted_total\{kind="bank",process="test"\} [1-9]/);
	});

	test("is withheld again once a person closes the breaker, and the record says who and why", async () => {
		const { breakers } = system.parts.stores;
		const [open] = await breakers.listOpen();
		if (open === undefined) throw new Error("it is open");
		expect(await breakers.close(open, "an", "these copies are right")).toBe(true);
		expect(await breakers.close(open, "an", "again")).toBe(false);
		await eventually(async () => withheld(await post(knownText)), patience);
		const [closed, opened] = await breakers.history(2);
		expect(closed).toMatchObject({ act: "closed", by: "an", reason: "these copies are right" });
		expect(opened).toMatchObject({ act: "opened", by: null });
	});
});

test("a kill switch for a bank takes effect and loses nothing", async () => {
	const { breakers } = system.parts.stores;
	expect(await breakers.open({ kind: "bank", key: bank, by: "an", reason: "a bad import" })).toBe(true);
	expect(await breakers.open({ kind: "bank", key: bank, by: "binh", reason: "the same" })).toBe(false);
	await eventually(async () => !(await withheld(await post(knownText))), patience);
	const subject = await post(knownText);
	expect(await withheld(subject)).toBe(false);
	const found = await system.parts.stores.cases.list({ search: subject, limit: 1, offset: 0 });
	expect(found).toMatchObject([{ tier: "K1", state: "open" }]);
	await breakers.close({ kind: "bank", key: bank }, "an", "mended");
});
