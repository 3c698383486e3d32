// Our side of bench:sweeps, one thread: commands as matching/line-process.ts carries them.
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { sql } from "kysely";
import { openDatabase } from "../../../services/adapters/postgres/connection/database.ts";
import { openEmbeddedPostgres } from "../../../services/adapters/postgres/connection/embedded-postgres.ts";
import { migrate } from "../../../services/adapters/postgres/connection/migrate.ts";
import { createStores } from "../../../services/adapters/postgres/stores.ts";
import { createNewEntries } from "../../../services/core/sweeps/new-entries.ts";
import { itemsNear } from "../../../services/detector/sweeps/look-through.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";

const hashBytes = 32;
/** As many as a page of the record holds. */
const pageHashes = 10_000;
let hashes = new Uint8Array();
let entries = new Uint8Array();

export interface Compared {
	readonly seconds: number;
	readonly buildSeconds: number;
	/** Past hashes near any entry. */
	readonly found: number;
}
export interface FromRecord {
	readonly hashesPerSecond: number;
}

const commands = {
	load(files: { readonly hashes: string; readonly entries: string }) {
		hashes = new Uint8Array(readFileSync(files.hashes));
		entries = new Uint8Array(readFileSync(files.entries));
		return {};
	},
	compare(of: { readonly entries: number; readonly hashes: number }): Compared {
		const started = performance.now();
		const near = createNewEntries("pdq", of.entries);
		near.add(rowsOf(entries, of.entries));
		const built = performance.now();
		let found = 0;
		for (let from = 0; from < of.hashes; from += pageHashes) {
			const page = hashes.subarray(from * hashBytes, Math.min(of.hashes, from + pageHashes) * hashBytes);
			found += near.placesNear(page, 0, page.length / hashBytes).length;
		}
		return { buildSeconds: (built - started) / 1_000, seconds: (performance.now() - built) / 1_000, found };
	},
	async record({ rows }: { readonly rows: number }): Promise<FromRecord> {
		const dataDir = mkdtempSync(join(tmpdir(), "breakwater-sweeps-record-"));
		const server = await openEmbeddedPostgres({ dataDir, logger: silentLogger });
		try {
			await using database = await openDatabase({
				...{ url: server.url, maxConnections: 2, applicationName: "bench", logger: silentLogger },
			});
			await migrate(database);
			const stores = createStores(database);
			const forum = { name: "forum", source: "//forum.example", webhook: null, mediaHosts: [] };
			const { id } = await stores.platforms.create(forum);
			// Ids grow with time, as the rows behind them lie.
			const made = sql`lpad(to_hex(n + 1), 32, '0')::uuid`;
			for (let from = 0; from < rows; from += 50_000) {
				const some = sql`generate_series(${from}::integer, ${Math.min(rows, from + 50_000) - 1}::integer) AS n`;
				await database.rows(
					sql`INSERT INTO items (id, platform_id, source, event_id, subject, kind, surface, author_id, received_at, recorded_at)
						SELECT ${made}, ${id}, 'bench', n::text, n::text, 'media', 'public', 'author', now(), now() FROM ${some}`,
				);
				// A picture has four hashes in the record; one of them is compared by distance.
				await database.rows(
					sql`INSERT INTO item_hashes (item_id, type, hash, quality, at_ms)
						SELECT ${made}, type, CASE type WHEN 'sha1' THEN substring(sha256(n::text::bytea) FOR 20) WHEN 'md5' THEN substring(sha256(n::text::bytea) FOR 16) ELSE sha256((n::text || type)::bytea) END, 90, 0
						FROM ${some} CROSS JOIN unnest(ARRAY['sha256', 'sha1', 'md5', 'pdq']) AS kinds (type)`,
				);
			}
			await database.rows(sql`ANALYZE item_hashes`);
			const [hash = new Uint8Array(hashBytes)] = rowsOf(entries, 1);
			const entry = createNewEntries("pdq", 1);
			entry.add([hash]);
			const near = new Map([["pdq", entry] as const]);
			const started = performance.now();
			let cursor = "00000000-0000-0000-0000-000000000000";
			for (let isMore = true; isMore; ) {
				const next = await stores.sweeps.nextHashes({ cursor, pass: 1, through: randomUUID() }, ["pdq"], pageHashes);
				for (const page of next.pages) await itemsNear({ near }, page);
				isMore = next.cursor !== cursor;
				({ cursor } = next);
			}
			return { hashesPerSecond: rows / ((performance.now() - started) / 1_000) };
		} finally {
			await server[Symbol.asyncDispose]();
			rmSync(dataDir, { recursive: true, force: true });
		}
	},
};

function rowsOf(bytes: Uint8Array, count: number): readonly Uint8Array[] {
	return Array.from({ length: count }, (_, row) => bytes.slice(row * hashBytes, (row + 1) * hashBytes));
}

for await (const line of createInterface({ input: process.stdin })) {
	const [[name, argument] = []] = Object.entries(JSON.parse(line));
	const command = commands[name as keyof typeof commands] as (argument: unknown) => unknown;
	process.stdout.write(`${JSON.stringify(await command(argument))}\n`);
}
