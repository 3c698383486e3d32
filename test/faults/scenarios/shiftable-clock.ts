// The wall clock of Breakwater's processes, to be set by whoever writes to a file.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../../support/servers/server-process.ts";
import type { Ground } from "../system.ts";

export const clockFile = (folder: string) => join(folder, "clock");

/**
 * libfaketime (Debian: faketime) shifts the wall clock of Breakwater's processes by what a file says and leaves their monotonic
 * clock alone, as setting a clock does. Kafka, PostgreSQL, Redis and the platform keep the true time.
 */
export async function shiftableClock({ servers: { folder } }: Ground) {
	await writeFile(clockFile(folder), "+0");
	const { stdout } = await run("find", ["/usr/lib", "-name", "libfaketimeMT.so.1"]);
	const library = stdout.split("\n")[0] ?? "";
	if (library === "") throw new Error("the faults of clocks need libfaketime: install it (Debian: faketime)");
	const env = {
		LD_PRELOAD: library,
		FAKETIME_TIMESTAMP_FILE: clockFile(folder),
		// Seconds until a shift is seen. To look at the file each time would cost every look at any clock eight microseconds.
		FAKETIME_CACHE_DURATION: "1",
		FAKETIME_DONT_FAKE_MONOTONIC: "1",
	};
	return { env, [Symbol.asyncDispose]: async () => undefined };
}
