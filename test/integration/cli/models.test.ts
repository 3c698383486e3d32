// Deciding about models from the command line, on a real record with reviewers' decisions in it. Out of scope: running models.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { sql } from "kysely";
import type { Database } from "../../../services/adapters/postgres/connection/database.ts";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import type { Platform } from "../../../services/core/ports/platform-store.ts";
import { type CommandLine, openCommandLine } from "../../support/command-line.ts";
import { newItem, newVerdict } from "../../support/examined-items.ts";
import { openTestDatabase } from "../../support/test-database.ts";

const model = "nsfwjs-mobilenet-v2";
const version = "4.4.0";

let line: CommandLine;
let database: Database;
let stores: Stores;
let platform: Platform;
beforeAll(async () => {
	line = await openCommandLine({ BREAKWATER_MODEL_BACKEND: "auto" });
	database = await openTestDatabase(line.databaseUrl);
	stores = createStores(database);
	platform = await stores.platforms.create({ name: "forum", source: "//forum.example", webhook: null, mediaHosts: [] });
	const people = { displayName: "x", passwordHash: "x" };
	await stores.users.create({ ...people, login: "lan", roles: ["lead"] });
	await stores.users.create({ ...people, login: "an", roles: ["reviewer"] });
});
afterAll(async () => {
	await database[Symbol.asyncDispose]();
	await line[Symbol.asyncDispose]();
});

async function json(...args: readonly string[]) {
	const { code, out, err } = await line.breakwater("--json", ...args);
	if (code !== 0) throw new Error(err);
	return JSON.parse(out);
}

/** Cases of pictures that the model scored so, and that people decided so. */
async function decide(probability: number, decision: "remove" | "restore", cases: number): Promise<void> {
	const labels = { Drawing: 0, Hentai: 0, Neutral: 1 - probability, Porn: probability, Sexy: 0 };
	const base = { kind: "scored", detector: "model", version, model, backend: "wasm", category: "adult" } as const;
	const verdict = newVerdict({
		tier: "M",
		action: "review",
		category: "adult",
		signals: [{ ...base, probability, labels }],
	});
	const items = Array.from({ length: cases }, () => newItem(platform.id, platform.source, { verdict }));
	const outcomes = await stores.verdicts.record(items);
	const ids = outcomes.flatMap((one) => (one.kind === "recorded" && one.caseId !== null ? [one.caseId] : []));
	await database.rows(
		sql`UPDATE cases SET state = 'decided', decision = ${decision}, decided_at = now() WHERE id = ANY (${ids}::uuid[])`,
	);
}

describe("calibrating from what reviewers decided", () => {
	test("is refused with the number of decisions that are missing", async () => {
		await decide(0.95, "remove", 40);
		const { code, err } = await line.breakwater("model", "calibrate", model);
		expect(code).toBe(1);
		expect(err).toMatch(/40 confirmed and 0 rejected, 100 of each are needed/);
	});

	test("makes a proposal that changes nothing until a lead or operator accepts it", async () => {
		await decide(0.95, "remove", 160);
		await decide(0.95, "restore", 10);
		await decide(0.82, "restore", 140);
		const proposal = await json("model", "calibrate", model, "--precision", "0.85");
		expect(proposal).toMatchObject({
			model,
			version,
			evidence: { confirmed: 200, rejected: 150, threshold: "proposed" },
		});
		const { now, fitted } = proposal.evidence.errors;
		expect(fitted).toBeLessThan(now);
		expect((await stores.modelSettings.current()).revision).toBe(0);

		const refused = await line.breakwater("model", "accept", proposal.id, "--by", "an");
		expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(/has no role that may do this/)]);
		expect(await json("model", "accept", proposal.id, "--by", "lan")).toEqual({ accepted: proposal.id, revision: 1 });
		expect((await stores.modelSettings.current()).tunings[`${model}@${version}`]?.adult).toEqual(proposal.tuning);
		expect((await line.breakwater("model", "proposals", "--all")).out).toMatch(/accepted, revision 1/);
	});
});

test("a platform's own decisions make a curve for it alone, and too few of them none", async () => {
	const chat = { name: "chat", source: "//chat.example", webhook: null, mediaHosts: [] };
	await stores.platforms.create(chat);
	const { code, err } = await line.breakwater("model", "calibrate", model, "--platform", "chat");
	expect([code, err]).toEqual([
		1,
		expect.stringMatching(/on chat: 0 confirmed and 0 rejected, 100 of each are needed/),
	]);
	const proposal = await json("model", "calibrate", model, "--platform", "forum");
	expect(proposal).toMatchObject({ platformName: "forum", evidence: { confirmed: 200, rejected: 150 } });
	expect((await line.breakwater("model", "proposals")).out).toMatch(/adult +forum/);
	await json("model", "reject", proposal.id, "--by", "lan");
});

test("how far its scores lie from what people decided is shown for all platforms and for each", async () => {
	const [all, forum, ...others] = await json("model", "calibration", model);
	expect([all.platform, forum.platform, others]).toEqual([null, "forum", []]);
	expect(all).toMatchObject({ confirmed: 200, rejected: 150 });
	// What was accepted above is how they are read now.
	expect(all.errors.now).toBeLessThan(0.1);
	expect((await line.breakwater("model", "calibration", model)).out).toMatch(/forum +200 +150 +0\.\d+/);
});

describe("shadow, promotion and roll-back are one command each", () => {
	test("a model that is not in the registry is refused", async () => {
		const { code, err } = await line.breakwater("model", "shadow", "nonsense");
		expect([code, err]).toEqual([1, expect.stringMatching(/there is no model nonsense in the registry/)]);
	});

	test("the live model cannot shadow itself", async () => {
		const { code, err } = await line.breakwater("model", "shadow", model);
		expect([code, err]).toEqual([1, expect.stringMatching(/is live already/)]);
	});

	test("what was decided can be read in the history", async () => {
		await stores.modelSettings.change({ kind: "shadow", model: "nsfwjs-inception-v3", share: 0.05 }, "test", model);
		expect((await line.breakwater("model", "list")).out).toMatch(/nsfwjs-inception-v3 .* shadow of 5 %/);
		expect((await line.breakwater("model", "promote", "--by", "lan")).out).toMatch(
			/revision 3: live nsfwjs-inception-v3/,
		);
		expect((await line.breakwater("model", "rollback", "--by", "lan")).out).toMatch(
			/revision 4: .*nsfwjs-mobilenet-v2 \(as configured\)/,
		);
		const history = await json("model", "history");
		expect(history.map(({ act, by }: { act: string; by: string }) => [act, by]).slice(0, 3)).toEqual([
			["rollback", "lan"],
			["promote", "lan"],
			["shadow", "test"],
		]);
	});

	test("disagreements say what people decided on the item", async () => {
		const verdict = newVerdict({ tier: "M", action: "review", category: "adult" });
		const item = newItem(platform.id, platform.source, { verdict });
		await stores.verdicts.record([item]);
		await database.rows(
			sql`UPDATE cases SET state = 'decided', decision = 'restore', decided_at = now()
				WHERE id IN (SELECT case_id FROM case_items WHERE item_id = ${item.id})`,
		);
		const live = { model, version, probability: 0.91 };
		const shadow = { model: "nsfwjs-inception-v3", version, probability: 0.2 };
		await stores.scoreWatch.recordComparisons([{ kind: "disagreed", itemId: item.id, live, shadow, at: new Date() }]);
		const { out } = await line.breakwater("model", "disagreements");
		expect(out).toMatch(/1 of 1 pictures decided otherwise/);
		expect(out).toMatch(new RegExp(`${item.id} .*0\\.910 .*0\\.200 .*restore`));
	});
});
