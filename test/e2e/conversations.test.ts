// Somebody who begins contacts with new accounts, and points those who answer elsewhere, comes before people by whom he writes to; in private
// nothing of that is gathered until the policy names a basis. From the command line and intake to the case; no model.
import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { CaseId } from "../../services/core/ids.ts";
import { applyChange } from "../../services/core/policy/policy-set.ts";
import { type Surface, surfaces } from "../../services/core/wire/item-event.ts";
import { breakwater } from "../support/cli-in-process.ts";
import { decideTogether } from "../support/decide-case.ts";
import { eventually } from "../support/eventually.ts";
import { settlePost } from "../support/settle-post.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

let system: TestSystem;
let folder: string;
beforeAll(async () => {
	system = await startTestSystem({ roles: ["intake", "detector"] });
	folder = await mkdtemp(join(tmpdir(), "breakwater-conversations-"));
	process.env.BREAKWATER_DATABASE_URL = system.parts.databaseUrl;
	process.env.BREAKWATER_DATA_DIR = folder;
	await breakwater("bank", "create", "elsewhere", "--category", "off-platform", "--by", "an");
	const list = join(folder, "hosts");
	await writeFile(list, "0.0.0.0 elsewhere.example\n");
	await breakwater("bank", "import", "elsewhere", list, "--by", "an");
	await (await system.parts.banks()).follower.catchUp();
}, 60_000);
afterAll(async () => {
	delete process.env.BREAKWATER_DATABASE_URL;
	delete process.env.BREAKWATER_DATA_DIR;
	await system[Symbol.asyncDispose]();
	await rm(folder, { recursive: true, force: true });
});

/** What the record says of one post: its signals of contacts, and its case. */
async function settle(text: string, authorId: string, surface: Surface, within: object) {
	const subject = await settlePost(system, text, { authorId, surface, within });
	const { cases, verdicts } = system.parts.stores;
	const [recorded] = await verdicts.recent(1);
	const [held] = await cases.list({ search: subject, limit: 1, offset: 0 });
	const detail = held === undefined ? null : await cases.find(held.id);
	const item = detail?.items.find((one) => one.subject === subject);
	const signals = (recorded?.signals ?? []).filter(({ detector }) => detector === "contacts");
	const { id: caseId = null, itemCount = 0 } = detail ?? {};
	return { signals, tier: detail?.tier ?? "no case", state: item?.state, caseId, itemCount };
}

function caseIdOf({ caseId }: { readonly caseId: CaseId | null }): CaseId {
	if (caseId === null) throw new Error("people see it");
	return caseId;
}

/** Writes to a new account first, is answered, and then names the place; what became of the last post. */
async function leadAway(authorId: string, surface: Surface, words = "our choir meets at") {
	const [conversationId, accountId] = [randomUUID(), `new-${randomUUID()}`];
	const recipients = [{ accountId, accountCreated: new Date().toISOString() }];
	await settle("good morning, do you like to sing?", authorId, surface, { conversationId, recipients });
	await settle("yes", accountId, surface, { conversationId, recipients: [{ accountId: authorId }] });
	return settle(`${words} https://elsewhere.example/choir`, authorId, surface, {
		conversationId,
		recipients,
	});
}

test("the third new account that is led away brings the post that does so before people; nothing is withheld", async () => {
	const author = `recruiter-${randomUUID()}`;
	expect((await leadAway(author, "public")).tier).toBe("no case");
	expect((await leadAway(author, "public")).tier).toBe("no case");
	const third = await leadAway(author, "public");
	expect(third).toMatchObject({ tier: "T", state: "live" });
	expect(third.signals).toEqual([
		{
			...{ kind: "contacts", detector: "contacts", version: "1", days: 7, isOneOfThem: true },
			picture: {
				...{ begun: 3, received: 0, unanswered: 0, toNew: 3, moved: 3, ledAway: 3 },
				...{ younger: 0, youngerLedAway: 0, gapYears: null },
			},
		},
	]);
}, 120_000);

test("an account is one case, whatever its words; let be, it comes again when as many were led away since; what was removed is nobody else's", async () => {
	const [author, other] = [`recruiter-${randomUUID()}`, `recruiter-${randomUUID()}`];
	const { cases, standing, users } = system.parts.stores;
	const ids = await Promise.all(
		["lan", "mai"].map(async (login) => {
			const { id } = await users.create({ login, displayName: login, roles: ["lead"], passwordHash: "x" });
			return id;
		}),
	);
	for (const who of [author, other]) for (let at = 0; at < 2; at += 1) await leadAway(who, "public");
	const first = await leadAway(author, "public");
	const second = await leadAway(author, "public", "on Sundays the little orchestra plays at");
	expect(second).toMatchObject({ caseId: first.caseId, itemCount: 2 });
	const others = await leadAway(other, "public");
	expect(others).toMatchObject({ tier: "T", itemCount: 1 });
	expect(others.caseId).not.toBe(first.caseId);

	await decideTogether(system.parts.stores, ids, caseIdOf(first), "restore");
	expect((await leadAway(author, "public")).caseId).toBeNull();
	expect((await leadAway(author, "public")).caseId).toBeNull();
	const again = await leadAway(author, "public");
	expect(again).toMatchObject({ tier: "T", itemCount: 1 });

	await decideTogether(system.parts.stores, ids, caseIdOf(again), "remove");
	expect((await cases.find(caseIdOf(again)))?.items).toMatchObject([{ state: "removed" }]);
	const stand: unknown[] = [];
	await standing.load((decisions) => stand.push(...decisions));
	expect(stand).toEqual([]);
	expect((await leadAway(author, "public")).tier).toBe("T");
}, 180_000);

test("one that names the place to nobody in particular, or outside of any conversation, asks nobody", async () => {
	const text = "our choir meets at https://elsewhere.example/choir";
	for (let at = 0; at < 4; at += 1) {
		const conversationId = randomUUID();
		expect((await settle(text, "host", "public", { conversationId })).tier).toBe("no case");
		expect(await settle(text, "host", "public", {})).toMatchObject({ signals: [], tier: "no case" });
	}
}, 120_000);

test("in private nothing is gathered without a basis, and the verdict says so; with one it is found there as well", async () => {
	const author = `recruiter-${randomUUID()}`;
	for (let at = 0; at < 3; at += 1)
		expect(await leadAway(author, "direct")).toMatchObject({
			tier: "no case",
			signals: [{ kind: "unexamined", of: "contacts", reason: "no-legal-basis" }],
		});
	const { conversations, policy, users } = system.parts.stores;
	const asked = { platformId: system.platform.id, account: author, post: "", since: new Date(0), surfaces };
	const kept = async () => (await conversations.windowsOf([asked])).flatMap(({ messages }) => messages);
	expect(await kept()).toEqual([]);

	const lead = async (login: string) =>
		(await users.create({ login, displayName: login, roles: ["lead"], passwordHash: "x" })).id;
	const [an, binh] = [await lead("an"), await lead("binh")];
	const settings = { legalBasis: { contacts: "given" } };
	const { id } = await policy.propose({
		make: ({ set }) => applyChange(set, { overrides: [{ platform: system.platform.id, surface: "direct", settings }] }),
		...{ base: null, why: "the law that gives the basis", by: an },
	});
	await policy.accept(id, binh, null);
	await eventually(
		async () => {
			const { signals } = await settle("hello", `somebody-${randomUUID()}`, "direct", { conversationId: randomUUID() });
			expect(signals).toEqual([]);
		},
		{ withinMs: 20_000 },
	);
	expect((await leadAway(author, "direct")).tier).toBe("no case");
	expect((await leadAway(author, "direct")).tier).toBe("no case");
	expect((await leadAway(author, "direct")).tier).toBe("T");
	expect(await kept()).toHaveLength(9);
}, 180_000);
