// Deadlines on the command line, in a real record: listed by what is due, explained down to the source, told of what happened elsewhere.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createStores } from "../../../services/adapters/postgres/stores.ts";
import type { ClockId } from "../../../services/core/ids.ts";
import { breakwater } from "../../support/cli-in-process.ts";
import { newClock } from "../../support/clock-fixtures.ts";
import { createTestDatabase, openTestDatabase, type TestDatabase } from "../../support/test-database.ts";

const hourMs = 3_600_000;
let record: TestDatabase;
let soon: ClockId;
let later: ClockId;
beforeAll(async () => {
	record = await createTestDatabase();
	process.env.BREAKWATER_DATABASE_URL = record.url;
	process.env.BREAKWATER_EVENT_SECRETS = "quiet".repeat(8);
	const database = await openTestDatabase(record.url);
	const { clocks } = createStores(database);
	const now = Date.now();
	later = await clocks.start(newClock({ receivedAtMs: now }), new Date(now));
	soon = await clocks.start(newClock({ receivedAtMs: now - 8 * hourMs }), new Date(now));
	await database[Symbol.asyncDispose]();
});
afterAll(async () => {
	delete process.env.BREAKWATER_DATABASE_URL;
	delete process.env.BREAKWATER_EVENT_SECRETS;
	process.exitCode = undefined;
	await record[Symbol.asyncDispose]();
});

const idsIn = (json: string) => JSON.parse(json).map(({ id }: { id: string }) => id);

test("what is due comes first, and only what is due within the hours that were asked for", async () => {
	expect(idsIn((await breakwater("clocks", "list", "--json")).out)).toEqual([soon, later]);
	expect(idsIn((await breakwater("clocks", "list", "--within", "3", "--json")).out)).toEqual([soon]);
	const { out } = await breakwater("clocks", "list");
	expect(out).toMatch(/XX-TEN-HOURS +(119|120) min left|XX-TEN-HOURS +2 h 0 min left/);
});

test("a deadline that runs is explained step by step", async () => {
	const { code, out } = await breakwater("clocks", "explain", soon);
	expect(code).toBe(0);
	expect(out).toContain("term       10 hours, counted in Asia/Ho_Chi_Minh");
	expect(out).toContain("source     XX-TEN-HOURS: made up for a test (not verified)");
});

test("what happened elsewhere is told with how it is known, and stops it", async () => {
	const wrong = await breakwater("clocks", "tell", soon, "report-sent", "--reason", "x", "--by", "an");
	expect(wrong.code).toBe(2);
	expect(wrong.err).toContain("it hears: order-acknowledged");
	const told = ["tell", soon, "order-acknowledged", "--reason", "the host wrote that it is gone", "--by", "an"];
	const { code, out } = await breakwater("clocks", ...told);
	expect(code).toBe(0);
	expect(out).toContain("standing  kept");
	expect(idsIn((await breakwater("clocks", "list", "--json")).out)).toEqual([later]);
	expect(idsIn((await breakwater("clocks", "list", "--all", "--json")).out)).toEqual([later, soon]);
	const { out: acts } = await breakwater("acts", "list", "--on", `clock:${soon}`);
	expect(acts).toContain("an (command line) told a clock: the platform acknowledged the removal");
	expect(acts).toContain("the host wrote that it is gone");
});

const urgent = [
	"clocks",
	"count",
	"VN-CSL25",
	"--received",
	"2026-07-01T22:00:00+07:00",
	"--urgent",
	"a child is in danger",
];

test("a deadline is counted step by step, in UTC and in the law's zone, down to its source", async () => {
	const { code, out } = await breakwater(...urgent);
	expect(code).toBe(0);
	expect(out).toContain("term       6 hours, counted in Asia/Ho_Chi_Minh");
	expect(out).toContain("due        2026-07-01T21:00:00.000Z (2026-07-02 04:00:00 Asia/Ho_Chi_Minh)");
	expect(out).toContain("source     VN-CSL25: Law on Cybersecurity 116/2025/QH15");
});

test("programs get the same steps as JSON", async () => {
	const { out } = await breakwater(...urgent, "--json");
	expect(JSON.parse(out)).toContainEqual({ kind: "due", atMs: Date.parse("2026-07-01T21:00:00Z") });
});

test("a law without a figure gets none, and one that was not verified says so", async () => {
	const { out } = await breakwater("clocks", "count", "UK-66-P1", "--received", "2026-07-01");
	expect(out).toContain("no figure  the law says: immediately");
	expect(out).toContain("(not verified)");
	expect(out).not.toContain("due ");
});

test("every law is listed with its source", async () => {
	const { out } = await breakwater("clocks", "laws");
	expect(out).toMatch(/VN-147-REPEAT +repeat +5 in 30 days or 10 in 90 days +yes/);
	expect(out).toMatch(/VN-CSL25-DATA +deadline +24 hours, urgent 3 hours +no/);
});

test.each([
	["a profile that sets no deadline", ["VN-147-KIDS", "--received", "1h"], "sets no deadline"],
	["an urgency without a reason", ["VN-CSL25", "--received", "1h", "--urgent", " "], "needs a reason"],
])("%s is wrong usage", async (_, given, said) => {
	const { code, err } = await breakwater("clocks", "count", ...given);
	expect(code).toBe(2);
	expect(err).toContain(said);
});

test("a profile that nobody knows is an error that says where they are listed", async () => {
	const { code, err } = await breakwater("clocks", "count", "XX-1", "--received", "1h");
	expect(code).toBe(1);
	expect(err).toContain("there is no profile XX-1; `breakwater clocks laws` lists them");
});
