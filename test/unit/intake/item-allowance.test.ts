import { expect, test } from "@jest/globals";
import { platformId, uuidv7 } from "../../../services/core/ids.ts";
import { createItemAllowance } from "../../../services/intake/item-allowance.ts";

const one = platformId.parse(uuidv7(1));
const other = platformId.parse(uuidv7(2));

test("a platform that sends more than its allowance is told when to come back; another one is not", () => {
	let now = 0;
	const allowance = createItemAllowance({ clock: { now: () => now }, itemsPerSecond: 100 });
	expect(allowance.take(one, 250)).toBeNull();
	expect(allowance.take(one, 1)).toEqual({ waitMs: 510 });
	expect(allowance.take(other, 1)).toBeNull();
	now = 510;
	expect(allowance.take(one, 1)).toBeNull();
});

test("a pause fills the allowance for two seconds and no more", () => {
	let now = 0;
	const allowance = createItemAllowance({ clock: { now: () => now }, itemsPerSecond: 100 });
	now = 3_600_000;
	expect(allowance.take(one, 200)).toBeNull();
	expect(allowance.take(one, 1)).not.toBeNull();
});
