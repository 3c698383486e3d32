// A machine opens breakers by what it has read of the last minutes; what a person does meanwhile counts for more.
import { expect, test } from "@jest/globals";
import { useTestRecord } from "../../support/use-test-record.ts";

const record = useTestRecord();

const scope = { kind: "platform", key: "a platform" } as const;

/** What a machine opens it by, as it reads it now. */
async function tooFast() {
	const { closedAt } = await record.stores.breakers.past(scope);
	return { ...scope, by: null, perMinute: 200, baselinePerMinute: 1, closedAt };
}

test("one that a person closes while a machine is about to open it once more stays closed", async () => {
	const { breakers } = record.stores;
	expect(await breakers.open(await tooFast())).toBe(true);
	for (const _ of ["the first time", "and each time after"]) {
		const readBefore = await tooFast();
		expect(await breakers.open(readBefore)).toBe(false);
		expect(await breakers.close(scope, "an", "these copies are right")).toBe(true);
		expect(await breakers.open(readBefore)).toBe(false);
		expect(await breakers.listOpen()).toEqual([]);
		expect(await breakers.open(await tooFast())).toBe(true);
	}
});

test("of many who open and close it at once each act is one, and a machine that looked before is never the last", async () => {
	const { breakers } = record.stores;
	const readBefore = await tooFast();
	const acts = Array.from({ length: 20 }, (_, at) =>
		at % 2 === 0 ? breakers.open(readBefore) : breakers.close(scope, "an", "these copies are right"),
	);
	const done = await Promise.all(acts);
	expect(done.filter(Boolean)).toHaveLength(1);
	expect(await breakers.listOpen()).toEqual([]);
});
