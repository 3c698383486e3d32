// A worker process: takes tasks one by one from its parent, gives them to the module named on its command line, and sends back what
// that answers; what the module tells of it before, in parts, goes ahead of that. It goes when its parent does.
import { writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { endingSignals } from "./ending-signals.ts";

const [, , file = ""] = process.argv;
const { default: runTask } = await import(pathToFileURL(file).href);
const tell = (message: object | string) => process.send?.(message);

process.on("disconnect", () => process.exit());
// Ctrl-C and a closed terminal reach the whole group, and a service manager may signal it all: our parent still wants its answers while it drains.
for (const signal of endingSignals) process.on(signal, () => undefined);
// Where memory runs out, the kernel (Linux) shall end this process and not its parent.
await writeFile("/proc/self/oom_score_adj", "1000").catch(() => undefined);

process.on("message", async (input) => {
	try {
		tell({ output: await runTask(input, (part: unknown) => tell({ part })), rssBytes: process.memoryUsage.rss() });
	} catch (error) {
		tell({ error: error instanceof Error ? error.message : String(error) });
	}
});
tell("ready");
