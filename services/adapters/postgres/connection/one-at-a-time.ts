// A turn that only one process of this machine has at a time, by a file that names it.
import { readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { errorCode } from "../../../runtime/error-code.ts";
import { isAlive } from "../../../runtime/is-alive.ts";
import { privateFile } from "../../../runtime/private-folder.ts";

const lookEveryMs = 50;
/** Longer than a first start takes on a slow disk. */
const giveUpAfterMs = 120_000;

/** Waits until the file can be made; removes it when disposed. What a process that died left behind does not count. */
export async function oneAtATime(file: string): Promise<AsyncDisposable> {
	const deadline = performance.now() + giveUpAfterMs;
	for (;;) {
		try {
			await writeFile(file, String(process.pid), { flag: "wx", mode: privateFile });
			return { [Symbol.asyncDispose]: () => rm(file, { force: true }) };
		} catch (error) {
			if (errorCode(error) !== "EEXIST") throw error;
		}
		const holder = Number(await readFile(file, "utf8").catch(() => ""));
		// Empty: it is being written, or was just removed.
		if (holder > 0 && !isAlive(holder)) await rm(file, { force: true });
		else if (performance.now() > deadline)
			throw new Error(
				`another process (${holder}) has been starting for two minutes; if there is none, remove ${file}`,
			);
		else await wait(lookEveryMs);
	}
}
