import { expect, test } from "@jest/globals";
import { createBriefCache } from "../../../services/runtime/brief-cache.ts";

function cacheAt(clock: { now: number }, load: (key: string) => Promise<string>) {
	return createBriefCache({ forMs: 1_000, maxEntries: 2, now: () => clock.now, load });
}

test("callers that come together are answered by one look-up; after its time it is looked up again", async () => {
	const clock = { now: 0 };
	const asked: string[] = [];
	const find = cacheAt(clock, async (key) => {
		asked.push(key);
		return `${key}@${clock.now}`;
	});
	expect(await Promise.all([find("a"), find("a")])).toEqual(["a@0", "a@0"]);
	clock.now = 999;
	expect(await find("a")).toBe("a@0");
	clock.now = 1_000;
	expect(await find("a")).toBe("a@1000");
	expect(asked).toEqual(["a", "a"]);
});

test("a failure is not remembered", async () => {
	let fails = true;
	const find = cacheAt({ now: 0 }, async (key) => {
		if (fails) throw new Error("away");
		return key;
	});
	await expect(find("a")).rejects.toThrow("away");
	fails = false;
	expect(await find("a")).toBe("a");
});

test("it never grows past its size", async () => {
	let loads = 0;
	const find = cacheAt({ now: 0 }, async (key) => {
		loads += 1;
		return key;
	});
	for (const key of ["a", "b", "c", "a"]) await find(key);
	expect(loads).toBe(4);
});
