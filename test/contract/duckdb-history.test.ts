import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openHistory } from "../../services/parts/history.ts";
import { readConfig } from "../../services/runtime/config.ts";
import { describeHistoryEngineContract } from "./history-engine.ts";

describeHistoryEngineContract("DuckDB", async () => {
	const data = await mkdtemp(join(tmpdir(), "breakwater-history-"));
	const parts = openHistory(readConfig({ BREAKWATER_DATA_DIR: data }), { threads: 1, memoryMib: 256 });
	return {
		...{ parts, folder: join(data, "history") },
		[Symbol.asyncDispose]: () => rm(data, { recursive: true, force: true }),
	};
});
