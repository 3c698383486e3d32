import { describe, expect, test } from "@jest/globals";
import { actOnSweep, afterDryRun } from "../../../../services/core/sweeps/sweep.ts";

describe("after its dry run", () => {
	test("a sweep that has nothing to do is done", () => expect(afterDryRun(0, 0)).toBe("done"));
	test("as much as the policy allows it does by itself", () => expect(afterDryRun(10, 10)).toBe("acting"));
	test("more than that waits for a second person", () => expect(afterDryRun(11, 10)).toBe("waiting"));
});

describe("people", () => {
	test("pause a sweep wherever it is, and let it go on there", () => {
		const paused = actOnSweep({ state: "acting", isPaused: false }, "pause");
		expect(paused).toEqual({ state: "acting", isPaused: true });
		expect(actOnSweep(paused, "resume")).toEqual({ state: "acting", isPaused: false });
	});
	test("agree to one that waits, and to no other", () => {
		expect(actOnSweep({ state: "waiting", isPaused: false }, "approve")).toEqual({ state: "acting", isPaused: false });
		expect(() => actOnSweep({ state: "looking", isPaused: false }, "approve")).toThrow();
	});
	test("cancel one that has not ended", () => {
		expect(actOnSweep({ state: "acting", isPaused: true }, "cancel").state).toBe("canceled");
		expect(() => actOnSweep({ state: "done", isPaused: false }, "cancel")).toThrow();
	});
});
