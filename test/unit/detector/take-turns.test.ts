import { setImmediate } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { takeTurns } from "../../../services/detector/take-turns.ts";

test("of a large delivery a few are begun at a time, in their order", async () => {
	const begun: number[] = [];
	const begin = takeTurns((value: number) => begun.push(value), 2);
	begin("posts", [1, 2, 3]);
	begin("posts", [4]);
	expect(begun).toEqual([]);
	await setImmediate();
	expect(begun).toEqual([1, 2]);
	await setImmediate();
	expect(begun).toEqual([1, 2, 3, 4]);
});

test("a lane with little to do does not wait until a full one is empty", async () => {
	const begun: string[] = [];
	const begin = takeTurns((value: string) => begun.push(value), 2);
	begin("posts", ["a", "b", "c", "d", "e"]);
	begin("media", ["picture"]);
	await setImmediate();
	expect(begun).toEqual(["a", "b", "picture"]);
});
