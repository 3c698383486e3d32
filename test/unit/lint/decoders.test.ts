// Decoders are processes that start while somebody waits, and again after each file that breaks one: they load what they need, and no schemas.
import { dirname, join } from "node:path";
import { expect, test } from "@jest/globals";
import { parse, parseFile } from "@swc/core";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { nodesOf, type SourceNode, sourcesIn } from "./walk-source.ts";

const syntax = { syntax: "typescript", target: "es2022" } as const;
const importing = ["ImportDeclaration", "ExportNamedDeclaration", "ExportAllDeclaration"];

/** What a module loads when it is loaded: types are gone by then. */
function loadedBy(tree: unknown): readonly string[] {
	return [...nodesOf(tree)]
		.filter(({ type, typeOnly }) => importing.includes(type) && typeOnly !== true)
		.filter(({ specifiers }) => !isOfTypes(specifiers))
		.flatMap(({ source }) => [...nodesOf(source)].map(({ value }) => String(value)));
}

function isOfTypes(specifiers: unknown): boolean {
	const named: readonly SourceNode[] = Array.isArray(specifiers) ? specifiers : [];
	return named.length > 0 && named.every(({ isTypeOnly }) => isTypeOnly === true);
}

/** Packages that a file of ours loads, itself or by others of ours. */
async function packagesOf(file: string): Promise<ReadonlySet<string>> {
	const seen = new Set<string>();
	const packages = new Set<string>();
	const follow = async (one: string): Promise<void> => {
		if (seen.has(one)) return;
		seen.add(one);
		for (const name of loadedBy(await parseFile(fromPackageRoot(one), syntax))) {
			if (!name.startsWith(".")) packages.add(name);
			else if (name.endsWith(".ts")) await follow(join(dirname(one), name));
		}
	};
	await follow(file);
	return packages;
}

const decoders = (await sourcesIn("services/adapters")).filter(
	(file) => file.endsWith(".worker.ts") && !file.includes("/tensorflow/"),
);

test("there are decoders of pictures, videos and containers", () => {
	expect(decoders.map((file) => file.split("/")[2])).toEqual(
		expect.arrayContaining(["containers", "ffmpeg", "sharp", "tesseract"]),
	);
});

test.each(decoders)("%s loads no schemas", async (file) => {
	expect(await packagesOf(file)).not.toContain("zod");
});

test("what is loaded is seen, by others, too, and types are not", async () => {
	const loaded = async (source: string) => loadedBy(await parse(source, syntax));
	expect(
		await loaded('import { z } from "zod"; export { a } from "./a.ts"; export * from "./b.ts"; import "./c.ts";'),
	).toEqual(["zod", "./a.ts", "./b.ts", "./c.ts"]);
	expect(await loaded('import { type A, b } from "./a.ts";')).toEqual(["./a.ts"]);
	expect(
		await loaded('import type { A } from "./a.ts"; import { type B } from "./b.ts"; export type { C } from "./c.ts";'),
	).toEqual([]);
	expect(await packagesOf("services/core/items/segment.ts")).toEqual(new Set(["zod"]));
	expect(await packagesOf("services/core/banks/picture-queries.ts")).not.toContain("zod");
	expect(await packagesOf("services/core/banks/bank.ts")).toContain("zod");
});
