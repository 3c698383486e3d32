import { expect, test } from "@jest/globals";
import { widenedTrust } from "../../../../services/core/banks/widened-trust.ts";

const before = { trusted: false, sources: ["a", "b"], allowedChange: { share: 0.1, addedEntries: 100 } };

test.each([
	["one source's word is enough", { trusted: true }, ["trusted"]],
	["another source counts by itself", { sources: ["a", "c"] }, ["sources"]],
	["one person may change more of it", { allowedChange: { share: 0.2, addedEntries: 100 } }, ["allowedChange"]],
	["one person may add more to it", { allowedChange: { share: 0, addedEntries: 101 } }, ["allowedChange"]],
])("trust grows where %s", (_what, change, widened) => {
	expect(widenedTrust(before, { ...before, ...change })).toEqual(widened);
});

test("taking trust away, or leaving it, widens nothing", () => {
	const narrow = { trusted: false, sources: ["b"], allowedChange: { share: 0.05, addedEntries: 0 } };
	expect(widenedTrust(before, before)).toEqual([]);
	expect(widenedTrust(before, narrow)).toEqual([]);
	expect(widenedTrust({ ...before, trusted: true }, before)).toEqual([]);
});
