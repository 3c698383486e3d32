// How far detectors could be asked once more about what somebody reported.
import { expect, test } from "@jest/globals";
import { signalCatalogue } from "../../../../services/core/signals/catalogue.ts";
import { clearSignal } from "../../../../services/core/signals/clear/clear.ts";
import { unavailableSignal } from "../../../../services/core/signals/unavailable/unavailable.ts";
import { unexaminedSignal } from "../../../../services/core/signals/unexamined/unexamined.ts";
import { howExamined, isGone } from "../../../../services/core/sweeps/examined-again.ts";

const clear = clearSignal("hash", "1");

test.each([
	["nothing of it is held", null, "not-held"],
	["detectors found nothing", [clear], "examined"],
	["a detector does not know its language", [clear, unexaminedSignal("text", "scored", "other-language")], "examined"],
	["no law lets models look", [clear, unexaminedSignal("model", "scored")], "not-permitted"],
	["something could not be computed", [clear, unavailableSignal("media", "1", "undecodable")], "unavailable"],
] as const)("where %s", (_where, again, how) => {
	expect(howExamined(again, signalCatalogue)).toBe(how);
});

test("bytes that the store has no more are gone, which is no fault of today", () => {
	expect(isGone([unavailableSignal("media", "1", "object-missing")], signalCatalogue)).toBe(true);
	expect(isGone([clear, unavailableSignal("media", "1", "truncated")], signalCatalogue)).toBe(false);
});
