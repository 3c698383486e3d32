import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createTrinoClient } from "../../services/adapters/trino/trino-client.ts";
import { openHistory } from "../../services/parts/history.ts";
import { readConfig } from "../../services/runtime/config.ts";
import { freePort } from "../../services/runtime/free-port.ts";
import { describeHistoryEngineContract } from "../contract/history-engine.ts";
import { askedFiles } from "../support/asked-files.ts";
import { startTrino, type TrinoServer } from "../support/servers/start-trino.ts";

let data: string;
let trino: TrinoServer;
beforeAll(async () => {
	data = await mkdtemp(join(tmpdir(), "breakwater-history-"));
	await mkdir(join(data, "history"));
	trino = await startTrino(data);
}, 600_000);
afterAll(async () => {
	await trino?.[Symbol.asyncDispose]();
	await rm(data, { recursive: true, force: true });
});

const open = (url: string) =>
	openHistory(
		readConfig({
			...{ BREAKWATER_DATA_DIR: data, BREAKWATER_TRINO_URL: url, BREAKWATER_TRINO_LOCATION: trino.location },
			BREAKWATER_TRINO_TIMEOUT_MS: "300000",
		}),
		{ threads: 1, memoryMib: 256 },
	);

describeHistoryEngineContract("Trino, a coordinator and a worker,", async () => ({
	...{ parts: open(trino.url), folder: join(data, "history") },
	[Symbol.asyncDispose]: () => Promise.resolve(),
}));

const key = "verdicts/day=2026-11-01/platform=forum/0.parquet";

test("a table that an earlier version declared, without a column that has come since, is declared anew", async () => {
	await using client = createTrinoClient({ url: trino.url, user: "test", password: null });
	const drop = "ALTER TABLE hive.breakwater.verdicts DROP COLUMN unexamined";
	await client.run(drop, { rows: 1, ms: 60_000 });
	await using engine = await open(trino.url).openEngine();
	expect(
		await engine.ask("SELECT unexamined FROM verdicts WHERE unexamined IS NOT NULL", askedFiles({ verdicts: [key] })),
	).toEqual([{ unexamined: "scored" }]);
}, 120_000);

test("a saved question that reads another table than the history's is refused before it runs", async () => {
	await using engine = await open(trino.url).openEngine();
	const asked = askedFiles({ verdicts: [key] });
	const others = ["system.runtime.queries", "hive.information_schema.tables", "hive.elsewhere.kept"];
	await using client = createTrinoClient({ url: trino.url, user: "test", password: null });
	for (const statement of ["CREATE SCHEMA hive.elsewhere", "CREATE TABLE hive.elsewhere.kept AS SELECT 1 AS one"])
		await client.run(statement, { rows: 2, ms: 60_000 });
	for (const other of others)
		expect(await engine.read(`SELECT * FROM ${other}`, asked, { rows: 1, ms: 60_000 })).toEqual({
			kind: "refused",
			why: "it reads another table than the history's",
		});
}, 120_000);

test("one that is away is unavailable, never an empty answer", async () => {
	await using engine = await open(`http://127.0.0.1:${await freePort()}`).openEngine();
	await expect(engine.ask("SELECT 1 AS one FROM verdicts", askedFiles({}))).rejects.toMatchObject({
		code: "history-unavailable",
	});
});
