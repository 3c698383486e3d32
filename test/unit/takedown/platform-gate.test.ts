import { expect, test } from "@jest/globals";
import { platformId, uuidv7 } from "../../../services/core/ids.ts";
import { createPlatformGate, type Entry } from "../../../services/takedown/platform-gate.ts";

const busy = platformId.parse(uuidv7(1));
const quiet = platformId.parse(uuidv7(2));

function openGate(maxInFlight: number) {
	const ignore = () => undefined;
	return createPlatformGate({
		steadyMs: () => 1_000,
		maxInFlight,
		onHeld: ignore,
		onAnswering: ignore,
		random: () => 0,
	});
}

/** Of a platform that took two seconds for each of twenty orders. */
function openSlowGate(maxInFlight: number) {
	let now = 0;
	const ignore = () => undefined;
	const gate = createPlatformGate({ steadyMs: () => now, maxInFlight, onHeld: ignore, onAnswering: ignore });
	for (let order = 0; order < 20; order += 1) {
		const entry = gate.enter(busy, "machine");
		now += 2_000;
		if (entry.kind === "go") entry.leave({ kind: "answered" });
	}
	return gate;
}

function kinds(entries: readonly Entry[]): readonly string[] {
	return entries.map(({ kind }) => kind);
}

test("a platform has its share of the workers and no more; another one finds its own share free", () => {
	const gate = openGate(2);
	const entries = [1, 2, 3].map(() => gate.enter(busy, "machine"));
	expect(kinds(entries)).toEqual(["go", "go", "wait"]);
	expect(gate.enter(quiet, "machine").kind).toBe("go");
});

test("what a person decided does not wait behind the platform's own flood", () => {
	const gate = openGate(2);
	for (let order = 0; order < 100; order += 1) gate.enter(busy, "machine");
	expect(gate.enter(busy, "person").kind).toBe("go");
});

test("a platform that does not answer is held for people's decisions too", () => {
	const gate = openGate(2);
	const entry = gate.enter(busy, "machine");
	if (entry.kind !== "go") throw new Error("free at first");
	entry.leave({ kind: "failed", reason: "status-429", retryAfterMs: 5_000 });
	expect(gate.enter(busy, "person")).toMatchObject({ kind: "wait", reason: "status-429" });
});

test("orders that wait for a slow platform come back soon enough to find it fast again", () => {
	const gate = openSlowGate(2);
	const delays = Array.from({ length: 102 }, () => gate.enter(busy, "machine")).map((entry) =>
		entry.kind === "wait" ? entry.delayMs : 0,
	);
	expect(Math.max(...delays)).toBeLessThanOrEqual(500);
});

test("an order for a busy platform waits for one under way to end, and goes then", async () => {
	const gate = openGate(1);
	const sending = gate.enter(busy, "machine");
	if (sending.kind !== "go") throw new Error("free at first");
	const turn = gate.turn(busy);
	sending.leave({ kind: "answered" });
	expect(await turn).toBe(true);
	expect(gate.enter(busy, "machine").kind).toBe("go");
});

test("orders wait here for a quick platform alone, few of them, and not for long", async () => {
	const gate = openGate(1);
	expect(gate.enter(busy, "machine").kind).toBe("go");
	const first = gate.turn(busy);
	expect(await gate.turn(quiet)).toBe(false);
	expect(await first).toBe(false);
	const slow = openSlowGate(1);
	expect(slow.enter(busy, "machine").kind).toBe("go");
	expect(await slow.turn(busy)).toBe(false);
});
