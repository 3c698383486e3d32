// A bank of many entries that changes while pictures are looked up: every answer is right at the moment it is given, and the process
// that asks goes on. The same with a million entries: test/scale; how long it pauses: npm run bench:live-bank.
import { afterAll, expect, test } from "@jest/globals";
import { createBankStore } from "../../../services/adapters/postgres/banks/bank-store.ts";
import { upsertEntries } from "../../../services/adapters/postgres/banks/write-entries.ts";
import { openBanks } from "../../../services/parts/banks.ts";
import { createClosing } from "../../../services/runtime/closing.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { knownEntries, knownHash, pictureOf } from "../../load/live-bank/known-hash.ts";
import { newBank } from "../../support/bank-fixtures.ts";
import { eventually } from "../../support/eventually.ts";
import { openTestRecord } from "../../support/test-database.ts";

const closing = createClosing();
afterAll(async () => {
	await closing[Symbol.asyncDispose]();
});

test("look-ups go on, and are right, while entries are added and removed and another large bank goes", async () => {
	const { database } = closing.keep(await openTestRecord());
	const banks = createBankStore(database);
	const create = async (name: string) => {
		const { id: _id, ...settings } = newBank({ name });
		return banks.create(settings, "test");
	};
	const write = (bankId: Awaited<ReturnType<typeof create>>["id"], from: number, to: number) =>
		database.transaction((tx) => upsertEntries(tx, { bankId, by: "test" }, knownEntries(from, to)));
	const [large, other] = [await create("large"), await create("other")];
	await write(large.id, 0, 20_000);
	await write(other.id, 100_000, 120_000);
	const clock = { now: () => Date.now() };
	const { matcher } = closing.keep(await openBanks({ banks, clock, logger: silentLogger }));
	const found = async (n: number) => (await matcher.match(pictureOf(knownHash(n)))).length;

	let isDone = false;
	const wrong: number[] = [];
	const looking = (async () => {
		for (let at = 0; !isDone; at += 1) {
			if ((await found((at * 7_919) % 20_000)) !== 1) wrong.push(at);
			if ((await found(500_000 + at)) !== 0) wrong.push(at);
		}
	})();
	for (let at = 20_000; at < 22_000; at += 100) await write(large.id, at, at + 100);
	await eventually(async () => (await found(21_999)) === 1, { withinMs: 10_000 });
	expect(await Promise.all(Array.from({ length: 2_000 }, (_, at) => found(20_000 + at)))).toEqual(Array(2_000).fill(1));
	await banks.remove(other.id, "test");
	await eventually(async () => (await found(110_000)) === 0, { withinMs: 10_000 });
	const [newest] = await banks.history("large", { before: null, limit: 1 });
	await banks.revert("large", (newest?.sequence ?? 0) - 2_000, "test");
	// Put back from the newest change to the oldest, over several steps of whoever follows.
	await eventually(async () => (await found(21_999)) + (await found(20_000)) === 0, { withinMs: 10_000 });
	expect(await Promise.all(Array.from({ length: 2_000 }, (_, at) => found(20_000 + at)))).toEqual(Array(2_000).fill(0));
	isDone = true;
	await looking;
	expect(wrong).toEqual([]);
}, 60_000);
