import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Figure } from "../report.ts";
import { inTurns, rounds } from "./in-turns.ts";
import type { LineProcess } from "./line-process.ts";
import { writeHashes, writeQueries } from "./make-hashes.ts";
import type { Added, Churned, Loaded, Restarted, Searched } from "./measure-ours.ts";

/** FAISS's ways of being exact within 31 bits: slots × bits each. */
const multiHash = [
	[16, 16],
	[11, 23],
];

interface Faiss {
	readonly microseconds: number;
	readonly found: number;
}

/** One size of bank; its hashes are put into `work` while it is measured. */
export async function indexFigures(
	size: number,
	ours: LineProcess,
	peer: LineProcess,
	work: string,
): Promise<readonly Figure[]> {
	const hashes = join(work, "hashes");
	const queries = join(work, "queries");
	writeHashes(hashes, size);
	writeQueries(queries, readFileSync(hashes), size > 1_000_000 ? 200 : 1_000);
	const loaded = await ours.ask<Loaded>({ load: { hashes, queries } });
	await peer.ask({ load: { hashes, queries, multiHash } });
	const searched = await inTurns(
		() => ours.ask<Searched>({ search: { rounds: 3 } }),
		() => peer.ask<Readonly<Record<string, Faiss>>>({ search: { rounds: 1 } }),
	);
	const added: Added[] = [];
	for (let round = 0; round < rounds; round += 1) added.push(await ours.ask<Added>({ add: { count: 50_000 } }));
	const churned: Churned[] = [];
	// So many that every round sees the recent entries fill up, and a merge begin.
	const count = Math.max(100_000, Math.ceil(size / 25));
	for (let round = 0; round < rounds; round += 1) churned.push(await ours.ask<Churned>({ churn: { count } }));
	const restarted =
		size > 1_000_000 ? null : await ours.ask<Restarted>({ restart: { hashes, file: join(work, "banks.snapshot") } });
	rmSync(hashes);

	const peers = new Map<string, number>();
	for (const [name, { microseconds }] of searched.peers.flatMap((round) => Object.entries(round)))
		peers.set(name, Math.min(peers.get(name) ?? Number.POSITIVE_INFINITY, microseconds));
	const [better = "", betterMicroseconds = Number.NaN] = [...peers].toSorted(([, a], [, b]) => a - b)[0] ?? [];
	const last = searched.ours.at(-1);
	const calmest = churned.toSorted((a, b) => a.p99Microseconds - b.p99Microseconds)[0];
	const median = last?.medianMicroseconds ?? Number.NaN;
	const found = new Set(searched.peers.flatMap((round) => Object.values(round)).map((one) => one.found));
	const label = size % 1_000_000 === 0 ? `${size / 1_000_000} M` : `${size / 1_000} k`;
	const told = (name: string, value: number, unit: string, aim: Figure["aim"] = null): Figure => ({
		name: `${name}, ${label}`,
		value,
		unit,
		aim,
	});
	return [
		{
			...told("look-up within 31 bits", Math.min(...searched.ours.map(({ microseconds }) => microseconds)), "µs"),
			peer: { name: `FAISS ${better}`, value: betterMicroseconds },
			aim: { atLeast: size >= 10_000_000 ? 10 : 5, of: "ratio" },
		},
		...[...peers].map(([name, value]) => told(`FAISS ${name}`, value, "µs")),
		told("neighbors that FAISS found and we did not, or the reverse", differenceOf(found, last?.found), "", {
			atMost: 0,
			of: "value",
		}),
		told("p99 over median", (last?.p99Microseconds ?? Number.NaN) / median, "", { atMost: 3, of: "value" }),
		told("additions", Math.max(...added.map(({ addsPerSecond }) => addsPerSecond)), "/s", {
			atLeast: 50_000,
			of: "value",
		}),
		told("longest addition, merge steps included", Math.min(...added.map(({ longestMs }) => longestMs)), "ms", {
			atMost: 20,
			of: "value",
		}),
		{
			...told("look-up while entries come and go, median", calmest?.medianMicroseconds ?? Number.NaN, "µs"),
			peer: { name: "without", value: calmest?.quietMedianMicroseconds ?? Number.NaN },
			aim: { atLeast: 0.5, of: "ratio" },
		},
		told("the same, p99", calmest?.p99Microseconds ?? Number.NaN, "µs"),
		told("longest change then", Math.min(...churned.map(({ longestMs }) => longestMs)), "ms", {
			atMost: 20,
			of: "value",
		}),
		told("memory per entry", loaded.bytesPerEntry, "bytes", size >= 10_000_000 ? { atMost: 100, of: "value" } : null),
		told("index built from hashes", loaded.loadMs, "ms"),
		...(restarted === null
			? []
			: [
					told("restart from a snapshot", restarted.readMs / 1_000, "s", { atMost: 3, of: "value" }),
					told("snapshot written", restarted.writeMs / 1_000, "s"),
				]),
	];
}

function differenceOf(theirs: ReadonlySet<number>, ours: number | undefined): number {
	return Math.max(...[...theirs].map((found) => Math.abs(found - (ours ?? Number.NaN))));
}
