// Writes the history's events to Parquet, exactly once: files first, then the record names them and moves its mark, in one transaction. A
// file that it does not name is none of the history, so a crash in between leaves nothing but a file that is swept later.
import { join } from "node:path";
import { createHistoryBatch, folderOf, type NextEvents, rowsByFile } from "../../core/history/history-batch.ts";
import { historyEvent } from "../../core/history/history-event.ts";
import { uuidv7 } from "../../core/ids.ts";
import type { HistoryWriter } from "../../core/ports/history-engine.ts";
import type { HistoryFile, HistoryStore } from "../../core/ports/history-store.ts";
import type { Delivery, ItemStream, Subscription } from "../../core/ports/item-stream.ts";
import { topics } from "../../core/wire/topics.ts";
import type { Logger } from "../../runtime/logger.ts";
import { startLoop } from "../../runtime/loop.ts";
import { createAskForLost } from "./ask-for-lost.ts";
import { createSweep } from "./sweep-history.ts";
import { withDraft } from "./with-draft.ts";

/** Where the files go, as parts/history.ts has it. */
interface FileStore {
	put(key: string, path: string): Promise<void>;
	locate(key: string): Promise<string>;
	delete(key: string): Promise<void>;
	list(): AsyncIterable<string>;
}

export interface WriteHistoryDeps {
	readonly history: Pick<
		HistoryStore,
		"marks" | "publishAgain" | "addFiles" | "listToMerge" | "replaceFiles" | "listReplaced" | "forget" | "knownKeys"
	>;
	readonly stream: Pick<ItemStream, "subscribe">;
	readonly openWriter: () => Promise<HistoryWriter>;
	readonly files: FileStore;
	readonly workFolder: string;
	/** Rows wait so long for others, so that files do not become many. */
	readonly everyMs: number;
	readonly logger: Logger;
}

const group = "breakwater-history";
const maxUnsettled = 4_000;
/** Written before their time: what memory holds is bounded. */
const rowsAtOnce = 100_000;
const longestLookMs = 250;
const backOffMs = 5_000;

export async function writeHistory(deps: WriteHistoryDeps): Promise<AsyncDisposable> {
	const { history, logger, everyMs } = deps;
	const lookEveryMs = Math.min(longestLookMs, everyMs);
	const batch = createHistoryBatch<Delivery>((await history.marks()).written);
	const sweep = createSweep(deps);
	let flushedAt = Date.now();
	let isBehind = false;
	let reading: Reading | null = null;

	const take = (delivery: Delivery) => {
		const event = readEvent(delivery);
		if (event === null) logger.warn({ event: "history-event-malformed", offset: delivery.record.offset });
		if (event === null || batch.add(event, delivery) === "written") delivery.settle();
	};
	const flush = async (): Promise<void> => {
		for (;;) {
			// Whichever process wrote it: this one may have stood by, and takes over where that one ended.
			const { written } = await history.marks();
			for (const delivery of batch.writtenThrough(written)) delivery.settle();
			const next = batch.next(rowsAtOnce);
			if (next === null) return;
			await writeFiles(deps, next);
		}
	};
	const turn = async (): Promise<number> => {
		try {
			reading ??= await read();
			if (Date.now() - flushedAt < everyMs && batch.rows < rowsAtOnce) return lookEveryMs;
			await flush();
			await sweep();
			await reading.askForLost();
			flushedAt = Date.now();
			isBehind = false;
			return lookEveryMs;
		} catch (error) {
			if (!isBehind) logger.warn({ event: "history-not-written", err: error });
			isBehind = true;
			return backOffMs;
		}
	};
	/** A topic that is not there yet, or a stream that is away, keeps nobody from starting. */
	const read = async (): Promise<Reading> => {
		const subscription = await deps.stream.subscribe({
			topics: [topics.history],
			group,
			maxUnsettled,
			onDeliveries: (deliveries) => deliveries.forEach(take),
			onFailure(error) {
				logger.warn({ event: "history-subscription-lost", err: error });
				reading = null;
				void subscription.close(0).catch(() => undefined);
			},
		});
		return { subscription, askForLost: createAskForLost({ history, batch, subscription }) };
	};
	const loop = startLoop(turn);
	return {
		async [Symbol.asyncDispose]() {
			await loop.stop();
			await reading?.subscription.close(0);
		},
	};
}

interface Reading {
	readonly subscription: Subscription;
	readonly askForLost: () => Promise<void>;
}

/** Null where it is none of ours: whoever may write to the topic writes nothing into the history by that. */
function readEvent({ record }: Delivery) {
	try {
		return historyEvent.parse(JSON.parse(Buffer.from(record.value).toString("utf8")));
	} catch {
		return null;
	}
}

/** Where another process has written on meanwhile, its files are the history's, and these stay unnamed. */
async function writeFiles(deps: WriteHistoryDeps, { from, through, events }: NextEvents): Promise<void> {
	const { openWriter, files: store, history, workFolder } = deps;
	await using writer = await openWriter();
	const files: HistoryFile[] = [];
	for (const { table, day, platform, rows } of rowsByFile(events)) {
		const name = `${from}-${through}-${uuidv7(Date.now())}.parquet`;
		const key = `${folderOf(table, day, platform)}${name}`;
		await withDraft(join(workFolder, `${table}-${name}`), async (path) => {
			await writer.write(table, rows, path);
			await store.put(key, path);
		});
		files.push({ key, table, day, platform, level: 0, rows: rows.length });
	}
	await history.addFiles(files, { from, through });
}
