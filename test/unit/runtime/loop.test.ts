import { expect, test } from "@jest/globals";
import { startToldLoop } from "../../../services/runtime/loop.ts";
import { eventually, soon } from "../../support/eventually.ts";

const hour = 3_600_000;

/** Counts turns; answers what tells it of something. */
async function toldLoop(restMs: number) {
	const turns: number[] = [];
	let tell: () => void = () => undefined;
	const loop = await startToldLoop(
		async () => {
			turns.push(performance.now());
			return hour;
		},
		async (onNotice) => {
			tell = onNotice;
			return { [Symbol.asyncDispose]: async () => undefined };
		},
		restMs,
	);
	return { turns, tell: () => tell(), loop };
}

test("a loop that is told of something runs at once", async () => {
	const { turns, tell, loop } = await toldLoop(0);
	await eventually(() => expect(turns).toHaveLength(1), soon);
	tell();
	await eventually(() => expect(turns).toHaveLength(2), soon);
	await loop[Symbol.asyncDispose]();
});

test("one that rests takes whatever it is told of meanwhile in one turn, and not before", async () => {
	const restMs = 100;
	const { turns, tell, loop } = await toldLoop(restMs);
	await eventually(() => expect(turns).toHaveLength(1), soon);
	for (let times = 0; times < 20; times += 1) tell();
	await eventually(() => expect(turns).toHaveLength(2), soon);
	const [first = 0, second = 0] = turns;
	// A timer may fire a millisecond early.
	expect(second - first).toBeGreaterThanOrEqual(restMs - 2);
	await loop[Symbol.asyncDispose]();
	expect(turns).toHaveLength(2);
});
