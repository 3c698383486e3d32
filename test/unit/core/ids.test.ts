import { expect, test } from "@jest/globals";
import { itemId, uuidv7 } from "../../../services/core/ids.ts";

test("ids of one moment are all different, carry that moment, and sort after those of earlier moments", () => {
	const at = Date.UTC(2026, 10, 24, 12, 0, 0, 123);
	const ids = Array.from({ length: 5_000 }, () => uuidv7(at));
	expect(new Set(ids).size).toBe(ids.length);
	// One expectation for all: one an id takes most of the time.
	const isAsItShould = (id: string) =>
		itemId.safeParse(id).success &&
		/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id) &&
		Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16) === at &&
		uuidv7(at - 1) < id;
	expect(ids.filter((id) => !isAsItShould(id))).toEqual([]);
});
