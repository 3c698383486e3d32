// What every job queue promises (core/ports/job-queue.ts), whatever carries it.
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { caseId, orderId, uuidv7 } from "../../services/core/ids.ts";
import { type JobHandlers, type JobQueue, type JobWorker, RetryLater } from "../../services/core/ports/job-queue.ts";
import { jobIdOf } from "../../services/core/wire/jobs.ts";
import { eventually } from "../support/eventually.ts";

const patience = { withinMs: 20_000 };
const never = async () => undefined;
const allHandlers: Required<JobHandlers> = { withhold: never, remove: never, restore: never, escalate: never };

function newJob() {
	const payload = { orderId: orderId.parse(uuidv7(Date.now())) };
	return { name: "withhold", payload, jobId: jobIdOf("withhold", payload) } as const;
}

export function describeJobQueueContract(name: string, create: () => Promise<JobQueue>): void {
	describe(`${name} as a job queue`, () => {
		let queue: JobQueue;
		const workers: JobWorker[] = [];
		beforeEach(async () => {
			queue = await create();
		});
		afterEach(async () => {
			await Promise.all(workers.splice(0).map((worker) => worker.close(2_000)));
			await queue[Symbol.asyncDispose]();
		});
		const work = async (handlers: JobHandlers, concurrency = 4) => {
			const worker = await queue.work("takedown", { ...allHandlers, ...handlers }, { concurrency });
			workers.push(worker);
			return worker;
		};

		test("a job reaches its handler with its payload", async () => {
			const seen: string[] = [];
			await work({ withhold: async (payload) => void seen.push(payload.orderId) });
			const job = newJob();
			await queue.add([job]);
			await eventually(() => expect(seen).toEqual([job.payload.orderId]), patience);
		});

		test("a job added again while it waits is done once", async () => {
			const seen: string[] = [];
			const job = newJob();
			await queue.add([job, job]);
			await queue.add([job]);
			await work({ withhold: async (payload) => void seen.push(payload.orderId) });
			const last = newJob();
			await queue.add([last]);
			await eventually(() => expect(seen).toContain(last.payload.orderId), patience);
			expect(seen.filter((id) => id === job.payload.orderId)).toHaveLength(1);
		});

		test("a job that is done can be added again: the record decides what must happen, not the queue", async () => {
			const seen: string[] = [];
			await work({ withhold: async (payload) => void seen.push(payload.orderId) });
			const job = newJob();
			await queue.add([job]);
			await eventually(() => expect(seen).toHaveLength(1), patience);
			await eventually(async () => {
				await queue.add([job]);
				expect(seen.length).toBeGreaterThanOrEqual(2);
			}, patience);
		});

		test("a handler that fails is tried again, and told which attempt it is", async () => {
			const attempts: number[] = [];
			await work({
				withhold: async (_payload, context) => {
					attempts.push(context.attempt);
					if (context.attempt < 3) throw new Error("not yet");
				},
			});
			await queue.add([newJob()]);
			await eventually(() => expect(attempts).toEqual([1, 2, 3]), patience);
		});

		test("a handler that asks for a delay gets it", async () => {
			const times: number[] = [];
			await work({
				withhold: async (_payload, context) => {
					times.push(performance.now());
					if (context.attempt === 1) throw new RetryLater(1_200);
				},
			});
			await queue.add([newJob()]);
			await eventually(() => expect(times).toHaveLength(2), patience);
			expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1_100);
		});

		test("a restored item goes before orders that wait", async () => {
			const seen: string[] = [];
			const withholds = [newJob(), newJob(), newJob()];
			const payload = { orderId: orderId.parse(uuidv7(Date.now())) };
			await queue.add([...withholds, { name: "restore", payload, jobId: jobIdOf("restore", payload) }]);
			await work(
				{ withhold: async () => void seen.push("withhold"), restore: async () => void seen.push("restore") },
				1,
			);
			await eventually(() => expect(seen).toHaveLength(4), patience);
			expect(seen[0]).toBe("restore");
		});

		test("closing waits for the job under way", async () => {
			let release: () => void = () => undefined;
			let isDone = false;
			const started = new Promise<void>((resolve) => {
				void work({
					withhold: async () => {
						resolve();
						await new Promise<void>((go) => {
							release = go;
						});
						isDone = true;
					},
				});
			});
			await queue.add([newJob()]);
			await started;
			const closed = workers[0]?.close(10_000);
			setImmediate(() => release());
			await closed;
			expect(isDone).toBe(true);
		});

		test("a job without a handler, or a handler without a job, is refused at the start", async () => {
			const { escalate: _left, ...some } = allHandlers;
			await expect(queue.work("takedown", some, { concurrency: 1 })).rejects.toThrow(/escalate/);
			await expect(queue.work("maintenance", allHandlers, { concurrency: 1 })).rejects.toThrow(/knows no job/);
		});

		test("what waits is counted", async () => {
			const payload = { caseId: caseId.parse(uuidv7(Date.now())) };
			await queue.add([newJob(), { name: "escalate", payload, jobId: jobIdOf("escalate", payload) }]);
			expect(await queue.counts("takedown")).toMatchObject({ waiting: 2, active: 0 });
		});
	});
}
