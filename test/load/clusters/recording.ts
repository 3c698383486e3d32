// What members of clusters cost the record: posts recorded with a cluster of their own each, with one in a hundred joining one, and without, by
// turns in one database, so that all grow alike.

import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../../../services/adapters/postgres/connection/database.ts";
import { openEmbeddedPostgres } from "../../../services/adapters/postgres/connection/embedded-postgres.ts";
import { migrate } from "../../../services/adapters/postgres/connection/migrate.ts";
import { createStores } from "../../../services/adapters/postgres/stores.ts";
import { clusterIdOf } from "../../../services/core/clusters/cluster-id.ts";
import type { Membership } from "../../../services/core/clusters/membership.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { clearVerdict, newItem } from "../../support/examined-items.ts";
import type { Figure } from "../report.ts";

const posts = 1_000;
const turns = 15;
const joining = 100;

export async function recordingFigures(): Promise<readonly Figure[]> {
	const folder = mkdtempSync(join(tmpdir(), "bench-clusters-"));
	const server = await openEmbeddedPostgres({ dataDir: folder, logger: silentLogger });
	try {
		const options = { url: server.url, maxConnections: 2, applicationName: "bench", logger: silentLogger };
		await using database = await openDatabase(options);
		await migrate(database);
		const stores = createStores(database);
		const { id, source } = await stores.platforms.create({
			name: "forum",
			source: "//f",
			webhook: null,
			mediaHosts: [],
		});
		const one = founded();
		const ways = [
			{ name: "without clusters", memberships: () => [] },
			{ name: "each founding a cluster", memberships: () => [founded()] },
			{
				name: "one in a hundred joining one",
				memberships: (at: number) => (at % joining === 0 ? [{ ...one, distanceBits: 3 }] : []),
			},
		].map((way) => ({ ...way, took: [] as number[] }));
		for (let turn = 0; turn < turns; turn += 1)
			for (const { memberships, took } of ways) {
				const items = Array.from({ length: posts }, (_, at) =>
					newItem(id, source, {
						...{ kind: "post", hashes: null, verdict: clearVerdict, facts: null, memberships: memberships(at) },
					}),
				);
				const before = performance.now();
				await stores.verdicts.record(items);
				// The first warms up.
				if (turn > 0) took.push(performance.now() - before);
			}
		return ways.map(({ name, took }) => ({
			...{ name: `1 000 posts recorded, ${name}`, value: median(took), unit: "ms", aim: null },
		}));
	} finally {
		await server[Symbol.asyncDispose]();
		rmSync(folder, { recursive: true, force: true });
	}
}

function founded(): Membership {
	const medoid = new Uint8Array(randomBytes(32));
	return { clusterId: clusterIdOf(medoid), degree: "confirmed", distanceBits: 0, medoid, type: "pdq" };
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
