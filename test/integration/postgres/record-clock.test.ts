// Clocks that differ, as a machine without NTP has one: deadlines, claims and sessions are reckoned by both. Real PostgreSQL.
import { expect, test } from "@jest/globals";
import { checkClock } from "../../../services/adapters/postgres/connection/record-clock.ts";
import { useTestRecord } from "../../support/use-test-record.ts";

const record = useTestRecord();
const dayMs = 86_400_000;

test("a clock that goes with the record's is none to speak of", async () => {
	await checkClock(record.database);
});

test.each([
	[dayMs, /is 86[34]\d\d s ahead of the record's/],
	[-dayMs, /is 86[34]\d\d s behind the record's/],
] as const)("one that is %d ms off is said, and on which side", async (offMs, said) => {
	await expect(checkClock(record.database, () => Date.now() + offMs)).rejects.toThrow(said);
});

test("that the record takes long to answer is no fault of a clock", async () => {
	let asked = 0;
	// The question leaves now; its answer comes two minutes later.
	await checkClock(record.database, () => Date.now() + 120_000 * asked++);
});
