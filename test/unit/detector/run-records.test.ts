import { describe, expect, test } from "@jest/globals";
import { BreakwaterError } from "../../../services/core/errors.ts";
import type { NewDeadLetter } from "../../../services/core/ports/dead-letter-store.ts";
import { topics } from "../../../services/core/wire/topics.ts";
import { createRunRecords } from "../../../services/detector/run-records.ts";
import type { StepResult } from "../../../services/detector/step.ts";
import type { Received } from "../../../services/detector/values.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { eventually, soon } from "../../support/eventually.ts";

const settled: StepResult<never> = { kind: "settled" };
const retry: StepResult<never> = { kind: "retry", reason: "host-failed" };

/** Runs one record through a pipeline that answers from a script; the last answer repeats. */
function runOne(script: readonly (StepResult<never> | Error)[], attempts = 3, parkFails = 0) {
	const seen: Received[] = [];
	const parked: NewDeadLetter[] = [];
	const told: (readonly string[])[] = [];
	const published: string[] = [];
	let isSettled = false;
	let failuresLeft = parkFails;
	const stop = new AbortController();
	const run = createRunRecords({
		pipeline: async (received) => {
			const answer = script[Math.min(seen.length, script.length - 1)] ?? settled;
			seen.push(received);
			if (answer instanceof Error) throw answer;
			return answer;
		},
		deadLetters: {
			park: async (letters) => {
				if (failuresLeft-- > 0) throw new BreakwaterError("store-unavailable");
				parked.push(...letters);
			},
		},
		stream: { publish: async (topic) => void published.push(topic) },
		events: { recordRetried: () => undefined, recordParked: ({ faults }) => void told.push(faults) },
		logger: silentLogger,
		attempts,
		stopSignal: stop.signal,
		firstDelayMs: 1,
	});
	const record = {
		topic: topics.posts,
		partition: 0,
		offset: "7",
		key: "k",
		value: Buffer.from("v"),
		headers: {},
		receivedAtMs: 0,
	};
	run([
		{
			record,
			settle: () => {
				isSettled = true;
			},
		},
	]);
	return { seen, parked, told, published, stop, isSettled: () => isSettled };
}

describe("a record is settled only when its outcome is durable", () => {
	test("once the pipeline has settled it", async () => {
		const one = runOne([settled]);
		await eventually(() => one.isSettled(), soon);
		expect(one.seen).toHaveLength(1);
	});

	test("a record wrong in itself is parked at once, in the store and on the dead-letter topic", async () => {
		const one = runOne([{ kind: "park", reason: "malformed-json", faults: [{ code: "not-json" }] }]);
		await eventually(() => one.isSettled(), soon);
		expect(one.seen).toHaveLength(1);
		expect(one.parked).toMatchObject([{ reason: "malformed-json", offset: "7", attempts: 1 }]);
		expect(one.published).toEqual([topics.deadLetters]);
		expect(one.told).toEqual([["not-json"]]);
	});

	test("where it cannot be parked either, it is not settled until it can", async () => {
		const one = runOne([{ kind: "park", reason: "malformed-json", faults: [{ code: "not-json" }] }], 3, 2);
		await eventually(() => one.isSettled(), soon);
		expect(one.seen.length).toBe(3);
		expect(one.parked).toHaveLength(1);
	});
});

describe("what fails for a reason of ours is tried again", () => {
	test("with the last attempt marked, so that people get what is still unavailable", async () => {
		const one = runOne([retry, retry, settled]);
		await eventually(() => one.isSettled(), soon);
		expect(one.seen.map(({ attempt, isLastAttempt }) => [attempt, isLastAttempt])).toEqual([
			[1, false],
			[2, false],
			[3, true],
		]);
	});

	test("an unexpected fault is parked after the last attempt", async () => {
		const one = runOne([new Error("bug")]);
		await eventually(() => one.isSettled(), soon);
		expect(one.seen).toHaveLength(3);
		expect(one.parked).toMatchObject([{ reason: "retries-exhausted", attempts: 3 }]);
	});

	test("a record store out of reach uses up no attempt, however long it lasts", async () => {
		const away = new BreakwaterError("store-unavailable");
		const one = runOne([away, away, away, away, away, settled], 2);
		await eventually(() => one.isSettled(), soon);
		expect(one.seen.map(({ attempt }) => attempt)).toEqual([1, 1, 1, 1, 1, 1]);
		expect(one.parked).toEqual([]);
	});

	test("evidence that cannot be kept uses up no attempt; after a while it is parked, so that it holds nothing up", async () => {
		const one = runOne([{ kind: "retry", reason: "evidence-not-kept" }], 2);
		await eventually(() => one.isSettled(), soon);
		expect(new Set(one.seen.map(({ attempt }) => attempt))).toEqual(new Set([1]));
		expect(one.parked).toMatchObject([{ reason: "evidence-not-kept", attempts: 9 }]);
	});

	test("at shutdown it is left unsettled, to be delivered again", async () => {
		const one = runOne([retry], 1_000);
		await eventually(() => one.seen.length > 2, soon);
		one.stop.abort();
		const seen = one.seen.length;
		await eventually(() => one.seen.length <= seen + 1, soon);
		expect(one.isSettled()).toBe(false);
	});
});
