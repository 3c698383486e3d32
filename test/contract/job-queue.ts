// What every job queue promises (core/ports/job-queue.ts), whatever carries it.
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { caseId, type OrderId, orderId, uuidv7 } from "../../services/core/ids.ts";
import { type JobHandlers, type JobQueue, type JobWorker, RetryLater } from "../../services/core/ports/job-queue.ts";
import { jobIdOf } from "../../services/core/wire/jobs.ts";
import { eventually } from "../support/eventually.ts";

const patience = { withinMs: 20_000 };
const never = async () => undefined;
/** Of the queue `takedown`. */
export const allHandlers: Required<Omit<JobHandlers, "tell" | "state">> = {
	withhold: never,
	remove: never,
	restore: never,
	"limit-spread": never,
	"lift-limit": never,
	escalate: never,
	measure: never,
	"account-order": never,
	"count-strikes": never,
};

export function newJob() {
	const payload = { orderId: orderId.parse(uuidv7(Date.now())) };
	return { name: "withhold", payload, jobId: jobIdOf("withhold", payload) } as const;
}

export interface JobQueueUnderTest {
	/** A queue with an empty backend of its own. */
	readonly create: () => Promise<JobQueue>;
	/** Another process's view of the backend that `create` made last. */
	readonly createPeer: () => Promise<JobQueue>;
	/** What makes this queue give a job up at once, as after its last attempt. */
	readonly giveUp: () => Error;
}

export function describeJobQueueContract(name: string, { create, createPeer, giveUp }: JobQueueUnderTest): void {
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

		test("a job that was given up can be added again", async () => {
			const seen: string[] = [];
			await work({
				withhold: async (payload) => {
					seen.push(payload.orderId);
					throw giveUp();
				},
			});
			const job = newJob();
			await queue.add([job]);
			await eventually(() => expect(seen).toHaveLength(1), patience);
			await eventually(async () => {
				await queue.add([job]);
				expect(seen.length).toBeGreaterThanOrEqual(2);
			}, patience);
		});

		test("a handler that asks for a delay gets it, and keeps its attempts", async () => {
			const calls: { readonly at: number; readonly attempt: number }[] = [];
			await work({
				withhold: async (_payload, { attempt }) => {
					calls.push({ at: performance.now(), attempt });
					if (calls.length === 1) throw new RetryLater(1_200);
					if (calls.length === 2) throw new RetryLater(0);
				},
			});
			await queue.add([newJob()]);
			await eventually(() => expect(calls).toHaveLength(3), patience);
			expect(calls.map(({ attempt }) => attempt)).toEqual([1, 1, 1]);
			expect((calls[1]?.at ?? 0) - (calls[0]?.at ?? 0)).toBeGreaterThanOrEqual(1_100);
			await eventually(
				async () => expect(await queue.counts("takedown")).toMatchObject({ active: 0, delayed: 0 }),
				patience,
			);
		});

		test("a job that waits for its next attempt is counted, and is not doubled by being added again", async () => {
			const seen: string[] = [];
			await work({
				withhold: async (payload) => {
					seen.push(payload.orderId);
					throw new RetryLater(3_600_000);
				},
			});
			const job = newJob();
			await queue.add([job]);
			await eventually(async () => expect(await queue.counts("takedown")).toMatchObject({ delayed: 1 }), patience);
			const other = newJob();
			await queue.add([job, other]);
			await eventually(async () => expect(await queue.counts("takedown")).toMatchObject({ delayed: 2 }), patience);
			expect(seen).toEqual([job.payload.orderId, other.payload.orderId]);
		});

		test("a payload that breaks its contract never reaches the handler, and holds nothing up", async () => {
			const seen: string[] = [];
			await work({ withhold: async (payload) => void seen.push(payload.orderId) });
			const broken = { ...newJob(), payload: { orderId: "not an id" as OrderId } };
			const job = newJob();
			await queue.add([broken, job]);
			await eventually(() => expect(seen).toEqual([job.payload.orderId]), patience);
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

		test("a flood is worked off by several processes, each job once", async () => {
			const seen: string[] = [];
			const count = async (payload: { readonly orderId: string }) => void seen.push(payload.orderId);
			const peer = await createPeer();
			const jobs = Array.from({ length: 600 }, newJob);
			await queue.add(jobs);
			workers.push(await peer.work("takedown", { ...allHandlers, withhold: count }, { concurrency: 16 }));
			await work({ withhold: count }, 16);
			await eventually(() => expect(seen.length).toBeGreaterThanOrEqual(600), patience);
			expect([...seen].sort()).toEqual(jobs.map(({ payload }) => payload.orderId).sort());
			await peer[Symbol.asyncDispose]();
		});

		test("the job of a worker that is lost is taken up by another", async () => {
			const peer = await createPeer();
			let isStarted = false;
			const stuck = async () => {
				isStarted = true;
				await new Promise(() => undefined);
			};
			await peer.work("takedown", { ...allHandlers, withhold: stuck }, { concurrency: 1 });
			await queue.add([newJob()]);
			await eventually(() => expect(isStarted).toBe(true), patience);
			await peer[Symbol.asyncDispose]();
			const seen: number[] = [];
			await work({ withhold: async (_payload, { attempt }) => void seen.push(attempt) });
			await eventually(() => expect(seen).toEqual([1]), patience);
		});

		test("closing waits for the job under way", async () => {
			let release: () => void = () => undefined;
			const released = new Promise<void>((resolve) => {
				release = resolve;
			});
			let isStarted = false;
			let isDone = false;
			const worker = await work({
				withhold: async () => {
					isStarted = true;
					await released;
					isDone = true;
				},
			});
			await queue.add([newJob()]);
			await eventually(() => expect(isStarted).toBe(true), patience);
			const closed = worker.close(10_000);
			setImmediate(release);
			await closed;
			expect(isDone).toBe(true);
		});

		test("a job that outlasts the drain is aborted, and another worker takes it up at once", async () => {
			let isStarted = false;
			const worker = await work({
				withhold: async (_payload, { signal }) => {
					isStarted = true;
					await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
					throw new RetryLater(0);
				},
			});
			await queue.add([newJob()]);
			await eventually(() => expect(isStarted).toBe(true), patience);
			await worker.close(50);
			let isDone = false;
			await work({
				withhold: async () => {
					isDone = true;
				},
			});
			// Sooner than the lost worker's lock would run out, five seconds after.
			await eventually(() => expect(isDone).toBe(true), { withinMs: 4_500 });
		});

		test("a job without a handler, or a handler without a job, is refused at the start", async () => {
			const { escalate: _left, ...some } = allHandlers;
			await expect(queue.work("takedown", some, { concurrency: 1 })).rejects.toThrow(/escalate/);
			const more = { ...allHandlers, polish: async () => {} };
			await expect(queue.work("takedown", more, { concurrency: 1 })).rejects.toThrow(/knows no job: polish/);
		});

		test("what waits is counted", async () => {
			const payload = { caseId: caseId.parse(uuidv7(Date.now())) };
			await queue.add([newJob(), { name: "escalate", payload, jobId: jobIdOf("escalate", payload) }]);
			expect(await queue.counts("takedown")).toMatchObject({ waiting: 2, active: 0 });
			await expect(queue.check()).resolves.toBeUndefined();
		});
	});
}
