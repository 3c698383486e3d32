import { once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { createStop } from "../../../services/runtime/create-stop.ts";
import { pause } from "../../../services/runtime/pause.ts";

/** Warnings of the process while this many pauses wait for one signal. */
async function warningsOf(stop: AbortController): Promise<readonly string[]> {
	const warnings: string[] = [];
	const onWarning = ({ name }: Error) => warnings.push(name);
	process.on("warning", onWarning);
	const waiting = Array.from({ length: 64 }, () => pause(60_000, stop.signal));
	await setImmediate();
	stop.abort();
	await Promise.all(waiting);
	process.emitWarning("the last");
	await once(process, "warning");
	process.off("warning", onWarning);
	return warnings;
}

test("as many as are under way may wait for a stop, and nobody is warned of a leak; an abort controller warns", async () => {
	expect(await warningsOf(createStop())).toEqual(["Warning"]);
	expect(await warningsOf(new AbortController())).toEqual(["MaxListenersExceededWarning", "Warning"]);
});
