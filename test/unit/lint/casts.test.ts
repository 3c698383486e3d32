// Where the record is read nothing is cast: rows are parsed by schemas (connection/columns.ts).
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { parse, parseFile } from "@swc/core";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";

const syntax = { syntax: "typescript", target: "es2022" } as const;
const casts = ["TsAsExpression", "TsTypeAssertion", "TsNonNullExpression"];

function countCasts(node: unknown): number {
	if (typeof node !== "object" || node === null) return 0;
	const own = "type" in node && casts.includes(String(node.type)) ? 1 : 0;
	return Object.values(node).reduce((sum: number, child) => sum + countCasts(child), own);
}

const folder = fromPackageRoot("services/adapters/postgres");
const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".ts"));

test.each(files)("adapters/postgres/%s casts nothing", async (name) => {
	expect(countCasts(await parseFile(join(folder, name), syntax))).toBe(0);
});

test("a cast is seen, and `as const` is none", async () => {
	const count = async (source: string) => countCasts(await parse(source, syntax));
	expect(await count("export const one = JSON.parse('1') as number;")).toBe(1);
	expect(await count("export const row = <Row>JSON.parse('1');")).toBe(1);
	expect(await count("export const one = rows[0]!;")).toBe(1);
	expect(await count('export const kinds = ["a"] as const;')).toBe(0);
});
