// A record that an earlier version wrote (test/fixtures/record/) opens, migrates, and shows the same reasons. Real PostgreSQL: the tables are
// made by the migrations of that version, filled with its rows, and brought up to date.
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { type Database, openDatabase } from "../../../services/adapters/postgres/connection/database.ts";
import { migrate } from "../../../services/adapters/postgres/connection/migrate.ts";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { caseId, userId, uuidv7 } from "../../../services/core/ids.ts";
import { defaultPolicy } from "../../../services/core/policy/policy.ts";
import { tier } from "../../../services/core/policy/verdict.ts";
import { signalCatalogue } from "../../../services/core/signals/catalogue.ts";
import { matchesOf } from "../../../services/core/signals/matched/matched.ts";
import { type WireItem, wireItem } from "../../../services/core/wire/review-case.ts";
import { showCase } from "../../../services/review/show-case.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { createEmptyDatabase, type TestDatabase } from "../../support/test-database.ts";

const lastMigration = "0030-quarantine-outlives-entries.sql";
const shownThen = z.object({
	caseId,
	tier,
	divertedBy: z.array(z.string()),
	signals: z.array(
		z.object({ kind: z.string(), tier: tier.nullable().optional(), threshold: z.number().nullable().optional() }),
	),
});
const dump = z.object({
	shown: z.record(z.string(), shownThen),
	rows: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
});

let older: z.infer<typeof dump>;
let testDatabase: TestDatabase;
let database: Database;
let stores: Stores;
beforeAll(async () => {
	older = dump.parse(JSON.parse(await readFile(fromPackageRoot("test", "fixtures", "record", "999ac6f.json"), "utf8")));
	testDatabase = await createEmptyDatabase();
	database = await openDatabase({
		url: testDatabase.url,
		maxConnections: 4,
		applicationName: "test",
		logger: silentLogger,
	});
	await restore();
	stores = createStores(database);
}, 60_000);
afterAll(async () => {
	await database[Symbol.asyncDispose]();
	await testDatabase[Symbol.asyncDispose]();
});

async function restore(): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), "breakwater-older-"));
	const bundled = fromPackageRoot("services", "adapters", "postgres", "migrations");
	for (const name of await readdir(bundled))
		if (name <= lastMigration) await cp(join(bundled, name), join(folder, name));
	await migrate(database, folder);
	await rm(folder, { recursive: true });
	await database.transaction(async (tx) => {
		// As a dump is restored: no trigger counts again what has been counted.
		await tx.rows(sql`SET LOCAL session_replication_role = replica`);
		for (const [table, rows] of Object.entries(older.rows))
			await tx.rows(
				sql`INSERT INTO ${sql.table(table)} OVERRIDING SYSTEM VALUE SELECT * FROM jsonb_populate_recordset(NULL::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`,
			);
	});
	expect(await migrate(database)).toContain("0031-grounds.sql");
}

async function shownNow(subject: string): Promise<WireItem> {
	const id = older.shown[subject]?.caseId;
	const detail = id === undefined ? null : await stores.cases.find(id);
	if (detail === null) throw new Error(`the dump has a case of ${subject}`);
	const viewer = {
		userId: userId.parse(uuidv7(1)),
		isLead: false,
		now: new Date(),
		policy: defaultPolicy,
		signalCatalogue,
	};
	return wireItem.parse(showCase(detail, viewer).items[0]);
}

/** Each signal's grounds in one line: alone, in the verdict, why not more. */
const readable = ({ signals }: WireItem) =>
	signals.map(({ ground }) => (ground === null ? null : [ground.alone, ground.tier, ...ground.reasons].join(" ")));

describe("a record that an earlier version wrote", () => {
	const known = (subject: string) => subject !== "lost-revision";

	it("shows of every signal the tier and the threshold that the earlier version showed", async () => {
		const subjects = Object.keys(older.shown).filter(known);
		expect(subjects).toHaveLength(12);
		for (const subject of subjects) {
			const item = await shownNow(subject);
			const then = older.shown[subject];
			expect({ subject, tier: item.tier }).toEqual({ subject, tier: then?.tier });
			expect(item.divertedBy.map(({ kind }) => kind)).toEqual(then?.divertedBy);
			expect(item.signals).toHaveLength(then?.signals.length ?? 0);
			for (const [at, { kind, ground }] of item.signals.entries()) {
				const before = then?.signals[at];
				expect({ subject, kind }).toEqual({ subject, kind: before?.kind });
				if (before?.tier !== undefined) expect(ground?.alone).toBe(before.tier ?? "none");
				if (before?.threshold !== undefined) expect(ground?.limits.threshold).toBe(before.threshold);
			}
		}
	});

	it.each([
		["exact", ["K1 K1", "K2 K2", "none none under-threshold"]],
		["distant", ["K3 K3 beyond-tight-radius"]],
		["poor", ["K3 K3 low-quality"]],
		["disputed", ["K3 K3 entry-disputed"]],
		["quarantined", ["K3 K3 entry-in-quarantine"]],
		["near-text", ["K3 K3 near-asks-people"]],
		["trial", ["none none in-shadow", "M M"]],
		["harmless", ["none none known-harmless", "K2 none exempted", "none none not-computed"]],
		["accepted-threshold", ["none none found-nothing", "M M"]],
		["diverted", ["K1 K1 diverted"]],
		["first-revision", ["K2 K2", "M M"]],
	])("says why signals counted or not: %s", async (subject, grounds) => {
		expect(readable(await shownNow(subject))).toEqual(grounds);
	});

	it("reads a match of the first revision, which knew neither quarantine nor labels", async () => {
		const [match] = matchesOf((await shownNow("first-revision")).signals);
		expect(match).toMatchObject({ isQuarantined: false, categories: [], severity: null, distanceBits: 12 });
	});

	it("makes no reasons up where nobody knows the policy revision that a verdict names", async () => {
		const item = await shownNow("lost-revision");
		expect(item).toMatchObject({ tier: "K2", policyRevision: 7, unknownGrounds: "policy-unknown" });
		expect(readable(item)).toEqual([null]);
	});
});
