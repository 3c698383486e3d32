import { expect, test } from "@jest/globals";
import { breakwater } from "../../support/cli-in-process.ts";

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
