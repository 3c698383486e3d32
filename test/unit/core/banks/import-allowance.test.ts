import { describe, expect, test } from "@jest/globals";
import { allowanceFaults } from "../../../../services/core/banks/import-allowance.ts";

const allowed = { share: 0.1, addedEntries: 1_000 };
const none = { added: 0, changed: 0, removed: 0, same: 0 };

describe("one person's word is enough", () => {
	test.each([
		["for a first list of ordinary size", { ...none, added: 1_000 }, 0],
		["for a daily addition to a large bank", { ...none, added: 100_000 }, 1_000_000],
		["for changes and removals within the share", { ...none, changed: 60, removed: 40 }, 1_000],
		["to mend a few entries of a small bank, whatever the share", { ...none, removed: 10 }, 12],
		["for a list that changes nothing", { ...none, same: 5_000_000 }, 10],
	])("%s", (_what, delta, before) => {
		expect(allowanceFaults(delta, none, before, allowed)).toEqual([]);
	});
});

describe("a second person must look", () => {
	test("at a list that adds more than the share and the number allow", () => {
		expect(allowanceFaults({ ...none, added: 1_001 }, none, 500, allowed)).toEqual([
			{ code: "adds-too-many", added: 1_001, inAll: 1_001, allowed: 1_000, hours: 24 },
		]);
	});
	test("at a list that empties a bank, however small, and at one that rewrites it", () => {
		expect(allowanceFaults({ ...none, removed: 200 }, none, 200, allowed)).toEqual([
			{ code: "touches-too-many", touched: 200, of: 200, inAll: 200, allowed: 20, hours: 24 },
		]);
		expect(allowanceFaults({ ...none, changed: 101 }, none, 1_000, allowed)).toHaveLength(1);
	});
	test("at everything, where nothing is allowed", () => {
		expect(allowanceFaults({ ...none, added: 1, removed: 11 }, none, 100, { share: 0, addedEntries: 0 })).toHaveLength(
			2,
		);
	});
});

describe("what entered on one person's word within the last 24 hours counts as well", () => {
	test("a list cut into slices needs a second person as soon as the slices together are more than allowed", () => {
		const slice = { ...none, added: 400 };
		const faultsAfter = (added: number) => allowanceFaults(slice, { ...none, added }, 500, allowed);
		expect(faultsAfter(400)).toEqual([]);
		expect(faultsAfter(800)).toEqual([{ code: "adds-too-many", added: 400, inAll: 1_200, allowed: 1_000, hours: 24 }]);
	});
	test("so does taking a bank apart a little at a time", () => {
		const recent = { ...none, changed: 40, removed: 50 };
		expect(allowanceFaults({ ...none, removed: 10 }, recent, 1_000, allowed)).toEqual([]);
		expect(allowanceFaults({ ...none, removed: 11 }, recent, 1_000, allowed)).toEqual([
			{ code: "touches-too-many", touched: 11, of: 1_000, inAll: 101, allowed: 100, hours: 24 },
		]);
	});
	test("but a list is not held up for what it does not do itself", () => {
		const recent = { added: 5_000, changed: 500, removed: 0 };
		expect(allowanceFaults({ ...none, same: 5_000 }, recent, 5_000, allowed)).toEqual([]);
		expect(allowanceFaults({ ...none, added: 1 }, { ...recent, added: 0 }, 5_000, allowed)).toEqual([]);
		expect(allowanceFaults({ ...none, removed: 1 }, { ...recent, changed: 0 }, 5_000, allowed)).toEqual([]);
	});
});
