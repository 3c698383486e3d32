// The matcher's API against Hasher-Matcher-Actioner, both as processes of their own under the same load, one after the other.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readOptions } from "../read-options.ts";
import { type Figure, report } from "../report.ts";
import { startHma } from "./hma.ts";
import { type Measured, measure } from "./measure.ts";
import { startOurs } from "./ours.ts";
import { readPictures } from "./pictures.ts";

const usage = `npm run bench:matcher-api -- [options]

  --hma DIR       the folder hasher-matcher-actioner of a checkout of ThreatExchange: the peer; without it, ours alone
  --pictures DIR  JPEG files in place of generated pictures
  --seconds N     of each load (8)
  --hashes N      known hashes in the bank (1000)
  --json          print one JSON object`;

const values = readOptions(usage, {
	hma: { type: "string" },
	pictures: { type: "string" },
	seconds: { type: "string", default: "8" },
	hashes: { type: "string", default: "1000" },
	json: { type: "boolean", default: false },
});
const say = (text: string) => void process.stderr.write(`${text}\n`);
const work = mkdtempSync(join(tmpdir(), "breakwater-bench-matcher-"));
// As root the database runs as another user, who must get there.
chmodSync(work, 0o755);

/** As the project's own measurement of it says, on such a machine: gunicorn with 1 worker and 4 threads, two cores, its intervals cut to 5 s. */
const stated = { lookUpsPerSecond: 343, filesPerSecond: 32, secondsUntilMatch: 4.5 };

try {
	const pictures = await readPictures(values.pictures ?? null);
	const load = { pictures, seconds: Number(values.seconds), hashes: Number(values.hashes), say };
	const peer = values.hma === undefined ? null : await measuredHma(values.hma);
	say("measuring ours");
	await using ours = await startOurs(join(work, "ours"));
	process.exitCode = report(
		`the matcher's API: 1600×1004 JPEG files, ${load.hashes} known hashes`,
		figuresOf(await measure(ours.url, load), peer),
		values.json,
	);

	async function measuredHma(folder: string): Promise<Measured> {
		say("starting HMA");
		await using hma = await startHma({ folder, work: join(work, "hma"), say });
		say("measuring HMA");
		return await measure(hma.url, load);
	}
} finally {
	rmSync(work, { recursive: true, force: true });
}

function figuresOf(ours: Measured, measuredPeer: Measured | null): readonly Figure[] {
	const peer = measuredPeer ?? stated;
	const name = measuredPeer === null ? "HMA, measured elsewhere," : "HMA";
	return [
		{
			name: "look-ups",
			...{ value: ours.lookUpsPerSecond, unit: "/s", peer: { name, value: peer.lookUpsPerSecond } },
			aim: { atLeast: 10, of: "ratio" },
		},
		{
			name: "files hashed and looked up",
			...{ value: ours.filesPerSecond, unit: "/s", peer: { name, value: peer.filesPerSecond } },
			aim: { atLeast: 5, of: "ratio" },
		},
		{
			name: "added hash matches after",
			...{ value: ours.secondsUntilMatch, unit: "s", peer: { name, value: peer.secondsUntilMatch } },
			aim: { atMost: 1, of: "value" },
		},
		{ name: "hashes added", value: ours.addsPerSecond, unit: "/s", peer: peerOf("addsPerSecond"), aim: null },
		{ name: "look-up, p99", value: ours.lookUpP99Ms, unit: "ms", peer: peerOf("lookUpP99Ms"), aim: null },
	];

	function peerOf(figure: keyof Measured) {
		return measuredPeer === null ? undefined : { name: "HMA", value: measuredPeer[figure] };
	}
}
