// When a part of the build is run again (infra/build/build-once.js), in a folder of its own.
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";

let folder: string;
const at = (...path: readonly string[]) => join(folder, ...path);

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "breakwater-build-"));
	for (const one of ["source", "dist/out", "infra/build"]) await mkdir(at(one), { recursive: true });
	await writeFile(at("source", "a.ts"), "a");
	await writeFile(at("package-lock.json"), "{}");
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const program = `
	import { readFileSync, writeFileSync } from "node:fs";
	import { buildOnce } from ${JSON.stringify(fromPackageRoot("infra", "build", "build-once.js"))};
	let isBuilt = false;
	buildOnce({ name: "part", sources: ["source"], outputs: ["dist/out"], build() {
		isBuilt = true;
		if (readFileSync("source/a.ts", "utf8") === "wrong") process.exit(1);
		writeFileSync("dist/out/a.js", readFileSync("source/a.ts"));
	} });
	console.log(isBuilt);`;

/** Whether it was built. */
function build(env: Readonly<Record<string, string>> = {}): boolean {
	const said = execFileSync(process.execPath, ["--input-type=module", "-e", program], {
		...{ cwd: folder, env: { ...process.env, ...env } },
		stdio: ["ignore", "pipe", "ignore"],
	});
	return said.toString() === "true\n";
}

test("what has not changed is not built again", () => {
	expect(build()).toBe(true);
	expect(build()).toBe(false);
});

test("a source that is another, though as long and as old, is; so is one that came or went", async () => {
	build();
	const { atime, mtime } = await stat(at("source", "a.ts"));
	await writeFile(at("source", "a.ts"), "b");
	await utimes(at("source", "a.ts"), atime, mtime);
	expect(build()).toBe(true);
	expect(await readFile(at("dist", "out", "a.js"), "utf8")).toBe("b");
	await writeFile(at("source", "b.ts"), "");
	expect(build()).toBe(true);
	await rm(at("source", "b.ts"));
	expect(build()).toBe(true);
	expect(build()).toBe(false);
});

test("so is everything where other packages are installed, or it is built in another way", async () => {
	build();
	await writeFile(at("package-lock.json"), "{ }");
	expect(build()).toBe(true);
	await writeFile(at("infra", "build", "bundle.js"), "");
	expect(build()).toBe(true);
	expect(build({ NODE_ENV: "development" })).toBe(true);
});

test("so is what was built and is not there any more, or is something else", async () => {
	build();
	await rm(at("dist", "out", "a.js"));
	expect(build()).toBe(true);
	await writeFile(at("dist", "out", "a.js"), "changed by hand");
	expect(build()).toBe(true);
	expect(build()).toBe(false);
});

test("a build that failed is tried again, though nothing changed since it last went well", async () => {
	build();
	await writeFile(at("source", "a.ts"), "wrong");
	expect(() => build()).toThrow();
	expect(() => build()).toThrow();
	await writeFile(at("source", "a.ts"), "a");
	expect(build()).toBe(true);
});

test("the compiler reads nothing of the repository that is not looked at", async () => {
	const { fileNames } = JSON.parse(await readFile(fromPackageRoot("dist", ".tsbuildinfo"), "utf8"));
	const own = fileNames.filter((name: string) => name.startsWith("../") && !name.includes("node_modules"));
	expect(own.length).toBeGreaterThan(1_000);
	const looked = /^\.\.\/(?:services|models|test\/(?:load|faults|support|fixtures))\//;
	expect(own.filter((name: string) => !looked.test(name))).toEqual([]);
});
