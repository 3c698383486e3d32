// What an operator reads at three in the morning: each fault, and not each of its hundred echoes a second.
import { expect, test } from "@jest/globals";
import { BreakwaterError } from "../../../services/core/errors.ts";
import { createLogger } from "../../../services/runtime/logger.ts";
import { createThinning } from "../../../services/runtime/thin-repeats.ts";

function read() {
	const lines: string[] = [];
	const logger = createLogger({ level: "info", name: "test", to: { write: (line: string) => void lines.push(line) } });
	return { logger, said: () => lines.map((line) => JSON.parse(line)) };
}
const away = () => new BreakwaterError("store-unavailable");

test("a warning that repeats within a minute is written once", () => {
	const { logger, said } = read();
	for (let times = 0; times < 100; times += 1) logger.warn({ event: "banks-behind", sequence: 7, err: away() });
	logger.child({ part: "a" }).warn({ event: "banks-behind", sequence: 7, err: away() });
	expect(said()).toMatchObject([{ event: "banks-behind", err: { code: "store-unavailable" } }]);
});

test("one about something else, for another reason, without an error, or of another weight is written each time", () => {
	const { logger, said } = read();
	for (const orderId of ["a", "b"]) logger.warn({ event: "order-attempt-failed", orderId, err: away() });
	logger.warn({ event: "order-attempt-failed", orderId: "a", err: new BreakwaterError("not-found") });
	for (let times = 0; times < 2; times += 1) {
		logger.warn({ event: "order-undelivered" });
		logger.error({ event: "failed", err: away() });
		logger.info({ event: "told", err: away() });
	}
	expect(said()).toHaveLength(9);
});

test("requests that are to be sent again fail as one line, whichever they were; each that failed on our side is written", () => {
	const { logger, said } = read();
	for (const requestId of ["a", "b", "c"]) {
		logger.error({ event: "http-failed", route: "/v1/events", requestId, err: away() });
		logger.error({ event: "http-failed", route: "/v1/events", requestId, err: new Error("of ours") });
	}
	expect(said().map(({ requestId }) => requestId)).toEqual(["a", "a", "b", "c"]);
});

test("after a minute it is written again, with how often it came in between", () => {
	let now = 0;
	const leftOut = createThinning({ forMs: 60_000, mostKeys: 2, now: () => now });
	expect([leftOut("a"), leftOut("a"), leftOut("a"), leftOut("b")]).toEqual([0, null, null, 0]);
	now = 60_000;
	expect([leftOut("a"), leftOut("a"), leftOut("b")]).toEqual([2, null, 0]);
});

test("many different ones take no more memory than a few", () => {
	const leftOut = createThinning({ forMs: 60_000, mostKeys: 2, now: () => 0 });
	expect(["a", "b", "c", "a"].map(leftOut)).toEqual([0, 0, 0, 0]);
});
