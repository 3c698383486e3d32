// Asserts: inference pool and inference thread on real worker threads. Out of scope: TensorFlow and the models.
import { afterEach, describe, expect, test } from "@jest/globals";
import {
	createInferencePool,
	type InferenceOutcome,
	type InferencePool,
	type InferencePoolOptions,
} from "../../../services/adapters/tensorflow/inference-pool.ts";
import { openInferenceThread } from "../../../services/adapters/tensorflow/inference-thread.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { eventually } from "../../support/eventually.ts";

const answer = 0;
const die = 1;
const hang = 2;
const leak = 3;
const grow = 4;
const fail = 5;
const hoard = 6;

const openThread = (start: unknown = {}) =>
	openInferenceThread({
		file: new URL("./stand-in-thread.js", import.meta.url),
		start,
		startTimeoutMs: 10_000,
		maxHeapBytes: 32 * 2 ** 20,
	});

let pool: InferencePool | null = null;

afterEach(async () => {
	await pool?.[Symbol.asyncDispose]();
});

async function openPool(options: Partial<InferencePoolOptions> = {}): Promise<InferencePool> {
	pool = createInferencePool({
		openThread: () => openThread(),
		first: await openThread(),
		threads: 1,
		batchSize: 4,
		maxWaitMs: 5,
		deadlineMs: 10_000,
		maxQueued: 64,
		maxThreadBytes: 1_000_000,
		logger: silentLogger,
		...options,
	});
	return pool;
}

const picture = (behavior: number) => Uint8Array.of(behavior, 0, 0);

function outputOf(outcome: InferenceOutcome): readonly number[] {
	if (outcome.kind !== "output") throw new Error(`expected an output, got ${outcome.reason}`);
	return [...outcome.output];
}

const threadOf = (outcome: InferenceOutcome) => outputOf(outcome)[1];

describe("inference pool", () => {
	test("pictures asked for together share batches of the size that was set", async () => {
		const inference = await openPool();
		const outcomes = await Promise.all(Array.from({ length: 8 }, () => inference.infer(picture(answer))));
		expect(outcomes.map((outcome) => outputOf(outcome)[0])).toEqual([4, 4, 4, 4, 4, 4, 4, 4]);
	});

	test("threads that are idle share what waits, instead of one taking it all", async () => {
		const inference = await openPool({ threads: 2 });
		const halves = async () => {
			const outcomes = await Promise.all(Array.from({ length: 4 }, () => inference.infer(picture(answer))));
			return outcomes.map((outcome) => outputOf(outcome)[0]);
		};
		await eventually(async () => expect(await halves()).toEqual([2, 2, 2, 2]), { withinMs: 10_000 });
	});

	test("a lone picture waits no longer for company than was set", async () => {
		const inference = await openPool();
		expect(outputOf(await inference.infer(picture(answer)))[0]).toBe(1);
	});

	test("a thread that dies makes its picture unavailable and is replaced", async () => {
		const inference = await openPool();
		const before = threadOf(await inference.infer(picture(answer)));
		expect(await inference.infer(picture(die))).toEqual({ kind: "unavailable", reason: "backend-failed" });
		expect(threadOf(await inference.infer(picture(answer)))).not.toBe(before);
	});

	test("a thread that hangs past the deadline is replaced, and its picture is unavailable", async () => {
		const inference = await openPool({ deadlineMs: 300 });
		expect(await inference.infer(picture(hang))).toEqual({ kind: "unavailable", reason: "deadline-exceeded" });
		await eventually(async () => expect((await inference.infer(picture(answer))).kind).toBe("output"), {
			withinMs: 10_000,
		});
	});

	test("pictures that wait behind a hanging thread are answered by their deadline too", async () => {
		const inference = await openPool({ deadlineMs: 300, batchSize: 1 });
		const hanging = inference.infer(picture(hang));
		const waiting = inference.infer(picture(hang));
		expect(await Promise.all([hanging, waiting])).toEqual([
			{ kind: "unavailable", reason: "deadline-exceeded" },
			{ kind: "unavailable", reason: "deadline-exceeded" },
		]);
	});

	test.each([
		["leaks tensors", leak],
		["outgrows its memory", grow],
	])("a thread that %s still answers, and is replaced", async (_, behavior) => {
		const inference = await openPool();
		const before = threadOf(await inference.infer(picture(behavior)));
		expect(threadOf(await inference.infer(picture(answer)))).not.toBe(before);
	});

	test("a thread whose heap runs over ends alone: its picture is unavailable, the next one is answered", async () => {
		const inference = await openPool();
		expect(await inference.infer(picture(hoard))).toEqual({ kind: "unavailable", reason: "backend-failed" });
		expect((await inference.infer(picture(answer))).kind).toBe("output");
	});

	test("a backend that refuses a batch makes it unavailable and keeps its thread", async () => {
		const inference = await openPool();
		const before = threadOf(await inference.infer(picture(answer)));
		expect(await inference.infer(picture(fail))).toEqual({ kind: "unavailable", reason: "backend-failed" });
		expect(threadOf(await inference.infer(picture(answer)))).toBe(before);
	});

	test("pictures beyond the queue's bound are answered as overloaded at once", async () => {
		const inference = await openPool({ maxQueued: 2, deadlineMs: 500, batchSize: 1 });
		const [, , , refused] = Array.from({ length: 4 }, () => inference.infer(picture(hang)));
		expect(await refused).toEqual({ kind: "unavailable", reason: "overloaded" });
	});

	test("a thread that dies while idle is replaced before anyone asks", async () => {
		const inference = await openPool({ first: await openThread({ idleMs: 1 }) });
		await eventually(async () => expect((await inference.infer(picture(answer))).kind).toBe("output"), {
			withinMs: 10_000,
		});
	});

	test("where no thread can be opened any more, pictures are unavailable, never unanswered", async () => {
		const inference = await openPool({ openThread: () => openThread({ diesAtOnce: true }), deadlineMs: 300 });
		await inference.infer(picture(die));
		expect(await inference.infer(picture(answer))).toEqual({ kind: "unavailable", reason: "deadline-exceeded" });
	});

	test("closing answers what still waits", async () => {
		const inference = await openPool({ batchSize: 1 });
		void inference.infer(picture(hang));
		const waiting = inference.infer(picture(answer));
		await inference[Symbol.asyncDispose]();
		expect(await waiting).toEqual({ kind: "unavailable", reason: "backend-failed" });
		expect(await inference.infer(picture(answer))).toEqual({ kind: "unavailable", reason: "backend-failed" });
	});
});
