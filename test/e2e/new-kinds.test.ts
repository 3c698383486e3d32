// A kind of signal that is made up here (test/support/new-kinds/) goes through the whole system, and nothing outside of its folder knows it:
// detector, record and case API on the embedded profile. The console shows it in test/console/new-kinds.test.ts.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { hashPassword } from "../../services/adapters/argon2/password-hasher.ts";
import { createSignalCatalogue, signalKinds } from "../../services/core/signals/catalogue.ts";
import { caseDetail } from "../../services/core/wire/review-case.ts";
import { createKindsWithLengthy } from "../support/new-kinds/lengthy/detect-lengthy.ts";
import { lengthy } from "../support/new-kinds/lengthy/lengthy.ts";
import { settlePost } from "../support/settle-post.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const longText = "one two three four five six seven eight nine ten eleven twelve thirteen";
const signalCatalogue = createSignalCatalogue({ ...signalKinds, lengthy });

let system: TestSystem;
beforeAll(async () => {
	system = await startTestSystem({ signalCatalogue, detector: { createKinds: createKindsWithLengthy } });
}, 60_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
});

/** What the case API answers of a post. */
async function readItem(subject: string) {
	const [login, password] = [`user-${randomUUID().slice(0, 8)}`, "correct horse battery staple"];
	const passwordHash = await hashPassword(password);
	await system.parts.stores.users.create({ login, displayName: "Lan", roles: ["reviewer"], passwordHash });
	const url = system.urlOf("review");
	const session = await fetch(`${url}/api/session`, {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ login, password }),
	});
	expect(session.status).toBe(201);
	const headers = { cookie: session.headers.get("set-cookie")?.split(";")[0] ?? "" };
	const [found] = await system.parts.stores.cases.list({ search: subject, limit: 1, offset: 0 });
	const answer = await fetch(`${url}/api/cases/${found?.id}`, { headers });
	const [item] = caseDetail.parse(await answer.json()).items;
	if (item === undefined) throw new Error("a case has an item");
	return item;
}

describe("a kind of signal that was made up", () => {
	test("brings what it finds before people, with its reasons", async () => {
		const item = await readItem(await settlePost(system, longText));
		expect(item).toMatchObject({ tier: "T", state: "live" });
		expect(item.signals.find(({ kind }) => kind === "lengthy")).toMatchObject({
			words: 13,
			ground: { alone: "T", tier: "T", counted: true, category: "long-windedness", limits: { words: 12 }, reasons: [] },
		});
	});

	test("asks nobody about what it does not find", async () => {
		const subject = await settlePost(system, `short ${randomUUID()}`);
		expect(await system.parts.stores.cases.list({ search: subject, limit: 1, offset: 0 })).toEqual([]);
	});

	test("is read in the version that the record has it in", () => {
		const stored = { kind: "lengthy", detector: "words", version: "1", count: 13 };
		const read = signalCatalogue.fromStored(stored);
		expect(read).toEqual({ kind: "lengthy", detector: "words", version: "1", words: 13 });
		expect(signalCatalogue.fromStored(signalCatalogue.toStored(read))).toEqual(read);
	});
});
