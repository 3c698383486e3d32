// Past hashes against entries that came after them: comparing alone, beside FAISS on the same hashes in the same run, and reading them from a
// real record.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { inTurns } from "../matching/in-turns.ts";
import { installPeers } from "../matching/install-peers.ts";
import { startLineProcess } from "../matching/line-process.ts";
import { writeHashes, writeQueries } from "../matching/make-hashes.ts";
import { readOptions } from "../read-options.ts";
import { type Figure, report } from "../report.ts";
import type { Compared, FromRecord } from "./measure-ours.ts";

const usage = `npm run bench:sweeps -- [options]

  --hashes N    past hashes (10000000)
  --entries N   new entries, where there are many (100000)
  --sample N    past hashes that are held against many entries; told for all of them (1000000)
  --rows N      past hashes in the record that is read (300000)
  --json        print one JSON object`;

const values = readOptions(usage, {
	hashes: { type: "string", default: "10000000" },
	entries: { type: "string", default: "100000" },
	sample: { type: "string", default: "1000000" },
	rows: { type: "string", default: "300000" },
	json: { type: "boolean", default: false },
});
const [past, many, sample, rows] = [values.hashes, values.entries, values.sample, values.rows].map(Number) as [
	number,
	number,
	number,
	number,
];
const say = (text: string) => void process.stderr.write(`${text}\n`);
const fromHere = (...path: readonly string[]) => fromPackageRoot(...path);

const work = mkdtempSync(join(tmpdir(), "breakwater-sweeps-"));
try {
	say("installing peers");
	const python = installPeers(fromPackageRoot(".cache", "bench-matching"));
	say(`making ${past} hashes`);
	const [hashes, entries] = [join(work, "hashes"), join(work, "entries")];
	writeHashes(hashes, past);
	writeQueries(entries, readFileSync(hashes).subarray(0, sample * 32), many);
	await using ours = startLineProcess(process.execPath, [
		fromHere("dist", "test", "load", "sweeps", "measure-ours.js"),
	]);
	await using peer = startLineProcess(python, [fromHere("test", "load", "sweeps", "peers", "peer.py")]);
	await ours.ask({ load: { hashes, entries } });
	await peer.ask({ load: { hashes, entries } });
	say("one entry");
	const one = await inTurns(
		() => ours.ask<Compared>({ compare: { entries: 1, hashes: past } }),
		() => peer.ask<Compared>({ one: {} }),
	);
	say("many entries");
	const ofMany = await ours.ask<Compared>({ compare: { entries: many, hashes: sample } });
	const peerSample = Math.min(sample, 100_000);
	const ofManyThere = await peer.ask<Compared>({ many: { hashes: peerSample } });
	const ofManyHere = await ours.ask<Compared>({ compare: { entries: many, hashes: peerSample } });
	say("reading the record");
	const read = await ours.ask<FromRecord>({ record: { rows } });
	const quickest = (all: readonly Compared[]) => Math.min(...all.map(({ seconds }) => seconds));
	const million = `${past / 1_000_000} M`;
	const figures: readonly Figure[] = [
		{
			...{ name: `${million} past hashes against 1 entry`, value: quickest(one.ours), unit: "s" },
			peer: { name: "FAISS IndexBinaryFlat", value: quickest(one.peers) },
			aim: { atMost: 1, of: "value" },
		},
		{
			name: `${million} against ${many} entries, told from ${sample}`,
			...{ value: ofMany.buildSeconds + (ofMany.seconds * past) / sample, unit: "s" },
			peer: {
				name: "FAISS IndexBinaryMultiHash",
				value: ofManyThere.buildSeconds + (ofManyThere.seconds * past) / peerSample,
			},
			aim: { atMost: 300, of: "value" },
		},
		{
			name: "past hashes that FAISS found near an entry and we did not, or the reverse",
			value:
				Math.abs(ofManyHere.found - ofManyThere.found) +
				Math.abs((one.ours[0]?.found ?? Number.NaN) - (one.peers[0]?.found ?? Number.NaN)),
			...{ unit: "", aim: { atMost: 0, of: "value" } },
		},
		{ name: "past hashes read from the record", value: read.hashesPerSecond, unit: "/s", aim: null },
		{
			name: `${million} read and held against 1 entry, told from ${rows}`,
			value: past / read.hashesPerSecond,
			unit: "s",
			aim: null,
		},
	];
	process.exitCode = report("sweeps: earlier hashes against newer entries, one thread", figures, values.json);
} finally {
	rmSync(work, { recursive: true, force: true });
}
