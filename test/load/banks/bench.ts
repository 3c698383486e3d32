// Bank files in and out, each format, by the command that an operator types, on an embedded database of its own: the draft, its delta,
// and carrying it out are all in the seconds.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { openEmbeddedPostgres } from "../../../services/adapters/postgres/connection/embedded-postgres.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { readOptions } from "../read-options.ts";
import { type Figure, report } from "../report.ts";

const usage = `npm run bench:banks -- [options]

  --rows N      lines of each file (1000000)
  --json        print one JSON object`;

const values = readOptions(usage, {
	rows: { type: "string", default: "1000000" },
	json: { type: "boolean", default: false },
});
const rowCount = Number(values.rows);
const atMostSeconds = 60;
const atMostMiB = 512;
const cli = fromPackageRoot("dist", "services", "cli", "main.js");
const formats = [
	["csv", "CSV"],
	["jsonl", "JSON lines"],
	["json", "ThreatExchange JSON"],
] as const;

const folder = await mkdtemp(join(tmpdir(), "breakwater-bench-banks-"));
try {
	// As root, the database runs as another user, who must reach its folder.
	await chmod(folder, 0o755);
	const dataDir = join(folder, "data");
	await using _server = await openEmbeddedPostgres({ dataDir, logger: silentLogger });
	const figures: Figure[] = [];
	for (const [extension, name] of formats) {
		process.stderr.write(`${name}\n`);
		const file = join(folder, `list.${extension}`);
		await pipeline(Readable.from(textOf(extension)), createWriteStream(file));
		const bank = `bench-${extension}`;
		const allow = ["--allow-entries", String(rowCount)];
		await command(dataDir, ["bank", "create", bank, "--category", "benchmark", "--new-category", ...allow]);
		const into = await command(dataDir, ["bank", "import", bank, file]);
		const out = await command(dataDir, ["bank", "export", bank, "--out", join(folder, `out.${extension}`)]);
		figures.push(
			...figuresOf(`${name}, ${rowCount} rows in`, into),
			...figuresOf(`${name}, ${rowCount} rows out`, out),
		);
		await rm(file);
	}
	process.exitCode = report("bank files in and out", figures, values.json);
} finally {
	await rm(folder, { recursive: true, force: true });
}

interface Run {
	readonly seconds: number;
	readonly peakMiB: number;
}

function figuresOf(name: string, { seconds, peakMiB }: Run): readonly Figure[] {
	return [
		{ name, value: seconds, unit: "s", aim: { atMost: atMostSeconds, of: "value" } },
		{
			name: `${name}: the command's memory at most`,
			value: peakMiB,
			unit: "MiB",
			aim: { atMost: atMostMiB, of: "value" },
		},
	];
}

/** Every second row is a PDQ hash; three sources. */
function* textOf(extension: (typeof formats)[number][0]): Generator<string> {
	if (extension === "csv") yield "type,hash,quality,source,opinion,external_id,categories,severity,note\n";
	if (extension === "json") yield '{"data":[\n';
	const rowsPerPiece = 1_000;
	for (let from = 0; from < rowCount; from += rowsPerPiece) {
		const rows = Array.from({ length: Math.min(rowsPerPiece, rowCount - from) }, (_, index) =>
			rowOf(extension, from + index),
		);
		yield `${extension === "json" && from > 0 ? ",\n" : ""}${rows.join(extension === "json" ? ",\n" : "\n")}${extension === "json" ? "" : "\n"}`;
	}
	if (extension === "json") yield "\n]}\n";
}

function rowOf(extension: (typeof formats)[number][0], index: number): string {
	// Every byte with half of its bits set: no bank refuses it.
	const text = Buffer.from(randomBytes(32).map((byte) => [0x0f, 0xf0, 0x55, 0xaa][byte % 4] ?? 0)).toString("hex");
	const [type, quality] = index % 2 === 0 ? ["sha256", undefined] : ["pdq", 90];
	const source = `list-${index % 3}`;
	if (extension === "csv") return `${type},${text},${quality ?? ""},${source},positive,${index},a1;b2,3,`;
	if (extension === "jsonl")
		return JSON.stringify({
			type,
			hash: text,
			quality,
			source,
			externalId: String(index),
			categories: ["a1", "b2"],
			severity: 3,
		});
	return JSON.stringify({
		...{ id: String(index), type: type === "pdq" ? "HASH_PDQ" : "HASH_SHA256", indicator: text, status: "MALICIOUS" },
		...{ quality, owner: { name: source }, tags: ["a1", "b2"], severity: "SUSPICIOUS" },
	});
}

async function command(dataDir: string, args: readonly string[]): Promise<Run> {
	const beganAt = performance.now();
	const child = spawn(process.execPath, [cli, ...args], {
		env: { PATH: process.env.PATH, BREAKWATER_DATA_DIR: dataDir },
		stdio: ["ignore", "ignore", "inherit"],
	});
	let peakMiB = 0;
	const timer = setInterval(() => {
		readFile(`/proc/${child.pid}/status`, "utf8").then(
			(status) => {
				peakMiB = Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1_024;
			},
			() => undefined,
		);
	}, 100);
	const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
	clearInterval(timer);
	if (code !== 0) throw new Error(`breakwater ${args.join(" ")} ended with ${code}`);
	return { seconds: (performance.now() - beganAt) / 1_000, peakMiB };
}
