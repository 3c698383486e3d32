import { describe, expect, test } from "@jest/globals";
import { createMicroBatch } from "../../../services/runtime/micro-batch.ts";

function gather(options: { maxSize?: number; concurrency?: number; fails?: boolean } = {}) {
	const batches: number[][] = [];
	let running = 0;
	let mostRunning = 0;
	const call = createMicroBatch<number, number>({
		maxSize: options.maxSize ?? 3,
		maxWaitMs: 5,
		concurrency: options.concurrency ?? 1,
		run: async (inputs) => {
			batches.push([...inputs]);
			running += 1;
			mostRunning = Math.max(mostRunning, running);
			await new Promise((resolve) => setImmediate(resolve));
			running -= 1;
			if (options.fails === true) throw new Error("batch failed");
			return inputs.map((input) => input * 10);
		},
	});
	return { call, batches, mostRunning: () => mostRunning };
}

describe("calls gathered into batches", () => {
	test("every caller gets its own answer", async () => {
		const { call } = gather();
		expect(await Promise.all([1, 2, 3, 4, 5, 6, 7].map(call))).toEqual([10, 20, 30, 40, 50, 60, 70]);
	});

	test("no batch is larger than allowed, and a lone call does not wait for others for ever", async () => {
		const { call, batches } = gather();
		await Promise.all([1, 2, 3, 4].map(call));
		await call(5);
		expect(batches.every((batch) => batch.length <= 3)).toBe(true);
		expect(batches.flat()).toEqual([1, 2, 3, 4, 5]);
	});

	test("no more batches run at once than allowed", async () => {
		const { call, mostRunning } = gather({ maxSize: 1, concurrency: 2 });
		await Promise.all(Array.from({ length: 20 }, (_, index) => call(index)));
		expect(mostRunning()).toBe(2);
	});

	test("a batch that fails fails for each of its callers, and the next one runs", async () => {
		const { call } = gather({ fails: true });
		const outcomes = await Promise.allSettled([1, 2, 3, 4].map(call));
		expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected", "rejected"]);
	});

	test("an answer of the wrong length is a failure, not a mix-up", async () => {
		const call = createMicroBatch<number, number>({ maxSize: 2, maxWaitMs: 1, concurrency: 1, run: async () => [1] });
		await expect(Promise.all([call(1), call(2)])).rejects.toThrow(/answer every input/);
	});
});
