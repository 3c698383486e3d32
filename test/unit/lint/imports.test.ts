// Biome as `npm run lint` runs it, with the repository's rules, on a small tree in which every room tries every import.
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { z } from "zod";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";

const named = z.record(z.string(), z.array(z.string()));
const said = z
	.object({ rooms: named, technologies: named, packagesOfPure: named, outside: z.array(z.string()) })
	.parse(await import(fromPackageRoot("infra/lint/rooms.js")));
const { rooms: table, technologies: tools, packagesOfPure: pure, outside } = said;
const packages = Object.values(tools)
	.flat()
	.map((one) => one.replace("**", "any"));

/** By file of the tree: what it tries to import, and whether it may. */
const attempts = new Map<string, Map<string, boolean>>();
for (const [room, allowed] of Object.entries(table)) {
	const may = (other: string) => other === room || allowed.includes(other);
	const files = room === "adapters" ? Object.keys({ ...tools, other: [] }).map((name) => `adapters/${name}`) : [room];
	for (const [file, isDeep] of files.flatMap((one): [string, boolean][] => [
		[one, false],
		[one, true],
	])) {
		const up = "../".repeat(file.split("/").length + (isDeep ? 1 : 0));
		const tries = new Map<string, boolean>();
		for (const other of Object.keys(table))
			if (other !== "adapters" || room !== "adapters") tries.set(`${up}${other}/there.ts`, may(other));
		for (const folder of outside) tries.set(`../${up}${folder}/there.ts`, false);
		for (const one of packages)
			tries.set(one, file.startsWith("adapters/") && isOwn(file.slice("adapters/".length), one));
		tries.set("zod", true);
		tries.set("left-pad", pure[room] === undefined);
		tries.set("node:fs", pure[room] === undefined && room !== "console");
		tries.set("node:crypto", room === "core" || (pure[room] === undefined && room !== "console"));
		tries.set("./beside.ts", true);
		if (room === "adapters") {
			tries.set(`${isDeep ? "../" : ""}../elsewhere/there.ts`, false);
			tries.set(`${up}adapters/elsewhere/there.ts`, false);
			if (isDeep) tries.set("../within/there.ts", true);
		}
		attempts.set(`services/${file}/${isDeep ? "deep/" : ""}tries.ts`, tries);
	}
	if (table[room]?.includes("parts"))
		attempts.set(
			`services/${room}/compose.ts`,
			new Map(Object.keys(table).map((other) => [`../${other}/there.ts`, may(other) || other === "adapters"])),
		);
}

function isOwn(adapter: string, tool: string): boolean {
	return tools[adapter]?.some((one) => one.replace("**", "any") === tool) ?? false;
}

const plain = {
	"services/core/cycle/a.ts": 'import { b } from "./b.ts";\nexport const a = () => b();\n',
	"services/core/cycle/b.ts": 'import { a } from "./a.ts";\nexport const b = (): number => a();\n',
	"services/runtime/floating.ts": "async function late() {}\nexport function now() {\n\tlate();\n}\n",
	"services/runtime/long.ts": "export const a = 1;\n".replace("1", `[\n${"\t1,\n".repeat(300)}]`),
	"services/runtime/not-long.ts": "export const a = 1;\n".replace("1", `[\n${"\t1,\n".repeat(296)}]`),
};

let folder: string;
/** As `file line rule`. */
let refused: ReadonlySet<string>;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "breakwater-lint-"));
	await cp(fromPackageRoot("biome.json"), join(folder, "biome.json"));
	await mkdir(join(folder, "infra/lint"), { recursive: true });
	await cp(fromPackageRoot("infra/lint/imports.json"), join(folder, "infra/lint/imports.json"));
	const written = Object.entries(plain);
	for (const [file, tries] of attempts)
		written.push([file as keyof typeof plain, [...tries.keys()].map((one) => `await import("${one}");\n`).join("")]);
	for (const [file, content] of written) {
		await mkdir(dirname(join(folder, file)), { recursive: true });
		await writeFile(join(folder, file), content);
	}
	refused = await lint(folder);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

function lint(cwd: string): Promise<ReadonlySet<string>> {
	const biome = fromPackageRoot("node_modules/@biomejs/biome/bin/biome");
	const args = [biome, "lint", "--vcs-enabled=false", "--reporter=github", "--max-diagnostics=none", "services"];
	return new Promise((resolve, reject) => {
		execFile(process.execPath, args, { cwd, maxBuffer: 1e8 }, (_error, out, err) => {
			const lines = [...out.matchAll(/title=lint\/\w+\/(\w+),file=([^,]+),line=(\d+)/g)];
			if (lines.length === 0) reject(new Error(`Biome found nothing: ${err}`));
			resolve(new Set(lines.map(([, rule, file = "", line]) => `${file.slice(cwd.length + 1)} ${line} ${rule}`)));
		});
	});
}

test.each([...attempts])("%s may import what its room may, and nothing else", (file, tries) => {
	const isRefused = [...tries.keys()].map((_, at) => refused.has(`${file} ${at + 1} noRestrictedImports`));
	const asked = [...tries].map(([specifier, may], at) => ({ specifier, may, isRefused: isRefused[at] }));
	expect(asked.filter((one) => one.may === one.isRefused)).toEqual([]);
});

test("a cycle, a promise that nobody waits for, and a file of more than 300 lines are refused", () => {
	expect(refused).toContain("services/core/cycle/a.ts 1 noImportCycles");
	expect(refused).toContain("services/runtime/floating.ts 3 noFloatingPromises");
	expect(refused).toContain("services/runtime/long.ts 1 noExcessiveLinesPerFile");
	expect([...refused].filter((one) => one.includes("not-long.ts"))).toEqual([]);
});

test("Biome's rules of who may import what are made of the table", async () => {
	const { text } = await import(fromPackageRoot("infra/lint/make-imports.js"));
	expect(await readFile(fromPackageRoot("infra/lint/imports.json"), "utf8")).toBe(text);
});
