// What every engine of the history must do, whatever it is made of: the same questions, the same answers, over the files that takedown writes.
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { folderOf } from "../../services/core/history/history-batch.ts";
import { type CountTable, countTableNames } from "../../services/core/history/history-counts.ts";
import type { HistoryRow, HistoryTable } from "../../services/core/history/history-tables.ts";
import { type TrendView, trendViewNames } from "../../services/core/history/trends.ts";
import { caseId, clusterId, itemId, orderId, reportId } from "../../services/core/ids.ts";
import type { HistoryWriter } from "../../services/core/ports/history-engine.ts";
import type { CountedFile } from "../../services/core/ports/history-store.ts";
import { askHistory, askSavedView, type TrendAsked } from "../../services/parts/ask-history.ts";
import type { HistoryParts } from "../../services/parts/history.ts";

const noBanks = { list: () => Promise.resolve([]) };

export interface OpenedHistory extends AsyncDisposable {
	readonly parts: HistoryParts;
	/** Of the history's files. */
	readonly folder: string;
}

const id = (digits: string) => `01a20fae-505c-78e3-9cfa-${digits.padStart(12, "0")}`;
const item = (digits: string) => itemId.parse(id(digits));
const [grown, other] = [clusterId.parse(id("c1")), clusterId.parse(id("c2"))];
/** Alike in no half of its id with the two that are alike in one. */
const alone = clusterId.parse("f1a20fae-505c-88e3-bcfa-0000000000c3");
/** A Sunday and the Monday after it. */
const [sunday, monday] = ["2026-11-01", "2026-11-02"] as const;
const nowMs = Date.parse("2026-11-02T12:00:00Z");
const all: TrendAsked = { days: 2, platform: null };

type Verdict = HistoryRow<"verdicts">;
const verdict = (happened_at: string, platform: string, change: Partial<Verdict> = {}): Verdict => ({
	...{ happened_at, platform, received_at: happened_at, item_id: item("1"), kind: "post", surface: "public" },
	...{ tier: "none", action: "none", category: null, is_incomplete: false, policy_revision: 1 },
	...{ cluster_id: null, unexamined: null, ...change },
});
const withheld = { tier: "K1", action: "withhold" } as const;

export function describeHistoryEngineContract(name: string, open: () => Promise<OpenedHistory>): void {
	describe(`the history, asked by ${name}`, () => {
		let opened: OpenedHistory;
		let writer: HistoryWriter;
		let files: CountedFile[] = [];
		beforeAll(async () => {
			opened = await open();
			writer = await opened.parts.openWriter();
			files = await writeHistory(opened.folder, writer);
		}, 400_000);
		afterAll(async () => {
			await opened?.[Symbol.asyncDispose]();
		});

		const over = (listed: readonly CountedFile[]) => ({
			history: {
				listFiles: async ({ tables, fromDay, platform }: Listed) =>
					listed.filter(
						(one) =>
							tables.includes(one.table) && one.day >= fromDay && (platform === null || one.platform === platform),
					),
				marks: async () => ({ numbered: 0, published: 0, written: 0 }),
			},
			...{ parts: opened.parts, nowMs },
		});
		const ask = async <V extends TrendView>(view: V, asked = all, listed: readonly CountedFile[] = files) =>
			(await askHistory({ ...over(listed), banks: noBanks }, view, asked)).rows;
		const read = async (query: string, listed: readonly CountedFile[] = files) =>
			await askSavedView(over(listed), { query }, all);

		it("by day and tier, by platform, and by weekday and hour of UTC", async () => {
			const none = { withheld: 0, reviewed: 0, unexamined: 0 };
			expect(await ask("volumes")).toEqual([
				{ day: sunday, tier: "K1", items: 1, ...none, withheld: 1 },
				{ day: sunday, tier: "K3", items: 1, ...none, reviewed: 1 },
				{ day: sunday, tier: "none", items: 2, ...none, unexamined: 1 },
				{ day: monday, tier: "K1", items: 1, ...none, withheld: 1 },
				{ day: monday, tier: "K2", items: 1, ...none, withheld: 1 },
				{ day: monday, tier: "none", items: 1, ...none },
			]);
			expect(await ask("platforms")).toEqual([
				{ platform: "forum", items: 6, found: 3, withheld: 3, unexamined: 1 },
				{ platform: "chat-1", items: 1, found: 1, withheld: 0, unexamined: 0 },
			]);
			expect(await ask("hours")).toEqual([
				{ weekday: 1, hour_utc: 10, items: 3, found: 2 },
				{ weekday: 7, hour_utc: 0, items: 1, found: 1 },
				{ weekday: 7, hour_utc: 10, items: 2, found: 1 },
				{ weekday: 7, hour_utc: 23, items: 1, found: 0 },
			]);
			expect(await ask("platforms", { days: 1, platform: "forum" })).toMatchObject([{ platform: "forum", items: 3 }]);
		});

		it("by cluster: since when, how many, on how many platforms, and what grew most", async () => {
			const [first, second] = await ask("clusters");
			expect(first).toEqual({ day: sunday, clusters: 2, grown: 2, spread: 1, items: 5, largest: 3 });
			expect(second).toEqual({ day: monday, clusters: 1, grown: 0, spread: 0, items: 1, largest: 1 });
			expect(new Set(await ask("growth"))).toEqual(
				new Set([
					{ cluster_id: grown, first_day: sunday, last_day: monday, items: 3, most_in_a_day: 2 },
					{ cluster_id: alone, first_day: sunday, last_day: sunday, items: 2, most_in_a_day: 2 },
					{ cluster_id: other, first_day: monday, last_day: monday, items: 1, most_in_a_day: 1 },
				]),
			);
		});

		it("by cluster as all rows say that are brought together by their ids", async () => {
			const ofAll =
				await read(`SELECT CAST(first_day AS VARCHAR), CAST(COUNT(*) AS VARCHAR), CAST(SUM(items) AS VARCHAR), CAST(MAX(items) AS VARCHAR)
				FROM (SELECT MIN(day) AS first_day, COUNT(*) AS items FROM verdicts WHERE cluster_id IS NOT NULL GROUP BY cluster_id) AS cluster GROUP BY first_day ORDER BY 1`);
			const shown = (await ask("clusters")).map(({ day, clusters, items, largest }) => [day, clusters, items, largest]);
			expect(shown.map((row) => row.map(String))).toEqual(ofAll.rows);
			const grew =
				await read(`SELECT cluster_id, CAST(MAX(items) AS VARCHAR) FROM (SELECT cluster_id, day, COUNT(*) AS items FROM verdicts WHERE cluster_id IS NOT NULL GROUP BY cluster_id, day) AS daily
				GROUP BY cluster_id ORDER BY cluster_id`);
			const most = (await ask("growth")).map((one) => [one.cluster_id, String(one.most_in_a_day)]);
			expect(most.toSorted()).toEqual(grew.rows);
		});

		it("how fast, how right, and what was judged again", async () => {
			const [whole] = (await ask("withholding")).filter(({ day }) => day === null);
			expect(whole?.orders).toBe(2);
			// A percentile may be one of the values or between them.
			for (const ms of [whole?.p50_ms, whole?.p95_ms, whole?.p99_ms]) {
				expect(ms).toBeGreaterThanOrEqual(700);
				expect(ms).toBeLessThanOrEqual(2_000);
			}
			expect((await ask("ladder")).map(({ orders, in_time }) => [orders, in_time]).slice(0, 2)).toEqual([
				[2, 1],
				[2, 2],
			]);
			expect(await ask("sources")).toMatchObject([
				{ source: "bank:known", items: 2, confirmed: 2, right: 1, decided: 1, last_day: monday },
				{ source: "model:m", items: 1, confirmed: 0, right: 0, decided: 1, last_day: sunday },
			]);
			expect(await ask("calibration")).toEqual([
				{ source: "model:m", platform: "chat-1", curve: "all", cases: 1, confirmed: 0, error: 0.73 },
			]);
			expect(await ask("later")).toEqual([
				{ day: monday, occasion: "sweep", items: 1, unknown_before: 1, withheld: 1, reviewed: 0 },
			]);
		});

		it("is the same whether all rows were counted before, none of them, or some", async () => {
			const ways = [() => true, () => false, ({ day }: CountedFile) => day === sunday];
			const answers: (readonly unknown[])[] = [];
			for (const isCounted of ways) {
				const listed = files.map((one) => (isCounted(one) ? one : { ...one, counts: null }));
				const answered: unknown[] = [];
				for (const view of trendViewNames) answered.push(await ask(view, all, listed));
				answers.push(answered);
			}
			const [counted, ...others] = answers;
			for (const one of others) expect(one).toEqual(counted);
		});

		it("is nothing where there is no file, and is not of files that the record does not name", async () => {
			for (const view of trendViewNames.filter((one) => one !== "withholding" && one !== "ladder"))
				expect(await ask(view, all, [])).toEqual([]);
			const named = files.filter(({ table, day }) => table === "verdicts" && day === monday);
			expect((await read("SELECT item_id FROM verdicts ORDER BY item_id", named)).rows).toEqual([
				[item("5")],
				[item("6")],
				[item("7")],
			]);
		});

		it("a saved question has names of its own and an order; of its answer so many rows are read", async () => {
			const { columns, rows } = await read(
				"-- what is found\nWITH found AS (SELECT platform, tier FROM verdicts WHERE tier <> 'none')\nSELECT platform, COUNT(*) AS items FROM found GROUP BY platform ORDER BY items DESC;\n",
			);
			expect({ columns, rows }).toEqual({
				columns: ["platform", "items"],
				rows: [
					["forum", "3"],
					["chat-1", "1"],
				],
			});
			await using engine = await opened.parts.openEngine();
			const asked = { rows: { ...noRows, verdicts: keysOf(files, "verdicts") }, ...noCounts };
			const some = await engine.read("SELECT item_id FROM verdicts", asked, { rows: 2, ms: 60_000 });
			expect(some.kind === "rows" && some.rows.length).toBe(2);
		});

		it.each([
			["two questions", "SELECT 1; SELECT 2"],
			["what makes a table", "CREATE TABLE kept (x INTEGER)"],
			["what deletes", "DELETE FROM verdicts"],
			["a setting", "SET SESSION query_max_run_time = '1d'"],
			["a column that there is not", "SELECT nothing FROM verdicts"],
			["no question", "nothing"],
		])("%s is refused, in the engine's words", async (_what, query) => {
			await expect(read(query)).rejects.toMatchObject({ code: "view-refused" });
		});

		it("a question without an end is refused when its time is over", async () => {
			const joined = Array.from({ length: 14 }, (_, index) => `verdicts AS v${index}`).join(" CROSS JOIN ");
			await using engine = await opened.parts.openEngine();
			const asked = { rows: { ...noRows, verdicts: keysOf(files, "verdicts") }, ...noCounts };
			const query = `SELECT COUNT(DISTINCT v0.item_id || v13.item_id) FROM ${joined} WHERE v1.item_id <> v2.item_id`;
			const found = await engine.read(query, asked, { rows: 1, ms: 1_000 });
			expect(found.kind).toBe("refused");
		});
	});
}

interface Listed {
	readonly tables: readonly HistoryTable[];
	readonly fromDay: string;
	readonly platform: string | null;
}

const noRows = {
	...{ verdicts: [], findings: [], decisions: [], orders: [], reports: [], account_orders: [], later_verdicts: [] },
};
const noCounts = { counts: { verdict_hours: [], cluster_days: [] }, uncounted: [] };

function keysOf(files: readonly CountedFile[], table: HistoryTable): readonly string[] {
	return files.filter((one) => one.table === table).map(({ key }) => key);
}

async function writeHistory(folder: string, writer: HistoryWriter): Promise<CountedFile[]> {
	const files: CountedFile[] = [];
	const write = async <T extends HistoryTable>(table: T, day: string, rows: readonly HistoryRow<T>[]) => {
		const platform = rows[0]?.platform ?? "";
		const key = `${folderOf(table, day, platform)}${files.length}.parquet`;
		const path = join(folder, key);
		await mkdir(dirname(path), { recursive: true });
		await writer.write(table, rows, path);
		const counts: Partial<Record<CountTable, string>> = {};
		for (const count of table === "verdicts" ? countTableNames : []) {
			const countKey = `${folderOf(count, day, platform)}${files.length}.parquet`;
			await mkdir(dirname(join(folder, countKey)), { recursive: true });
			if ((await writer.count(count, path, join(folder, countKey))) > 0) counts[count] = countKey;
		}
		files.push({ key, table, day, platform, level: 1, rows: rows.length, counts });
	};
	await write("verdicts", sunday, [
		verdict(`${sunday}T10:05:00.000Z`, "forum", { item_id: item("1"), ...withheld, cluster_id: grown }),
		verdict(`${sunday}T10:59:59.999Z`, "forum", { item_id: item("2"), kind: "media", cluster_id: alone }),
		verdict(`${sunday}T23:59:59.999Z`, "forum", { item_id: item("3"), unexamined: "scored", cluster_id: alone }),
	]);
	await write("verdicts", sunday, [
		verdict(`${sunday}T00:00:00.000Z`, "chat-1", {
			...{ item_id: item("4"), tier: "K3", action: "review", cluster_id: grown },
		}),
	]);
	await write("verdicts", monday, [
		verdict(`${monday}T10:00:00.000Z`, "forum", { item_id: item("5"), ...withheld, cluster_id: grown }),
		verdict(`${monday}T10:00:00.001Z`, "forum", { item_id: item("6"), ...withheld, tier: "K2", cluster_id: other }),
		verdict(`${monday}T10:30:00.000Z`, "forum", { item_id: item("7") }),
	]);
	// Written and never named by the record: a crash leaves such.
	const lost = join(folder, folderOf("verdicts", monday, "forum"), "lost.parquet");
	await writer.write("verdicts", [verdict(`${monday}T11:00:00.000Z`, "forum", { item_id: item("8") })], lost);
	const at = (day: string, platform: string) => ({ happened_at: `${day}T11:00:00.000Z`, platform });
	const unscored = { probability_permille: null, curve: null };
	const finding = {
		detector: "hash",
		source: "bank:known",
		alone: "K1",
		tier: "K1",
		category: null,
		...unscored,
	} as const;
	await write("findings", sunday, [{ ...at(sunday, "forum"), item_id: item("1"), ...finding }]);
	await write("findings", sunday, [
		{
			...{ ...at(sunday, "chat-1"), item_id: item("4"), ...finding, source: "model:m", tier: "K3", alone: "K3" },
			...{ probability_permille: 730, curve: "all" },
		},
	]);
	await write("findings", monday, [{ ...at(monday, "forum"), item_id: item("5"), ...finding }]);
	const decision = (of: string, decided: HistoryRow<"decisions">["decision"], platform: string, minute: string) => ({
		...{ happened_at: `${monday}T11:${minute}:00.000Z`, platform, case_id: caseId.parse(id("d1")) },
		...{ item_id: item(of), decision: decided },
	});
	await write("decisions", monday, [decision("1", "remove", "forum", "01"), decision("5", "withdrawn", "forum", "02")]);
	await write("decisions", monday, [decision("4", "remove", "chat-1", "03"), decision("4", "restore", "chat-1", "04")]);
	const order = (day: string, of: string, waited_ms: number | null): HistoryRow<"orders"> => ({
		...{ ...at(day, "forum"), order_id: orderId.parse(id(`e${of}`)), item_id: item(of), action: "withhold" },
		...{ state: waited_ms === null ? "undelivered" : "delivered", tier: "K1", decided_by: "machine", attempts: 1 },
		...{ issued_at: `${day}T10:59:00.000Z`, waited_ms, label: null, rule: null },
	});
	await write("orders", sunday, [order(sunday, "1", 700)]);
	await write("orders", monday, [order(monday, "5", 2_000), order(monday, "6", null)]);
	await write("reports", monday, [
		{
			...{ ...at(monday, "forum"), report_id: reportId.parse(id("f1")), source: "public", about: "violence" },
			is_danger_now: false,
		},
	]);
	await write("later_verdicts", monday, [
		{
			...{ ...at(monday, "forum"), item_id: item("2"), kind: "media", surface: "public", occasion: "sweep" },
			...{ sweep_id: null, tier_before: "none", ...withheld, category: null, policy_revision: 1 },
			received_at: `${sunday}T10:59:59.999Z`,
		},
	]);
	return files;
}
