// Runs a part of the build unless everything it reads, and everything it wrote, is as it was when it was last through.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What every part depends on: what npm installed, and how things are built. */
const ofAll = ["package.json", "package-lock.json", "node_modules/.package-lock.json", "tsconfig.json", "infra/build"];

/** `sources` and `outputs` are files and folders. What the part wrote is noted in dist/, and goes with it. */
export function buildOnce({ name, sources, outputs, build }) {
	const note = `dist/.built-${name}.json`;
	const read = digestOf([...ofAll, ...sources]);
	const last = existsSync(note) ? JSON.parse(readFileSync(note, "utf8")) : null;
	if (last?.read === read && Object.entries(last.wrote).every(([file, state]) => stateOf(file) === state)) return;
	rmSync(note, { force: true });
	build();
	// Read before it was built: what changes meanwhile is built the next time.
	const wrote = Object.fromEntries(outputs.flatMap(filesIn).map((file) => [file, stateOf(file)]));
	writeFileSync(note, JSON.stringify({ read, wrote }));
}

function digestOf(paths) {
	const { version, platform, arch, env } = process;
	const hash = createHash("sha256").update(JSON.stringify([version, platform, arch, env.NODE_ENV ?? null]));
	for (const file of paths.flatMap(filesIn)) {
		const content = readFileSync(file);
		hash.update(`\n${content.length} ${file}\n`).update(content);
	}
	return hash.digest("hex");
}

function filesIn(path) {
	if (!existsSync(path)) return [];
	if (!statSync(path).isDirectory()) return [path];
	const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	return entries.map(({ parentPath, name }) => join(parentPath, name)).sort();
}

function stateOf(file) {
	const stat = statSync(file, { throwIfNoEntry: false });
	return stat === undefined ? null : `${stat.size} ${stat.mtimeMs}`;
}
