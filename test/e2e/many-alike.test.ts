// Ten thousand entries of banks that are nearly alike, as a list of the frames of a film would bring them: what one text that is near to all
// of them leaves in the record, before people, and with the watch over entries. Intake, stream, detector and record together, on the
// embedded profile; that shortening changes no verdict is tested in unit/core/policy/shorten-verdict.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import type { Database } from "../../services/adapters/postgres/connection/database.ts";
import { simhashText } from "../../services/core/hashes/simhash/text-simhash.ts";
import type { NewEntry } from "../../services/core/ports/bank-store.ts";
import { matchesOf } from "../../services/core/signals/matched/matched.ts";
import { withBitsFlipped } from "../support/bank-fixtures.ts";
import { eventually } from "../support/eventually.ts";
import { settlePost } from "../support/settle-post.ts";
import { openTestDatabase } from "../support/test-database.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const entriesAlike = 10_000;
const knownText =
	"The harbor office opens at seven every morning except on Sundays, and boats that stay overnight must show their papers there before noon. " +
	"Water and electricity are paid by the day; the showers behind the workshop are free for everybody who has a berth.";
let system: TestSystem;
let database: Database;
beforeAll(async () => {
	system = await startTestSystem({ roles: ["intake", "detector"] });
	database = await openTestDatabase(system.parts.config.database.url ?? "");
	const bank = await system.createBank({ name: "alike" });
	const known = simhashText(knownText);
	if (known === null) throw new Error("the text is long enough for a hash");
	const entries = Array.from({ length: entriesAlike }, (_, number): NewEntry => {
		const opinion = { source: "list", kind: "positive" } as const;
		const hash = alike(known, number);
		return { hashType: "text-simhash", hash, quality: null, opinion, externalId: null, note: null };
	});
	const { added } = await system.parts.stores.banks.addEntries(bank, entries, "test");
	expect(added).toBe(entriesAlike);
}, 90_000);
afterAll(async () => {
	await database[Symbol.asyncDispose]();
	await system[Symbol.asyncDispose]();
});

/** Each another, and none farther than two bytes. */
function alike(hash: Uint8Array, number: number): Uint8Array {
	const other = withBitsFlipped(hash, 0);
	other[2] = (other[2] ?? 0) ^ (number & 255);
	other[3] = (other[3] ?? 0) ^ (number >> 8);
	return other;
}

test("a text near to ten thousand entries leaves a short verdict that says how many there were, and each of them is counted", async () => {
	const { detail, item, matches } = await eventually(
		async () => {
			const subject = await settlePost(system, knownText);
			const [found] = await system.parts.stores.cases.list({ search: subject, limit: 1, offset: 0 });
			const detail = found === undefined ? null : await system.parts.stores.cases.find(found.id);
			const item = detail?.items.find((one) => one.subject === subject);
			const matches = matchesOf(item?.signals ?? []);
			const answered = (item?.andMore ?? []).reduce((sum, { entries }) => sum + entries, matches.length);
			if (answered < entriesAlike) throw new Error("not all of the bank has arrived yet");
			return { detail, item, matches };
		},
		{ withinMs: 60_000 },
	);
	expect(detail?.tier).toBe("K3");
	expect(Math.min(...matches.map(({ distanceBits }) => distanceBits))).toBe(0);
	expect(item?.andMore).toMatchObject([{ bankName: "alike", entries: entriesAlike - matches.length }]);
	expect(item?.grounds).toMatchObject({ kind: "kept", grounds: { length: item?.signals.length } });
	const [row] = await database.rows(
		sql`SELECT max(octet_length(to_jsonb(verdicts)::text)) AS bytes FROM verdicts`,
		z.object({ bytes: z.int() }),
	);
	expect(row?.bytes).toBeLessThan(50_000);
	const [counted] = await database.rows(
		sql`SELECT count(DISTINCT entry_id) AS entries FROM entry_hits`,
		z.object({ entries: z.string() }),
	);
	expect(Number(counted?.entries)).toBe(entriesAlike);
}, 120_000);
