import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createFairPlaces } from "../../../services/runtime/fair-places.ts";
import { createFairQueue, type Owner } from "../../../services/runtime/fair-queue.ts";

const owner = (platform: string, surface = "public"): Owner => ({ platform, surface });

describe("who is next", () => {
	test("one of a platform that comes new goes before all that another one's flood still has waiting", () => {
		const queue = createFairQueue<string>();
		for (let at = 0; at < 1_000; at += 1) queue.add(owner("flood"), `flood ${at}`);
		expect(queue.take()?.value).toBe("flood 0");
		queue.charge(owner("flood"), 800);
		queue.add(owner("quiet"), "quiet");
		expect(queue.take()?.value).toBe("quiet");
	});

	test("a platform's surfaces share its part, and are no more than one platform together", () => {
		const queue = createFairQueue<string>();
		for (const surface of ["public", "group", "direct"])
			for (let at = 0; at < 10; at += 1) queue.add(owner("many", surface), "many");
		for (let at = 0; at < 10; at += 1) queue.add(owner("one"), "one");
		const taken: string[] = [];
		for (let turn = 0; turn < 12; turn += 1) {
			const found = queue.take();
			if (found === undefined) break;
			queue.charge(found.owner, 10);
			taken.push(found.value === "one" ? "one" : found.owner.surface);
		}
		expect(taken.filter((value) => value === "one")).toHaveLength(6);
		for (const surface of ["public", "group", "direct"])
			expect(taken.filter((value) => value === surface)).toHaveLength(2);
	});

	test("one that was idle makes up for no time that it did not ask for", () => {
		const queue = createFairQueue<string>();
		const turn = () => {
			const found = queue.take();
			if (found !== undefined) queue.charge(found.owner, 10);
			return found?.value;
		};
		for (let at = 0; at < 200; at += 1) queue.add(owner("busy"), "busy");
		for (let at = 0; at < 100; at += 1) turn();
		for (let at = 0; at < 100; at += 1) queue.add(owner("idle"), "idle");
		const next = Array.from({ length: 20 }, turn);
		expect(next.filter((value) => value === "idle").length).toBeLessThanOrEqual(11);
	});
});

/** Turns of one worker over what the platforms have waiting; what each cost is known only once it has ended. */
const platformNames = ["a", "b", "c", "d"] as const;
const job = fc.record({
	platform: fc.constantFrom(...platformNames),
	surface: fc.constantFrom("public", "group", "direct"),
	costMs: fc.integer({ min: 1, max: 1_000 }),
});

describe("whatever comes, and whatever it costs", () => {
	test("everything is taken once, each line in its own order", () => {
		fc.assert(
			fc.property(fc.array(job, { maxLength: 60 }), (jobs) => {
				const queue = createFairQueue<(typeof jobs)[number]>();
				for (const one of jobs) queue.add(one, one);
				const taken: (typeof jobs)[number][] = [];
				for (let found = queue.take(); found !== undefined; found = queue.take()) {
					taken.push(found.value);
					queue.charge(found.owner, found.value.costMs);
				}
				expect(taken).toHaveLength(jobs.length);
				for (const platform of platformNames)
					for (const surface of ["public", "group", "direct"]) {
						const ofLine = (list: readonly (typeof jobs)[number][]) =>
							list.filter((one) => one.platform === platform && one.surface === surface);
						expect(ofLine(taken)).toEqual(ofLine(jobs));
					}
			}),
		);
	});

	test("while two platforms wait, neither has had more than one turn's worth above the other", () => {
		fc.assert(
			fc.property(fc.array(job, { minLength: 2, maxLength: 120 }), (jobs) => {
				const queue = createFairQueue<number>();
				for (const one of jobs) queue.add(one, one.costMs);
				const waits = new Map(platformNames.map((name) => [name, jobs.filter((one) => one.platform === name).length]));
				const had = new Map(platformNames.map((name) => [name, 0]));
				for (let found = queue.take(); found !== undefined; found = queue.take()) {
					const name = platformNames.find((one) => one === found?.owner.platform) ?? "a";
					queue.charge(found.owner, found.value);
					waits.set(name, (waits.get(name) ?? 0) - 1);
					had.set(name, (had.get(name) ?? 0) + found.value);
					const still = platformNames.filter((one) => (waits.get(one) ?? 0) > 0).map((one) => had.get(one) ?? 0);
					expect(Math.max(0, ...still) - Math.min(...still, Number.MAX_SAFE_INTEGER)).toBeLessThanOrEqual(1_000);
				}
			}),
		);
	});

	test("one item of a quiet platform waits for no more than the turn that is under way, however much another has waiting", () => {
		fc.assert(
			fc.property(
				fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 100 }),
				fc.nat({ max: 99 }),
				(costs, turnsBefore) => {
					const queue = createFairQueue<string>();
					for (const _ of costs) queue.add(owner("flood"), "flood");
					for (const cost of costs.slice(0, Math.min(turnsBefore, costs.length - 1) + 1)) {
						queue.take();
						queue.charge(owner("flood"), cost);
					}
					queue.add(owner("quiet"), "quiet");
					expect(queue.take()?.value).toBe("quiet");
				},
			),
		);
	});
});

describe("places", () => {
	/** Takes a place and keeps it until told. */
	function keep(places: ReturnType<typeof createFairPlaces>, platform: string, log: string[]) {
		let end: () => void = () => undefined;
		const ended = new Promise<void>((resolve) => {
			end = resolve;
		});
		const task = places.run(owner(platform), async (place) => {
			log.push(platform);
			await ended;
			return place;
		});
		return { end, task };
	}
	const turns = () => new Promise((resolve) => setImmediate(resolve));

	test("one platform never has all of them: another's first waits for nobody", async () => {
		const places = createFairPlaces({ places: 4, mostOfOne: 3, expectedMs: 1 });
		const log: string[] = [];
		const held = Array.from({ length: 6 }, () => keep(places, "flood", log));
		await turns();
		expect(log).toEqual(["flood", "flood", "flood"]);
		held.push(keep(places, "quiet", log));
		await turns();
		expect(log).toEqual(["flood", "flood", "flood", "quiet"]);
		expect([places.heldBy("flood"), places.waiting, places.isAwaitedBesides("flood")]).toEqual([3, 3, false]);
		for (const { end } of held) end();
		await Promise.all(held.map(({ task }) => task));
		expect(log).toHaveLength(7);
	});

	test("a place given back early is another's, once; a task that fails gives it back, too", async () => {
		const places = createFairPlaces({ places: 1, expectedMs: 1 });
		const log: string[] = [];
		let left = false;
		const first = places.run(owner("a"), async (place) => {
			place.leave();
			left = true;
			await turns();
			throw new Error("afterwards");
		});
		const second = keep(places, "b", log);
		await expect(first).rejects.toThrow("afterwards");
		expect([left, log, places.heldBy("a")]).toEqual([true, ["b"], 0]);
		expect(places.tryTake(owner("c"))).toBeNull();
		second.end();
		await second.task;
		const place = places.tryTake(owner("c"));
		expect(place).not.toBeNull();
		place?.leave();
		expect(places.heldBy("c")).toBe(0);
	});
});
