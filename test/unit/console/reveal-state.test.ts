import { describe, expect, test } from "@jest/globals";
import {
	hiddenAtFirst,
	longestViewMs,
	nextRevealState,
	type RevealEvent,
} from "../../../services/console/reveal/reveal-state.ts";

const follow = (...events: RevealEvent[]) => events.reduce(nextRevealState, hiddenAtFirst);
const press = (number: number): RevealEvent => ({ kind: "press", press: number });
const arrived = (number: number): RevealEvent => ({ kind: "arrived", press: number, nowMs: 1_000 });
const release: RevealEvent = { kind: "hide", because: "released" };

describe("material", () => {
	test("is hidden until it is asked for and has come", () => {
		expect(hiddenAtFirst.kind).toBe("hidden");
		expect(follow(press(1)).kind).toBe("asking");
		expect(follow(press(1), arrived(1)).kind).toBe("shown");
	});

	test.each(["released", "left", "not-asked"] as const)("is hidden again at once when it is %s", (because) => {
		expect(follow(press(1), arrived(1), { kind: "hide", because })).toMatchObject({ kind: "hidden", because });
	});

	test("that comes after the key was let go is never shown", () =>
		expect(follow(press(1), release, arrived(1)).kind).toBe("hidden"));

	test("of an earlier press is not shown for a later one", () =>
		expect(follow(press(1), release, press(2), arrived(1)).kind).toBe("asking"));

	test("is hidden when the time limit is reached, and not a moment later", () => {
		const shown = [press(1), arrived(1)];
		expect(follow(...shown, { kind: "tick", nowMs: 1_000 + longestViewMs - 1 }).kind).toBe("shown");
		expect(follow(...shown, { kind: "tick", nowMs: 1_000 + longestViewMs })).toMatchObject({ because: "timed-out" });
	});

	test("keeps saying why it was hidden when the key comes up afterwards", () => {
		const timedOut = [press(1), arrived(1), { kind: "tick", nowMs: 1_000 + longestViewMs } as const];
		expect(follow(...timedOut, release)).toMatchObject({ because: "timed-out" });
		expect(follow(press(1), { kind: "failed", press: 1, code: "no-preview" }, release)).toMatchObject({
			because: { failed: "no-preview" },
		});
	});
});
