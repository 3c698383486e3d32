// What was done before there was one log is in it afterwards, once, with who did it and why. Real PostgreSQL: the tables are made by the
// migrations before the change, filled, and brought up to date.
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { migrate } from "../../../services/adapters/postgres/connection/migrate.ts";
import { createStores } from "../../../services/adapters/postgres/stores.ts";
import { type Act, nameOfActor } from "../../../services/core/acts/act.ts";
import { canonicalJson } from "../../../services/core/acts/canonical-json.ts";
import { uuidv7 } from "../../../services/core/ids.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { createEmptyDatabase, openTestDatabase, type TestDatabase } from "../../support/test-database.ts";

const changedBy = "0052-acts.sql";
const [an, platform, caseId, itemId, bank, proposal] = [1, 2, 3, 4, 5, 6].map((n) => uuidv7(n));

let testDatabase: TestDatabase;
let database: Awaited<ReturnType<typeof openTestDatabase>>;
let acts: readonly Act[];
beforeAll(async () => {
	testDatabase = await createEmptyDatabase();
	database = await openTestDatabase(testDatabase.url);
	const folder = await mkdtemp(join(tmpdir(), "breakwater-acts-"));
	const bundled = fromPackageRoot("services", "adapters", "postgres", "migrations");
	for (const name of await readdir(bundled)) if (name < changedBy) await cp(join(bundled, name), join(folder, name));
	await migrate(database, folder);
	await rm(folder, { recursive: true });
	await fill();
	expect(await migrate(database)).toEqual(expect.arrayContaining([changedBy, "0053-older-acts.sql"]));
	acts = await createStores(database).acts.list({ after: 0, limit: 100 });
}, 60_000);
afterAll(async () => {
	await database[Symbol.asyncDispose]();
	await testDatabase[Symbol.asyncDispose]();
});

const minute = (n: number) => new Date(Date.UTC(2026, 0, 1, 0, n));

async function fill(): Promise<void> {
	await database.rows(
		sql`INSERT INTO users (id, login, display_name, roles, password_hash) VALUES (${an}, 'an', 'An', '{lead}', '-')`,
	);
	await database.rows(sql`INSERT INTO platforms (id, name, source) VALUES (${platform}, 'forum', 'https://forum')`);
	await database.rows(
		sql`INSERT INTO cases (id, cluster_key, tier, urgency, is_incomplete, platform_id, surface, opened_at, last_item_at)
			VALUES (${caseId}, 'one', 'K1', 90, false, ${platform}, 'public', now(), now())`,
	);
	const events = [
		["opened", 1, null, { policyRevision: 4, tier: "K1", urgency: 90.5 }],
		["commented", 2, an, { text: "not for the log" }],
		["revealed", 3, an, { itemId, level: 5, reason: "looked closer", revealId: uuidv7(7) }],
		["decided", 9, an, { decision: "remove", isFinal: true, reason: "known" }],
	] as const;
	for (const [index, [kind, at, actor, data]] of events.entries())
		await database.rows(
			sql`INSERT INTO case_events (case_id, sequence, kind, at, actor_kind, actor_id, data)
				VALUES (${caseId}, ${index + 1}, ${kind}, ${minute(at)}, ${actor === null ? "machine" : "person"}, ${actor}, ${canonicalJson(data)})`,
		);
	await database.rows(
		sql`INSERT INTO operator_acts (at, by, act, kind, subject, why)
			VALUES (${minute(4)}, 'an', 'replayed', 'dead-letter', 'letter', 'mended'), (${minute(5)}, 'root', 'discarded', 'job', 'job', '')`,
	);
	await database.rows(
		sql`INSERT INTO breaker_events (kind, key, act, at, by, reason) VALUES ('all', '*', 'opened', ${minute(6)}, NULL, NULL)`,
	);
	await database.rows(
		sql`INSERT INTO model_revisions (revision, origin, act, by, at, settings) VALUES (1, 1, 'accept', ${an}, ${minute(7)}, '{}')`,
	);
	await database.rows(
		sql`INSERT INTO model_proposals (id, model, version, category, tuning, evidence, state, decided_at, decided_by, revision)
			VALUES (${proposal}, 'one', '1', 'adult', '{}', '{}', 'accepted', now(), ${an}, 1)`,
	);
	const settings = { name: "older", kind: "known", shadow: true };
	const changes = [
		[1, "bank", settings],
		[2, "bank", { ...settings, shadow: false }],
		[3, "bank-removed", {}],
	] as const;
	for (const [sequence, kind, data] of changes)
		await database.rows(
			sql`INSERT INTO bank_changes (sequence, at, by, kind, bank_id, data)
				VALUES (${sequence}, ${minute(10 + sequence)}, 'platform:forum', ${kind}, ${bank}, ${JSON.stringify(data)}::jsonb)`,
		);
}

it("every history of before is in the log, in the order of its time", () => {
	expect(
		acts.map(({ sequence, actor, what, on, reason }) => [sequence, nameOfActor(actor), what, on.id, reason]),
	).toEqual([
		[1, "machine", "case-opened", caseId, null],
		[2, "an", "case-commented", caseId, null],
		[3, "an", "case-revealed", caseId, "looked closer"],
		[4, "an", "dead-letter-replayed", "letter", "mended"],
		[5, "root", "job-discarded", "job", null],
		[6, "machine", "breaker-opened", "all:*", null],
		[7, "an", "model-accept", proposal, null],
		[8, "an", "case-decided", caseId, "known"],
		[9, "forum", "bank-created", bank, null],
		[10, "forum", "bank-changed", bank, null],
		[11, "forum", "bank-removed", bank, null],
	]);
	expect(acts.map(({ actor }) => actor.kind).slice(3)).toEqual([
		"person",
		"cli",
		"machine",
		"person",
		"person",
		"key",
		"key",
		"key",
	]);
	expect(acts[0]).toMatchObject({ at: minute(1), revision: 4, details: { tier: "K1", urgency: 90.5 } });
	expect(acts[9]).toMatchObject({ revision: 2, details: { name: "older", settings: ["shadow"] } });
});

it("it is canonical, and holds no note", async () => {
	const kept = await database.rows(sql`SELECT body FROM acts ORDER BY sequence`, z.object({ body: z.string() }));
	expect(kept).toHaveLength(11);
	for (const { body } of kept) expect(canonicalJson(JSON.parse(body))).toBe(body);
	expect(kept.map(({ body }) => body).join("")).not.toContain("not for the log");
});
