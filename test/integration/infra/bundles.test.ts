// What `npm run build` puts together of our modules and libraries, as it lies in dist/: which packages it leaves to npm, and what a stack of it says.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { sourceOf } from "../../../services/runtime/source-stacks.ts";
import { sourcesIn } from "../../unit/lint/walk-source.ts";

const built = fromPackageRoot("dist", "services");
const main = join(built, "cli", "main.js");
const workers = (await sourcesIn("services")).filter((file) => file.endsWith(".worker.ts"));
const entries = ["services/cli/main.ts", ...workers].map((file) =>
	fromPackageRoot("dist", file.replace(/\.ts$/, ".js")),
);
const chunks = readdirSync(join(built, "chunks"))
	.filter((name) => name.endsWith(".js"))
	.map((name) => join(built, "chunks", name));

/** What is loaded from elsewhere, at once or later. */
function importedBy(code: string): readonly string[] {
	const written = /^(?:import|export) (?:[^"'\n]*? from )?["']([^"'\n]+)["'];$|[^.\w]import\("([^"\n]+)"\)/gm;
	return [...code.matchAll(written)].map(([, atOnce, later]) => atOnce ?? later ?? "");
}

test("there is a bundle for the command line and for each worker, and none loads a module of ours by itself", () => {
	expect(workers.length).toBeGreaterThan(5);
	for (const file of entries) {
		const own = importedBy(readFileSync(file, "utf8")).filter((name) => name.startsWith("."));
		expect({ file, own: own.filter((name) => !name.includes("/chunks/")) }).toEqual({ file, own: [] });
	}
});

test("what is left to npm is named by package.json", () => {
	const { dependencies, optionalDependencies } = JSON.parse(readFileSync(fromPackageRoot("package.json"), "utf8"));
	const named = Object.keys({ ...dependencies, ...optionalDependencies });
	const imported = new Set([...entries, ...chunks].flatMap((file) => importedBy(readFileSync(file, "utf8"))));
	const packages = [...imported].filter((name) => !name.startsWith(".") && !name.startsWith("node:"));
	expect(packages).toContain("sharp");
	expect(packages).not.toContain("zod");
	const isNode = (name: string) => process.getBuiltinModule(name) !== undefined;
	expect(packages.filter((name) => !isNode(name) && !named.some((one) => `${name}/`.startsWith(`${one}/`)))).toEqual(
		[],
	);
});

test("a place in a bundle is known by the place in its source", () => {
	const placeOf = (text: string, of: string) => {
		const lines = text.split("\n");
		const at = lines.findIndex((line) => line.includes(of));
		return { line: at + 1, column: (lines[at] ?? "").indexOf(of) + 1 };
	};
	const bundled = placeOf(readFileSync(main, "utf8"), "function endOfOptions");
	const file = fromPackageRoot("services", "cli", "program.ts");
	const { line } = placeOf(readFileSync(file, "utf8"), "function endOfOptions");
	expect(sourceOf(main, bundled.line, bundled.column)).toMatchObject({ file, line });
	expect(sourceOf(fromPackageRoot("package.json"), 1, 1)).toBeNull();
});

test("a stack of the command line names the sources that it went through", () => {
	const script = `process.argv = [process.execPath, ${JSON.stringify(main)}, "--version"];
		process.stdout.write = () => { process.stderr.write(new Error("here").stack + "\\n"); return true; };
		process.stderr.write = (text) => { require("node:fs").writeSync(1, text); return true; };
		import(process.argv[1]);`;
	const stack = execFileSync(process.execPath, ["-e", script], { encoding: "utf8" });
	expect(stack).toMatch(/^Error: here\n/);
	expect(stack).toMatch(/ at (?:async )?runCli \(\S*services\/cli\/program\.ts:\d+:\d+\)/);
	expect(stack).not.toContain("dist/services");
});
