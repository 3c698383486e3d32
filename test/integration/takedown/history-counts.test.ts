// The counts of the history's files, from the first sweep to the last, with a real PostgreSQL and a real DuckDB.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { createStores } from "../../../services/adapters/postgres/stores.ts";
import { createPostgresStream } from "../../../services/adapters/postgres/stream/stream.ts";
import { folderOf } from "../../../services/core/history/history-batch.ts";
import type { HistoryRow } from "../../../services/core/history/history-tables.ts";
import type { TrendView } from "../../../services/core/history/trends.ts";
import { clusterId, itemId, uuidv7 } from "../../../services/core/ids.ts";
import { askHistory } from "../../../services/parts/ask-history.ts";
import { openHistory } from "../../../services/parts/history.ts";
import { readConfig } from "../../../services/runtime/config.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { writeHistory } from "../../../services/takedown/history/write-history.ts";
import { eventually } from "../../support/eventually.ts";
import { openTestRecord } from "../../support/test-database.ts";

const patience = { withinMs: 30_000 };

test("a day that an earlier version wrote is counted, once it is over, and says the same as before; replaced, its counts go with it", async () => {
	const folder = await mkdtemp(join(tmpdir(), "breakwater-history-"));
	const history = openHistory(readConfig({ BREAKWATER_DATA_DIR: folder }), { threads: 1, memoryMib: 256 });
	await using record = await openTestRecord();
	const stores = createStores(record.database);
	await using stream = await createPostgresStream({ database: record.database, logger: silentLogger });
	await stream.createTopics(1);
	const nowMs = Date.now();
	const day = new Date(nowMs - 4 * 86_400_000).toISOString().slice(0, 10);
	const row: Omit<HistoryRow<"verdicts">, "item_id"> = {
		...{ happened_at: `${day}T10:00:00.000Z`, received_at: `${day}T10:00:00.000Z`, platform: "forum" },
		...{ kind: "post", surface: "public", tier: "K1", action: "withhold", category: null, is_incomplete: false },
		...{ policy_revision: 1, cluster_id: clusterId.parse(uuidv7(Date.now())), unexamined: null },
	};
	const rows = [1, 2, 3].map((ms) => ({ ...row, item_id: itemId.parse(uuidv7(ms)) }));
	const key = `${folderOf("verdicts", day, "forum")}earlier-${uuidv7(Date.now())}.parquet`;
	const draft = join(history.workFolder, "draft.parquet");
	await using files = await history.openWriter();
	await files.write("verdicts", rows, draft);
	await history.files.put(key, draft);
	const file = { key, table: "verdicts", day, platform: "forum", level: 1, rows: rows.length } as const;
	expect(await stores.history.addFiles([file], { from: 1, through: 0 })).toBe(true);
	const ask = <V extends TrendView>(view: V) =>
		askHistory({ history: stores.history, banks: stores.banks, parts: history, nowMs }, view, {
			days: 7,
			platform: null,
		});
	const views = async () => [await ask("volumes"), await ask("hours"), await ask("clusters"), await ask("growth")];
	const before = await views();
	const writer = await writeHistory({
		...{ history: stores.history, stream, openWriter: history.openWriter, files: history.files },
		...{ workFolder: history.workFolder, everyMs: 1, logger: silentLogger },
	});
	const listed = () => stores.history.listFiles({ tables: ["verdicts"], fromDay: day, platform: null });
	await eventually(async () => {
		expect((await listed()).map(({ counts }) => Object.keys(counts ?? {}).toSorted())).toEqual([
			["cluster_days", "verdict_hours"],
		]);
	}, patience);
	await writer[Symbol.asyncDispose]();
	expect(await views()).toEqual(before);
	expect((await ask("clusters")).rows).toEqual([{ day, clusters: 1, grown: 1, spread: 0, items: 3, largest: 3 }]);
	const [counted] = await listed();
	if (counted === undefined) throw new Error("counted");
	const { counts, ...named } = counted;
	const keys = Object.values(counts ?? {});
	expect(await stores.history.knownKeys(keys)).toEqual(new Set(keys));
	expect(await stores.history.replaceFiles([named], { ...named, key: `${named.key}-2` }, [])).toBe(true);
	expect(await stores.history.replaceFiles([named], { ...named, key: `${named.key}-3` }, [])).toBe(false);
	await stores.history.forget([named.key]);
	expect(await stores.history.knownKeys(keys)).toEqual(new Set());
	await rm(folder, { recursive: true, force: true });
}, 60_000);
