import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { BankEntry } from "../../../../services/core/banks/bank.ts";
import { createBankMatcher } from "../../../../services/core/banks/bank-matcher.ts";
import { readSnapshot, writeSnapshot } from "../../../../services/core/banks/bank-snapshot.ts";
import { createEntryTable } from "../../../../services/core/banks/entry-table.ts";
import { entryId, uuidv7 } from "../../../../services/core/ids.ts";
import { digest, hashesOf, newBank, newEntry, withBitsFlipped } from "../../../support/bank-fixtures.ts";

const clock = { now: () => 0 };
const meta = { sequence: 7, lastChange: "the seventh" };
const bank = newBank();
const ids = Array.from({ length: 12 }, () => entryId.parse(uuidv7(Date.now())));
const byId = (a: BankEntry, b: BankEntry) => a.id.localeCompare(b.id);

const someEntry = fc.record({
	id: fc.constantFrom(...ids),
	hashType: fc.constantFrom(...(["sha256", "md5", "pdq", "text", "text-simhash"] as const)),
	seed: fc.nat(5),
	quality: fc.constantFrom(null, 60, 90),
});
const step = fc.oneof(
	{ weight: 4, arbitrary: someEntry },
	{ weight: 1, arbitrary: fc.record({ removed: fc.constantFrom(...ids) }) },
);

describe("the table of entries", () => {
	test("knows what a plain map knows, whatever came and went, and again from its rows", () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
				const table = createEntryTable();
				const plain = new Map<string, BankEntry>();
				for (const one of steps) {
					if ("removed" in one) {
						table.remove(one.removed);
						plain.delete(one.removed);
						continue;
					}
					const hash = digest(`${one.seed}`, one.hashType === "md5" ? "md5" : "sha256");
					const entry = newEntry(bank.id, { ...one, hash: Uint8Array.from(hash) });
					table.put(entry);
					plain.set(entry.id, entry);
				}
				const again = createEntryTable();
				again.load({ details: table.details(), rows: Buffer.concat([...table.rows()]) });
				again.compact();
				for (const { size, findExact, findNear } of [table, again]) {
					expect(size).toBe(plain.size);
					for (let seed = 0; seed <= 5; seed += 1) {
						const same = (type: string, hash: Uint8Array) =>
							[...plain.values()].filter((one) => one.hashType === type && Buffer.from(one.hash).equals(hash));
						for (const type of ["sha256", "md5", "text"] as const) {
							const hash = digest(`${seed}`, type === "md5" ? "md5" : "sha256");
							expect(findExact(type, hash).toSorted(byId)).toEqual(same(type, hash).toSorted(byId));
						}
						for (const type of ["pdq", "text-simhash"] as const) {
							const near = findNear(type, [digest(`${seed}`)], 0)[0]?.map(({ entry }) => entry) ?? [];
							expect(near.toSorted(byId)).toEqual(same(type, digest(`${seed}`)).toSorted(byId));
						}
					}
				}
			}),
			{ numRuns: 30 },
		);
	});

	test("forgets a bank's entries and no other's", () => {
		const table = createEntryTable();
		const other = newBank();
		for (let at = 0; at < 300; at += 1)
			table.put(newEntry(at % 3 === 0 ? other.id : bank.id, { hashType: "sha256", hash: digest(`${at}`) }));
		table.removeBank(bank.id);
		while (table.maintain());
		expect(table.size).toBe(100);
		expect(table.findExact("sha256", digest("3"))).toHaveLength(1);
		expect(table.findExact("sha256", digest("4"))).toEqual([]);
	});
});

describe("a snapshot of the banks", () => {
	const original = createBankMatcher({ clock });
	const pdq = digest("pdq of picture");
	original.apply({ sequence: 1, kind: "bank", bank });
	for (const entry of [
		newEntry(bank.id, { hashType: "pdq", hash: withBitsFlipped(pdq, 12), quality: 80 }),
		newEntry(bank.id, { hashType: "md5", hash: digest("picture", "md5") }),
		newEntry(bank.id, { hashType: "sha256", hash: digest("other"), opinions: [{ source: "b", kind: "negative" }] }),
	])
		original.apply({ sequence: 2, kind: "entry", entry });
	const bytes = Buffer.concat([...writeSnapshot(original.source, meta)]);

	test("makes a matcher that answers as the one it was taken from", () => {
		const snapshot = readSnapshot(bytes);
		if (snapshot === null) throw new Error("it cannot be read");
		expect(snapshot).toMatchObject(meta);
		const restored = createBankMatcher({ clock });
		restored.load(snapshot);
		restored.compact();
		expect(restored.entryCount).toBe(3);
		const answers = original.match(hashesOf("picture"));
		expect(answers).toHaveLength(2);
		expect(restored.match(hashesOf("picture"))).toEqual(answers);
	});

	test("that is damaged anywhere, cut off, or of another version, is none", () => {
		for (let at = 0; at < bytes.length; at += 41) {
			const damaged = Buffer.from(bytes);
			damaged[at] = (damaged[at] ?? 0) ^ 4;
			expect(readSnapshot(damaged)).toBeNull();
		}
		expect(readSnapshot(bytes.subarray(0, bytes.length - 1))).toBeNull();
		expect(readSnapshot(new Uint8Array(0))).toBeNull();
	});
});
