import { describe, expect, test } from "@jest/globals";
import type { Opinion } from "../../../../services/core/banks/bank.ts";
import { createGatheredRows } from "../../../../services/core/banks/gather-rows.ts";
import type { NewEntry } from "../../../../services/core/ports/bank-store.ts";
import { digest } from "../../../support/bank-fixtures.ts";

const nowMs = Date.parse("2026-01-01T00:00:00Z");
const row = (text: string, opinion: Partial<Opinion>): NewEntry => ({
	...{ hashType: "sha256", hash: digest(text), quality: null, externalId: null, note: null },
	opinion: { source: "a", kind: "positive", ...opinion },
});

describe("the rows of a list", () => {
	test("are one entry a hash: each source's last row counts, and that it said two things is told", () => {
		const gathered = createGatheredRows(nowMs);
		for (const kind of ["positive", "negative", "positive"] as const) gathered.add(row("known", { kind }));
		gathered.add(row("known", { source: "b", kind: "negative" }));
		gathered.add(row("other", {}));
		expect(gathered.entries().map(({ opinions }) => opinions)).toEqual([
			[
				{ source: "a", kind: "positive" },
				{ source: "b", kind: "negative" },
			],
			[{ source: "a", kind: "positive" }],
		]);
		expect(gathered.remarks()).toEqual([{ code: "opinions-conflict", hashes: 1 }]);
	});

	test.each<[string, Partial<Opinion>, Partial<Opinion>]>([
		["categories", { categories: ["csam"] }, { categories: ["adult"] }],
		["ends", { expiresAt: "2030-01-01T00:00:00.000Z" }, { expiresAt: "2031-01-01T00:00:00.000Z" }],
		["an end and none", { expiresAt: "2030-01-01T00:00:00.000Z" }, {}],
		["how grave it is", { severity: 1 }, { severity: 5 }],
	])("that differ in %s contradict each other as well", (_what, one, other) => {
		const gathered = createGatheredRows(nowMs);
		gathered.add(row("known", one));
		gathered.add(row("known", other));
		expect(gathered.remarks()).toEqual([{ code: "opinions-conflict", hashes: 1 }]);
	});

	test("that say the same twice do not", () => {
		const gathered = createGatheredRows(nowMs);
		for (const _time of [1, 2]) gathered.add(row("known", { categories: ["csam"], severity: 2 }));
		expect(gathered.remarks()).toEqual([]);
	});

	test("of which some have expired: that is told, and they keep their end", () => {
		const gathered = createGatheredRows(nowMs);
		gathered.add(row("old", { expiresAt: "2020-01-01T00:00:00.000Z" }));
		gathered.add(row("new", { expiresAt: "2030-01-01T00:00:00.000Z" }));
		expect(gathered.entries()).toHaveLength(2);
		expect(gathered.remarks()).toEqual([{ code: "rows-expired", rows: 1 }]);
	});

	test("that are plain have nothing to be told", () => {
		const gathered = createGatheredRows(nowMs);
		gathered.add(row("known", {}));
		gathered.add(row("known", { source: "b" }));
		expect(gathered.remarks()).toEqual([]);
	});
});
