import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createOffsetLedger } from "../../../services/runtime/offset-ledger.ts";

function ledgerOf(offsets: readonly bigint[]) {
	const ledger = createOffsetLedger();
	for (const offset of offsets) ledger.add(offset);
	return ledger;
}

describe("the offset ledger", () => {
	test("has nothing to commit before any record was added", () => {
		const ledger = createOffsetLedger();
		ledger.settle(7n);
		expect(ledger.head()).toBeNull();
		expect(ledger.unsettled).toBe(0);
	});

	test("commits up to the first record that is not settled, however many behind it are", () => {
		const ledger = ledgerOf([10n, 11n, 12n, 13n]);
		ledger.settle(11n);
		ledger.settle(13n);
		expect(ledger.head()).toBe(10n);
		ledger.settle(10n);
		expect(ledger.head()).toBe(12n);
		ledger.settle(12n);
		expect(ledger.head()).toBe(14n);
	});

	test("steps over gaps that compaction or a transaction left", () => {
		const ledger = ledgerOf([3n, 9n]);
		ledger.settle(3n);
		expect(ledger.head()).toBe(4n);
		ledger.settle(9n);
		expect(ledger.head()).toBe(10n);
	});

	test("counts a record once, though it is settled twice", () => {
		const ledger = ledgerOf([1n, 2n]);
		ledger.settle(2n);
		ledger.settle(2n);
		expect(ledger.unsettled).toBe(1);
		expect(ledger.head()).toBe(1n);
	});

	test("keeps offsets beyond 2^53 exact", () => {
		const large = 9_007_199_254_740_993n;
		const ledger = ledgerOf([large]);
		ledger.settle(large);
		expect(ledger.head()).toBe(large + 1n);
	});

	test("never commits past an unsettled record, and always up to it, in whatever order records are added and settled", () => {
		const step = fc.oneof(
			fc.record({ kind: fc.constant("add" as const), gap: fc.integer({ min: 0, max: 3 }) }),
			fc.record({ kind: fc.constant("settle" as const), pick: fc.nat() }),
		);
		fc.assert(
			fc.property(fc.bigInt({ min: 0n, max: 1_000_000n }), fc.array(step, { maxLength: 400 }), (start, steps) => {
				const ledger = createOffsetLedger();
				const added: bigint[] = [];
				const settled = new Set<bigint>();
				let next = start;
				for (const one of steps) {
					if (one.kind === "add") {
						next += BigInt(one.gap);
						ledger.add(next);
						added.push(next);
						next += 1n;
					} else if (added.length > 0) {
						const offset = added[one.pick % added.length] ?? 0n;
						ledger.settle(offset);
						settled.add(offset);
					}
					expect(ledger.unsettled).toBe(added.length - settled.size);
					expect(ledger.head()).toBe(expectedHead(added, settled));
				}
			}),
		);
	});

	test("keeps up with many records that settle in reverse", () => {
		const count = 200_000;
		const ledger = createOffsetLedger();
		for (let offset = 0; offset < count; offset += 1) ledger.add(BigInt(offset));
		const startedAt = performance.now();
		for (let offset = count - 1; offset >= 0; offset -= 1) ledger.settle(BigInt(offset));
		expect(ledger.head()).toBe(BigInt(count));
		expect(ledger.unsettled).toBe(0);
		expect(performance.now() - startedAt).toBeLessThan(15_000);
	});
});

/** The definition, walked from the beginning each time. */
function expectedHead(added: readonly bigint[], settled: ReadonlySet<bigint>): bigint | null {
	let head = added[0] ?? null;
	for (const offset of added) {
		if (!settled.has(offset)) break;
		head = offset + 1n;
	}
	return head;
}
