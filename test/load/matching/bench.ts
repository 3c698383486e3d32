// Hashing and matching against their peers, on the same data in one run.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { readOptions } from "../read-options.ts";
import { type Figure, report } from "../report.ts";
import { hashingFigures } from "./hashing-figures.ts";
import { indexFigures } from "./index-figures.ts";
import { installPeers } from "./install-peers.ts";
import { type LineProcess, startLineProcess } from "./line-process.ts";

const usage = `npm run bench:matching -- [options]

  --sizes LIST  entries of the indexes (100k,1m); 10m needs about 8 GB
  --json        print one JSON object`;

const values = readOptions(usage, {
	json: { type: "boolean", default: false },
	sizes: { type: "string", default: "100k,1m" },
});
const sizes = values.sizes.split(",").map(parseSize);
const say = (text: string) => void process.stderr.write(`${text}\n`);
const fromHere = (...path: string[]) =>
	fromPackageRoot(...path.slice(0, -1), "test", "load", "matching", path.at(-1) ?? "");

const work = mkdtempSync(join(tmpdir(), "breakwater-bench-"));
try {
	say("installing peers");
	const python = installPeers(fromPackageRoot(".cache", "bench-matching"));
	/** Fresh processes, so that one part's memory is not the next one's. */
	const withBoth = async <T>(run: (ours: LineProcess, peer: LineProcess) => Promise<T>): Promise<T> => {
		await using ours = startLineProcess(process.execPath, [fromHere("dist", "measure-ours.js")]);
		await using peer = startLineProcess(python, [fromHere(join("peers", "peer.py"))]);
		return await run(ours, peer);
	};
	say("hashing");
	const figures: Figure[] = [...(await withBoth((ours, peer) => hashingFigures(ours, peer, work)))];
	for (const size of sizes) {
		say(`${size} hashes`);
		figures.push(...(await withBoth((ours, peer) => indexFigures(size, ours, peer, work))));
	}
	process.exitCode = report("matching: PDQ and the index, one thread each", figures, values.json);
} finally {
	rmSync(work, { recursive: true, force: true });
}

function parseSize(text: string): number {
	const [, digits, unit] = /^(\d+)([km]?)$/i.exec(text.trim()) ?? [];
	if (digits === undefined) throw new Error(`--sizes takes numbers such as 100k,1m,10m, not ${text}`);
	return Number(digits) * { k: 1_000, m: 1_000_000, "": 1 }[(unit ?? "").toLowerCase() as "k" | "m" | ""];
}
